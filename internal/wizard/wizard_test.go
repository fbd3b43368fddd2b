package wizard_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"veiviser/internal/diag"
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
			n.Fields = map[string][]string{}
			for _, field := range strings.Split(line[l.at:], " | ") {
				name, values, offers := strings.Cut(field, ": ")
				n.Fields[name] = nil
				if offers {
					n.Fields[name] = strings.Split(values, ", ")
				}
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

const sound notation = `
	* rolle ? egen=Egen virksomhet -> gruppe | leverandør=Vi er leverandør -> skjema {formål=salg} | Annet -> nei
	gruppe ? Offentlig -> skjema {formål=tilsyn} | Ingen -> nei
	skjema ! orgnr | formål: tilsyn, salg
	nei .
`

func TestCompile(t *testing.T) {
	graphs, problems := compile(sound)
	if len(graphs) != 1 || len(problems) != 0 {
		t.Fatalf("%d wizards, problems:\n%v", len(graphs), problems)
	}
	g := graphs[0]
	var walk []string
	for _, n := range g.Nodes {
		walk = append(walk, n.ID)
		if g.Node(n.ID) != n {
			t.Errorf("Node(%q) is another", n.ID)
		}
	}
	if got := strings.Join(walk, " "); g.Name != "Veiviser rolle" || g.Start.ID != "rolle" || got != "rolle gruppe skjema nei" {
		t.Errorf("%s starts at %s and reaches %s", g.Name, g.Start.ID, got)
	}
	if g.Node("borte") != nil {
		t.Error("a node that is not there")
	}
}

// TestRules breaks each rule once. The problems are exactly those that are
// named.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		rule string
		text notation
		want string
	}{
		{"a circle is named step by step", `
			* a ? Fram -> b
			b ? Videre -> c | Ferdig -> slutt
			c ? Tilbake -> b | Ferdig -> slutt
			slutt .`, `
c:1:16: the wizard goes in a circle: b → c → b
	c ? Tilbake -> b | Ferdig -> slutt
	               ^
	hint: let the answer lead on to a question that does not come before it
`},
		{"a question that leads to itself", `
			* a ? Igjen -> a | Ferdig -> slutt
			slutt .`, `
a:1:16: the wizard goes in a circle: a → a
	* a ? Igjen -> a | Ferdig -> slutt
	               ^
	hint: let the answer lead on to a question that does not come before it
`},
		{"a circle that two wizards share is one fault", `
			* a ? Ja -> b | Nei -> slutt
			* d ? Ja -> c | Nei -> slutt
			b ? Ja -> c | Nei -> slutt
			c ? Ja -> b | Nei -> slutt
			slutt .`, `
c:1:11: the wizard goes in a circle: b → c → b
	c ? Ja -> b | Nei -> slutt
	          ^
	hint: let the answer lead on to a question that does not come before it
`},
		{"no wizard reaches a question, nor those that follow it", `
			* a ? Ja -> slutt
			løs ? Ja -> senere | Nei -> slutt
			senere ? Ja -> slutt
			slutt .`, `
løs:1:1: no wizard reaches this question
	løs ? Ja -> senere | Nei -> slutt
	^
	hint: lead to it with next: of an answer, or make it a start with wizard: NAME
`},
		{"no start at all", `
			a ? Ja -> slutt
			slutt .`, `
a:1:1: no wizard reaches this question
	a ? Ja -> slutt
	^
	hint: lead to it with next: of an answer, or make it a start with wizard: NAME
`},
		{"a question without answers", `
			* a ? Ja -> b
			b ?`, `
b:1:1: a question without answers leads nowhere
	b ?
	^
	hint: add answers: with a label and next: for each
`},
		{"an answer without a label", `
			* a ? ja= -> slutt | Nei -> slutt
			slutt .`, `
a:1:7: an answer without a label
	* a ? ja= -> slutt | Nei -> slutt
	      ^
	hint: add label: with the words that the visitor chooses
`},
		{"an answer without next", `
			* a ? Ja -> | Nei -> slutt
			slutt .`, `
a:1:7: the answer "Ja" leads nowhere
	* a ? Ja -> | Nei -> slutt
	      ^
	hint: add next: with the file of the next question or of the result
`},
		{"two equal labels", `
			* a ? Ja -> slutt | Ja -> slutt
			slutt .`, `
a:1:21: two answers have the label "Ja"
	* a ? Ja -> slutt | Ja -> slutt
	                    ^
	hint: give each answer words of its own
`},
		{"two equal values", `
			* a ? en=Ja -> slutt | en=Nei -> slutt
			slutt .`, `
a:1:24: two answers have the value "en"
	* a ? en=Ja -> slutt | en=Nei -> slutt
	                       ^
	hint: give each answer a value of its own
`},
		{"two equal labels and values are two faults", `
			* a ? en=Ja -> slutt | en=Ja -> slutt
			slutt .`, `
a:1:24: two answers have the value "en"
	* a ? en=Ja -> slutt | en=Ja -> slutt
	                       ^
	hint: give each answer a value of its own
a:1:27: two answers have the label "Ja"
	* a ? en=Ja -> slutt | en=Ja -> slutt
	                          ^
	hint: give each answer words of its own
`},
		{"two labels that make one value", `
			* a ? Ja -> slutt | Ja! -> slutt
			slutt .`, `
a:1:21: two answers have the value "ja"
	* a ? Ja -> slutt | Ja! -> slutt
	                    ^
	hint: give each answer a value of its own
`},
		{"a label that makes no value", `
			* a ? ? -> slutt | Ja -> slutt
			slutt .`, `
a:1:7: the label "?" has no letter or digit to make a value of
	* a ? ? -> slutt | Ja -> slutt
	      ^
	hint: add value: with a short word
`},
		{"two questions of one name", `
			* a/rolle.md ? Ja -> b/rolle.md
			b/rolle.md ? Ja -> slutt
			slutt .`, `
b/rolle.md:1:1: two questions of one wizard are named "rolle": a/rolle.md is the other
	b/rolle.md ? Ja -> slutt
	^
	hint: rename one of the files
`},
		{"a result may be named like a question", `
			* a/rolle.md ? Ja -> b/rolle.md
			b/rolle.md .`, ``},
		{"a field that no order further on has", `
			* a ? Ja -> b {fromål=salg} | Nei -> skjema
			b ? Ja -> slutt
			skjema ! formål: tilsyn, salg
			slutt .`, `
a:1:16: no order further on has a field "fromål"
	* a ? Ja -> b {fromål=salg} | Nei -> skjema
	               ^
	hint: remove it, or add the field to the order
`},
		{"a misspelt field", `
			* a ? Ja -> skjema {fromål=salg}
			skjema ! formål: tilsyn, salg`, `
a:1:21: no order further on has a field "fromål"
	* a ? Ja -> skjema {fromål=salg}
	                    ^
	hint: did you mean "formål"?
`},
		{"a field of an order that may lie behind a dead link", `
			* a ? Ja -> b {formål=salg}
			b ? Ja -> borte`, ``},
		{"a value that the field does not offer", `
			* a ? Ja -> skjema {formål=slag}
			skjema ! formål: tilsyn, salg`, `
a:1:28: the field "formål" of skjema does not offer the value "slag"
	* a ? Ja -> skjema {formål=slag}
	                           ^
	hint: did you mean "salg"?
`},
		{"a value that one of two orders does not offer", `
			* a ? Ja -> b {formål=kjøp}
			b ? Ja -> en | Nei -> to
			en ! formål: kjøp, salg
			to ! formål: tilsyn, leie`, `
a:1:23: the field "formål" of to does not offer the value "kjøp"
	* a ? Ja -> b {formål=kjøp}
	                      ^
	hint: it offers tilsyn, leie
`},
		{"any value of a field that one writes in", `
			* a ? Ja -> skjema {formål=hva som helst}
			skjema ! formål`, ``},
		{"more than seven answers", `
			* a ? 1 -> e | 2 -> e | 3 -> e | 4 -> e | 5 -> e | 6 -> e | 7 -> e | 8 -> e
			e .`, `
a:1:70: warning: 8 answers are more than a reader can keep in mind (7)
	* a ? 1 -> e | 2 -> e | 3 -> e | 4 -> e | 5 -> e | 6 -> e | 7 -> e | 8 -> e
	                                                                     ^
	hint: ask in two steps
`},
	} {
		t.Run(c.rule, func(t *testing.T) {
			graphs, problems := compile(c.text)
			var got strings.Builder
			for _, p := range problems {
				got.WriteString(p.String())
			}
			if got.String() != strings.TrimPrefix(c.want, "\n") {
				t.Errorf("problems:\n%swant:%s", got.String(), c.want)
			}
			outside := strings.Contains(c.want, "no wizard reaches")
			if problems.HasErrors() && len(graphs) > 0 && !outside {
				t.Errorf("%s compiles", graphs[0].Name)
			}
		})
	}
}

