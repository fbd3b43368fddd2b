package preview_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"veiviser"
	"veiviser/internal/build"
	"veiviser/internal/preview"
)

// theme is a theme as small as can be.
var theme = files(map[string]string{
	"layouts/base.html":     `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{{.ContentSecurityPolicy}}"><title>{{.Page.Title}}</title></head><body>{{template "main" .}}</body></html>`,
	"layouts/home.html":     `{{define "main"}}{{.Content}}{{end}}`,
	"layouts/page.html":     `{{define "main"}}{{.Content}}{{end}}`,
	"layouts/section.html":  `{{define "main"}}{{.Content}}{{end}}`,
	"layouts/404.html":      `{{define "main"}}ikke funnet{{end}}`,
	"layouts/redirect.html": `<!doctype html><html><head><title>x</title></head><body>{{.Page.URL}}</body></html>`,
	"layouts/i18n/nb.yaml":  "not-found-title: Borte\n",
	"static/favicon.svg":    "<svg/>",
})

func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func serve(t *testing.T, site fstest.MapFS) *preview.Server {
	t.Helper()
	s, err := preview.New(t.Context(), build.Options{Site: site, Theme: theme})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(s http.Handler, method, target string) *http.Response {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, "http://localhost/", nil)
	path, query, _ := strings.Cut(target, "?")
	r.URL.Path, r.URL.RawQuery = path, query // as it is, without cleaning
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestServe(t *testing.T) {
	atRoot := serve(t, files(map[string]string{
		"content/_index.md": "Hjem", "content/på vei/_index.md": "Vei", "content/på vei/c#.md": "---\naliases: [/gammel.html]\n---\nC", "content/på vei/skjema.pdf": "PDF", "secret": "hemmelig",
	}))
	below := serve(t, files(map[string]string{"content/_index.md": "---\nbaseURL: https://www.example.no/på/docs/\n---\nHjem", "content/side.md": "Side"}))
	for _, c := range []struct {
		server http.Handler
		path   string
		status int
		want   string // of a redirect where it leads, or else something on the page
	}{
		{atRoot, "/", 200, "<p>Hjem</p>"},
		{atRoot, "/index.html", 200, "<p>Hjem</p>"},
		{atRoot, "/på-vei/", 200, "<p>Vei</p>"},
		{atRoot, "/på-vei/index.html", 200, "<p>Vei</p>"},
		{atRoot, "/på-vei", 302, "/p%C3%A5-vei/"},
		{atRoot, "/på-vei/c#?x=1&y", 302, "/p%C3%A5-vei/c%23/?x=1&y"},
		{atRoot, "/på-vei/c#/", 200, "<p>C</p>"},
		{atRoot, "/gammel.html", 200, "/p%C3%A5-vei/c%23/"},
		{atRoot, "/på-vei/skjema.pdf", 200, "PDF"},
		{atRoot, "/favicon.svg", 200, "<svg/>"},
		{atRoot, "/sitemap.xml", 200, "<urlset"},
		{atRoot, "/404.html", 200, "ikke funnet"},
		{atRoot, "/borte/", 404, "ikke funnet"},
		{atRoot, "/borte.css", 404, "ikke funnet"},
		{atRoot, "/favicon.svg/", 404, "ikke funnet"},
		{atRoot, "", 302, "/"},
		{atRoot, "//", 200, "<p>Hjem</p>"},
		{atRoot, "/../../etc/passwd", 404, "ikke funnet"},
		{atRoot, "/..", 302, "/"},
		{atRoot, "/../secret", 404, "ikke funnet"},
		{atRoot, "/%2e%2e/secret", 404, "ikke funnet"},
		{atRoot, `/..\..\secret`, 404, "ikke funnet"},
		{atRoot, "/content/_index.md", 404, "ikke funnet"},
		{atRoot, "/_index.md", 404, "ikke funnet"},
		{atRoot, "/layouts/base.html", 404, "ikke funnet"},
		{atRoot, "//example.no/..", 302, "/"},
		{atRoot, "/på-vei\x00", 404, "ikke funnet"},
		{below, "/", 302, "/p%C3%A5/docs/"},
		{below, "/på/docs", 302, "/p%C3%A5/docs/"},
		{below, "/på/docs/", 200, "<p>Hjem</p>"},
		{below, "/på/docs/side", 302, "/p%C3%A5/docs/side/"},
		{below, "/på/docs/side/", 200, "<p>Side</p>"},
		{below, "/på/docs/sitemap.xml", 200, "<loc>https://www.example.no/p%C3%A5/docs/side/</loc>"},
		{below, "/side/", 404, "ikke funnet"},
		{below, "/side", 404, "ikke funnet"},
		{below, "/på/", 404, "ikke funnet"},
		{below, "/på/docs/../../etc/passwd", 404, "ikke funnet"},
	} {
		r := ask(c.server, http.MethodGet, c.path)
		got := body(t, r)
		if r.StatusCode == http.StatusFound {
			got = r.Header.Get("Location")
		}
		if r.StatusCode != c.status || !strings.Contains(got, c.want) || r.StatusCode == 302 && got != c.want {
			t.Errorf("%q: %d\n%s\nwant %d %s", c.path, r.StatusCode, got, c.status, c.want)
		}
	}
}

func TestMethodsAndHeaders(t *testing.T) {
	s := serve(t, files(map[string]string{"content/_index.md": "Hjem"}))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if r := ask(s, method, "/"); r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow: %s", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
	web := httptest.NewServer(s)
	defer web.Close()
	r, err := http.Head(web.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	if got := body(t, r); r.StatusCode != 200 || got != "" {
		t.Errorf("HEAD: %d, %q", r.StatusCode, got)
	}
	for name, want := range map[string]string{"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if r := ask(s, http.MethodGet, "/_veiviser/preview.js"); r.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || !strings.Contains(body(t, r), "/_veiviser/events") {
		t.Error("the script that the pages name is not there")
	}
}

// TestFaultsAreShown: a page that cannot be rendered says why, and no more
// than that page is lost.
func TestFaultsAreShown(t *testing.T) {
	site := files(map[string]string{
		"content/_index.md": "---\ntitle: Hjem\n---\n[her](borte.md)", "content/a.md": "---\nlayout: brutt\n---\n", "content/b.md": "---\nlayout: uavsluttet\n---\n",
		"layouts/brutt.html": "<p>{{.Page.Borte}}</p>", "layouts/uavsluttet.html": "{{if}}<b>",
	})
	s := serve(t, site)
	for path, want := range map[string]string{
		"/a/": "layouts/brutt.html:1:11: bad template: .Page.Borte: can&#39;t evaluate field Borte",
		"/b/": "layouts/uavsluttet.html:1:1: bad template: missing value for if",
	} {
		r := ask(s, http.MethodGet, path)
		got := body(t, r)
		if r.StatusCode != http.StatusInternalServerError || !strings.Contains(got, want) || !strings.Contains(got, "/_veiviser/preview.js") || strings.Contains(got, "<b>") {
			t.Errorf("%s: %d\n%s", path, r.StatusCode, got)
		}
	}
	if r := ask(s, http.MethodGet, "/"); r.StatusCode != 200 || !strings.Contains(body(t, r), "her</a>") {
		t.Error("the home page is lost too")
	}
	if errors, _ := s.Problems().Count(); errors != 3 {
		t.Errorf("problems: %v", s.Problems())
	}
	site["layouts/brutt.html"] = &fstest.MapFile{Data: []byte("<p>{{.Page.Title}}</p>")}
	site["content/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Hjem\n---\n")}
	delete(site, "content/b.md")
	delete(site, "layouts/uavsluttet.html")
	if err := s.Update(t.Context()); err != nil || len(s.Problems()) > 0 {
		t.Errorf("after mending: %v, %v", err, s.Problems())
	}
	if r := ask(s, http.MethodGet, "/a/"); r.StatusCode != 200 || !strings.Contains(body(t, r), "<p>A</p>") {
		t.Error("the page is not there after mending")
	}
}

// TestUpdateErrors: what no author can mend is an error, and the last edition
// stays.
func TestUpdateErrors(t *testing.T) {
	if _, err := preview.New(t.Context(), build.Options{Site: files(nil), Theme: theme}); err == nil {
		t.Error("no error without content/")
	}
	site := files(map[string]string{"content/_index.md": "Hjem"})
	s := serve(t, site)
	delete(site, "content/_index.md")
	if err := s.Update(t.Context()); err == nil {
		t.Error("no error after content/ went away")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	site["content/_index.md"] = &fstest.MapFile{Data: []byte("Ny")}
	if err := s.Update(ctx); err == nil {
		t.Error("no error though cancelled")
	}
	if r := ask(s, http.MethodGet, "/"); !strings.Contains(body(t, r), "Hjem") || s.Pages() != 1 || s.Base() != "/" {
		t.Error("the last edition is gone")
	}
}

// TestEvents: whoever listens hears of every new edition.
func TestEvents(t *testing.T) {
	site := files(map[string]string{"content/_index.md": "Hjem"})
	s := serve(t, site)
	web := httptest.NewServer(s)
	defer web.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, web.URL+"/_veiviser/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.DefaultClient.Do(request) // returns when the server listens for a change
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if got := r.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type: %s", got)
	}
	lines := bufio.NewScanner(r.Body)
	for range 3 {
		if err := s.Update(ctx); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"event: changed", "data:", ""} {
			if !lines.Scan() || lines.Text() != want {
				t.Fatalf("%q, %v; want %q", lines.Text(), lines.Err(), want)
			}
		}
	}
}

