package markdown

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	xhtml "golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"veiviser/internal/diag"
)

// checkParse reads a text and checks what must hold for any.
func checkParse(t *testing.T, in string) {
	t.Helper()
	src := diag.Source{Name: "in.md", Text: in}
	doc, problems := Parse(src, 0, Options{Shortcodes: shortcodes})
	if again, problemsAgain := Parse(src, 0, Options{Shortcodes: shortcodes}); !reflect.DeepEqual(doc, again) || !slices.Equal(problems, problemsAgain) {
		t.Error("a second reading gives something else")
	}
	if out := show(doc.Segments) + showHeadings(doc.Headings) + strings.Join(doc.Anchors, "\n"); strings.IndexFunc(out, isControl) >= 0 {
		t.Errorf("control characters in %q", out)
	}
	for _, p := range problems {
		if p.Line < 1 || strings.IndexFunc(p.Msg+p.Hint, isControl) >= 0 {
			t.Errorf("problem %q", p)
		}
	}
	offsets := []int{doc.tocEnd}
	taken := map[string]bool{}
	for _, h := range doc.Headings {
		offsets = append(offsets, h.Offset)
		if h.ID == "" || taken[h.ID] {
			t.Errorf("id %q of heading %q is empty or taken", h.ID, h.Text)
		}
		taken[h.ID] = true
	}
	for _, l := range doc.Links {
		offsets = append(offsets, l.Offset)
	}
	for _, offset := range offsets {
		if offset < 0 || offset > len(in) || offset < len(in) && !utf8.RuneStart(in[offset]) {
			t.Errorf("offset %d of %d", offset, len(in))
		}
	}
	if !problems.HasErrors() {
		checkHTML(t, in, doc.Segments)
	}
}

// ownElements and ownAttributes are those that Markdown itself makes.
var (
	ownElements   = set(`pre`)
	ownAttributes = set(`tabindex`)
)

// checkHTML checks that a text's HTML holds nothing but what the allow-lists
// permit, and that its tags are nested as they should be.
func checkHTML(t *testing.T, in string, segments []Segment) {
	t.Helper()
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.HTML)
		if call := s.Shortcode; call != nil {
			checkHTML(t, in, call.Inner)
			if !strings.HasPrefix(in[call.Offset:], "{{") {
				t.Errorf("shortcode %s is not at %d", call.Name, call.Offset)
			}
		}
	}
	var open []string
	for z := xhtml.NewTokenizer(strings.NewReader(b.String())); ; {
		switch kind, token := z.Next(), z.Token(); kind {
		case xhtml.ErrorToken:
			open = slices.DeleteFunc(open, func(name string) bool { return optionalEnd[name] })
			if len(open) > 0 {
				t.Errorf("%q is open at the end of %s", open, b.String())
			}
			return
		case xhtml.StartTagToken:
			if !allowedElements[token.Data] && !ownElements[token.Data] {
				t.Errorf("<%s> in %s", token.Data, b.String())
			}
			for _, a := range token.Attr {
				if !allowedAttributes[a.Key] && !ownAttributes[a.Key] && !strings.HasPrefix(a.Key, "aria-") {
					t.Errorf("attribute %s in %s", a.Key, b.String())
				}
			}
			if !voidElements[token.Data] {
				open = append(open, token.Data)
			}
		case xhtml.EndTagToken:
			for len(open) > 0 && open[len(open)-1] != token.Data && optionalEnd[open[len(open)-1]] {
				open = open[:len(open)-1]
			}
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Errorf("</%s> closes %q in %s", token.Data, open, b.String())
				return
			}
			open = open[:len(open)-1]
		case xhtml.CommentToken, xhtml.DoctypeToken, xhtml.SelfClosingTagToken:
			t.Errorf("%s in %s", token, b.String())
		}
	}
}

// pairs returns the texts of the pairs in testdata.
func pairs(t testing.TB) []string {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	var texts []string
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(archive.Files[0].Data))
	}
	return texts
}

func TestProperties(t *testing.T) {
	for _, in := range append(pairs(t), hostile...) {
		checkParse(t, in)
	}
}

// hostile are texts that try to break out.
var hostile = []string{
	"\x02" + "0\x1a\x03 a \x02zz\x03 \x00 {{< icon >}}",
	"{{</* \x02 */>}} `\x02`",
	"{{</*/>}}",
	"{{< icon >}}&#2;0&#26;&#3; <b title='&#2;0&#26;&#3;'>&#x02;0&#0003;</b> [a](&#2;0&#3; \"&#2;0&#3;\") `&#2;`",
	"# &#2;0&#3; &#1\n",
	"{{</**/>}}",
	"<a href=\"{{< icon >}}\" id='{{< icon >}}' {{< icon >}}>\n",
	"<div {{< icon >}} a=1 href=x>\n",
	"<div\n  class=x\n  href='../æ'\n  href=y>\n",
	"<plaintext>\n<b>x</b>\n",
	"<p/onclick=x()>\n\n<img/src=x/onerror=y()>\n",
	"<a href='java\tscript:x()'>a</a> <a href=&#1;javascript:x()>b</a>",
	"[a](java&Tab;script:x()) [b](\x01javascript:x()) [c](javascript:{{< icon >}})",
	"<svg><script>x()</script></svg>\n<math><mi//xlink:href='data:x'>",
	"# a {id=\"x\\\" onclick=\\\"y()\" data-x=1 class=z}\n",
	"| a |\n|---|\n| <td></td></table></div> |\n",
	"{{< warning >}}</div></main>{{< /warning >}}",
	"> <!--\n> -->\n</blockquote>\n",
	"[^1]<b>\n\n[^1]: <i>x\n",
	"![<b>a</b> {{< icon >}}](b)",
	"``` a\" onclick=\"x()\nb\n```\n",
}

