package markdown

import (
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	xhtml "golang.org/x/net/html"
)

// Raw HTML is kept as far as it is text: an allow-list of elements and
// attributes, without style, script or anything that loads from elsewhere.
// What is left out is reported; nothing disappears in silence.

var allowedElements = set(`a abbr address aside b bdi bdo blockquote br caption center cite code col colgroup dd del details
	dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small
	span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr`)

// voidElements have no closing tag (HTML, section 13.1.2).
var voidElements = set(`br col hr img wbr`)

// rawTextElements hold no HTML: what stands between their tags goes with them.
var rawTextElements = set(`iframe noembed noframes noscript script style textarea title xmp`)

var allowedAttributes = set(`abbr align alt cite class colspan datetime dir headers height href id lang name open reversed
	role rowspan scope span src start title value width`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// optionalEnd elements may be left open (HTML, section 13.1.2.4).
var optionalEnd = set(`colgroup dd dt li p rp rt tbody td tfoot th thead tr`)

func renderRawHTML(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		w.rawHTML(n.(*ast.RawHTML).Segments)
	}
	return ast.WalkSkipChildren
}

func renderHTMLBlock(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if block := n.(*ast.HTMLBlock); entering {
		lines := text.NewSegments()
		lines.AppendAll(block.Lines().Sliced(0, block.Lines().Len()))
		if block.HasClosure() {
			lines.Append(block.ClosureLine)
		}
		w.rawHTML(lines)
	}
	return ast.WalkContinue
}

// rawHTML writes what the allow-list permits of some lines of HTML.
func (w *writer) rawHTML(lines *text.Segments) {
	source := lines.Value(w.source())
	at := func(offset int) int { return sourceOffset(lines, offset) }
	z := xhtml.NewTokenizer(strings.NewReader(string(source)))
	offset := 0
	skipText := false
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case xhtml.ErrorToken:
			if rest := string(source[offset:]); rest != "" {
				w.WriteString(strings.ReplaceAll(rest, "<", "&lt;"))
			}
			return
		case xhtml.TextToken:
			if !skipText {
				w.WriteString(strings.ReplaceAll(raw, "<", "&lt;"))
			}
			skipText = false
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			token := z.Token()
			if allowedElements[token.Data] {
				w.startTag(token, raw, at(offset))
				break
			}
			w.dropped(at(offset), "<"+token.Data+">")
			skipText = rawTextElements[token.Data]
		case xhtml.EndTagToken:
			w.endTag(z.Token().Data, at(offset))
		case xhtml.DoctypeToken:
			w.dropped(at(offset), "the document type")
		}
		offset += len(raw)
	}
}

// sourceOffset returns where byte i of the joined lines stands in the source.
func sourceOffset(lines *text.Segments, i int) int {
	for n := range lines.Len() {
		line := lines.At(n)
		if length := line.Len(); i >= length && n < lines.Len()-1 {
			i -= length
			continue
		}
		return line.Start + max(0, i-line.Padding)
	}
	return 0
}

func (w *writer) dropped(offset int, what string) {
	w.warningf(offset, "write it in Markdown, or as a shortcode", "%s is not published: raw HTML may only mark up text", what)
}

func (w *writer) startTag(token xhtml.Token, raw string, offset int) {
	w.WriteString("<" + token.Data)
	var seen []string
	for _, a := range token.Attr {
		switch {
		case slices.Contains(seen, a.Key):
			continue
		case !allowedAttributes[a.Key] && !strings.HasPrefix(a.Key, "aria-"):
			w.dropped(offset+max(0, strings.Index(strings.ToLower(raw), a.Key)), "the attribute "+a.Key)
			continue
		}
		seen = append(seen, a.Key)
		w.WriteString(" " + a.Key + `="`)
		if a.Key == "href" || a.Key == "src" {
			w.link(a.Val, offset+max(0, strings.Index(raw, a.Val)), token.Data == "img")
		} else {
			w.WriteString(html.EscapeString(a.Val))
		}
		w.WriteString(`"`)
		if a.Key == "id" || a.Key == "name" && token.Data == "a" {
			w.anchors = append(w.anchors, a.Val)
			w.ids.unique(a.Val)
		}
	}
	w.WriteString(">")
	if !voidElements[token.Data] {
		w.open = append(w.open, openTag{token.Data, offset})
	}
}

// endTag writes a closing tag and those of the elements that were left open
// inside it. One that closes nothing is left out: it would close an element
// of the layout.
func (w *writer) endTag(name string, offset int) {
	if !allowedElements[name] || voidElements[name] {
		return
	}
	i := len(w.open) - 1
	for i >= 0 && w.open[i].name != name {
		i--
	}
	if i < 0 {
		if !optionalEnd[name] {
			w.warningf(offset, "remove it", "</%s> closes nothing", name)
		}
		return
	}
	w.closeTags(i + 1)
	w.open = w.open[:i]
	w.WriteString("</" + name + ">")
}

// closeTags closes the raw elements from the i-th on.
func (w *writer) closeTags(i int) {
	for _, tag := range slices.Backward(w.open[i:]) {
		if !optionalEnd[tag.name] {
			w.warningf(tag.offset, "write </"+tag.name+"> where it ends", "<%s> is never closed", tag.name)
			w.WriteString("</" + tag.name + ">")
		}
	}
	w.open = w.open[:i]
}

// An openTag is a raw element that has not been closed yet.
type openTag struct {
	name   string
	offset int
}