// TestEventsOfWhatWasMissed: a page of an older edition hears at once that there
// is a newer one.
func TestEventsOfWhatWasMissed(t *testing.T) {
	s := serve(t, files(map[string]string{"content/_index.md": "Hjem"}))
	if err := s.Update(t.Context()); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	defer web.Close()
	r, err := http.Get(web.URL + "/_veiviser/events?n=1")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	if !lines.Scan() || lines.Text() != "event: changed" {
		t.Errorf("%q, %v", lines.Text(), lines.Err())
	}
}

const previewTag = `<script src="/_veiviser/preview.js?n=1"></script>`

// TestServesWhatIsBuilt asks for every file of this repository's site. But for
// the preview's script, and leave for it to listen, each is as it is published.
func TestServesWhatIsBuilt(t *testing.T) {
	opts := build.Options{Site: os.DirFS("../.."), Theme: veiviser.Theme}
	edition, err := build.Load(t.Context(), opts, nil)
	if err != nil {
		t.Fatal(err)
	}
	files, _, err := edition.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := preview.New(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, f := range files {
		want, err := f.Read()
		if err != nil {
			t.Fatal(err)
		}
		got := body(t, ask(s, http.MethodGet, s.Base()+f.Path))
		if strings.HasSuffix(f.Path, ".html") {
			pages++
			if strings.Count(got, previewTag) != 1 || strings.Contains(string(want), "_veiviser") || strings.Contains(string(want), "connect-src 'self'") {
				t.Errorf("%s: the preview's script", f.Path)
			}
			if strings.Contains(string(want), "Content-Security-Policy") && strings.Count(got, " connect-src 'self';") != 1 {
				t.Errorf("%s: the preview's script may not listen", f.Path)
			}
			got = strings.Replace(strings.Replace(got, previewTag, "", 1), " connect-src 'self';", " connect-src 'none';", 1)
		}
		if got != string(want) {
			t.Errorf("%s differs", f.Path)
		}
	}
	if pages < 20 {
		t.Errorf("only %d pages", pages)
	}
}

// TestScriptStandsLast: text that looks like the end of a page does not make
// the script appear in the middle of it.
func TestScriptStandsLast(t *testing.T) {
	site := files(map[string]string{"content/_index.md": "`</body> connect-src 'none';`\n", "layouts/home.html": `{{define "main"}}<p title="</body>">{{.Content}}</p>{{end}}`})
	got := body(t, ask(serve(t, site), http.MethodGet, "/"))
	if !strings.HasSuffix(got, previewTag+"</body></html>") || strings.Count(got, previewTag) != 1 || strings.Count(got, "connect-src 'self'") != 1 {
		t.Error(got)
	}
}
