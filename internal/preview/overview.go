package preview

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"

	"veiviser/internal/build"
	"veiviser/internal/diag"
	"veiviser/internal/wizard"
)

// overview serves what the preview knows beyond the pages: what is wrong with
// the site, and the maps of its wizards. The rest is the path below
// overviewPath.
func (s *Server) overview(w http.ResponseWriter, r *http.Request, rest string) {
	now := s.newest.Load()
	if rest == "" {
		_, problems, err := now.edition.Render(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(now.withScript(overviewPage(now.edition, problems)))
		return
	}
	number, format, _ := strings.Cut(strings.TrimPrefix(rest, "wizard-"), ".")
	i, err := strconv.Atoi(number)
	write, kind := mapWriter(now.edition, format)
	if err != nil || i < 0 || i >= len(now.edition.Site.Wizards) || write == nil {
		http.Error(w, "there is no such map", http.StatusNotFound)
		return
	}
	var b bytes.Buffer
	if err := write(&b, now.edition.Site.Wizards[i]); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Write(b.Bytes())
}

// mapWriter returns what writes a wizard's map in a format, and its media type.
func mapWriter(edition *build.Edition, format string) (func(*bytes.Buffer, *wizard.Graph) error, string) {
	switch format {
	case "svg":
		return func(b *bytes.Buffer, g *wizard.Graph) error { return wizard.WriteSVG(b, g) }, "image/svg+xml"
	case "csv":
		return func(b *bytes.Buffer, g *wizard.Graph) error { return wizard.WriteCSV(b, g) }, "text/csv; charset=utf-8"
	case "txt":
		return func(b *bytes.Buffer, g *wizard.Graph) error {
			problems, err := edition.WriteWords(b, g)
			for _, p := range problems {
				fmt.Fprintf(b, "\n%s", p)
			}
			return err
		}, "text/plain; charset=utf-8"
	}
	return nil, ""
}

func overviewPage(edition *build.Edition, problems diag.List) []byte {
	var b bytes.Buffer
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'">` +
		`<title>What veiviser knows of this site</title></head><body><main><h1>What veiviser knows of this site</h1>`)
	errors, warnings := problems.Count()
	fmt.Fprintf(&b, "<h2>Faults</h2><p>Errors: %d. Warnings: %d.</p>", errors, warnings)
	for _, p := range problems {
		fmt.Fprintf(&b, "<pre>%s</pre>", html.EscapeString(p.String()))
	}
	for i, g := range edition.Site.Wizards {
		var tree bytes.Buffer
		_ = g.WriteText(&tree) // a Buffer never fails
		name := html.EscapeString(g.Name)
		fmt.Fprintf(&b, `<h2>Wizard: %s</h2><p><a href="wizard-%d.svg">Picture</a>, <a href="wizard-%d.csv">table of all paths</a>, <a href="wizard-%d.txt">every word</a></p>`, name, i, i, i)
		fmt.Fprintf(&b, `<pre tabindex="0">%s</pre><p><img src="wizard-%d.svg" alt="The same as a picture"></p>`, html.EscapeString(tree.String()), i)
	}
	b.WriteString("</main></body></html>")
	return b.Bytes()
}
