// Package e2e tries the guidance site of this repository in a real Chromium, as
// a visitor would: by mouse, by keyboard alone, and without script.
//
// [TestSite] builds and publishes the site as the build command does, serves it
// from this machine, and starts one browser. Each of its parts opens tabs of
// its own, each in a browser context of its own, so that no part knows what
// another has stored. The parts say what they do in the words of a visitor:
//
//	tab.open("bestill/")
//	tab.click(link("Endre: Hvem skal bruke API-ene?"))
//
// and wait for what they expect to see; nothing here sleeps for a fixed time.
// Whatever a tab logs as an error, and every breach of the pages' own security
// policy, fails the part that opened it.
//
// What an order's e-mail must say is computed by internal/order from the same
// values and compared byte for byte.
//
// Chromium must be on PATH, and axe-core in node_modules (npm ci). Where one is
// missing the tests are skipped, or fail if the environment variable CI is set.
package e2e

import (
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"veiviser"
	"veiviser/internal/build"
	"veiviser/internal/order"
	"veiviser/internal/output"
	"veiviser/internal/site"
)

func TestSite(t *testing.T) {
	s := publish(t, os.DirFS("../.."))
	b := startBrowser(t)
	for _, part := range []struct {
		name string
		try  func(*testing.T, *browser, *published)
	}{
		{"walks by mouse", walksByMouse},
		{"walks by keyboard", walksByKeyboard},
		{"walks without script", walksWithoutScript},
		{"review", reviews},
		{"errors", errorsInForm},
		{"answers", answersGiven},
		{"two parties", twoParties},
		{"ways that meet", waysThatMeet},
		{"accessibility", accessibility},
		{"privacy", privacy},
		{"vectors", vectors},
		{"every kind of field", everyKindOfField},
	} {
		t.Run(part.name, func(t *testing.T) { part.try(t, b, s) })
	}
}

// A published site, and what is known of it in Go.
type published struct {
	*site.Site
	origin string   // without a slash at the end
	url    string   // with a slash at the end
	dir    string   // the folder of its files
	paths  []string // of its files

	mu       sync.Mutex
	requests []string // what browsers have asked for
}

// publish builds a site, which must be without fault, and serves it.
func publish(t *testing.T, folder fs.FS) *published {
	t.Helper()
	edition, err := build.Load(t.Context(), build.Options{Site: folder, Theme: veiviser.Theme}, nil)
	if err != nil {
		t.Fatal(err)
	}
	files, problems, err := edition.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Pos, p.Msg)
	}
	s := &published{Site: edition.Site, dir: t.TempDir(), paths: edition.Paths()}
	if _, err := output.Publish(t.Context(), s.dir, files); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.origin, s.url = server.URL, server.URL+s.Base
	return s
}

// ServeHTTP answers with the file at a path, or with 404.html.
func (s *published) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r.URL.String())
	s.mu.Unlock()
	name, status := strings.TrimPrefix(path.Clean(r.URL.Path), "/"), http.StatusOK
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		name, status = "404.html", http.StatusNotFound
		data, _ = os.ReadFile(filepath.Join(s.dir, name))
	}
	w.Header().Set("Content-Type", build.MediaType(name))
	w.WriteHeader(status)
	w.Write(data)
}

// requested returns what browsers have asked for so far.
func (s *published) requested() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// orders returns the pages with an order form, in the site's first language:
// that whose words these tests know.
func (s *published) orders() []*site.Page {
	var orders []*site.Page
	for _, p := range s.Pages {
		if p.Order != nil && p.Lang == s.Languages[0] {
			orders = append(orders, p)
		}
	}
	return orders
}

// form returns the order of a page as the page's script uses it: where the site
// does not know its host, that of the page stands in.
func (s *published) form(p *site.Page) *order.Form {
	f := *p.Order
	if f.Link != nil && !f.Link.HasHost() {
		link := *f.Link
		link.URL = s.origin + link.URL
		f.Link = &link
	}
	return &f
}

// written is what the applicant of these tests writes, in spellings that
// people use. Each order asks for some of it.
var written = order.Values{
	"orgnr":         "NO 974 760 673 MVA",
	"orgnavn":       "Brønnøysundregistrene & søsken: 100 % +1",
	"hjemmel":       "h4-a",
	"kontakt":       "Kari Østensjø Nordmann",
	"epost":         "kari.nordmann+test@eksempel.no",
	"telefon":       "+47 412 34 567",
	"kunde-orgnr":   "889640782",
	"kunde-orgnavn": "Kunde AS",
	"kunde-kontakt": "Åse Ødegård",
	"kunde-epost":   "aase@kunde.example",
	"kunde-telefon": "0046 70-123 45 67",
}

// changedValues is what is written, but for one field.
func changedValues(name, value string) order.Values {
	values := maps.Clone(written)
	values[name] = value
	return values
}
