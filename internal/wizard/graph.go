// Package wizard proves wizards: questions whose answers lead to further
// questions and at last to a result.
//
// [Compile] is the only maker of a [Graph]. What compiles is proven: every
// answer leads somewhere, nothing goes round in circles, so every walk from
// the start ends in a result. Code that has a Graph need not ask "what if".
package wizard

import (
	"slices"
	"strings"

	"veiviser/internal/diag"
)

// A Start is the question that a wizard begins with, and the wizard's name.
type Start struct {
	Name diag.Text
	ID   string
}

// A Graph is a wizard that has been proven.
type Graph struct {
	Name  string
	Start *Node
	Nodes []*Node // all that the start reaches, in the order of a first walk

	byID map[string]*Node
}

// Node returns the node of a page, or nil if the wizard does not reach it.
func (g *Graph) Node(id string) *Node { return g.byID[id] }

// maxAnswers is the number of options that a reader can keep in mind
// (Designsystemet's pattern for radio buttons).
const maxAnswers = 7

// Compile proves the wizards that begin at starts. A wizard that reaches
// anything with an error has no graph. That an answer has no target is a fault
// too, but one that is known already, so it is not reported again.
func Compile(starts []Start, nodes []Node) ([]*Graph, diag.List) {
	c := compiler{byID: map[string]*Node{}, walked: map[*Node]bool{}, faulty: map[*Node]bool{}}
	for i := range nodes {
		c.byID[nodes[i].ID] = &nodes[i]
	}
	for i := range nodes {
		c.checkQuestion(&nodes[i])
		c.checkSettings(&nodes[i])
	}
	for _, s := range starts {
		if n := c.byID[s.ID]; n != nil {
			c.walkFrom(n)
		}
	}
	c.checkReached(nodes)
	var graphs []*Graph
	for _, s := range starts {
		if g := c.graph(s); g != nil {
			graphs = append(graphs, g)
		}
	}
	return graphs, c.problems.Sorted()
}

type compiler struct {
	byID     map[string]*Node
	walked   map[*Node]bool
	walk     []*Node // from a start to the node that is looked at
	faulty   map[*Node]bool
	problems diag.List
}

func (c *compiler) errorf(n *Node, offset int, hint, format string, args ...any) {
	c.faulty[n] = true
	c.problems = append(c.problems, n.Source.Errorf(offset, hint, format, args...))
}

// checkQuestion checks what a question can be judged by alone.
func (c *compiler) checkQuestion(n *Node) {
	if !n.Question {
		return
	}
	if n.Order != nil {
		c.errorf(n, n.Offset, "give the order a page of its own, and lead to it with next:", "a question cannot be an order too")
	}
	if len(n.Answers) == 0 {
		c.errorf(n, n.Offset, "add answers: with a label and next: for each", "a question without answers leads nowhere")
	}
	values, labels := map[string]bool{}, map[string]bool{}
	for _, a := range n.Answers {
		c.checkAnswer(n, a, values, labels)
		values[a.Value.Value], labels[strings.TrimSpace(a.Label.Value)] = true, true
	}
	if len(n.Answers) > maxAnswers {
		c.problems = append(c.problems, n.Source.Warningf(n.Answers[maxAnswers].Offset, "ask in two steps",
			"%d answers are more than a reader can keep in mind (%d)", len(n.Answers), maxAnswers))
	}
}

// checkAnswer checks an answer against those before it, whose values and
// labels are given. A value that was made from the label has no faults of its
// own.
func (c *compiler) checkAnswer(n *Node, a Answer, values, labels map[string]bool) {
	label, value := strings.TrimSpace(a.Label.Value), a.Value.Value
	made := a.Value.Offset == a.Label.Offset
	switch {
	case label == "":
		c.errorf(n, a.Offset, "add label: with the words that the visitor chooses", "an answer without a label")
	case labels[label]:
		c.errorf(n, a.Label.Offset, "give each answer words of its own", "two answers have the label %q", label)
	}
	switch {
	case made && (label == "" || labels[label]):
	case value == "":
		c.errorf(n, a.Label.Offset, "add value: with a short word", "the label %q has no letter or digit to make a value of", label)
	case values[value]:
		c.errorf(n, a.Value.Offset, "give each answer a value of its own", "two answers have the value %q", value)
	}
	if a.Next.Value == "" {
		c.errorf(n, a.Offset, "add next: with the file of the next question or of the result", "the answer %q leads nowhere", label)
	}
}

