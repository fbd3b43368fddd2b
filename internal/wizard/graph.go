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

// Compile proves the wizards that begin at starts. Of a wizard with an error
// there is no graph. An answer without a target, whose fault is known already,
// is passed over.
func Compile(starts []Start, nodes []Node) ([]*Graph, diag.List) {
	c := compiler{byID: map[string]*Node{}, reached: map[string]bool{}}
	for i := range nodes {
		c.byID[nodes[i].ID] = &nodes[i]
		c.checkQuestion(&nodes[i])
	}
	var graphs []*Graph
	for _, s := range starts {
		if g := c.compile(s); g != nil {
			graphs = append(graphs, g)
		}
	}
	for i := range nodes {
		if n := &nodes[i]; n.Question && !c.reached[n.ID] {
			c.errorf(n, n.Offset, "lead to it with next: of an answer, or make it a start with wizard: NAME",
				"no wizard reaches this question")
		}
	}
	if c.problems.HasErrors() {
		return nil, c.problems
	}
	return graphs, c.problems
}

type compiler struct {
	byID     map[string]*Node
	reached  map[string]bool
	problems diag.List
}

func (c *compiler) errorf(n *Node, offset int, hint, format string, args ...any) {
	c.problems = append(c.problems, n.Source.Errorf(offset, hint, format, args...))
}

// checkQuestion checks what a question can be judged by alone.
func (c *compiler) checkQuestion(n *Node) {
	if !n.Question {
		return
	}
	if len(n.Answers) == 0 {
		c.errorf(n, n.Offset, "add answers: with a label and next: for each", "a question without answers leads nowhere")
	}
	values, labels := map[string]bool{}, map[string]bool{}
	for _, a := range n.Answers {
		switch {
		case a.Label.Value == "":
			c.errorf(n, a.Offset, "add label: with the words that the visitor chooses", "an answer without a label")
		case labels[a.Label.Value]:
			c.errorf(n, a.Label.Offset, "give each answer words of its own", "two answers have the label %q", a.Label.Value)
		case values[a.Value.Value]:
			c.errorf(n, a.Value.Offset, "give each answer a value of its own", "two answers have the value %q", a.Value.Value)
		}
		if a.Next.Value == "" {
			c.errorf(n, a.Offset, "add next: with the file of the next question or of the result", "the answer %q leads nowhere", a.Label.Value)
		}
		labels[a.Label.Value], values[a.Value.Value] = true, true
	}
	if len(n.Answers) > maxAnswers {
		c.problems = append(c.problems, n.Source.Warningf(n.Answers[maxAnswers].Offset, "ask in two steps",
			"%d answers are more than a reader can keep in mind (%d)", len(n.Answers), maxAnswers))
	}
}

// compile walks a wizard depth first. A target that is still on the walk
// closes a circle.
func (c *compiler) compile(s Start) *Graph {
	start := c.byID[s.ID]
	if start == nil {
		return nil
	}
	g := &Graph{Name: s.Name.Value, Start: start, byID: map[string]*Node{}}
	names := map[string]*Node{}
	var walk []*Node
	var visit func(n *Node)
	visit = func(n *Node) {
		c.reached[n.ID] = true
		g.byID[n.ID] = n
		g.Nodes = append(g.Nodes, n)
		if other := names[n.Name]; other != nil && n.Question {
			c.errorf(n, n.Offset, "rename one of the files", "two questions of one wizard are named %q: %s is the other", n.Name, other.ID)
		}
		if n.Question {
			names[n.Name] = n
		}
		walk = append(walk, n)
		for _, a := range n.Answers {
			next := c.byID[a.Target]
			if next == nil {
				continue
			}
			if at := slices.Index(walk, next); at >= 0 {
				c.errorf(n, a.Next.Offset, "let the answer lead on to a question that does not come before it",
					"the wizard goes in a circle: %s", circle(walk[at:], next))
			} else if g.byID[next.ID] == nil {
				visit(next)
			}
		}
		walk = walk[:len(walk)-1]
	}
	visit(start)
	c.checkSettings(g)
	return g
}

func circle(walk []*Node, back *Node) string {
	var steps []string
	for _, n := range append(slices.Clone(walk), back) {
		steps = append(steps, n.ID)
	}
	return strings.Join(steps, " → ")
}

// checkSettings checks that what answers set is there to be set.
func (c *compiler) checkSettings(g *Graph) {
	for _, n := range g.Nodes {
		for _, a := range n.Answers {
			for _, s := range a.Set {
				c.checkSetting(n, a, s)
			}
		}
	}
}

func (c *compiler) checkSetting(n *Node, a Answer, s Setting) {
	found := false
	var names []string
	for _, order := range c.ordersFrom(a.Target) {
		for name, values := range order.Fields {
			names = append(names, name)
			if name != s.Field.Value {
				continue
			}
			found = true
			if len(values) > 0 && !slices.Contains(values, s.Value.Value) {
				c.errorf(n, s.Value.Offset, diag.DidYouMean(s.Value.Value, values, "it offers "+strings.Join(values, ", ")),
					"the field %q of %s does not offer the value %q", name, order.ID, s.Value.Value)
			}
		}
	}
	if !found {
		slices.Sort(names)
		c.errorf(n, s.Field.Offset, diag.DidYouMean(s.Field.Value, names, "remove it, or add the field to the order"),
			"no order further on has a field %q", s.Field.Value)
	}
}

// ordersFrom returns the orders that can be reached from a node.
func (c *compiler) ordersFrom(id string) []*Node {
	var orders []*Node
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		n := c.byID[id]
		if n == nil || seen[id] {
			return
		}
		seen[id] = true
		if n.Fields != nil {
			orders = append(orders, n)
		}
		for _, a := range n.Answers {
			visit(a.Target)
		}
	}
	visit(id)
	return orders
}
