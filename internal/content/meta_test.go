package content

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"veiviser/internal/diag"
	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

// The same front matter three times: every key of a page, in any case.
const yamlMatter = `---
Title: Tilgang – «æøå»
linktitle: Tilgang
description: 'Hvem''s'
WEIGHT: 3
draft: true
slug: tilgang-i-test
url: /tilgang/
aliases: [/gammel/, "/eldre/"]
layout: bred
toc: false
lastmod: 2026-05-19
wizard: Bestill
answers:
  - {value: egen, label: Vår egen, hint: Eller, next: gruppe.md, set: {formaal: test}}
  - label: Ja
order:
  to: post@example.no
  subject: Bestilling – {navn}
  statement: Vi ønsker tilgang
  fields:
    - heading: Virksomheten
    - {name: navn, label: Navn, hint: Hele, type: text, optional: true, maxlength: 40, autocomplete: organization}
    - {name: hjemmel, differs-from: navn, choices: hjemmel}
    - name: svar
      choices: [{value: ja, label: Ja, group: G}]
choices:
  hjemmel:
    - {value: a, label: Bank}
farge: &farge {navn: blå, nyanser: [1, 2.5, true, null, "3"]}
---
`

const tomlMatter = `+++
Title = "Tilgang – «æøå»"
linktitle = "Tilgang"
description = '''Hvem's'''
WEIGHT = 3
draft = true
slug = "tilgang-i-test"
url = "/tilgang/"
aliases = ["/gammel/", "/eldre/"] # merknad
layout = "bred"
toc = false
lastmod = 2026-05-19
wizard = "Bestill"

[[answers]]
value = "egen"
label = "Vår egen"
hint = "Eller"
next = "gruppe.md"
set.formaal = "test"

[[answers]]
label = "Ja"

[order]
to = "post@example.no"
subject = "Bestilling – {navn}"
statement = "Vi ønsker tilgang"

[[order.fields]]
heading = "Virksomheten"

[[order.fields]]
name = "navn"
label = "Navn"
hint = "Hele"
type = "text"
optional = true
maxlength = 40
autocomplete = "organization"

[[order.fields]]
name = "hjemmel"
differs-from = "navn"
choices = "hjemmel"

[[order.fields]]
name = "svar"
choices = [{value = "ja", label = "Ja", group = "G"}]

[choices]
hjemmel = [{value = "a", label = "Bank"}]

[farge]
navn = "blå"
nyanser = [1, 2.5, true, "", "3"]
+++
`

const jsonMatter = `{
"Title": "Tilgang – «æøå»",
"linktitle": "Tilgang",
"description": "Hvem's",
"WEIGHT": 3,
"draft": true,
"slug": "tilgang-i-test",
"url": "\/tilgang\/",
"aliases": ["/gammel/", "/eldre/"],
"layout": "bred",
"toc": false,
"lastmod": "2026-05-19",
"wizard": "Bestill",
"answers": [
  {"value": "egen", "label": "Vår egen", "hint": "Eller", "next": "gruppe.md", "set": {"formaal": "test"}},
  {"label": "Ja"}
],
"order": {
  "to": "post@example.no",
  "subject": "Bestilling – {navn}",
  "statement": "Vi ønsker tilgang",
  "fields": [
    {"heading": "Virksomheten"},
    {"name": "navn", "label": "Navn", "hint": "Hele", "type": "text", "optional": true, "maxlength": 40, "autocomplete": "organization"},
    {"name": "hjemmel", "differs-from": "navn", "choices": "hjemmel"},
    {"name": "svar", "choices": [{"value": "ja", "label": "Ja", "group": "G"}]}
  ]
},
"choices": {"hjemmel": [{"value": "a", "label": "Bank"}]},
"farge": {"navn": "blå", "nyanser": [1, 2.5, true, null, "3"]}
}
`

func text(s string) diag.Text { return diag.Text{Value: s} }

