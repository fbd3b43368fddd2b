package output_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"veiviser"
	"veiviser/internal/output"
)

// TestMinifyKeepsTheText minifies every template of the theme, which are HTML
// of all the kinds that pages are made of, and compares the words.
func TestMinifyKeepsTheText(t *testing.T) {
	m := output.NewMinifier()
	compared := 0
	err := fs.WalkDir(veiviser.Theme, "layouts", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		data, err := fs.ReadFile(veiviser.Theme, name)
		if want, got := words(t, data), words(t, m.Minify("x.html", data)); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
		compared++
		return err
	})
	if err != nil || compared < 10 {
		t.Errorf("%d files compared, %v", compared, err)
	}
}

func TestMinify(t *testing.T) {
	m := output.NewMinifier()
	for _, c := range []struct{ name, in, want string }{
		{"x.html", "<!doctype html>\n<html>\n<body>\n<p>a  b\n<em>c</em> d</p>\n</body></html>", "<!doctype html><html><body><p>a b\n<em>c</em> d</p></body></html>"},
		{"x.html", `<a href="x" class="">y</a>`, `<a href="x">y</a>`},
		{"x.html", "<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"},
		{"x.css", "p { color : red ; }", "p{color:red}"},
		{"x.js", "export function f ( ) { return 1 ; }", "export function f(){return 1}"},
		{"x.js", "function (", "function ("},
		{"x.png", "p { color : red ; }", "p { color : red ; }"},
	} {
		if got := string(m.Minify(c.name, []byte(c.in))); got != c.want {
			t.Errorf("Minify(%q, %q)\n = %q,\nwant %q", c.name, c.in, got, c.want)
		}
	}
}

// words returns the words of an HTML text.
func words(t *testing.T, data []byte) string {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(string(data)))
	var all []string
	for z.Next() != html.ErrorToken {
		token := z.Token()
		if token.Type == html.TextToken {
			all = append(all, strings.Fields(token.Data)...)
		}
	}
	return strings.Join(all, " ")
}
