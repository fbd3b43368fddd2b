// Package preview serves a site while it is being written.
//
// It keeps the newest edition of the site behind an atomic pointer, and renders
// a page when it is asked for. [Server.Update] makes the next edition, swaps
// the pointer and tells the browsers, which listen for that; then it renders
// every page once, for the faults that only templates show. What is wrong with
// the site does not stop it: everything that can be rendered is shown, and a
// page that cannot be says why.
package preview

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"veiviser/internal/build"
	"veiviser/internal/diag"
)

// Addresses of the preview's own, which no site has.
const (
	overviewPath = "/_veiviser/"
	eventsPath   = "/_veiviser/events"
	scriptPath   = "/_veiviser/preview.js"
)

//go:embed preview.js
var script []byte

// A Server shows the newest edition of a site.
type Server struct {
	opts   build.Options
	newest atomic.Pointer[state]

	mu      sync.Mutex
	changed chan struct{} // is closed when there is a new edition
}

// A state is an edition and what is wrong with it, templates included. Editions
// are numbered from 1, so that a browser can say which one it shows.
type state struct {
	number   int
	edition  *build.Edition
	problems diag.List
}

// New loads a site and returns a server for it.
func New(ctx context.Context, opts build.Options) (*Server, error) {
	s := &Server{opts: opts, changed: make(chan struct{})}
	return s, s.Update(ctx)
}

// Update looks at the site's folder again, and tells the browsers. Only one
// Update may run at a time.
func (s *Server) Update(ctx context.Context) error {
	previous := s.newest.Load()
	if previous == nil {
		previous = &state{}
	}
	edition, err := build.Load(ctx, s.opts, previous.edition)
	if err != nil {
		return err
	}
	number := previous.number + 1
	s.newest.Store(&state{number, edition, edition.Problems})
	s.mu.Lock()
	close(s.changed)
	s.changed = make(chan struct{})
	s.mu.Unlock()
	_, problems, err := edition.Render(ctx)
	if err != nil {
		return err
	}
	s.newest.Store(&state{number, edition, problems})
	return nil
}

// Problems returns what is wrong with the newest edition.
func (s *Server) Problems() diag.List { return s.newest.Load().problems }

// Base returns the path that the site is served under, as it is published.
func (s *Server) Base() string { return s.newest.Load().edition.Site.Base }

// Pages returns the number of pages in the newest edition.
func (s *Server) Pages() int { return len(s.newest.Load().edition.Site.Pages) }

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch r.URL.Path {
	case eventsPath:
		s.events(w, r)
	case scriptPath:
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Write(script)
	default:
		if rest, ours := strings.CutPrefix(r.URL.Path, overviewPath); ours {
			s.overview(w, r, rest)
			return
		}
		s.page(w, r)
	}
}

// page serves the file at an address.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	now := s.newest.Load()
	edition := now.edition
	base := decoded(edition.Site.Base)
	below, inside := strings.CutPrefix(r.URL.Path, base)
	if !inside && (r.URL.Path == "/" || r.URL.Path+"/" == base) {
		redirect(w, r, base)
		return
	}
	name := path.Clean("/" + below)[1:]
	if below == "" || strings.HasSuffix(below, "/") {
		name = path.Join(name, "index.html")
	}
	data, problems, err := []byte(nil), diag.List(nil), fs.ErrNotExist
	if inside {
		data, problems, err = edition.Get(name)
	}
	status := http.StatusOK
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if inside && edition.Has(path.Join(name, "index.html")) {
			redirect(w, r, base+name+"/")
			return
		}
		status, name = http.StatusNotFound, "404.html"
		data, problems, _ = edition.Get(name)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if data == nil {
		status, name, data = http.StatusInternalServerError, "error.html", broken(problems)
	}
	if kind := build.MediaType(name); kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	if path.Ext(name) == ".html" {
		data = now.withScript(data)
	}
	w.WriteHeader(status)
	w.Write(data)
}

// decoded is a percent-encoded path as requests have it.
func decoded(base string) string {
	if path, err := url.PathUnescape(base); err == nil {
		return path
	}
	return base
}

// redirect leads on to another path, with the same query.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	http.Redirect(w, r, (&url.URL{Path: to, RawQuery: r.URL.RawQuery}).String(), http.StatusFound)
}

// broken is shown in place of a page that cannot be rendered.
func broken(problems diag.List) []byte {
	var b bytes.Buffer
	b.WriteString("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>This page cannot be shown</title></head><body><h1>This page cannot be shown</h1>")
	for _, p := range problems {
		fmt.Fprintf(&b, "<pre>%s</pre>", html.EscapeString(p.String()))
	}
	b.WriteString("</body></html>")
	return b.Bytes()
}

// withScript adds the preview's script to a page, and lets it listen.
func (s *state) withScript(page []byte) []byte {
	page = bytes.Replace(page, []byte("connect-src 'none';"), []byte("connect-src 'self';"), 1)
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	return slices.Concat(page[:end], fmt.Appendf(nil, `<script src="%s?n=%d"></script>`, scriptPath, s.number), page[end:])
}

// events tells a browser when there is another edition than the one that it
// shows, whose number it says (server-sent events, HTML section 9.2), until it
// goes away.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	shown, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		shown = s.newest.Load().number
	}
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if number := s.newest.Load().number; number != shown {
			shown = number
			fmt.Fprint(w, "event: changed\ndata:\n\n")
		}
		if http.NewResponseController(w).Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		}
	}
}
