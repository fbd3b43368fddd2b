package wizard_test

import (
	"strings"

	"veiviser/internal/diag"
	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

// A notation is wizards, a line for each page:
//
//	NAME ? [VALUE=]LABEL -> TARGET {FIELD=VALUE} | …    a question
//	NAME ! FIELD[: VALUE, …] | …                        an order
//	NAME .                                              another result
//
// A line that begins with * is a start. A target that is no page is as good as
// none, as if the one who links the site had found it dead.
type notation string

// nodes returns the pages and starts of a notation. The source of each page is
// its line.
func (text notation) nodes() (starts []wizard.Start, nodes []wizard.Node) {
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		l := &reader{text: line}
		start := l.skip("*")
		l.skip(" ")
		id := l.until(" ", 1)
		n := wizard.Node{ID: id.Value, Name: strings.TrimSuffix(id.Value[strings.LastIndex(id.Value, "/")+1:], ".md"), Offset: id.Offset, Source: diag.Source{Name: id.Value, Text: line}}
		switch kind := l.until(" ", 1); kind.Value {
		case "?":
			n.Question = true
			for l.at < len(line) {
				n.Answers = append(n.Answers, l.answer())
			}
		case "!":
			n.Order = &order.Form{}
			for _, field := range strings.Split(line[l.at:], " | ") {
				name, values, offers := strings.Cut(field, ": ")
				f := order.Field{Name: diag.Text{Value: name}}
				if offers {
					for _, value := range strings.Split(values, ", ") {
						f.Choices = append(f.Choices, order.Choice{Value: diag.Text{Value: value}})
					}
				}
				n.Order.Fields = append(n.Order.Fields, f)
			}
		}
		nodes = append(nodes, n)
		if start {
			starts = append(starts, wizard.Start{Name: diag.Text{Value: "Veiviser " + id.Value, Offset: id.Offset}, ID: id.Value})
		}
	}
	return starts, nodes
}

// A reader reads a line from left to right.
type reader struct {
	text string
	at   int
}

func (r *reader) skip(prefix string) bool {
	found := strings.HasPrefix(r.text[r.at:], prefix)
	if found {
		r.at += len(prefix)
	}
	return found
}

// until reads up to a separator, and over so many bytes of it.
func (r *reader) until(separator string, over int) diag.Text {
	value, _, found := strings.Cut(r.text[r.at:], separator)
	t := diag.Text{Value: value, Offset: r.at}
	r.at += len(value)
	if found {
		r.at += over
	}
	return t
}

func (r *reader) answer() wizard.Answer {
	whole, _, _ := strings.Cut(r.text[r.at:], " | ")
	end := r.at + len(whole)
	a := wizard.Answer{Offset: r.at}
	if strings.Contains(strings.SplitN(whole, " ", 2)[0], "=") {
		a.Value = r.until("=", 1)
	}
	a.Label = r.until("->", 2)
	a.Label.Value = strings.TrimSpace(a.Label.Value)
	if a.Value.Value == "" && a.Value.Offset == 0 {
		a.Value = diag.Text{Value: strings.Trim(strings.ToLower(a.Label.Value), "!?."), Offset: a.Label.Offset}
	}
	r.at = min(end, r.at+len(" "))
	a.Next = diag.Text{Value: strings.TrimSpace(strings.Split(r.text[r.at:end], " {")[0]), Offset: r.at}
	a.Target = a.Next.Value
	r.at += len(a.Next.Value)
	if r.skip(" {") {
		field := r.until("=", 1)
		a.Set = append(a.Set, wizard.Setting{Field: field, Value: r.until("}", 1)})
	}
	r.at = end
	r.skip(" | ")
	return a
}

func compile(text notation) ([]*wizard.Graph, diag.List) { return wizard.Compile(text.nodes()) }