// TestQuestionThatIsAnOrder: the notation has no page of this kind.
func TestQuestionThatIsAnOrder(t *testing.T) {
	starts, nodes := sound.nodes()
	nodes[1].Fields = map[string][]string{"navn": nil}
	graphs, problems := wizard.Compile(starts, nodes)
	const want = "[gruppe:1:1: a question cannot be an order too\n" +
		"\tgruppe ? Offentlig -> skjema {formål=tilsyn} | Ingen -> nei\n\t^\n" +
		"\thint: give the order a page of its own, and lead to it with next:\n]"
	if got := fmt.Sprint(problems); got != want || graphs != nil {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestFaultsStayInTheirWizard: a wizard that reaches a fault has no graph, and
// the others have theirs. A dead target is such a fault, though it is reported
// elsewhere.
func TestFaultsStayInTheirWizard(t *testing.T) {
	for _, fault := range []notation{
		"* b ? Ja -> borte | Nei -> nei",
		"* b ? Ja -> c\nc ?",
		"* b ? Ja -> b | Nei -> nei",
	} {
		graphs, _ := compile(sound + fault)
		if len(graphs) != 1 || graphs[0].Start.ID != "rolle" {
			t.Errorf("%s: %d wizards compile", fault, len(graphs))
		}
	}
}

// random makes a wizard of up to 40 pages. An answer leads anywhere, or, if
// the wizard is to be sound, only to later pages.
func random(r *rand.Rand, toBeSound bool) notation {
	var b strings.Builder
	n := 2 + r.IntN(39)
	for i := range n {
		start := ""
		if i == 0 || r.IntN(15) == 0 {
			start = "* "
		}
		if i == n-1 || i > 0 && r.IntN(3) == 0 {
			fmt.Fprintf(&b, "%sp%d .\n", strings.TrimPrefix(start, "* "), i)
			continue
		}
		fmt.Fprintf(&b, "%sp%d ?", start, i)
		for k := range 1 + r.IntN(4) {
			to := r.IntN(n)
			if toBeSound {
				to = i + 1 + r.IntN(n-i-1)
			}
			fmt.Fprintf(&b, "%s Svar %d -> p%d", strings.Repeat(" |", min(k, 1)), k, to)
		}
		b.WriteString("\n")
	}
	return notation(b.String())
}

// ends walks a wizard at random, and reports whether that ends in a result.
func ends(r *rand.Rand, g *wizard.Graph) bool {
	at := g.Start
	for range g.Nodes {
		if !at.Question {
			return true
		}
		at = g.Node(at.Answers[r.IntN(len(at.Answers))].Target)
		if at == nil {
			return false
		}
	}
	return !at.Question
}

// FuzzEveryWalkEnds: of what compiles, every walk ends in a result after at
// most as many answers as there are pages.
func FuzzEveryWalkEnds(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed, seed%2 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, toBeSound bool) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := random(r, toBeSound)
		graphs, problems := compile(text)
		for _, g := range graphs {
			for range 20 {
				if !ends(r, g) {
					t.Fatalf("a walk of %s does not end:\n%s", g.Name, text)
				}
			}
		}
		if toBeSound {
			for _, p := range problems {
				if p.Msg != "no wizard reaches this question" {
					t.Fatalf("%v\n%s", p, text)
				}
			}
			if starts, _ := text.nodes(); len(graphs) != len(starts) {
				t.Fatalf("%d of %d wizards compile:\n%s", len(graphs), len(starts), text)
			}
		}
		if _, again := compile(text); fmt.Sprint(again) != fmt.Sprint(problems) {
			t.Fatalf("problems differ from time to time:\n%s", text)
		}
	})
}

