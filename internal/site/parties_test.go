package site_test

import (
	"testing"

	"veiviser/internal/site"
)

// TestOrderLinks: a link in an e-mail leads to an order that takes what it
// carries. Each case is the link, and what is wrong with it.
func TestOrderLinks(t *testing.T) {
	const direct = "title: Direkte\norder:\n  to: a@b.no\n  subject: S\n  fields:\n    - {name: orgnr, label: Organisasjonsnummer, type: organisation-number}\n    - {name: navn, label: Navn}\n  linked:\n    - {name: leverandoer, label: Leverandøren, type: organisation-number}"
	for _, c := range []struct{ link, want string }{
		{"{text: 'Her:', page: direkte.md, set: {orgnr: kunde, leverandoer: egen}}", ""},
		{"{text: 'Her:', page: borte.md}", "invitasjon.md:9:30: page: no page or file at \"borte.md\" (looked for /borte.md and /invitasjon/borte.md)\n"},
		{"{text: 'Her:', page: _index.md}", "invitasjon.md:9:30: page: \"_index.md\" is not an order (name a page that has order:)\n"},
		{"{text: 'Her:', page: direkte.md, set: {orgnummer: kunde}}", "invitasjon.md:9:48: content/direkte.md has no field \"orgnummer\" to be filled in (add it to fields: or linked: there)\n"},
		{"{text: 'Her:', page: direkte.md, set: {navn: kunde}}", "invitasjon.md:9:48: \"navn\" is a field of type text there; a link may bring organisation numbers alone (let the reader of the e-mail write it)\n"},
	} {
		s := link(t, map[string]string{
			"_index.md":  "title: Hjem",
			"direkte.md": direct,
			"invitasjon.md": "title: Invitasjon\norder:\n  to: a@b.no\n  subject: S\n  fields:\n    - {name: egen, label: Egen, type: organisation-number}\n" +
				"    - {name: kunde, label: Kunde, type: organisation-number}\n  link: " + c.link,
		}, site.Options{BaseURL: "https://www.example.no/x/"})
		if got := problems(s); got != c.want {
			t.Errorf("%s:\ngot  %swant %s", c.link, got, c.want)
		}
		if url := s.Page("invitasjon.md").Order.Link.URL; c.want == "" && url != "https://www.example.no/x/direkte/" {
			t.Errorf("the link leads to %s", url)
		}
	}
}

// TestWizardsThatMeet: two wizards may lead to the same question, if what an
// answer belongs to is never in doubt.
func TestWizardsThatMeet(t *testing.T) {
	files := map[string]string{
		"_index.md":  "title: Hjem",
		"a/start.md": "title: A\nwizard: A\nanswers:\n  - {label: Ja, next: ../felles.md}",
		"b/start.md": "title: B\nwizard: B\nanswers:\n  - {label: Ja, next: hvem.md}",
		"b/hvem.md":  "title: Hvem?\nanswers:\n  - {label: Ja, next: ../felles.md}",
		"felles.md":  "title: Felles?\nanswers:\n  - {label: Ja, next: slutt.md}",
		"slutt.md":   "title: Slutt",
	}
	s := link(t, files, site.Options{})
	const want = "b/start.md:5:5: two questions of wizards that share felles.md are named \"start\": a/start.md is the other (rename one of the files)\n"
	if got := problems(s); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	files["b/begynn.md"] = files["b/start.md"]
	delete(files, "b/start.md")
	s = link(t, files, site.Options{})
	if got := problems(s); got != "" {
		t.Error(got)
	}
	for page, wizards := range map[string]int{"felles.md": 2, "a/start.md": 1, "b/hvem.md": 1, "slutt.md": 0} {
		if got := len(s.WizardsOf(s.Page(page))); got != wizards {
			t.Errorf("%s is part of %d wizards, want %d", page, got, wizards)
		}
	}
}