// wantMeta is what all three say, without offsets.
var wantMeta = Meta{
	Title: "Tilgang – «æøå»", LinkTitle: "Tilgang", Description: "Hvem's", Weight: 3, Draft: true, Slug: text("tilgang-i-test"),
	URL: text("/tilgang/"), Aliases: []diag.Text{text("/gammel/"), text("/eldre/")}, Layout: text("bred"), NoTOC: true, LastMod: "2026-05-19",
	Wizard: text("Bestill"),
	Answers: []wizard.Answer{
		{
			Value: text("egen"), Label: text("Vår egen"), Hint: text("Eller"), Next: text("gruppe.md"),
			Set: []wizard.Setting{{Field: text("formaal"), Value: text("test")}},
		},
		{Label: text("Ja")},
	},
	Order: &order.Form{
		To: text("post@example.no"), Subject: text("Bestilling – {navn}"), Statement: text("Vi ønsker tilgang"),
		Fields: []order.Field{
			{Heading: text("Virksomheten")},
			{
				Name: text("navn"), Label: text("Navn"), Hint: text("Hele"), Type: text("text"),
				Optional: true, MaxLength: 40, Autocomplete: text("organization"),
			},
			{Name: text("hjemmel"), DiffersFrom: text("navn"), ChoicesOf: text("hjemmel")},
			{Name: text("svar"), Choices: []order.Choice{{Value: text("ja"), Label: text("Ja"), Group: text("G")}}},
		},
	},
	Choices: map[string][]order.Choice{"hjemmel": {{Value: text("a"), Label: text("Bank")}}},
	Params:  map[string]any{"farge": map[string]any{"navn": "blå", "nyanser": []any{1, 2.5, true, nil, "3"}}},
}

func TestMeta(t *testing.T) {
	for name, matter := range map[string]string{"YAML": yamlMatter, "TOML": tomlMatter, "JSON": jsonMatter} {
		t.Run(name, func(t *testing.T) {
			page := parse(matter + "# Tekst")
			for _, p := range page.Problems {
				t.Error(p)
			}
			got := page.Meta
			eachText(reflect.ValueOf(&got), func(x *diag.Text) {
				if x.Value != "" && !strings.HasPrefix(strings.ReplaceAll(page.Source.Text[x.Offset:], `\/`, "/"), x.Value) {
					t.Errorf("%q is not at %.20q", x.Value, page.Source.Text[x.Offset:])
				}
				x.Offset = 0
			})
			if farge, ok := got.Params["farge"].(map[string]any); ok && name == "TOML" {
				farge["nyanser"].([]any)[3] = nil // TOML has no null
			}
			if !reflect.DeepEqual(got, wantMeta) {
				a, _ := json.MarshalIndent(got, "", " ")
				b, _ := json.MarshalIndent(wantMeta, "", " ")
				t.Errorf("got %s\nwant %s", a, b)
			}
		})
	}
}

// eachText calls f with every diag.Text in v and sets all other offsets to 0.
func eachText(v reflect.Value, f func(*diag.Text)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), f)
		}
	case reflect.Map:
		if lists, ok := v.Interface().(map[string][]order.Choice); ok {
			for _, list := range lists {
				eachText(reflect.ValueOf(list), f)
			}
		}
	case reflect.Struct:
		if t, ok := v.Addr().Interface().(*diag.Text); ok {
			f(t)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "Offset" {
				v.Field(i).SetInt(0)
			}
			eachText(v.Field(i), f)
		}
	}
}

func TestSiteSettings(t *testing.T) {
	const matter = "---\nbaseURL: https://example.no/docs/\neditURL: https://example.no/e/\nlanguages: no\n---\n"
	home := Parse(diag.Source{Name: "content/_index.md", Text: matter}, "_index.md", Options{})
	if m := home.Meta; m.BaseURL.Value != "https://example.no/docs/" || m.EditURL != "https://example.no/e/" || len(m.Languages) != 1 || m.Languages[0].Value != "no" || len(home.Problems) > 0 {
		t.Errorf("on the home page: %+v, %v", m, home.Problems)
	}
	page := parse(matter)
	if m := page.Meta; m.Languages != nil || m.Params["languages"] != "no" {
		t.Errorf("elsewhere: %+v", m)
	}
}

