package markdown

import (
	"bytes"
	"cmp"
	"html"
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func renderLink(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		w.WriteString("</a>")
		return ast.WalkContinue
	}
	l := n.(*ast.Link)
	w.WriteString(`<a href="`)
	w.writeAddress(unescape(l.Destination), w.offsetOf(l.Destination, l), false)
	w.WriteString(`"`)
	w.writeTitle(l.Title)
	w.WriteString(">")
	return ast.WalkContinue
}

func renderImage(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	img := n.(*ast.Image)
	w.WriteString(`<img src="`)
	w.writeAddress(unescape(img.Destination), w.offsetOf(img.Destination, img), true)
	w.WriteString(`" alt="` + html.EscapeString(w.plainText(img)) + `"`)
	w.writeTitle(img.Title)
	w.WriteString(">")
	return ast.WalkSkipChildren
}

func renderAutoLink(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	l := n.(*ast.AutoLink)
	dest, label := l.URL(w.source()), l.Label(w.source())
	if l.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(dest), []byte("mailto:")) {
		dest = append([]byte("mailto:"), dest...)
	}
	w.WriteString(`<a href="`)
	w.writeAddress(dest, w.offsetOf(label, l), false)
	w.WriteString(`">` + html.EscapeString(string(label)) + "</a>")
	return ast.WalkContinue
}

func (w *writer) writeTitle(title []byte) {
	if len(title) > 0 {
		w.WriteString(` title="`)
		goldhtml.DefaultWriter.Write(w, title)
		w.WriteString(`"`)
	}
}

// writeAddress writes an address that the author wrote, or leaves a hole for
// one that only the site knows.
func (w *writer) writeAddress(dest []byte, offset int, image bool) {
	switch scheme := scheme(string(dest)); {
	case slices.Contains(unsafeSchemes, scheme):
		w.errorf(offset, "link to a page, or to an address that begins with https:", "link with %s: is not published", scheme)
	case bytes.IndexByte(dest, markOpen) >= 0: // a shortcode makes the address
		w.Write(util.EscapeHTML(dest))
	case scheme == "" && !bytes.HasPrefix(dest, []byte("//")):
		l := &Link{Dest: string(dest), Offset: offset, Image: image}
		w.links = append(w.links, l)
		w.cut(Segment{Link: l})
	default:
		if image {
			w.addHost(string(dest), offset)
		}
		w.Write(util.EscapeHTML(util.URLEscape(dest, false)))
	}
}

// addHost remembers the site that a picture comes from.
func (w *writer) addHost(address string, offset int) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return
	}
	origin := (&url.URL{Scheme: cmp.Or(u.Scheme, "https"), Host: u.Host}).String()
	if !slices.ContainsFunc(w.hosts, func(h Host) bool { return h.Origin == origin }) {
		w.hosts = append(w.hosts, Host{origin, offset})
	}
}

// unescape resolves backslashes and entities, as in a link destination.
func unescape(text []byte) []byte {
	text = util.UnescapePunctuations(withoutReferences(text))
	text = util.ResolveNumericReferences(text)
	return util.ResolveEntityNames(text)
}

// unsafeSchemes are those of addresses that run code or open files.
var unsafeSchemes = []string{"data", "file", "javascript", "vbscript"}

// scheme returns the scheme of an address in lower case, or "" (RFC 3986,
// section 3.1). Browsers pass over control characters in it, and so do we.
func scheme(address string) string {
	address = strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, address)
	for i := range len(address) {
		switch c := address[i] | 0x20; {
		case 'a' <= c && c <= 'z':
		case i > 0 && strings.IndexByte("0123456789+-.", address[i]) >= 0:
		case i > 0 && address[i] == ':':
			return strings.ToLower(address[:i])
		default:
			return ""
		}
	}
	return ""
}

// offsetOf returns where dest, a part of the source that the parser has cut
// out, stands in it, also if that is a link definition elsewhere in the text.
// Of an empty one it is where the link n begins.
func (w *writer) offsetOf(dest []byte, n ast.Node) int {
	if len(dest) > 0 {
		for _, level := range w.levels {
			// Two slices of one array end at the same place.
			at := cap(level) - cap(dest)
			if at >= 0 && at < len(level) && &level[at] == &dest[0] {
				return at
			}
		}
	}
	return max(n.Pos(), 0)
}