// TestEveryFaultIsNamed plants faults that have nothing to do with each other
// in a sound wizard. As many are named.
func TestEveryFaultIsNamed(t *testing.T) {
	faults := []string{
		"løs%d ? Ja -> nei",
		"* tom%d ?",
		"* ring%[1]d ? Ja -> ring%[1]d | Nei -> nei",
		"* like%d ? Ja -> nei | Ja -> nei",
		"* verdi%d ? en=Ja -> nei | en=Nei -> nei",
		"* tau%d ? Ja -> | Nei -> nei",
		"* navnløs%d ? ja= -> nei",
		"* felt%d ? Ja -> skjema {ukjent=x}",
		"* valg%d ? Ja -> skjema {formål=x}",
		"* mange%d ? 1 -> nei | 2 -> nei | 3 -> nei | 4 -> nei | 5 -> nei | 6 -> nei | 7 -> nei | 8 -> nei",
		"* to%[1]d/q ? Ja -> tre%[1]d/q\ntre%[1]d/q ? Ja -> nei",
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		k := r.IntN(12)
		lines := strings.Split(string(sound), "\n")
		for i := range k {
			planted := fmt.Sprintf(faults[r.IntN(len(faults))], i)
			lines = slices.Insert(lines, r.IntN(len(lines)+1), planted)
		}
		text := notation(strings.Join(lines, "\n"))
		if _, problems := compile(text); len(problems) != k {
			t.Fatalf("%d faults planted, %d named:\n%s\n%v", k, len(problems), text, problems)
		}
	}
}
