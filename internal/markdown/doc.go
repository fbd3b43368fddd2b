// Package markdown turns a Markdown text into a [Doc]: finished HTML with
// holes for what only the site knows.
//
// The dialect is CommonMark with GitHub's tables, task lists, strikethrough
// and autolinks, footnotes, heading attributes, and shortcodes in Hugo's
// notation. Heading ids are GitHub's, with æøå kept.
//
// A Doc holds no syntax tree: at ten thousand pages the trees would fill
// hundreds of megabytes. Parsing goes all the way to HTML in [Segment]s, cut
// where something is missing: the address behind a link, the output of a
// shortcode, the contents list. Whoever renders the page fills the holes.
//
// # Placeholders
//
// Shortcodes and TOC blocks are found before Markdown is parsed, and each is
// replaced by a placeholder of the same length, so every byte offset stays
// true. A placeholder is made of control characters, which Markdown passes
// through wherever they stand: in text, link destinations, table cells, code.
// The HTML writer recognises them in its output and cuts a hole there. The
// inside of a shortcode whose template wants Markdown is parsed in its turn,
// as a text of its own that shares the page's headings, links and ids.
//
// This package is the only importer of goldmark, chroma and x/net/html.
package markdown

import (
	"github.com/yuin/goldmark/parser"

	"veiviser/internal/diag"
)

// A Doc is a parsed text. It is never modified after Parse, so it can be
// shared and kept as long as the bytes that it was made from are the same.
type Doc struct {
	Segments []Segment
	Headings []Heading // in reading order, those inside shortcodes included
	Anchors  []string  // ids that raw HTML defines
	Links    []*Link   // in reading order
	Hosts    []Host    // the other sites that the text shows pictures from
	HasTOC   bool      // the text has a TOC block of its own
	tocEnd   int
}

// Contents returns the headings that a list of contents shows: those after
// the text's own TOC block, or all of them.
func (d *Doc) Contents() []Heading {
	for i, h := range d.Headings {
		if h.Offset >= d.tocEnd {
			return d.Headings[i:]
		}
	}
	return nil
}

// A Segment is finished HTML, and the one hole that follows it, if any.
type Segment struct {
	HTML      string
	Link      *Link      // write the link's address, escaped for an attribute
	Shortcode *Shortcode // write the output of the shortcode
	TOC       bool       // write the contents list
}

// A Heading is one heading of a text.
type Heading struct {
	Level  int // 1 to 6
	ID     string
	Text   string // plain text, without markup
	Offset int
}

// A Link is a link or an image with an address that the author wrote.
type Link struct {
	Dest   string // as written, unescaped
	Offset int    // where Dest stands in the source
	Image  bool
}

// A Host is a site that a picture comes from.
type Host struct {
	Origin string // https://example.org
	Offset int    // of its first picture's address
}

// A Shortcode is one call of a shortcode.
type Shortcode struct {
	Name    string
	Args    []Arg
	Offset  int       // of the opening braces
	Ordinal int       // counts the shortcodes of a page from 0
	Text    string    // the inside as it was written, for those that take text
	Inner   []Segment // the inside as HTML, for those that take Markdown
}

// An Arg is an argument of a shortcode; Name is empty if it is positional.
type Arg struct {
	Name, Value string
	Offset      int
}

// Get returns the value of the named argument, or "".
func (s *Shortcode) Get(name string) string {
	for _, a := range s.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// At returns the value of the positional argument i, from 0, or "".
func (s *Shortcode) At(i int) string {
	for _, a := range s.Args {
		if a.Name != "" {
			continue
		}
		if i == 0 {
			return a.Value
		}
		i--
	}
	return ""
}

// Inner says what a shortcode makes of the text between its opening and its
// closing tag.
type Inner int

const (
	NoInner       Inner = iota // there is no inside and no closing tag
	TextInner                  // the inside is plain text
	MarkdownInner              // the inside is Markdown
)

// Options say how a text is to be read. The zero value knows no shortcodes.
type Options struct {
	Shortcodes map[string]Inner // every shortcode there is, by name
}

// Parse reads the Markdown of src from the byte offset from to the end, and
// returns it with everything that is wrong in it. The Doc is complete even if
// there are errors: what could not be understood is left out or shown as it was
// written.
//
// The text must be UTF-8 with LF line endings.
func Parse(src diag.Source, from int, opts Options) (*Doc, diag.List) {
	src.Text = withoutControls(src.Text)
	p := &page{src: src, opts: opts, ids: ids{}}
	roots := p.lex(from)
	p.levels = p.mask(roots)
	segments := p.render(0, from, len(src.Text))
	doc := &Doc{
		Segments: segments,
		Headings: p.headings,
		Anchors:  p.anchors,
		Links:    p.links,
		Hosts:    p.hosts,
		HasTOC:   p.toc != nil,
	}
	if p.toc != nil {
		doc.tocEnd = p.toc.to
		p.checkTOC(doc.Contents())
	}
	return doc, p.problems
}

// A page is the state of one Parse.
type page struct {
	src  diag.Source
	opts Options

	elements []*element // what the placeholders stand for, by number
	levels   [][]byte   // the source with the elements of each depth masked
	toc      *element

	references []parser.Reference // link definitions of the outermost text
	shortcodes int                // that have been written so far
	ids        ids
	headings   []Heading
	anchors    []string
	links      []*Link
	hosts      []Host
	problems   diag.List
}

func (p *page) errorf(offset int, hint, format string, args ...any) {
	p.problems = append(p.problems, p.src.Errorf(offset, hint, format, args...))
}

func (p *page) warningf(offset int, hint, format string, args ...any) {
	p.problems = append(p.problems, p.src.Warningf(offset, hint, format, args...))
}