// TestLinkOffsets finds the destination of every inline link at its offset.
func TestLinkOffsets(t *testing.T) {
	for _, in := range pairs(t) {
		checkLinkOffsets(t, "testdata", in, 0)
	}
}

// checkLinkOffsets checks those links whose destination is written as it is
// meant, without backslashes and entities.
func checkLinkOffsets(t *testing.T, name, in string, from int) int {
	t.Helper()
	doc, _ := Parse(diag.Source{Name: name, Text: in}, from, Options{Shortcodes: shortcodes})
	for _, l := range doc.Links {
		if rest := in[l.Offset:]; !strings.HasPrefix(rest, l.Dest) && !strings.ContainsAny(rest[:len(l.Dest)], `\&`) {
			t.Errorf("%s: link %q is not at %.40q", name, l.Dest, rest)
		}
	}
	return len(doc.Links)
}

func TestSlug(t *testing.T) {
	for heading, want := range map[string]string{
		"Å være": "å-være",
		"Jeg har fått tilgang, hva gjør jeg nå?": "jeg-har-fått-tilgang-hva-gjør-jeg-nå",
		"A\u030a":                   "å",
		"  1) «Fiktiv» virksomhet ": "1-fiktiv-virksomhet",
		"snake_case og binde-strek": "snake_case-og-binde-strek",
		"C++ / C#":                  "c--c",
		"Русский 中文":                "русский-中文",
		"🎉":                         "",
		"":                          "",
	} {
		if got := Slug(heading); got != want {
			t.Errorf("Slug(%q) = %q, want %q", heading, got, want)
		}
	}
}

func TestUniqueIDs(t *testing.T) {
	taken := ids{}
	for _, step := range []struct{ id, want string }{
		{"a", "a"}, {"a", "a-1"}, {"a-1", "a-1-1"}, {"a", "a-2"}, {"b-1", "b-1"}, {"b", "b"}, {"b", "b-2"},
	} {
		if got := taken.unique(step.id); got != step.want {
			t.Errorf("unique(%q) = %q, want %q", step.id, got, step.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, in := range append(pairs(f), hostile...) {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if utf8.ValidString(in) && !strings.Contains(in, "\r") && len(in) < 10_000 {
			checkParse(t, in)
		}
	})
}

func FuzzSlug(f *testing.F) {
	f.Add("Jeg har fått tilgang, hva gjør jeg nå?")
	f.Add("A!\u030a\tB")
	f.Fuzz(func(t *testing.T, heading string) {
		slug := Slug(heading)
		if !norm.NFC.IsNormalString(slug) || strings.ContainsFunc(slug, unicode.IsSpace) || Slug(slug) != slug {
			t.Errorf("Slug(%q) = %q, and of that %q", heading, slug, Slug(slug))
		}
	})
}

// section is a part of a guidance page, of about 1 kB.
var section = strings.ReplaceAll(`
## Slik bestiller du tilgang

Har du [rett på tilgang](../hvem-kan-faa-tilgang), kan du bestille **direkte tilgang** i test.
Send en e-post til <post@example.no> med:

1. organisasjonsnummer og navn
2. kontaktperson:
   - navn og 'e-post'
   - telefonnummer, se [reglene](regler.md#telefon "Regler")

{{< warning title="Produksjonsdata" >}}
Virksomheter som finnes på ordentlig, tar *produksjonsdata* med seg inn i testmiljøet.
{{< /warning >}}

| Hjemmel | Bokstav | Scope |
|:--------|:-------:|-------|
| Hvitvaskingsloven § 4 | a | 'brreg:eksempel/a' |
| Forskriften § 3-11 | b[^note] | 'brreg:eksempel/b' |

[^note]: Gjelder fra første dag.

~~~http
GET /eksempel HTTP/1.1
Authorization: Bearer eyJhbGciOi
~~~

> **NB!** Testmiljøet har mest syntetiske data, og innlesing av ekte virksomheter gjøres bare
> når det trengs. Les mer på [Digdirs sider](https://docs.digdir.no/) før du går videre.
`, "'", "`")

func BenchmarkParse(b *testing.B) {
	src := diag.Source{Name: "side.md", Text: strings.Repeat(section, 4)}
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(src, 0, Options{Shortcodes: shortcodes})
	}
}