func TestYAML(t *testing.T) {
	for _, test := range []struct {
		name, matter string
		want         map[string]any
	}{
		{"no is a word", "a: no\nb: off\nc: yes", map[string]any{"a": "no", "b": "off", "c": "yes"}},
		{"True is true", "a: True\nb: FALSE", map[string]any{"a": true, "b": false}},
		{"numbers", "a: 010\nb: 1e3\nc: .inf\nd: 974760673\ne: '3'", map[string]any{"a": 10, "b": 1000.0, "c": ".inf", "d": 974760673, "e": "3"}},
		{"an alias", "a: &x [1]\nb: *x", map[string]any{"a": []any{1}, "b": []any{1}}},
		{"a merge", "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3", map[string]any{
			"a": map[string]any{"p": 1, "q": 2}, "b": map[string]any{"p": 1, "q": 3},
		}},
		{"a merge of several", "a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}", map[string]any{
			"a": map[string]any{"p": 1}, "b": map[string]any{"p": 2, "q": 2}, "c": map[string]any{"p": 1, "q": 2},
		}},
		{"nothing", "a:\nb: ~", map[string]any{"a": nil, "b": nil}},
	} {
		page := parse("---\n" + test.matter + "\n---\n")
		if !reflect.DeepEqual(page.Meta.Params, test.want) || len(page.Problems) > 0 {
			t.Errorf("%s: %#v, %v", test.name, page.Meta.Params, page.Problems)
		}
	}
}

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// faults returns the pages of testdata/faults.txtar, each a pair of NAME.md and
// NAME.problems.
func faults(t testing.TB) *txtar.Archive {
	archive, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil || len(archive.Files) == 0 || len(archive.Files)%2 != 0 {
		t.Fatal("no pairs", err)
	}
	return archive
}

func TestFaults(t *testing.T) {
	archive := faults(t)
	for i := 0; i < len(archive.Files); i += 2 {
		page, want := archive.Files[i], &archive.Files[i+1]
		t.Run(strings.TrimSuffix(page.Name, ".md"), func(t *testing.T) {
			got := problems(parse(string(page.Data)))
			if *update {
				want.Data = []byte(got)
			} else if got != string(want.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, want.Data)
			}
			if got == "" {
				t.Error("no fault")
			}
		})
	}
	if *update {
		if err := os.WriteFile("testdata/faults.txtar", txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// problems returns all that is said of a page.
func problems(page *Page) string {
	var b strings.Builder
	for _, p := range page.Problems.Sorted() {
		b.WriteString(p.String())
	}
	return b.String()
}

func TestInvalidUTF8(t *testing.T) {
	page := parse("---\ntitle: A\n---\n# Blåb\xe6r\n")
	const want = "side.md:4:7: this is not UTF-8\n\t# Blåb\ufffdr\n\t      ^\n\thint: save the file as UTF-8\n"
	if got := problems(page); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if text := page.Doc.Headings[0].Text; page.Meta.Title != "A" || text != "Blåb\ufffdr" {
		t.Errorf("title %q, heading %q", page.Meta.Title, text)
	}
}

func TestControlCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"# A\n\na\x00b": "side.md:3:2: this is not text: there is a NUL character here\n\ta\ufffdb\n\t ^\n\thint: save the file as UTF-8\n",
		"a \x1b[31m":    "side.md:1:3: warning: an invisible control character, U+001B\n\ta \ufffd[31m\n\t  ^\n\thint: remove it\n",
	} {
		if got := problems(parse(text)); got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
}

// TestAliasBomb reads YAML whose aliases would make 10^9 values, and an anchor
// that holds itself.
func TestAliasBomb(t *testing.T) {
	bomb := "a0: &a0 [x]\n"
	for i := range 9 {
		alias := fmt.Sprintf("*a%d", i)
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(alias+", ", 9)+alias)
	}
	for _, matter := range []string{bomb, "a: &a [*a]\n"} {
		if got := problems(parse("---\n" + matter + "---\n")); !strings.Contains(got, ": the aliases of this YAML make too much of it\n") {
			t.Errorf("%s: %q", matter, got)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, matter := range []string{yamlMatter, tomlMatter, jsonMatter} {
		f.Add(matter)
	}
	for _, file := range faults(f).Files {
		f.Add(string(file.Data))
	}
	f.Fuzz(func(t *testing.T, in string) {
		page := parse(strings.ReplaceAll(in, "\r", "\n"))
		if !utf8.ValidString(page.Source.Text) {
			t.Error("the text is not UTF-8")
		}
		eachText(reflect.ValueOf(&page.Meta), func(x *diag.Text) {
			if x.Offset < 0 || x.Offset > len(page.Source.Text) {
				t.Errorf("%q at %d of %d", x.Value, x.Offset, len(page.Source.Text))
			}
		})
		for _, p := range page.Problems {
			if p.Line < 1 || p.Msg == "" {
				t.Errorf("problem %q", p)
			}
		}
	})
}
