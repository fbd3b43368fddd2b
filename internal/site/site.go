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
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/markdown"
	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

// A Site is the pages of a site and what connects them.
type Site struct {
	BaseURL string // with a slash at the end; only a path if the author gave none
	Base    string // the path of BaseURL, percent-encoded
	EditURL string // "" if pages cannot be edited

	Languages []string // BCP 47 tags, the default first
	Home      *Page    // in the default language
	Pages     []*Page  // in reading order, one language after the other
	Wizards   []*wizard.Graph
	Aliases   map[string]*Page // addresses that redirect to a page
	Published map[string]Maker // every file of the published site, by its path
	Left      []*content.Page  // drafts that are left out
	Problems  diag.List        // those of the pages included

	root      string           // Base as it is read, without the slash at the beginning
	byPath    map[string]*Page // by the path of the file, in NFC
	byKey     map[version]*Page
	byAddress map[string]*Page
	files     map[string]string // the paths below content/ of the files that are published as they are, by address; "" for other files
	lastPart  map[string]string
	choices   map[version][]order.Choice
	mistyped  map[diag.Pos]bool // where a value of a wrong type makes more faults
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

	hrefs  map[*markdown.Link]string
	made   bool // no file has made it
	broken bool // its order has faults, or is not translated
}

// Options are the settings that do not stand in the content.
type Options struct {
	BaseURL string // overrides the site's own
	Drafts  bool   // include drafts
	Files   []File // what is published beside the content; of two with one address the first

	// Word returns the theme's words of a key in a language, for what no
	// author writes; nil knows none.
	Word func(lang, key string) string
}

// Link makes a site of the pages and files of a tree.
func Link(tree *content.Tree, opts Options) *Site {
	s := &Site{
		Aliases: map[string]*Page{}, Published: map[string]Maker{}, byPath: map[string]*Page{}, byKey: map[version]*Page{}, byAddress: map[string]*Page{},
		files: map[string]string{}, lastPart: map[string]string{}, choices: map[version][]order.Choice{}, mistyped: map[diag.Pos]bool{},
	}
	s.Problems = slices.Clone(tree.Problems)
	if opts.Word == nil {
		opts.Word = func(string, string) string { return "" }
	}
	s.addLanguages(tree)
	s.addPages(tree, opts)
	s.addTranslations()
	s.addSettings(opts)
	s.addAddresses()
	s.publish(tree.Files, opts.Files)
	s.addTree()
	s.addMistyped()
	s.addChoices()
	s.addOrders(opts.Word)
	s.addOrderLinks()
	s.addWizards()
	s.addNeighbours()
	s.resolveLinks()
	s.Problems = s.Problems.Sorted()
	return s
}

func (s *Site) problem(p diag.Problem) { s.Problems = append(s.Problems, p) }

// addPages takes the pages that are to be published, and makes those that have
// no file: the home pages and the sections at the top. Those come first, so
// that whatever is wrong between pages is told of one that somebody wrote.
func (s *Site) addPages(tree *content.Tree, opts Options) {
	written := map[version]bool{}
	for _, p := range tree.Pages {
		if p.Meta.Draft && !opts.Drafts {
			s.Left = append(s.Left, p)
		}
		// A draft of a section hides what would be made in its place, but
		// there is no site without a home page.
		lang, key := s.language(norm.NFC.String(p.Path))
		written[version{lang, key}] = key != "_index.md" || !p.Meta.Draft || opts.Drafts
	}
	for _, lang := range s.Languages {
		s.ensure(written, lang, "_index.md")
	}
	for _, p := range tree.Pages {
		if p.Meta.Draft && !opts.Drafts {
			continue
		}
		lang, key := s.language(norm.NFC.String(p.Path))
		if top, _, below := strings.Cut(key, "/"); below && !written[version{lang, top + "/index.md"}] {
			s.ensure(written, lang, top+"/_index.md")
		}
		s.addPage(p)
		s.Problems = append(s.Problems, p.Problems...)
	}
	s.Home = s.HomeOf(s.Languages[0])
	s.nameHomes(opts.Word)
}

