package build_test

import (
	"strings"
	"testing"

	"veiviser/internal/diag"
)

const bestill = `---
title: Hvem er du?
wizard: Bestill
answers:
  - {value: privat, label: Privatperson, next: nei.md}
  - {value: offentlig, label: Offentlig, hint: En etat, next: skjema.md}
---
`

const skjema = `---
title: Bestill
order:
  to: post@example.no
  subject: Bestilling fra {navn}
  fields:
    - heading: Virksomheten
    - {name: navn, label: Virksomhetens navn}
    - {name: slag, label: Slag, type: choice, choices: [{value: a, label: Første}, {value: b, label: Andre}]}
---
`

func bilingual(changes map[string]string) map[string]string {
	site := map[string]string{
		"_index.md":            "---\ntitle: Hjem\nbaseURL: https://example.no/\nlanguages: [nb, nn]\n---\n[Tilgang](tilgang.md) og [skjema](bestill/skjema.md)",
		"_index.nn.md":         "---\ntitle: Heim\n---\n[Tilgang](tilgang.md), [berre bokmål](bare-nb.md), [bokmål](/tilgang/)\n\n{{< wizard \"bestill/_index.nn.md\" >}}",
		"tilgang.md":           "---\ntitle: Tilgang\n---\n",
		"tilgang.nn.md":        "---\ntitle: Tilgjenge\n---\n{{< warning >}}Hugs{{< /warning >}} [relativ](../bestill/skjema/)",
		"bare-nb.md":           "---\ntitle: Bare bokmål\n---\n",
		"bestill/_index.md":    bestill,
		"bestill/_index.nn.md": "---\ntitle: Kven er du?\nwizard: Bestill på nynorsk\nanswers:\n  - {value: offentlig, label: Offentleg, hint: Ein etat}\n  - {value: privat, label: Privatperson på nynorsk}\n---\n",
		"bestill/nei.md":       "---\ntitle: Nei\n---\n",
		"bestill/skjema.md":    skjema,
		"bestill/skjema.nn.md": "---\ntitle: Bestill\norder:\n  subject: Bestilling frå {navn}\n  fields:\n    - heading: Verksemda\n    - {name: navn, label: Namnet til verksemda}\n    - {name: slag, label: Slag, choices: [{value: b, label: Andre på nynorsk}, {value: a, label: Første på nynorsk}]}\n---\n",
	}
	for name, text := range changes {
		site[name] = text
	}
	return site
}

func TestLanguages(t *testing.T) {
	files, problems := render(t, load(t, folder(bilingual(nil)), nil))
	for _, p := range problems {
		t.Error(p)
	}
	for _, want := range []struct{ file, text string }{
		{"index.html", `<html lang="nb">`},
		{"nn/index.html", `<html lang="nn">`},
		{"nn/index.html", `<a href="/nn/tilgang/">Tilgang</a>, <a href="/bare-nb/">berre bokmål</a>, <a href="/tilgang/">bokmål</a>`},
		{"nn/tilgang/index.html", `<title>Tilgjenge – Heim</title>`},
		{"nn/tilgang/index.html", `<strong>Åtvaring</strong>`},
		{"nn/tilgang/index.html", `<a href="/nn/bestill/skjema/">relativ</a>`},
		{"tilgang/index.html", `<a href="/nn/tilgang/" lang="nn" hreflang="nn">Nynorsk</a>`},
		{"tilgang/index.html", `<link rel="alternate" hreflang="nn" href="https://example.no/nn/tilgang/">`},
		{"nn/index.html", `href="/nn/bestill/skjema/#bestill=offentlig"`},
		{"nn/bestill/index.html", `Offentleg`},
		{"nn/bestill/index.html", `Ein etat`},
		{"nn/bestill/index.html", `href="/bestill/nei/#bestill=privat"`},
		{"nn/bestill/index.html", `<a class="button" href="/nn/bestill/" aria-current="page">Bestill på nynorsk</a>`},
		{"nn/bestill/skjema/index.html", `Namnet til verksemda`},
		{"nn/bestill/skjema/index.html", `Bestilling%20fr%C3%A5`},
		{"nn/bestill/skjema/index.html", `Første på nynorsk`},
		{"sitemap.xml", `<loc>https://example.no/nn/tilgang/</loc>`},
	} {
		if !strings.Contains(files[want.file], want.text) {
			t.Errorf("%s holds no %s", want.file, want.text)
		}
	}
	first := strings.Index(files["nn/bestill/index.html"], "Privatperson på nynorsk")
	second := strings.Index(files["nn/bestill/index.html"], "Offentleg")
	if first > second {
		t.Error("the answers do not stand in the order of the default language")
	}
	if strings.Contains(files["bare-nb/index.html"], "hreflang") {
		t.Error("a page in one language has a choice of languages")
	}
}

