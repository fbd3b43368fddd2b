package content

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestWhatIsNotAFile: links and devices are passed over, and told of.
func TestWhatIsNotAFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, Dir, "mappe"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, Dir, "_index.md"), []byte("# Hjem"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"borte.md": "ingen", "runde": "runde", "lenke": "mappe", "ute.txt": "/etc/hosts", "inne.md": "_index.md"} {
		if err := os.Symlink(to, filepath.Join(dir, Dir, name)); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree := load(t, root.FS(), Options{}, nil)
	const hint = "\n\thint: put a file in its place, or remove it\n"
	const want = "content/borte.md: warning: not published: a link that leads nowhere, or out of the site" + hint +
		"content/lenke: warning: not published: a link to a folder" + hint +
		"content/runde: warning: not published: a link that leads nowhere, or out of the site" + hint +
		"content/ute.txt: warning: not published: a link that leads nowhere, or out of the site" + hint
	if got := problems(&Page{Problems: tree.Problems}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := strings.Join(paths(tree), " "); got != "_index.md inne.md" || len(tree.Files) > 0 {
		t.Errorf("pages %s, files %v", got, tree.Files)
	}
}

func TestDevice(t *testing.T) {
	fsys := site("content/_index.md", "# Hjem")
	fsys["content/kø.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	tree := load(t, fsys, Options{}, nil)
	const want = "content/kø.md: warning: not published: not a file (p---------)\n\thint: put a file in its place, or remove it\n"
	if got := problems(&Page{Problems: tree.Problems}); got != want || len(tree.Pages) != 1 {
		t.Errorf("%d pages\ngot  %swant %s", len(tree.Pages), got, want)
	}
}

func TestNameThatIsNotUTF8(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, Dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, Dir, "bl\xe5.md"), nil, 0o644); err != nil {
		t.Skip(err) // file systems that know better
	}
	tree := load(t, os.DirFS(dir), Options{}, nil)
	const want = "content/bl\ufffd.md: the name is not UTF-8\n\thint: rename it\n"
	if got := problems(&Page{Problems: tree.Problems}); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// A locked is a file system with a file that cannot be opened.
type locked struct {
	fs.FS
	name string
}

func (l locked) Open(name string) (fs.File, error) {
	if name == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.FS.Open(name)
}

func TestUnreadableFile(t *testing.T) {
	fsys := locked{site("content/_index.md", "# Hjem", "content/a.pdf", ""), "content/a.pdf"}
	if _, err := Load(t.Context(), fsys, Options{}, nil); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error %v", err)
	}
}

func TestLeadingTitle(t *testing.T) {
	for _, test := range []struct{ text, title, headings string }{
		{"# Om *tilgang*\n\n## Hvem\n", "Om tilgang", "Hvem"},
		{"---\nweight: 1\n---\n\n# Om\n", "Om", ""},
		{"# Om", "Om", ""},
		{"Om\n===\n\n# To\n", "Om", "To"},
		{"---\ntitle: A\n---\n# Om\n", "A", "Om"},
		{"---\ntitle: ' '\n---\n# Om\n", "Om", ""},
		{"Tekst\n\n# Om\n", "", "Om"},
		{"## Om\n", "", "Om"},
	} {
		page := parse(test.text)
		var headings []string
		for _, h := range page.Doc.Headings {
			headings = append(headings, h.Text)
		}
		if got := strings.Join(headings, " "); page.Meta.Title != test.title || got != test.headings {
			t.Errorf("%q: title %q, headings %s", test.text, page.Meta.Title, got)
		}
	}
}

func TestLastMod(t *testing.T) {
	for written, want := range map[string]string{
		"2026-05-19":                "2026-05-19",
		"2026-05-19T10:30:00+02:00": "2026-05-19T10:30:00+02:00",
		"2026-05-19 10:30:00Z":      "2026-05-19T10:30:00Z",
		"2026-05-19T10:30:00":       "2026-05-19",
		"'2026-05-19 10:30:00'":     "2026-05-19",
	} {
		for _, matter := range []string{"---\nlastmod: " + written + "\n---\n", "+++\nlastmod = " + written + "\n+++\n"} {
			if page := parse(matter); page.Meta.LastMod != want || len(page.Problems) > 0 {
				t.Errorf("%s: %q, %v", written, page.Meta.LastMod, page.Problems)
			}
		}
	}
}