// nameHomes sees to it that every home page has a title, which all pages of
// its language show: its own, that of the default language, or a word for it.
func (s *Site) nameHomes(word func(lang, key string) string) {
	for _, lang := range s.Languages {
		home := s.HomeOf(lang)
		switch {
		case home.Title != "":
		case home != s.Home && s.Home.Title != "":
			home.Title, home.Short = s.Home.Title, cmp.Or(home.Short, s.Home.Title)
			s.problem(diag.Problem{
				Pos: diag.Pos{File: home.Source.Name}, Severity: diag.Warning,
				Msg:  fmt.Sprintf("the home page has no title in %q; it has that of the default language", lang),
				Hint: "write the file, with a title:",
			})
		default:
			home.Title = word(lang, "home")
			home.Short = cmp.Or(home.Short, home.Title)
			if strings.TrimSpace(home.Source.Text) != "" {
				s.problem(home.Source.Warningf(0, "write title: and the site's name", "the home page has no title"))
			}
		}
	}
}

func (s *Site) addPage(p *content.Page) {
	page := &Page{Page: p, Meta: p.Meta, hrefs: map[*markdown.Link]string{}}
	name := norm.NFC.String(p.Path)
	page.Lang, page.Key = s.language(name)
	page.Title = cmp.Or(p.Meta.Title, page.titleOfFile())
	page.Short = cmp.Or(p.Meta.LinkTitle, page.Title)
	s.Pages = append(s.Pages, page)
	s.byPath[name] = page
	s.byKey[version{page.Lang, page.Key}] = page
}

// ensure adds an empty page if there is no file for it.
func (s *Site) ensure(written map[version]bool, lang, key string) {
	if v := (version{lang, key}); !written[v] {
		name := s.pathOf(v)
		s.addPage(content.Parse(diag.Source{Name: content.Dir + "/" + name}, name, content.Options{}))
		s.byPath[name].made = true
		written[v] = true
	}
}

// Page returns the page of a path below content/, or nil.
func (s *Site) Page(path string) *Page { return s.byPath[norm.NFC.String(path)] }

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
	s.EditURL = m.EditURL
	base := cmp.Or(opts.BaseURL, m.BaseURL.Value, "/")
	u := ParseBase(base)
	if u == nil {
		fault := s.Home.Source.Errorf(m.BaseURL.Offset, "write it like https://www.example.no/veiledning/", "the base URL %q is not an address", base)
		if opts.BaseURL != "" { // the file is not to blame
			fault.Pos, fault.Excerpt = diag.Pos{File: s.Home.Source.Name}, ""
		}
		s.problem(fault)
		u = &url.URL{Path: "/"}
	}
	s.BaseURL, s.Base, s.root = u.String(), u.EscapedPath(), u.Path[1:]
}

// ParseBase returns the base URL that somebody wrote, with a slash at the end:
// an address of the web, or only a path; or nil if it is neither.
func ParseBase(base string) *url.URL {
	u, err := url.Parse(base)
	if err != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil
	}
	web := (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
	if local := u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/"); !local && !web {
		return nil
	}
	u.Path, u.RawPath = "/"+cleanPath(u.Path), ""
	if u.Path != "/" {
		u.Path += "/"
	}
	return u
}

// Edit returns the address where the page's file can be edited, or "".
func (s *Site) Edit(p *Page) string {
	if s.EditURL == "" || p.Source.Text == "" {
		return ""
	}
	return strings.TrimSuffix(s.EditURL, "/") + "/" + (&url.URL{Path: strings.TrimPrefix(p.Source.Name, content.Dir+"/")}).EscapedPath()
}

// Absolute returns an address of the site with scheme and host, if the base
// URL has them.
func (s *Site) Absolute(address string) string {
	return s.BaseURL + escape(address)
}

// HasHost reports whether the site knows the host that it is published on.
func (s *Site) HasHost() bool { return strings.Contains(s.BaseURL, "://") }