// TestTranslationsAreComplete breaks the parity of the two languages in every
// way there is.
func TestTranslationsAreComplete(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"bestill/_index.nn.md", "---\ntitle: Kven?\nanswers:\n  - {value: offentlig, label: Offentleg}\n---\n",
			`content/bestill/_index.nn.md:1:1: the answer "privat" is not translated`},
		{"bestill/_index.nn.md", "---\ntitle: Kven?\nanswers:\n  - {value: offentlig, label: A}\n  - {value: privat, label: B}\n  - {value: anna, label: C}\n---\n",
			`content/bestill/_index.nn.md:6:5: the answer "anna" is not there in the default language`},
		{"bestill/_index.nn.md", "---\ntitle: Kven?\nanswers:\n  - {value: offentlig, label: A, next: skjema.md}\n  - {value: privat, label: B}\n---\n",
			`content/bestill/_index.nn.md:4:40: next: stands in the default language alone`},
		{"bestill/skjema.nn.md", "---\ntitle: Bestill\n---\n",
			`content/bestill/skjema.nn.md:1:1: the order "bestill/skjema.md" is not translated`},
		{"bestill/skjema.nn.md", "---\ntitle: B\norder:\n  subject: S {navn}\n  fields:\n    - heading: H\n    - {name: navn, label: N}\n---\n",
			`content/bestill/skjema.nn.md:4:3: the field "slag" is not translated`},
		{"bestill/skjema.nn.md", "---\ntitle: B\norder:\n  subject: S {navn}\n  fields:\n    - heading: H\n    - {name: navn, label: N}\n    - {name: slag, label: S, choices: [{value: a, label: A}]}\n---\n",
			`content/bestill/skjema.nn.md:8:7: the choice "b" is not translated`},
		{"bestill/skjema.nn.md", "---\ntitle: B\norder:\n  to: b@example.no\n  subject: S {navn}\n  fields:\n    - heading: H\n    - {name: navn, label: N, type: email}\n    - {name: slag, label: S, choices: [{value: a, label: A}, {value: b, label: B}]}\n---\n",
			`content/bestill/skjema.nn.md:4:7: warning: to: stands in the default language alone; content/bestill/skjema.nn.md:8:36: warning: type: stands in the default language alone`},
		{"bestill/skjema.md", strings.Replace(skjema, "subject: Bestilling fra {navn}", "subject: Bestilling fra {nvn}", 1),
			`content/bestill/skjema.md:5:27: the subject shows {nvn}, which is no field of this order`},
		{"_index.nn.md", "",
			`content/_index.nn.md: warning: the home page has no title in "nn"; it has that of the default language`},
		{"tilgang.nb.md", "---\ntitle: Tilgang\n---\n", `content/tilgang.nb.md:1:1: this page has the address /tilgang/ of content/tilgang.md`},
		{"side.nb.md", "---\ntitle: Side\n---\n[t](tilgang.md)", ``},
		{"ny.nn.md", "---\ntitle: Ny\nwizard: X\n---\n", `content/ny.nn.md:3:9: a question without answers leads nowhere`},
		{"om.se.md", "---\ntitle: Om\n---\n", `content/om.se.md:1:1: warning: "se" is not a language of the site, so this is a page of its own`},
		{"_index.md", "---\ntitle: Hjem\nlanguages: [nb, nn, nynårsk]\n---\n", `content/_index.md:3:21: "nynårsk" is not a language`},
	} {
		_, problems := render(t, load(t, folder(bilingual(map[string]string{c.file: c.text})), nil))
		if got := oneLine(problems); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.file, got, c.want)
		}
	}
}

// oneLine is the places and messages of problems.
func oneLine(problems diag.List) string {
	var lines []string
	for _, p := range problems {
		line, _, _ := strings.Cut(p.String(), "\n")
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}