// walkFrom walks every way on from n that has not been walked before, depth
// first. A target that is still on the walk closes a circle.
func (c *compiler) walkFrom(n *Node) {
	if c.walked[n] {
		return
	}
	c.walked[n] = true
	c.walk = append(c.walk, n)
	for _, a := range n.Answers {
		next := c.byID[a.Target]
		if next == nil {
			c.faulty[n] = true
		} else if at := slices.Index(c.walk, next); at >= 0 {
			c.errorf(n, a.Next.Offset, "let the answer lead on to a question that does not come before it",
				"the wizard goes in a circle: %s", circle(c.walk[at:], next))
		} else {
			c.walkFrom(next)
		}
	}
	c.walk = c.walk[:len(c.walk)-1]
}

// checkReached reports the questions that no start reaches: the first of those
// that lead to each other, because with it the others are reached too.
func (c *compiler) checkReached(nodes []Node) {
	led := map[string]bool{}
	for i := range nodes {
		for _, a := range nodes[i].Answers {
			if !c.walked[&nodes[i]] && a.Target != nodes[i].ID {
				led[a.Target] = true
			}
		}
	}
	for _, toAll := range [...]bool{false, true} { // what is left the second time goes in a circle
		for i := range nodes {
			if n := &nodes[i]; n.Question && !c.walked[n] && (toAll || !led[n.ID]) {
				c.errorf(n, n.Offset, "lead to it with next: of an answer, or make it a start with wizard: NAME",
					"no wizard reaches this question")
				c.walkFrom(n)
			}
		}
	}
}

// graph returns the wizard of a start, or nil if there is a fault in it.
func (c *compiler) graph(s Start) *Graph {
	start := c.byID[s.ID]
	if start == nil {
		return nil
	}
	g := &Graph{Name: s.Name.Value, Start: start, byID: map[string]*Node{}}
	names := map[string]*Node{}
	var visit func(n *Node)
	visit = func(n *Node) {
		if n == nil || g.byID[n.ID] != nil {
			return
		}
		g.byID[n.ID] = n
		g.Nodes = append(g.Nodes, n)
		if n.Question {
			if other := names[n.Name]; other != nil {
				c.errorf(n, n.Offset, "rename one of the files", "two questions of one wizard are named %q: %s is the other", n.Name, other.ID)
			}
			names[n.Name] = n
		}
		for _, a := range n.Answers {
			visit(c.byID[a.Target])
		}
	}
	visit(start)
	if slices.ContainsFunc(g.Nodes, func(n *Node) bool { return c.faulty[n] }) {
		return nil
	}
	return g
}

func circle(walk []*Node, back *Node) string {
	var steps []string
	for _, n := range append(slices.Clone(walk), back) {
		steps = append(steps, n.ID)
	}
	return strings.Join(steps, " → ")
}

// checkSettings checks that what the answers of n set is there to be set.
func (c *compiler) checkSettings(n *Node) {
	for _, a := range n.Answers {
		for _, s := range a.Set {
			c.checkSetting(n, a, s)
		}
	}
}

func (c *compiler) checkSetting(n *Node, a Answer, s Setting) {
	orders, all := c.ordersFrom(a.Target)
	found := false
	var names []string
	for _, o := range orders {
		for _, f := range o.Order.Fields {
			if !f.IsHeading() {
				names = append(names, f.Name.Value)
			}
		}
		field := o.Order.Field(s.Field.Value)
		if field == nil {
			continue
		}
		found = true
		values := field.Values()
		if len(values) > 0 && !slices.Contains(values, s.Value.Value) {
			c.errorf(n, s.Value.Offset, diag.DidYouMean(s.Value.Value, values, "it offers "+strings.Join(values, ", ")),
				"the field %q of %s does not offer the value %q", s.Field.Value, o.ID, s.Value.Value)
		}
	}
	if !found && all {
		c.errorf(n, s.Field.Offset, diag.DidYouMean(s.Field.Value, names, "remove it, or add the field to the order"),
			"no order further on has a field %q", s.Field.Value)
	}
}

// ordersFrom returns the orders that can be reached from a node, and whether
// these are all: an answer without a target may have led to more.
func (c *compiler) ordersFrom(id string) (orders []*Node, all bool) {
	seen := map[*Node]bool{nil: true}
	all = true
	var visit func(id string)
	visit = func(id string) {
		n := c.byID[id]
		all = all && n != nil
		if seen[n] {
			return
		}
		seen[n] = true
		if n.Order != nil {
			orders = append(orders, n)
		}
		for _, a := range n.Answers {
			visit(a.Target)
		}
	}
	visit(id)
	return orders, all
}
