// Package site knows what the pages of a site mean to each other: their
// addresses, their places in the navigation, where their links lead, and which
// of them make up a wizard.
//
// [Link] is the only step of a build that sees all pages. It takes a
// content.Tree and makes a new [Site], which is never modified afterwards; so
// a site can be rendered by many goroutines while the next one is being made.
//
// # Addresses
//
// Addresses follow Hugo's, so that a site that moves here keeps every one:
// tilgang/side.md is at tilgang/side/, _index.md is its folder's page, the
// parts are in lower case with hyphens for spaces. An address is kept relative
// to the base path of the site ("/docs/" if it is published under that), and a
// URL is what stands in the HTML, with the base path before it.
package site

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/markdown"
	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

// A Site is the pages of a site and what connects them.
type Site struct {
	Title   string
	BaseURL string // with a slash at the end; only a path if the author gave none
	Base    string // the path of BaseURL
	EditURL string // "" if pages cannot be edited

	Languages []string // BCP 47 tags, the default first
	Home      *Page    // in the default language
	Pages     []*Page  // in reading order, one language after the other
	Wizards   []*wizard.Graph
	Aliases   map[string]*Page // addresses that redirect to a page
	Left      []*content.Page  // drafts that are left out
	Problems  diag.List        // those of the pages included

	byPath    map[string]*Page
	byKey     map[version]*Page
	byAddress map[string]*Page
	files     map[string]string // the paths below content/ of the files that are published as they are, by address; "" for other files
	lastPart  map[string]string
	choices   map[version][]order.Choice
}

// A Page is a page in its site.
type Page struct {
	*content.Page
	Lang     string
	Key      string       // the path below content/ without the language: pages with the same key are translations
	Meta     content.Meta // with what a translation takes from the default language
	Title    string       // of the page, or made from its file's name
	Short    string       // the title for navigation
	Address  string       // below the base path, without a slash at the beginning; "" is the home page
	URL      string
	Parent   *Page // nil for the home page
	Children []*Page
	Prev     *Page // the page before this one in reading order, or nil
	Next     *Page
	Wizard   *wizard.Graph   // the wizard that the page is part of, or nil
	Answers  []wizard.Answer // of a question
	Order    *order.Form     // the order form of the page, or nil

	hrefs map[*markdown.Link]string
}

// Options are the settings that do not stand in the content.
type Options struct {
	BaseURL string   // overrides the site's own
	Drafts  bool     // include drafts
	Files   []string // addresses of files that are published beside the content's own
}

// Link makes a site of the pages and files of a tree.
func Link(tree *content.Tree, opts Options) *Site {
	s := &Site{
		Aliases: map[string]*Page{}, byPath: map[string]*Page{}, byKey: map[version]*Page{}, byAddress: map[string]*Page{},
		files: map[string]string{}, lastPart: map[string]string{}, choices: map[version][]order.Choice{},
	}
	s.addLanguages(tree)
	s.addPages(tree, opts)
	s.addTranslations()
	s.addSettings(opts)
	s.addAddresses()
	s.addFiles(tree.Files, opts.Files)
	s.addTree()
	s.addChoices()
	s.addWizards()
	s.addOrders()
	s.addNeighbours()
	s.resolveLinks()
	s.Problems = s.Problems.Sorted()
	return s
}

func (s *Site) problem(p diag.Problem) { s.Problems = append(s.Problems, p) }

// addPages takes the pages that are to be published, and makes those that have
// no file: the home pages and the sections at the top.
func (s *Site) addPages(tree *content.Tree, opts Options) {
	for _, p := range tree.Pages {
		if p.Meta.Draft && !opts.Drafts {
			s.Left = append(s.Left, p)
			continue
		}
		page := s.addPage(p)
		s.Problems = append(s.Problems, p.Problems...)
		if top, _, below := strings.Cut(p.Path, "/"); below {
			s.ensure(tree, version{page.Lang, top + "/_index.md"})
		}
	}
	for _, lang := range s.Languages {
		s.ensure(tree, version{lang, "_index.md"})
	}
	s.Home = s.byPath["_index.md"]
}

func (s *Site) addPage(p *content.Page) *Page {
	page := &Page{Page: p, Meta: p.Meta, hrefs: map[*markdown.Link]string{}}
	page.Lang, page.Key = s.language(p.Path)
	page.Title = cmp.Or(p.Meta.Title, page.titleOfFile())
	page.Short = cmp.Or(p.Meta.LinkTitle, page.Title)
	s.Pages = append(s.Pages, page)
	s.byPath[p.Path] = page
	s.byKey[version{page.Lang, page.Key}] = page
	return page
}

// ensure adds an empty page if no file makes it.
func (s *Site) ensure(tree *content.Tree, v version) {
	name := s.pathOf(v)
	_, written := slices.BinarySearchFunc(tree.Pages, name, func(p *content.Page, name string) int { return cmp.Compare(p.Path, name) })
	if s.byPath[name] == nil && (!written || v.key == "_index.md") {
		s.addPage(content.Parse(diag.Source{Name: content.Dir + "/" + name}, name, content.Options{}))
	}
}

// IsSection reports whether p is the page of its folder.
func (p *Page) IsSection() bool { return path.Base(p.Key) == "_index.md" }

// IsBundle reports whether p is a page with the files of its folder beside it.
func (p *Page) IsBundle() bool { return path.Base(p.Key) == "index.md" }

