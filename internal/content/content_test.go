package content

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"veiviser/internal/diag"
	"veiviser/internal/markdown"
)

// site makes a folder of names and texts in turn.
func site(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func load(t *testing.T, fsys fs.FS, opts Options, previous *Tree) *Tree {
	t.Helper()
	tree, err := Load(context.Background(), fsys, opts, previous)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func paths(tree *Tree) []string {
	var list []string
	for _, p := range tree.Pages {
		list = append(list, p.Path)
	}
	return list
}

func TestLoad(t *testing.T) {
	tree := load(t, site(
		"content/_index.md", "# Hjem",
		"content/tilgang/_index.md", "# Tilgang",
		"content/tilgang/test.md", "# Test",
		"content/tilgang/kart/index.md", "# Kart",
		"content/tilgang/kart/no.png", "bilde",
		"content/stor.MD", "en side",
		"content/lang.markdown", "en side",
		"content/skjema.mdx", "en annen fil",
		"content/.git/side.md", "skjult mappe",
		"content/.#side.md", "Emacs' lås",
		"content/side.md~", "sikkerhetskopi",
		"content/#side.md#", "Emacs' lagring",
		"content/.side.md.swp", "Vims fil",
		"layouts/page.html", "utenfor",
		"README.md", "utenfor",
	), Options{}, nil)
	if got, want := strings.Join(paths(tree), " "), "_index.md lang.md stor.md tilgang/_index.md tilgang/kart/index.md tilgang/test.md"; got != want {
		t.Errorf("pages %s, want %s", got, want)
	}
	if got, want := strings.Join(tree.Files, " "), "skjema.mdx tilgang/kart/no.png"; got != want {
		t.Errorf("files %s, want %s", got, want)
	}
	for _, p := range tree.Pages {
		if named, _ := PagePath(p.Source.Name); named != "content/"+p.Path {
			t.Errorf("%s: its problems say %s", p.Path, p.Source.Name)
		}
	}
}

func TestLoadKeepsWhatIsUnchanged(t *testing.T) {
	before := load(t, site(
		"content/lik.md", "\ufeff# Lik\r\n",
		"content/endret.md", "## Før",
		"content/borte.md", "# Borte",
		"content/ugyldig.md", "\xff",
	), Options{}, nil)
	fsys := site(
		"content/lik.md", "# Lik\n",
		"content/endret.md", "## Etter",
		"content/ny.md", "# Ny",
		"content/ugyldig.md", "\xff",
	)
	after := load(t, fsys, Options{}, before)
	if got, want := strings.Join(paths(after), " "), "endret.md lik.md ny.md ugyldig.md"; got != want {
		t.Fatalf("pages %s, want %s", got, want)
	}
	kept := func(tree *Tree, name string) bool {
		return slices.ContainsFunc(tree.Pages, func(p *Page) bool { return p.Path == name && slices.Contains(before.Pages, p) })
	}
	if !kept(after, "lik.md") {
		t.Error("lik.md was read anew, though only its line endings differ")
	}
	if kept(after, "endret.md") {
		t.Error("endret.md was kept")
	}
	if text := after.Pages[0].Doc.Headings[0].Text; text != "Etter" {
		t.Errorf("endret.md says %q", text)
	}
	if len(after.Pages[3].Problems) != 1 {
		t.Errorf("ugyldig.md: problems %v", after.Pages[3].Problems)
	}
	if again := load(t, fsys, Options{Reread: true}, after); slices.ContainsFunc(again.Pages, func(p *Page) bool { return slices.Contains(after.Pages, p) }) {
		t.Error("Reread kept a page")
	}
}

func TestLoadErrors(t *testing.T) {
	if _, err := Load(context.Background(), site("README.md", ""), Options{}, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without content/: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Load(ctx, site("content/_index.md", ""), Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestBody(t *testing.T) {
	shortcodes := markdown.Options{Shortcodes: map[string]markdown.Inner{"warning": markdown.MarkdownInner, "children": markdown.NoInner}}
	for _, test := range []struct{ name, text, title, heading, pos string }{
		{"no front matter", "## Tekst", "", "Tekst", "1:4"},
		{"empty", "", "", "", ""},
		{"empty YAML", "---\n---\n## Tekst", "", "Tekst", "3:4"},
		{"blank lines first", "\n \n---\ntitle: A\n---\n## Tekst", "A", "Tekst", "6:4"},
		{"spaces after the fences", "--- \ntitle: A\n---\t\n## Tekst", "A", "Tekst", "4:4"},
		{"a rule in the body", "---\ntitle: A\n---\n\n---\n\n## Tekst", "A", "Tekst", "7:4"},
		{"TOML fence in YAML", "---\ntitle: |\n  +++\n---\n## Tekst", "+++", "Tekst", "5:4"},
		{"indented fence in a block scalar", "---\ntitle: |\n  a\n  ---\n  b\n---\n## Tekst", "a\n---\nb", "Tekst", "7:4"},
		{"indented fence is no front matter", "  ---\n\n## Tekst", "", "Tekst", "3:4"},
		{"JSON, blank line after", "{\"title\": \"A\"}\n\n## Tekst", "A", "Tekst", "3:4"},
		{"JSON, no blank line after", "{\"title\": \"A\"}\n## Tekst", "A", "Tekst", "2:4"},
		{"JSON on several lines", "{\n  \"title\": \"A\"\n}\n## Tekst", "A", "Tekst", "4:4"},
		{"JSON, nothing in it", "{}\n## Tekst", "", "Tekst", "2:4"},
		{"a shortcode first", "{{< warning >}}\n## Tekst\n{{< /warning >}}", "", "Tekst", "2:4"},
		{"a percent shortcode first", "{{% children %}}\n## Tekst", "", "Tekst", "2:4"},
		{"braces first", "{ikke JSON}\n\n## Tekst", "", "Tekst", "3:4"},
		{"byte order mark", "\ufeff---\ntitle: A\n---\n## Tekst", "A", "Tekst", "4:4"},
		{"byte order mark and JSON", "\ufeff{\"title\": \"A\"}\n## Tekst", "A", "Tekst", "2:4"},
		{"CRLF", "---\r\ntitle: A\r\n---\r\n## Tekst\r\n", "A", "Tekst", "4:4"},
		{"CR", "---\rtitle: A\r---\r## Tekst\r", "A", "Tekst", "4:4"},
		{"CRLF and TOML", "+++\r\ntitle = \"A\"\r\n+++\r\n## Tekst", "A", "Tekst", "4:4"},
		{"no line break at the end", "---\ntitle: A\n---", "A", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := load(t, site("content/side.md", test.text), Options{Markdown: shortcodes}, nil).Pages[0]
			heading, pos := "", ""
			if len(page.Doc.Headings) > 0 {
				heading = page.Doc.Headings[0].Text
				pos = strings.TrimPrefix(page.Source.Pos(page.Doc.Headings[0].Offset).String(), "content/side.md:")
			}
			if page.Meta.Title != test.title || heading != test.heading || pos != test.pos {
				t.Errorf("title %q, heading %q at %q", page.Meta.Title, heading, pos)
			}
			for _, p := range page.Problems {
				t.Error(p)
			}
		})
	}
}

// parse reads one page by the name side.md.
func parse(text string) *Page {
	return Parse(diag.Source{Name: "side.md", Text: text}, "side.md", Options{})
}
