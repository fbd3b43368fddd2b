package site_test

import (
	"strings"
	"testing"

	"veiviser/internal/site"
)

// ordering is a site with a wizard in a folder of its own, which ends in an
// order, a result, and a page of guidance.
func ordering(changes map[string]string) map[string]string {
	files := map[string]string{
		"_index.md":          "title: Hjem",
		"regler.md":          "title: Regler\nweight: 1\nchoices:\n  hjemmel:\n    - {value: a, label: Første}\n    - {value: b, label: Andre}",
		"bestill/_index.md":  "title: Hvem er du?\nwizard: Bestill\nweight: 2\nanswers:\n  - {label: Vi er en etat, next: gruppe.md, set: {hjemmel: a}}\n  - {value: andre, label: Andre, next: nei.md}\n  - {value: usikker, label: Vet ikke, next: ../regler.md}",
		"bestill/gruppe.md":  "title: Hvilken?\nanswers:\n  - {label: Stor, next: skjema/}\n  - {label: Liten, next: /bestill/skjema/}",
		"bestill/nei.md":     "title: Nei",
		"bestill/utenfor.md": "title: Ikke del av veiviseren",
		"bestill/skjema.md":  "title: Bestill\norder:\n  to: a@b.no\n  subject: S\n  fields:\n    - {name: hjemmel, label: Hjemmel, type: choice, choices: hjemmel}",
		"slutt.md":           "title: Slutt\nweight: 3",
	}
	for name, text := range changes {
		if files[name] = text; text == "" {
			delete(files, name)
		}
	}
	return files
}

func TestWizard(t *testing.T) {
	s := link(t, ordering(nil), site.Options{})
	if got := problems(s); got != "" || len(s.Wizards) != 1 {
		t.Fatalf("%d wizards\n%s", len(s.Wizards), got)
	}
	g := s.Wizards[0]
	var walk, inWizard []string
	for _, n := range g.Nodes {
		walk = append(walk, n.Name)
	}
	for _, p := range s.Pages {
		if p.Wizard == g {
			inWizard = append(inWizard, p.Path)
		}
	}
	if got := strings.Join(walk, " "); g.Name != "Bestill" || got != "bestill gruppe skjema nei regler" {
		t.Errorf("%s reaches %s", g.Name, got)
	}
	if got := strings.Join(inWizard, " "); got != "bestill/_index.md bestill/skjema.md bestill/gruppe.md bestill/nei.md" {
		t.Errorf("in the wizard are %s", got)
	}
	answers := s.Page("bestill/_index.md").Answers
	if answers[0].Value.Value != "vi-er-en-etat" || answers[0].Target != "bestill/gruppe.md" || answers[2].Target != "regler.md" {
		t.Errorf("answers %+v", answers)
	}
}

// TestWizardStaysOutOfNavigation: its pages are reached by answers.
func TestWizardStaysOutOfNavigation(t *testing.T) {
	s := link(t, ordering(nil), site.Options{})
	if got := paths(s.Home.Listed()); got != "regler.md slutt.md" {
		t.Errorf("the home page lists %s", got)
	}
	if got := paths(s.Page("bestill/_index.md").Listed()); got != "bestill/utenfor.md" {
		t.Errorf("the start lists %s", got)
	}
	var turned []*site.Page
	for p := s.Home; p != nil; p = p.Next {
		if p.Next != nil && p.Next.Prev != p {
			t.Errorf("%s leads to %s, but not back", p.Path, p.Next.Path)
		}
		turned = append(turned, p)
	}
	if got := paths(turned); got != "_index.md regler.md bestill/utenfor.md slutt.md" {
		t.Errorf("one turns from %s", got)
	}
}

func TestOrdersGetTheirLists(t *testing.T) {
	s := link(t, ordering(nil), site.Options{})
	p := s.Page("bestill/skjema.md")
	list, ok := s.Choices("nb", "hjemmel")
	if got := p.Order.Fields[0].Choices; !ok || len(list) != 2 || len(got) != 2 || got[1].Label.Value != "Andre" {
		t.Errorf("the field offers %v", got)
	}
	if p.Meta.Order.Fields[0].Choices != nil {
		t.Error("Link has changed the page's own front matter")
	}
	if _, ok := s.Choices("nb", "borte"); ok {
		t.Error("a list that is not there")
	}
}

