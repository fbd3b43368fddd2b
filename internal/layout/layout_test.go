package layout_test

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/layout"
	"veiviser/internal/markdown"
	"veiviser/internal/site"
)

var update = flag.Bool("update", false, "rewrite what the files in testdata expect")

// theme is a theme as small as can be: each layout says its name.
var theme = files(map[string]string{
	"layouts/base.html":             "<base>{{template \"main\" .}}</base>\n",
	"layouts/home.html":             `{{define "main"}}home {{.Page.Title}}: {{.Content}}{{end}}`,
	"layouts/section.html":          `{{define "main"}}section {{.Page.Title}}: {{.Content}}{{end}}`,
	"layouts/page.html":             `{{define "main"}}page {{.Page.Title}}: {{.Content}}{{end}}`,
	"layouts/wizard.html":           `{{define "main"}}{{with .AnswersOf .Page}}question {{$.Page.Title}}: {{range .}}<a href="{{.URL}}">{{.Label}}</a>{{end}}{{else}}result {{.Page.Title}} of {{.Page.Wizard.Name}}{{end}}{{end}}`,
	"layouts/order.html":            `{{define "main"}}order {{.Page.Title}}: {{range .Form.Form.Fields}}{{.Label}}{{end}}{{end}}`,
	"layouts/404.html":              "{{define \"main\"}}404 {{.Page.Title}}: {{T \"hello\"}}{{end}}",
	"layouts/redirect.html":         "redirect to {{.Page.URL}}\n",
	"layouts/partials/toc.html":     `<toc>{{range .Contents}}<a href="#{{.ID}}">{{.Text}}</a>{{range .Children}}<b href="#{{.ID}}">{{.Text}}</b>{{end}}{{end}}</toc>`,
	"layouts/partials/list.html":    `{{range .}}<li>{{.Title}}</li>{{end}}`,
	"layouts/shortcodes/note.html":  `{{/* inner: markdown */}}<note title="{{or (.Get "title") (.Get 0)}}">{{.Inner}}</note>`,
	"layouts/shortcodes/code.html":  `{{/* inner: text */}}<code>{{.Text}}</code>`,
	"layouts/shortcodes/list.html":  `<ul>{{template "partials/list.html" .Page.Listed}}</ul>`,
	"layouts/shortcodes/ref.html":   `{{.Ref (.Get 0)}}`,
	"layouts/shortcodes/find.html":  `<a href="{{(.Find (.Get 0)).URL}}"></a>`,
	"layouts/shortcodes/start.html": `<start>{{range .AnswersOf (.Wizard (.Get 0))}}<a href="{{.URL}}">{{.Label}}</a>{{end}}</start>`,
	"layouts/shortcodes/form.html":  `<form>{{range (.Order (.Get 0)).Fields}}{{.Label}} {{end}}</form>`,
	"layouts/shortcodes/lists.html": `<lists>{{range .Choices (.Get 0) (.Get "group")}}{{.Name}}: {{range .Choices}}{{.Label}} {{end}}{{end}}</lists>`,
	"layouts/i18n/nb.yaml":          "hello: Hei\norder-reference: Referanse\n" + rules,
})

// rules are the words that an order form needs.
const rules = `order-required: x
order-choice-required: x
order-too-long: x
order-organisation-number-length: x
order-organisation-number-synthetic: x
order-organisation-number-start: x
order-organisation-number-check: x
order-email: x
order-phone: x
order-same: x
not-found-title: Ikke funnet
`

func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// render loads a site with the theme, and returns its pages by their addresses,
// and all problems.
func render(t testing.TB, own fs.FS) (map[string]string, diag.List) {
	t.Helper()
	set, problems, err := layout.Load(theme, own)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := content.Load(context.Background(), own, content.Options{Markdown: markdown.Options{Shortcodes: set.Shortcodes()}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := site.Link(tree, site.Options{Drafts: true})
	env := layout.Env{Site: s, Assets: s.Base + "assets/"}
	pages := map[string]string{}
	add := func(address string, html []byte, list diag.List) {
		pages[address] = string(html)
		problems = append(problems, list...)
	}
	for _, p := range s.Pages {
		html, list := set.Render(env, p)
		add("/"+p.Address, html, list)
	}
	for at, p := range s.Aliases {
		html, list := set.Redirect(env, p)
		add("/"+at, html, list)
	}
	html, list := set.NotFound(env)
	add("/404.html", html, list)
	return pages, append(problems, s.Problems...).Sorted()
}

// TestPages renders the site of each file in testdata, and compares the pages
// whose addresses the file names, and all problems; a file without a section
// problems has none.
func TestPages(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 5 {
		t.Fatal("too few files in testdata", names, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			own := fstest.MapFS{}
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "content/") || strings.HasPrefix(f.Name, "layouts/") {
					own[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			got, problems := render(t, own)
			for i, f := range archive.Files {
				if strings.HasPrefix(f.Name, "/") {
					archive.Files[i].Data = compare(t, f, strings.TrimRight(got[f.Name], "\n")+"\n")
				}
			}
			var list strings.Builder
			for _, p := range problems {
				list.WriteString(p.String())
			}
			expectProblems(t, archive, list.String())
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// compare returns what a section should hold.
func compare(t *testing.T, want txtar.File, got string) []byte {
	if got != string(want.Data) && !*update {
		t.Errorf("%s: got\n%s\nwant\n%s", want.Name, got, want.Data)
	}
	return []byte(got)
}

func expectProblems(t *testing.T, archive *txtar.Archive, got string) {
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "problems" })
	if i < 0 {
		i = len(archive.Files)
		archive.Files = append(archive.Files, txtar.File{Name: "problems"})
	}
	archive.Files[i].Data = compare(t, archive.Files[i], got)
	if got == "" {
		archive.Files = archive.Files[:i]
	}
}

// TestWindowsTexts: line endings do not move places.
func TestWindowsTexts(t *testing.T) {
	_, problems := render(t, files(map[string]string{
		"content/_index.md": "---\ntitle: Hjem\n---\n", "layouts/home.html": "{{define \"main\"}}\r\n\r\næ {{.Borte}}{{end}}\r\n",
	}))
	if len(problems) != 1 || problems[0].Pos.String() != "layouts/home.html:3:5" {
		t.Errorf("%v", problems)
	}
}

// TestSameShortcodes: only what pages are read with counts.
func TestSameShortcodes(t *testing.T) {
	load := func(text string) *layout.Set {
		set, _, err := layout.Load(theme, files(map[string]string{"layouts/shortcodes/x.html": text}))
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	plain := load("a")
	for text, same := range map[string]bool{"b": true, "{{/* inner: markdown */}}": false, "{{- /* inner: text */ -}}": false, "a {{/* inner: text */}}": true} {
		if got := load(text).SameShortcodes(plain); got != same {
			t.Errorf("%s: %t", text, got)
		}
	}
}
