package site

import (
	"cmp"
	"math"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

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

var digits = regexp.MustCompile(`\d+`)

// sortable makes numbers equally long, so that they are sorted by what they are
// worth: § 3-2 before § 3-11. The library's own numeric order puts 0 last.
func sortable(title string) string {
	return digits.ReplaceAllStringFunc(title, func(number string) string {
		return strings.Repeat("0", max(0, 18-len(number))) + number
	})
}

func (o *titleOrder) key(p *Page) []byte {
	key, ok := o.keys[p]
	if !ok {
		key = slices.Clone(o.collator.KeyFromString(&o.buffer, sortable(p.Short)))
		o.buffer.Reset()
		o.keys[p] = key
	}
	return key
}

func (o *titleOrder) compare(a, b *Page) int {
	return cmp.Or(
		cmp.Compare(weight(a), weight(b)),
		slices.Compare(o.key(a), o.key(b)),
		cmp.Compare(a.Path, b.Path))
}

// weight is the page's weight, and the greatest for a page without one.
func weight(p *Page) int {
	if p.Meta.Weight == 0 {
		return math.MaxInt
	}
	return p.Meta.Weight
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
