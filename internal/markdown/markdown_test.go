package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"veiviser/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// shortcodes are those that the tests may use.
var shortcodes = map[string]Inner{
	"children": NoInner, "ref": NoInner, "icon": NoInner,
	"warning": MarkdownInner, "info": MarkdownInner, "note": MarkdownInner,
	"code": TextInner,
}

// TestPairs reads each in.md of testdata and compares what comes of it with
// the other sections of its file. Holes are shown as «link ../x», «toc» and
// «warning title="…"»…«/warning». A file without a section problems has none.
func TestPairs(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in := string(archive.Files[0].Data)
			doc, problems := Parse(diag.Source{Name: "in.md", Text: in}, 0, Options{Shortcodes: shortcodes})
			got := map[string]string{
				"out.html": strings.TrimRight(show(doc.Segments), "\n") + "\n",
				"headings": showHeadings(doc.Headings),
				"links":    showLinks(in, doc.Links),
				"problems": showProblems(problems),
			}
			if *update {
				rewrite(t, file, archive, got)
				return
			}
			want := map[string]string{"problems": ""}
			for _, section := range archive.Files[1:] {
				want[section.Name] = string(section.Data)
			}
			for name, want := range want {
				if got[name] != want {
					t.Errorf("%s: got\n%s\nwant\n%s", name, got[name], want)
				}
			}
		})
	}
}

// rewrite puts what we got into the sections that the file has, and adds or
// removes the problems.
func rewrite(t *testing.T, file string, archive *txtar.Archive, got map[string]string) {
	var sections []txtar.File
	for _, section := range archive.Files {
		if section.Name == "problems" {
			continue
		}
		if text, ok := got[section.Name]; ok {
			section.Data = []byte(text)
		}
		sections = append(sections, section)
	}
	if got["problems"] != "" {
		sections = append(sections, txtar.File{Name: "problems", Data: []byte(got["problems"])})
	}
	archive.Files = sections
	if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
		t.Fatal(err)
	}
}

func show(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.HTML)
		switch {
		case s.Link != nil:
			fmt.Fprintf(&b, "«link %s»", s.Link.Dest)
		case s.TOC:
			b.WriteString("«toc»")
		case s.Shortcode != nil:
			b.WriteString(showShortcode(s.Shortcode))
		}
	}
	return b.String()
}

func showShortcode(s *Shortcode) string {
	open := s.Name
	for _, a := range s.Args {
		open += " "
		if a.Name != "" {
			open += a.Name + "="
		}
		open += fmt.Sprintf("%q", a.Value)
	}
	switch {
	case s.Inner != nil:
		return "«" + open + "»" + show(s.Inner) + "«/" + s.Name + "»"
	case s.Text != "":
		return "«" + open + "»" + s.Text + "«/" + s.Name + "»"
	}
	return "«" + open + "»"
}

func showHeadings(headings []Heading) string {
	var b strings.Builder
	for _, h := range headings {
		fmt.Fprintf(&b, "%d #%s %s\n", h.Level, h.ID, h.Text)
	}
	return b.String()
}

func showLinks(text string, links []*Link) string {
	var b strings.Builder
	for _, l := range links {
		p := diag.Source{Text: text}.Pos(l.Offset)
		fmt.Fprintf(&b, "%d:%d %s\n", p.Line, p.Col, l.Dest)
	}
	return b.String()
}

func showProblems(problems diag.List) string {
	var b strings.Builder
	for _, p := range problems.Sorted() {
		b.WriteString(p.String())
	}
	return b.String()
}
