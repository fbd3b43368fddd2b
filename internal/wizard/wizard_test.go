package wizard_test

import (
	"fmt"
	"strings"
	"testing"

	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

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
	nodes[1].Order = &order.Form{}
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