// TestWizardFaults: what only the site sees. Each change breaks one thing.
func TestWizardFaults(t *testing.T) {
	const question = "title: Hvilken?\nanswers:\n  - {label: Stor, next: "
	for _, c := range []struct{ name, file, text, want string }{
		{"next that is not there", "bestill/gruppe.md", question + "skjma.md}",
			"bestill/gruppe.md:4:25: next: no page or file at \"skjma.md\" (did you mean \"/bestill/skjema/\"?)\n"},
		{"next to a draft", "bestill/nei.md", "draft: true",
			"bestill/_index.md:7:40: next: no page or file at \"nei.md\" (content/bestill/nei.md is a draft; publish it, or build with --drafts)\n"},
		{"next to another site", "bestill/gruppe.md", question + "'https://www.example.no/'}",
			"bestill/gruppe.md:4:26: next: leads out of the site (lead to a page that sends the visitor on)\n"},
		{"next to a dead heading", "bestill/gruppe.md", question + "'nei.md#borte'}",
			"bestill/gruppe.md:4:26: next: no heading #borte on content/bestill/nei.md ()\n"},
		{"an unknown list", "bestill/skjema.md", "title: Bestill\norder:\n  to: a@b.no\n  subject: S\n  fields:\n    - {name: hjemmel, label: Hjemmel, type: choice, choices: hjemler}",
			"bestill/skjema.md:7:62: there is no list of choices \"hjemler\" (write it on a page, under choices:)\n"},
		{"two lists of one name", "slutt.md", "title: Slutt\nchoices:\n  hjemmel:\n    - {value: c, label: Tredje}",
			"slutt.md:5:15: the list of choices \"hjemmel\" stands in content/regler.md too (give one of them another name)\n"},
		{"a list with two equal values", "regler.md", "title: Regler\nweight: 1\nchoices:\n  hjemmel:\n    - {value: a, label: Første}\n    - {value: a, label: Andre}",
			"regler.md:7:15: two choices with the value \"a\" (give each choice a value of its own)\n"},
		{"a value that the list does not offer", "regler.md", "title: Regler\nweight: 1\nchoices:\n  hjemmel:\n    - {value: c, label: Tredje}",
			"bestill/_index.md:6:60: the field \"hjemmel\" of bestill/skjema.md does not offer the value \"a\" (did you mean \"c\"?)\n"},
		{"two wizards of one name", "los.md", "title: Løs\nwizard: Bestill\nanswers:\n  - {label: Ja, next: slutt.md}",
			"los.md:3:9: the wizard \"Bestill\" begins in content/bestill/_index.md too (give each wizard a name of its own)\n"},
		{"a label of a wrong type", "bestill/gruppe.md", "title: Hvilken?\nanswers:\n  - {label: [Stor], next: skjema/}\n  - {label: Liten, next: skjema/}",
			"bestill/gruppe.md:4:13: here should be a text, not a list ()\n"},
		{"a label of blanks", "bestill/gruppe.md", "title: Hvilken?\nanswers:\n  - {value: a, label: ' ', next: skjema/}\n  - {label: Liten, next: skjema/}",
			"bestill/gruppe.md:4:5: an answer without a label (add label: with the words that the visitor chooses)\n"},
		{"an address of a wrong type", "bestill/skjema.md", "title: Bestill\norder:\n  to: [a@b.no]\n  subject: S\n  fields:\n    - {name: hjemmel, label: Hjemmel, type: choice, choices: hjemmel}",
			"bestill/skjema.md:4:7: here should be a text, not a list ()\n"},
		{"a question and an order", "bestill/skjema.md", "title: Bestill\nanswers:\n  - {label: Ja, next: nei.md}\norder:\n  to: a@b.no\n  subject: S\n  fields:\n    - {name: hjemmel, label: Hjemmel}",
			"bestill/skjema.md:4:5: a question cannot be an order too (give the order a page of its own, and lead to it with next:)\n"},
		{"a picture from elsewhere", "bestill/nei.md", "---\ntitle: Nei\n---\n![x](https://x.example.no/a.png)",
			"bestill/nei.md:4:6: a page of a wizard shows no pictures from https://x.example.no (put the file beside the page)\n"},
		{"a question that nothing leads to", "los.md", "title: Løs\nanswers:\n  - {label: Ja, next: slutt.md}",
			"los.md:4:5: no wizard reaches this question (lead to it with next: of an answer, or make it a start with wizard: NAME)\n"},
	} {
		s := link(t, ordering(map[string]string{c.file: c.text}), site.Options{})
		if got := problems(s); got != c.want {
			t.Errorf("%s:\ngot  %swant %s", c.name, got, c.want)
		}
	}
}

// TestDeadAnswerInTwoLanguages: the structure stands once, and so do its
// faults.
func TestDeadAnswerInTwoLanguages(t *testing.T) {
	s := link(t, map[string]string{
		"_index.md":    "title: Hjem\nlanguages: [nb, nn]",
		"start.md":     "title: Hva?\nwizard: V\nanswers:\n  - {value: a, label: A, next: borte.md}\n  - {value: b, label: B, next: slutt.md}",
		"start.nn.md":  "title: Kva?\nanswers:\n  - {value: a, label: A}\n  - {value: b, label: B}",
		"slutt.md":     "title: Slutt",
		"_index.nn.md": "title: Heim",
	}, site.Options{})
	if got, want := problems(s), "start.md:5:32: next: no page or file at \"borte.md\" (looked for /borte.md and /start/borte.md)\n"; got != want || len(s.Wizards) != 0 {
		t.Errorf("%d wizards\ngot  %swant %s", len(s.Wizards), got, want)
	}
}
