package wizard

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteText writes g as an indented tree: each answer and what it leads to. A
// question that several answers lead to is unfolded where it comes first.
func (g *Graph) WriteText(w io.Writer) error {
	t := textWriter{g: g, unfolded: map[*Node]bool{}}
	fmt.Fprintf(&t.b, "%s: %s, %s, %s\n\n%s\n", g.Name,
		count(g.questions(), "question"), count(len(g.Nodes)-g.questions(), "result"), g.pathCount(), describe(g.Start))
	t.answers(g.Start, "  ")
	_, err := io.WriteString(w, t.b.String())
	return err
}

type textWriter struct {
	g        *Graph
	b        strings.Builder
	unfolded map[*Node]bool
}

func (t *textWriter) answers(n *Node, indent string) {
	for i := range n.Answers {
		a := &n.Answers[i]
		next := t.g.Next(a)
		fmt.Fprintf(&t.b, "%s%s → %s", indent, a.Label.Value, describe(next))
		for _, s := range a.Set {
			fmt.Fprintf(&t.b, " {%s: %s}", s.Field.Value, s.Value.Value)
		}
		switch {
		case !next.Question:
			t.b.WriteString("\n")
		case t.unfolded[next]:
			t.b.WriteString(" (see above)\n")
		default:
			t.unfolded[next] = true
			t.b.WriteString("\n")
			t.answers(next, indent+"  ")
		}
	}
}

// describe is a node's title and what comes of it.
func describe(n *Node) string {
	switch {
	case n.Order != nil:
		host := ""
		if n.Order.Link != nil && !n.Order.Link.HasHost() {
			host = " and the site's host"
		}
		return fmt.Sprintf("%s [order: %s; mailto: %d to %d bytes%s]", n.Title, strings.Join(fieldsOf(n), ", "), len(n.Order.Template().URL()), n.Order.LongestURL(), host)
	case !n.Question:
		return n.Title + " [result]"
	}
	return n.Title
}

// fieldsOf returns the names of the fields that an order asks for.
func fieldsOf(n *Node) []string {
	var names []string
	for _, f := range n.Order.Fields {
		if !f.IsHeading() {
			names = append(names, f.Name.Value)
		}
	}
	return names
}

func (g *Graph) questions() int {
	questions := 0
	for _, n := range g.Nodes {
		if n.Question {
			questions++
		}
	}
	return questions
}

func (g *Graph) pathCount() string {
	n := g.CountPaths()
	if n.IsInt64() && n.Int64() == 1 {
		return "1 path"
	}
	return n.String() + " paths"
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// maxRows is how many paths a table lists: as many as somebody reads.
const maxRows = 10_000

// WriteCSV writes a table (RFC 4180) with a row for each path of the graphs:
// the wizard, the result, the fields of its order, then the answers in turn,
// each as "question: answer". The first row names the columns. A wizard with
// more than 10,000 paths ends with a row that says how many there are.
func WriteCSV(w io.Writer, graphs ...*Graph) error {
	header := []string{"wizard", "result", "fields"}
	for _, g := range graphs {
		for len(header) < 3+g.longest() {
			header = append(header, fmt.Sprintf("answer %d", len(header)-2))
		}
	}
	out := csv.NewWriter(w)
	write := func(cells []string) { out.Write(append(cells, make([]string, len(header)-len(cells))...)) }
	write(header)
	for _, g := range graphs {
		rows := 0
		for p := range g.Paths() {
			if rows++; rows > maxRows {
				write([]string{g.Name, fmt.Sprintf("the first %d of %s", maxRows, g.pathCount())})
				break
			}
			row := []string{g.Name, p.Result.Title, ""}
			if p.Result.Order != nil {
				row[2] = strings.Join(fieldsOf(p.Result), " ")
			}
			for _, s := range p.Steps {
				row = append(row, s.Question.Title+": "+s.Answer.Label.Value)
			}
			write(row)
		}
	}
	out.Flush()
	return out.Error()
}

// longest is the number of answers on the longest path of g.
func (g *Graph) longest() int {
	lengths := map[*Node]int{}
	var length func(n *Node) int
	length = func(n *Node) int {
		if known, ok := lengths[n]; ok {
			return known
		}
		longest := 0
		for i := range n.Answers {
			longest = max(longest, 1+length(g.Next(&n.Answers[i])))
		}
		lengths[n] = longest
		return longest
	}
	return length(g.Start)
}