// Dir is the folder of the page below content/, "." at the top.
func (p *Page) Dir() string { return path.Dir(p.Key) }

// Name is the name of the page's file, or of its folder if it is the page of
// one, without the language. The home page's is "".
func (p *Page) Name() string {
	name := strings.TrimSuffix(path.Base(p.Key), ".md")
	if p.IsSection() || p.IsBundle() {
		name = strings.TrimPrefix(path.Base(p.Dir()), ".")
	}
	return name
}

// titleOfFile makes a title from the name of a page's file or folder.
func (p *Page) titleOfFile() string {
	name := strings.ReplaceAll(p.Name(), "-", " ")
	if name == "" {
		return ""
	}
	r := []rune(name)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

func (s *Site) addSettings(opts Options) {
	m := &s.Home.Meta
	s.Title, s.EditURL = s.Home.Title, m.EditURL
	base := cmp.Or(opts.BaseURL, m.BaseURL.Value, "/")
	u, err := url.Parse(base)
	if err != nil || u.Host == "" && u.Scheme != "" || u.RawQuery != "" || u.Fragment != "" {
		s.problem(s.Home.Source.Errorf(m.BaseURL.Offset, "write it like https://www.example.no/veiledning/", "the base URL %q is not an address", base))
		u = &url.URL{Path: "/"}
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path
	}
	s.BaseURL, s.Base = u.String(), u.EscapedPath()
}

// addTree gives every page its parent and its children in its own language.
func (s *Site) addTree() {
	for _, p := range s.Pages {
		if p.Key == "_index.md" {
			continue
		}
		dir := p.Dir()
		if p.IsSection() || p.IsBundle() {
			dir = path.Dir(dir)
		}
		for ; p.Parent == nil; dir = path.Dir(dir) {
			p.Parent = s.byKey[version{p.Lang, path.Join(dir, "_index.md")}]
		}
		p.Parent.Children = append(p.Parent.Children, p)
	}
	order := newTitleOrder()
	for _, p := range s.Pages {
		slices.SortStableFunc(p.Children, order.compare)
	}
	s.Pages = s.Pages[:0]
	for _, lang := range s.Languages {
		s.walk(s.byKey[version{lang, "_index.md"}])
	}
}

// walk appends p and what is below it in reading order.
func (s *Site) walk(p *Page) {
	s.Pages = append(s.Pages, p)
	for _, c := range p.Children {
		s.walk(c)
	}
}

// A titleOrder sorts pages by weight, then by title as Norwegians do.
type titleOrder struct {
	collator *collate.Collator
	buffer   collate.Buffer
	keys     map[*Page][]byte
}

// newTitleOrder uses the collation of nynorsk, which is that of bokmål too:
// the library's own for bokmål sorts Æ before Z.
func newTitleOrder() *titleOrder {
	return &titleOrder{collator: collate.New(language.Make("nn")), keys: map[*Page][]byte{}}
}

func (o *titleOrder) key(p *Page) []byte {
	key, ok := o.keys[p]
	if !ok {
		key = slices.Clone(o.collator.KeyFromString(&o.buffer, p.Short))
		o.buffer.Reset()
		o.keys[p] = key
	}
	return key
}

func (o *titleOrder) compare(a, b *Page) int {
	weight := func(p *Page) uint { return uint(p.Meta.Weight) - 1 } // 0 becomes the greatest
	return cmp.Or(cmp.Compare(weight(a), weight(b)), slices.Compare(o.key(a), o.key(b)), cmp.Compare(a.Path, b.Path))
}

// addNeighbours connects each page with the one before and the one after it.
// The pages of wizards are reached by answers, not by turning pages.
func (s *Site) addNeighbours() {
	var prev *Page
	for _, p := range s.Pages {
		if p.Wizard != nil {
			continue
		}
		if prev != nil && prev.Lang == p.Lang {
			prev.Next, p.Prev = p, prev
		}
		prev = p
	}
}

// Ancestors returns the pages above p, the home page first.
func (p *Page) Ancestors() []*Page {
	var above []*Page
	for at := p.Parent; at != nil; at = at.Parent {
		above = append(above, at)
	}
	slices.Reverse(above)
	return above
}

// Section returns the page at the top of the part of the site that p is in, or
// nil for the home page.
func (p *Page) Section() *Page {
	if p.Parent == nil {
		return nil
	}
	for p.Parent.Parent != nil {
		p = p.Parent
	}
	return p
}

// Within reports whether p is above or is the page below.
func (p *Page) Within(below *Page) bool {
	for ; below != nil; below = below.Parent {
		if below == p {
			return true
		}
	}
	return false
}

// Listed returns the children of p that navigation shows.
func (p *Page) Listed() []*Page {
	var listed []*Page
	for _, c := range p.Children {
		if c.Wizard == nil {
			listed = append(listed, c)
		}
	}
	return listed
}

// Edit returns the address where the page's file can be edited, or "".
func (s *Site) Edit(p *Page) string {
	if s.EditURL == "" || p.Source.Text == "" {
		return ""
	}
	return strings.TrimSuffix(s.EditURL, "/") + "/" + (&url.URL{Path: p.Path}).EscapedPath()
}

// Absolute returns an address of the site with scheme and host, if the base
// URL has them.
func (s *Site) Absolute(address string) string {
	return s.BaseURL + escape(address)
}
