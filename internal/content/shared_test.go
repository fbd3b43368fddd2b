package content

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"veiviser/internal/markdown"
)

// shared returns a file or folder of the inputs that are not part of the
// project. Without them the test is skipped.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("VEIVISER_SHARED")
	if dir == "" {
		t.Skip("VEIVISER_SHARED is not set")
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join("..", "..", dir) // it is relative to the repository
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// theirShortcodes are those of the theme and of Hugo that the inputs use.
var theirShortcodes = markdown.Options{Shortcodes: map[string]markdown.Inner{
	"children": markdown.NoInner, "docs-logo": markdown.NoInner, "icon": markdown.NoInner, "image": markdown.NoInner, "ref": markdown.NoInner,
	"info": markdown.MarkdownInner, "table": markdown.MarkdownInner, "warning": markdown.MarkdownInner,
	"expandableCode": markdown.TextInner,
}}

func headings(p *Page) []string {
	var list []string
	for _, h := range p.Doc.Headings {
		list = append(list, heading(h.Level, h.ID, h.Text))
	}
	return list
}

func heading(level int, id, text string) string {
	return fmt.Sprintf("%s %s #%s", strings.Repeat("#", level), text, id)
}

func TestSeeds(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{"systemleverandoerer.md", "tilgang-i-test.md"} {
		data, err := os.ReadFile(shared(t, "seeds/"+name))
		if err != nil {
			t.Fatal(err)
		}
		fsys["content/"+name] = &fstest.MapFile{Data: data}
	}
	tree := load(t, fsys, Options{Markdown: theirShortcodes}, nil)
	vendors, access := tree.Pages[0], tree.Pages[1]

	for _, test := range []struct {
		page     *Page
		title    string
		weight   int
		headings string
		problems int
	}{
		{vendors, "Systemleverandører", 3, `
## Tilgangsmuligheter for systemleverandører #tilgangsmuligheter-for-systemleverandører
### 1) Opprettelse av fiktiv virksomhet #1-opprettelse-av-fiktiv-virksomhet
### 2) Delegering fra eksisterende kunde #2-delegering-fra-eksisterende-kunde
## Jeg har fått tilgang, hva gjør jeg nå? #jeg-har-fått-tilgang-hva-gjør-jeg-nå`, 0},
		{access, "Tilgang i test", 2, `
# Innledning #innledning
## Hvordan bestiller jeg tilgang til tjenestene i test? #hvordan-bestiller-jeg-tilgang-til-tjenestene-i-test
### Jeg skal bruke en systemleverandør, hva gjør jeg? #jeg-skal-bruke-en-systemleverandør-hva-gjør-jeg
## Jeg har tidligere bestilt tilgang, hva gjør jeg? #jeg-har-tidligere-bestilt-tilgang-hva-gjør-jeg
## Jeg har fått tilgang, hva gjør jeg nå? #jeg-har-fått-tilgang-hva-gjør-jeg-nå`, 1},
	} {
		if test.page.Meta.Title != test.title || test.page.Meta.Weight != test.weight {
			t.Errorf("%s: title %q, weight %d", test.page.Path, test.page.Meta.Title, test.page.Meta.Weight)
		}
		if got, want := strings.Join(headings(test.page), "\n"), strings.TrimPrefix(test.headings, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.page.Path, got, want)
		}
		if len(test.page.Problems) != test.problems {
			t.Errorf("%s: %s", test.page.Path, problems(test.page))
		}
	}
	const stale = "content/tilgang-i-test.md:11:1: warning: the TOC block is stale: \"Jeg har fått tilgang, hva gjør jeg nå?\" is missing\n" +
		"\t<!-- TOC -->\n\t^\n" +
		"\thint: add:   * [Jeg har fått tilgang, hva gjør jeg nå?](#jeg-har-fått-tilgang-hva-gjør-jeg-nå)\n"
	if got := problems(access); got != stale {
		t.Errorf("got\n%s\nwant\n%s", got, stale)
	}
}

// TestCorpus reads a documentation site that Hugo publishes, and compares the
// headings of each page with those that Hugo gives it.
func TestCorpus(t *testing.T) {
	data, err := os.ReadFile(shared(t, "corpus/brreg-docs.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]struct {
		Headings []struct {
			Level    int
			ID, Text string
		}
	}
	if err := json.Unmarshal(data, &expected); err != nil {
		t.Fatal(err)
	}
	tree := load(t, os.DirFS(shared(t, "corpus/brreg-docs")), Options{Markdown: theirShortcodes}, nil)
	seen := 0
	for _, p := range tree.Pages {
		want, ok := expected[address(p)]
		if !ok {
			t.Errorf("%s: no page at %s", p.Path, address(p))
			continue
		}
		got := headings(p)
		for i, h := range want.Headings {
			if w := heading(h.Level, h.ID, h.Text); i >= len(got) || got[i] != w {
				t.Errorf("%s: heading %d of %q is not %q", p.Path, i+1, got, w)
				break
			}
			seen++
		}
		for _, l := range p.Doc.Links {
			if rest := p.Source.Text[l.Offset:]; !strings.HasPrefix(rest, l.Dest) {
				t.Errorf("%s: link %q is not at %.40q", p.Source.Pos(l.Offset), l.Dest, rest)
			}
		}
		if testing.Verbose() {
			t.Log(problems(p))
		}
	}
	t.Logf("%d headings on %d pages are as Hugo's", seen, len(tree.Pages))
}

// address returns the address of a page of the corpus, which has no slugs.
func address(p *Page) string {
	below := strings.TrimSuffix(p.Path, ".md")
	if name := path.Base(p.Path); name == "_index.md" || name == "index.md" {
		below = path.Dir(below)
	}
	below = strings.ToLower(strings.ReplaceAll(below, " ", "-"))
	if below == "." {
		return "/"
	}
	return "/" + below + "/"
}
