// Package content reads the folder content/ into pages.
//
// Reading looks at one file at a time and at nothing else, so a page is valid
// as long as its bytes are the same: [Load] takes the previous [Tree] and
// keeps every page that has not changed. What a page means among the others
// (its address, its neighbours, where its links lead) is not known here; that
// is package site's.
//
//	content/tilgang/_index.md      the section tilgang
//	content/tilgang/test.md        a page of it
//	content/tilgang/kart/index.md  a page with files beside it (a bundle)
//	content/tilgang/kart/no.png    one of these files
//
// Files and folders whose names begin with a dot, and editors' temporary
// files, are passed over. A title that stands in the text alone, as its first
// heading, is taken from there.
package content

import (
	"context"
	"errors"
	"io/fs"
	"regexp"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"veiviser/internal/diag"
	"veiviser/internal/markdown"
)

// A Page is one Markdown file. It is never modified after Load.
type Page struct {
	Path     string      // below content/, with slashes, as PagePath has it
	Source   diag.Source // its text with LF line endings and without a byte order mark
	Meta     Meta
	Doc      *markdown.Doc
	Problems diag.List
}

// A Tree is everything in content/.
type Tree struct {
	Pages    []*Page   // in the order of their files' names
	Files    []string  // paths of all other files below content/
	Problems diag.List // of what is neither; those of a page are its own
}

// Options say how pages are read.
type Options struct {
	Markdown markdown.Options
	// Reread reads every page anew, though the previous tree has it: set it
	// when Markdown differs from the last time.
	Reread bool
}

// Dir is the folder that Load reads, below the site's folder.
const Dir = "content"

// Load reads the folder content/ of site. It takes the pages that have not
// changed from previous, which may be nil. The error is one of the file
// system; what is wrong with a page is in its Problems.
func Load(ctx context.Context, site fs.FS, opts Options, previous *Tree) (*Tree, error) {
	known := map[string]*Page{}
	if previous != nil && !opts.Reread {
		for _, p := range previous.Pages {
			known[p.Source.Name] = p
		}
	}
	tree := &Tree{}
	var paths []string
	var err error
	if _, err = fs.Stat(site, Dir); err != nil {
		return nil, err
	}
	tree.Problems, err = Walk(site, Dir, ignored, func(name string) error {
		below := strings.TrimPrefix(name, Dir+"/")
		if _, markdown := PagePath(name); markdown {
			paths = append(paths, below)
		} else {
			tree.Files = append(tree.Files, below)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	pages := make([]*Page, len(paths))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range paths {
		group.Go(func() error {
			data, err := fs.ReadFile(site, Dir+"/"+p)
			if errors.Is(err, fs.ErrNotExist) || ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				return err
			}
			pages[i] = read(p, data, opts, known[Dir+"/"+p])
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, p := range pages {
		if p != nil {
			tree.Pages = append(tree.Pages, p)
		}
	}
	return tree, nil
}

// read returns the page of some bytes: previous, if it was made from the same.
func read(name string, data []byte, opts Options, previous *Page) *Page {
	text := strings.TrimPrefix(string(data), "\ufeff")
	if strings.Contains(text, "\r") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	if previous != nil && previous.Source.Text == text {
		return previous
	}
	path, _ := PagePath(name)
	return Parse(diag.Source{Name: Dir + "/" + name, Text: text}, path, opts)
}

// Parse reads one page. The name is its path below content/.
func Parse(src diag.Source, name string, opts Options) *Page {
	p := &Page{Path: name, Source: src}
	if !utf8.ValidString(src.Text) {
		p.Problems = append(p.Problems, src.Errorf(invalidByte(src.Text), "save the file as UTF-8", "this is not UTF-8"))
		p.Source.Text = strings.ToValidUTF8(src.Text, "\ufffd")
		src = p.Source
	}
	p.Problems = append(p.Problems, controls(src)...)
	tree, body, err := readFrontMatter(src)
	if syntax, ok := errors.AsType[*syntaxError](err); ok {
		p.Problems = append(p.Problems, src.Errorf(syntax.offset, syntax.hint, "%s", syntax.msg))
		tree = node{kind: mapping}
	} else if err != nil {
		p.Problems = append(p.Problems, src.Errorf(0, "", "broken front matter: %v", err))
		tree = node{kind: mapping}
	}
	d := decoder{src: src}
	p.Meta = d.meta(tree, name == "_index.md")
	doc, problems := markdown.Parse(src, body, opts.Markdown)
	if title, after := leadingTitle(src.Text, body, doc); p.Meta.Title == "" && title != "" {
		p.Meta.Title = title
		doc, problems = markdown.Parse(src, after, opts.Markdown)
	}
	p.Doc = doc
	p.Problems = append(append(p.Problems, d.problems...), problems...)
	return p
}

// invalidByte returns the offset of the first byte that is not UTF-8.
func invalidByte(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return 0
}

// controls reports the first control character of a text, which nobody can
// see. A NUL means that the file is no text, or not one of bytes.
func controls(src diag.Source) diag.List {
	at := strings.IndexFunc(src.Text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
	switch {
	case at < 0:
		return nil
	case src.Text[at] == 0:
		return diag.List{src.Errorf(at, "save the file as UTF-8", "this is not text: there is a NUL character here")}
	}
	r, _ := utf8.DecodeRuneInString(src.Text[at:])
	return diag.List{src.Warningf(at, "remove it", "an invisible control character, %U", r)}
}

var underline = regexp.MustCompile(`(?m)^ {0,3}=+[ \t]*$`)

// leadingTitle returns the heading of the first level that a body begins with,
// and the offset where the text goes on after it. The title is "" if there is
// none.
func leadingTitle(text string, body int, doc *markdown.Doc) (title string, after int) {
	if len(doc.Headings) == 0 || doc.Headings[0].Level != 1 {
		return "", body
	}
	h := doc.Headings[0]
	start := body + len(blankLines.FindString(text[body:]))
	marks := strings.TrimLeft(text[start:max(start, h.Offset)], " ")
	if strings.Trim(marks, "# \t") != "" {
		return "", body // it stands further down, or in a shortcode
	}
	after = h.Offset
	if marks == "" {
		end := underline.FindStringIndex(text[after:])
		if end == nil {
			return "", body
		}
		after += end[1]
	}
	if end := strings.IndexByte(text[after:], '\n'); end >= 0 {
		return h.Text, after + end + 1
	}
	return h.Text, len(text)
}
