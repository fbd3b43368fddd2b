// Package build is the pipeline from a site's folder to a finished site.
//
//	content/ ─ parse one file ─► content.Page ─ link all ─► site.Site ─ render one page ─► bytes
//	layouts/ ─ parse ──────────► layout.Set ────────────────────────────┘
//	static/  ─ hash ───────────► assets ────────────────────────────────┘
//
// There are three phases with one rule each.
//
//   - Parse looks at one file and at nothing else, so its result is kept as
//     long as the bytes are the same.
//   - Link is the only step that sees all pages. It makes a new site.Site and
//     changes nothing.
//   - Render is a pure function of the site and one page.
//
// An [Edition] is the result of the first two: a state of the site, ready to be
// rendered. A build renders all of it; the preview keeps the newest edition
// and renders the page that is asked for. The previous edition is the only
// cache there is. Hence the invariant that the tests hold: after any edits, an
// edition made from the previous one equals one made from nothing.
package build

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/layout"
	"veiviser/internal/markdown"
	"veiviser/internal/output"
	"veiviser/internal/site"
	"veiviser/internal/wizard"
)

// Options say what is built, and how.
type Options struct {
	Site    fs.FS  // the site's folder: content/, and perhaps layouts/ and static/
	Theme   fs.FS  // the default layouts/ and static/
	BaseURL string // overrides the site's own
	Drafts  bool   // include drafts
}

// An Edition is one state of a site. It is never modified, apart from what the
// file system under it does to files that are published as they are.
type Edition struct {
	Site     *site.Site
	Problems diag.List // everything that is wrong but what only rendering shows

	tree    *content.Tree
	layouts *layout.Set
	static  *static
	env     layout.Env
	small   *output.Minifier
	opts    Options
}

// Load reads and links a site. What has not changed since the previous
// edition, which may be nil, is taken from it. The error is one of the file
// system.
func Load(ctx context.Context, opts Options, previous *Edition) (*Edition, error) {
	if previous == nil {
		previous = &Edition{small: output.NewMinifier()}
	}
	e := &Edition{opts: opts, small: previous.small}
	var problems diag.List
	var err error
	if e.layouts, problems, err = layout.Load(opts.Theme, opts.Site); err != nil {
		return nil, err
	}
	if e.static, err = loadStatic(e.small, opts.Theme, opts.Site); err != nil {
		return nil, err
	}
	e.tree, err = content.Load(ctx, opts.Site, content.Options{
		Markdown: markdown.Options{Shortcodes: e.layouts.Shortcodes()},
		Reread:   previous.layouts != nil && !e.layouts.SameShortcodes(previous.layouts),
	}, previous.tree)
	if err != nil {
		return nil, err
	}
	e.Site = site.Link(e.tree, site.Options{
		BaseURL: opts.BaseURL, Drafts: opts.Drafts, Files: e.files(),
		Word: e.layouts.Word,
	})
	e.Problems = slices.Concat(problems, e.static.problems, e.Site.Problems).Sorted()
	e.env = layout.Env{Site: e.Site, Assets: e.Site.Base + e.static.folder}
	return e, nil
}

// The files that are made of no page.
const (
	notFoundFile = "404.html"
	sitemapFile  = "sitemap.xml"
)

// files returns what is published beside the content.
func (e *Edition) files() []site.File {
	return append([]site.File{{Address: notFoundFile}, {Address: sitemapFile}}, e.static.list()...)
}

// generated reports whether a file of the published site is made by rendering.
func (e *Edition) generated(name string) bool {
	m, ok := e.Site.Published[name]
	return ok && (m.Page != nil || m.File.Source == "")
}

// render makes a file that is generated.
func (e *Edition) render(name string) ([]byte, diag.List) {
	m := e.Site.Published[name]
	switch {
	case m.Alias:
		return e.layouts.Redirect(e.env, m.Page)
	case m.Page != nil:
		return e.layouts.Render(e.env, m.Page)
	case name == notFoundFile:
		return e.layouts.NotFound(e.env)
	}
	return sitemap(e.Site), nil
}

// Get returns the file at a path below the root of the published site, with
// what was found wrong in rendering it. It is nil if there is none, or if it
// cannot be rendered.
func (e *Edition) Get(name string) ([]byte, diag.List, error) {
	if e.generated(name) {
		data, problems := e.render(name)
		if data == nil {
			return nil, problems, nil
		}
		return e.small.Minify(name, data), problems, nil
	}
	if source := e.Site.File(name); source != "" {
		data, err := fs.ReadFile(e.opts.Site, content.Dir+"/"+source)
		return data, nil, err
	}
	if data, ok, err := e.static.read(name); ok {
		return data, nil, err
	}
	return nil, nil, fs.ErrNotExist
}

// WriteWords writes a wizard with every word that a visitor meets in it: its
// tree, then its pages in the order of a first walk. It writes nothing more
// after a page that cannot be rendered, and returns what is wrong with it.
func (e *Edition) WriteWords(w io.Writer, g *wizard.Graph) (diag.List, error) {
	if err := g.WriteText(w); err != nil {
		return nil, err
	}
	for _, n := range g.Nodes {
		text, problems := e.layouts.Words(e.env, e.Site.Page(n.ID))
		if problems.HasErrors() {
			return problems, nil
		}
		if _, err := fmt.Fprintf(w, "\n=== %s ===\n%s\n", n.ID, text); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// Has reports whether the published site has a file at a path.
func (e *Edition) Has(name string) bool {
	_, ok := e.Site.Published[name]
	return ok
}

// Paths returns the path of every file of the published site, in order.
func (e *Edition) Paths() []string {
	return slices.Sorted(maps.Keys(e.Site.Published))
}

// Render renders every page. It returns the files of the site, without those
// that could not be rendered, and everything that is wrong with the site.
func (e *Edition) Render(ctx context.Context) ([]output.File, diag.List, error) {
	paths := e.Paths()
	type slot struct {
		file     output.File
		problems diag.List
	}
	slots := make([]slot, len(paths))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range paths {
		if !e.generated(name) {
			slots[i].file = output.File{Path: name, Read: func() ([]byte, error) {
				data, _, err := e.Get(name)
				return data, err
			}}
			continue
		}
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			data, problems, err := e.Get(name)
			slots[i].problems = problems
			if data != nil {
				slots[i].file = output.File{Path: name, Read: func() ([]byte, error) { return data, nil }}
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	var files []output.File
	problems := slices.Clone(e.Problems)
	for _, s := range slots {
		if s.file.Path != "" {
			files = append(files, s.file)
		}
		problems = append(problems, s.problems...)
	}
	return files, problems.Sorted(), nil
}

// MediaType returns the type that a file of the site is served as.
func MediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".xml":
		return "application/xml; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return ""
}

// ErrNoContent is returned by Check for a folder that is not a site.
var ErrNoContent = errors.New("there is no folder content/")

// Check reports whether a folder is a site.
func Check(folder fs.FS) error {
	if info, err := fs.Stat(folder, content.Dir); err != nil || !info.IsDir() {
		return ErrNoContent
	}
	return nil
}
