package output

import (
	"path"
	"regexp"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
)

// A Minifier makes files smaller without changing what they mean. It serves
// all goroutines.
type Minifier struct{ m *minify.M }

// NewMinifier returns a Minifier for HTML, CSS, scripts and JSON.
func NewMinifier() *Minifier {
	m := minify.New()
	m.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true})
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	m.AddFuncRegexp(regexp.MustCompile(`[/+]json$`), json.Minify)
	return &Minifier{m}
}

var mediaTypes = map[string]string{".html": "text/html", ".css": "text/css", ".js": "text/javascript"}

// Minify returns the file of a name in small. What cannot be made smaller,
// because it is of another kind or broken, is returned as it is.
func (m *Minifier) Minify(name string, data []byte) []byte {
	small, err := m.m.Bytes(mediaTypes[path.Ext(name)], data)
	if err != nil {
		return data
	}
	return small
}
