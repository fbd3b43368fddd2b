package markdown

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Raw HTML is kept as far as it is text: an allow-list of elements and
// attributes, without style, script or anything that loads from elsewhere.
// What is left out is reported, comments apart; nothing else disappears in
// silence. A tag that is
// left open is closed where the text around it ends, and one that closes
// nothing is left out, so that no page can close an element of the layout.

var allowedElements = set(`a abbr address aside b bdi bdo blockquote br caption center cite code col colgroup dd del details
	dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small
	span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr`)

// deepest is how many raw elements may stand within each other. No text needs
// as many, and browsers go no deeper than 512.
const deepest = 100

// voidElements have no closing tag (HTML, section 13.1.2).
var voidElements = set(`br col hr img wbr`)

// optionalEnd elements may be left open (HTML, section 13.1.2.4).
var optionalEnd = set(`colgroup dd dt li p rp rt tbody td tfoot th thead tr`)

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
	source := withoutReferences(lines.Value(w.source()))
	z := xhtml.NewTokenizer(strings.NewReader(string(source)))
	offset := 0
	skipText := false
	for {
		kind := z.Next()
		raw := string(z.Raw())
		at := func(i int) int { return sourceOffset(lines, offset+i) }
		switch kind {
		case xhtml.ErrorToken:
			w.WriteString(strings.ReplaceAll(string(source[offset:]), "<", "&lt;"))
			return
		case xhtml.TextToken:
			if !skipText {
				w.WriteString(strings.ReplaceAll(raw, "<", "&lt;"))
			}
			skipText = false
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			switch token := z.Token(); {
			case allowedElements[token.Data]:
				w.startTag(token, raw, at)
			case isHTML(token.Data):
				w.dropped(at(0), "<"+token.Data+">")
				skipText = rawTextElements[token.Data]
			default:
				w.warningf(at(0), "write a backslash before it, or set it as code", "<%s> is not HTML and is shown as text", w.withoutMarks(token.Data))
				w.WriteString(html.EscapeString(raw))
			}
		case xhtml.EndTagToken:
			switch name := z.Token().Data; {
			case allowedElements[name]:
				w.endTag(name, at(0))
			case !isHTML(name):
				w.WriteString(html.EscapeString(raw))
			}
		case xhtml.CommentToken, xhtml.DoctypeToken:
			if !strings.HasPrefix(raw, "<!--") {
				w.dropped(at(0), raw[:2]+"…>")
			}
		}
		offset += len(raw)
	}
}

// isHTML reports whether HTML has a word. What looks like a tag and is none is
// mostly a placeholder, as in "Bearer <token>".
func isHTML(name string) bool { return atom.Lookup([]byte(name)) != 0 }

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

// startTag writes an opening tag; at gives the place of a byte of raw in the
// source.
func (w *writer) startTag(tag xhtml.Token, raw string, at func(int) int) {
	if len(w.open) > deepest && !voidElements[tag.Data] {
		if !w.tooDeep {
			w.warningf(at(0), "close the elements that are open", "<%s> is not published, nor is any other so deep: too many elements are open around it", tag.Data)
		}
		w.tooDeep = true
		return
	}
	w.WriteString("<" + tag.Data)
	places := attributePlaces(tag.Data, raw)
	var seen, ids []string
	for i, a := range tag.Attr {
		switch {
		case strings.IndexByte(a.Key, markOpen) >= 0:
			w.errorf(at(places[i].key), "put it into the value of an attribute, or after the tag", "a shortcode cannot stand here in a tag")
			continue
		case slices.Contains(seen, a.Key):
			continue
		case !allowedAttributes[a.Key] && !strings.HasPrefix(a.Key, "aria-"):
			w.dropped(at(places[i].key), "the attribute "+a.Key)
			continue
		}
		seen = append(seen, a.Key)
		w.WriteString(" " + a.Key + `="`)
		if a.Key == "href" || a.Key == "src" {
			w.writeAddress([]byte(a.Val), at(places[i].value), tag.Data == "img")
		} else {
			w.WriteString(html.EscapeString(a.Val))
		}
		w.WriteString(`"`)
		if a.Key == "id" || a.Key == "name" && tag.Data == "a" {
			ids = append(ids, w.withoutMarks(a.Val))
		}
	}
	w.WriteString(">")
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		w.anchor(id, at(0))
	}
	if !voidElements[tag.Data] {
		w.open = append(w.open, openTag{tag.Data, at(0)})
	}
}

// attributeSyntax is how HTML's tokenizer reads an attribute.
var attributeSyntax = regexp.MustCompile(`(=[^\s/>=]*|[^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?`)

// A place says where an attribute stands in its tag.
type place struct{ key, value int }

// attributePlaces returns the places of the attributes of a tag, in order.
func attributePlaces(name, raw string) []place {
	var places []place
	base := len("<" + name)
	for _, m := range attributeSyntax.FindAllStringSubmatchIndex(raw[base:], -1) {
		places = append(places, place{base + m[2], base + max(m[2], m[4], m[6], m[8])})
	}
	return places
}

// anchor takes the id that a tag at offset defines.
func (w *writer) anchor(id string, offset int) {
	if w.ids.unique(id) != id {
		w.warningf(offset, "give one of them another id", "the id %q stands on this page for the second time", id)
	}
	w.anchors = append(w.anchors, id)
}

// An openTag is a raw element that has not been closed yet, or, without a
// name, the edge of the node that the tags after it stand in.
type openTag struct {
	name   string
	offset int
}

// endTag writes a closing tag and those of the elements that were left open
// inside it.
func (w *writer) endTag(name string, offset int) {
	if voidElements[name] {
		return
	}
	i := len(w.open) - 1
	for i >= 0 && w.open[i].name != name && w.open[i].name != "" {
		i--
	}
	if i < 0 || w.open[i].name == "" {
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

// An edge is a node that stands before the first raw HTML of its parent, or,
// as the last, after everything in it. No raw element reaches past it.
type edge struct {
	ast.BaseInline
	last bool
}

var kindEdge = ast.NewNodeKind("Edge")

func (*edge) Kind() ast.NodeKind          { return kindEdge }
func (e *edge) Dump(source []byte, l int) { ast.DumpHelper(e, source, l, nil, nil) }

// addEdges puts edges into every node below root that holds raw HTML.
func addEdges(root ast.Node) {
	first := map[ast.Node]ast.Node{} // by parent
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		raw := n.Kind() == ast.KindRawHTML || n.Kind() == ast.KindHTMLBlock
		if parent := n.Parent(); raw && entering && parent != root && first[parent] == nil {
			first[parent] = n
		}
		return ast.WalkContinue, nil
	})
	for parent, n := range first {
		parent.InsertBefore(parent, n, &edge{})
		parent.AppendChild(parent, &edge{last: true})
	}
}

func renderEdge(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	switch e := n.(*edge); {
	case !entering:
	case e.last:
		i := len(w.open) - 1
		for w.open[i].name != "" {
			i--
		}
		w.closeTags(i + 1)
		w.open = w.open[:i]
	default:
		w.open = append(w.open, openTag{})
	}
	return ast.WalkContinue
}
