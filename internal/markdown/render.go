package markdown

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// dialect is the Markdown that we read. It keeps no state between texts and
// serves all goroutines.
var dialect = goldmark.New(
	goldmark.WithExtensions(
		extension.Linkify,
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.Strikethrough,
		extension.TaskList,
		extension.NewFootnote(extension.WithFootnoteIDPrefixFunction(footnotePrefix)),
	),
	goldmark.WithParserOptions(parser.WithHeadingAttribute()),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodes{}, 1))),
)

// render parses the part of the source from one byte offset to another, with
// the elements of a depth masked, and returns its HTML. A text without a line
// break is inline: its paragraph is not marked up.
func (p *page) render(depth, from, to int) []Segment {
	context := parser.NewContext()
	for _, r := range p.references {
		context.AddReference(r)
	}
	source := p.levels[depth]
	root := dialect.Parser().Parse(text.NewBlockReader(source, dedent(source, from, to)), parser.WithContext(context)).(*ast.Document)
	if depth == 0 {
		p.references = context.References()
	} else {
		root.AddMeta(footnotePrefixKey, strconv.Itoa(from)+"-")
	}
	if depth > 0 && bytes.IndexByte(source[from:to], '\n') < 0 && root.ChildCount() == 1 {
		unwrap(root, root.FirstChild())
	}
	w := &writer{page: p, depth: depth}
	if err := dialect.Renderer().Render(w, source, root); err != nil {
		panic(err) // our writer never fails
	}
	return w.finish()
}

const footnotePrefixKey = "veiviser-footnotes"

// footnotePrefix keeps the footnotes inside shortcodes apart from the page's.
func footnotePrefix(n ast.Node) []byte {
	if doc := n.OwnerDocument(); doc != nil {
		if prefix, ok := doc.Meta()[footnotePrefixKey].(string); ok {
			return []byte(prefix)
		}
	}
	return nil
}

// unwrap replaces a paragraph by its text.
func unwrap(parent, n ast.Node) {
	if n.Kind() != ast.KindParagraph {
		return
	}
	block := ast.NewTextBlock()
	block.SetLines(n.Lines())
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		block.AppendChild(block, c)
		c = next
	}
	parent.ReplaceChild(parent, n, block)
}

// dedent returns the lines of source[from:to] without the indentation that
// all of them have, as for the text of a shortcode inside a list.
func dedent(source []byte, from, to int) *text.Segments {
	lines := text.NewSegments()
	indent := -1
	for start := from; start < to; {
		end := start + len(firstLine(source[start:to]))
		if line := source[start:end]; !util.IsBlank(line) {
			n := len(line) - len(bytes.TrimLeft(line, " \t"))
			if start == from && from > 0 && source[from-1] != '\n' {
				n = indent // the rest of a line has no indentation to compare
			}
			if indent < 0 || n < indent {
				indent = n
			}
		}
		lines.Append(text.NewSegment(start, end))
		start = end
	}
	for i := range lines.Len() {
		s := lines.At(i)
		line := source[s.Start:s.Stop]
		leading := len(line) - len(bytes.TrimLeft(line, " \t"))
		s.Start += max(0, min(indent, leading))
		lines.Set(i, s)
	}
	return lines
}

func firstLine(b []byte) []byte {
	if n := bytes.IndexByte(b, '\n'); n >= 0 {
		return b[:n+1]
	}
	return b
}

// nodes renders what goldmark's own renderers would do differently.
type nodes struct{}

func (nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	register := func(kind ast.NodeKind, f func(*writer, ast.Node, bool) ast.WalkStatus) {
		reg.Register(kind, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return f(w.(*writer), n, entering), nil
		})
	}
	register(ast.KindParagraph, renderParagraph)
	register(ast.KindHeading, renderHeading)
	register(ast.KindLink, renderLink)
	register(ast.KindImage, renderImage)
	register(ast.KindAutoLink, renderAutoLink)
	register(ast.KindRawHTML, renderRawHTML)
	register(ast.KindHTMLBlock, renderHTMLBlock)
	register(ast.KindFencedCodeBlock, renderCode)
	register(ast.KindCodeBlock, renderCode)
	register(extast.KindTaskCheckBox, renderTask)
	register(extast.KindTable, renderTable)
}

// renderParagraph leaves out the tags around a paragraph that is nothing but
// shortcodes: what they write are blocks of their own.
func renderParagraph(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	switch {
	case w.onlyElements(n.Lines()):
	case entering:
		w.WriteString("<p>")
	default:
		w.WriteString("</p>\n")
	}
	return ast.WalkContinue
}

func (w *writer) onlyElements(lines *text.Segments) bool {
	for i := range lines.Len() {
		line := lines.At(i)
		rest := strings.TrimSpace(string(line.Value(w.source())))
		for rest != "" {
			before, e, after := w.cutMark(rest)
			if e == nil || before != "" || e.kind == literalElement {
				return false
			}
			rest = strings.TrimSpace(after)
		}
	}
	return true
}

func renderHeading(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	h := n.(*ast.Heading)
	level := strconv.Itoa(h.Level)
	if !entering {
		w.WriteString("</h" + level + ">\n")
		return ast.WalkContinue
	}
	title := w.plainText(h)
	id := ""
	if value, ok := h.AttributeString("id"); ok {
		if own, ok := value.([]byte); ok {
			id = w.ids.unique(string(own))
		}
	}
	if id == "" {
		id = w.ids.unique(Slug(title))
	}
	w.headings = append(w.headings, Heading{Level: h.Level, ID: id, Text: title, Offset: w.offset(h)})
	h.SetAttributeString("id", []byte(id))
	w.WriteString("<h" + level)
	goldhtml.RenderAttributes(w, h, goldhtml.HeadingAttributeFilter)
	w.WriteString(">")
	return ast.WalkContinue
}

// offset returns where a block stands in the source.
func (w *writer) offset(n ast.Node) int {
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		return lines.At(0).Start
	}
	return max(n.Pos(), 0)
}

func renderLink(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		w.WriteString("</a>")
		return ast.WalkContinue
	}
	l := n.(*ast.Link)
	w.WriteString(`<a href="`)
	w.writeDest(l.Destination, w.destOffset(l, l.Reference != nil), false)
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
	w.writeDest(img.Destination, w.destOffset(img, img.Reference != nil), true)
	w.WriteString(` alt="` + html.EscapeString(w.plainText(img)) + `"`)
	w.writeTitle(img.Title)
	w.WriteString(">")
	return ast.WalkSkipChildren
}

func renderAutoLink(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	l := n.(*ast.AutoLink)
	dest := l.URL(w.source())
	if l.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(dest), []byte("mailto:")) {
		dest = append([]byte("mailto:"), dest...)
	}
	w.WriteString(`<a href="`)
	w.writeDest(dest, l.Pos()+1, false)
	w.WriteString(">" + html.EscapeString(string(l.Label(w.source()))) + "</a>")
	return ast.WalkContinue
}

func (w *writer) writeTitle(title []byte) {
	if len(title) > 0 {
		w.WriteString(` title="`)
		goldhtml.DefaultWriter.Write(w, title)
		w.WriteString(`"`)
	}
}

// writeDest writes the value of a link's attribute and its closing quote. An
// address inside the site becomes a hole.
func (w *writer) writeDest(dest []byte, offset int, image bool) {
	if bytes.IndexByte(dest, markOpen) >= 0 {
		w.Write(util.EscapeHTML(dest)) // a shortcode makes the address
	} else {
		w.link(string(unescapeDest(dest)), offset, image)
	}
	w.WriteString(`"`)
}

// unescapeDest resolves the backslashes and entities of a link destination.
func unescapeDest(dest []byte) []byte {
	dest = util.UnescapePunctuations(dest)
	dest = util.ResolveNumericReferences(dest)
	return util.ResolveEntityNames(dest)
}

// link writes an address that the author wrote, or leaves a hole for it.
func (w *writer) link(dest string, offset int, image bool) {
	switch scheme := scheme(dest); {
	case scheme == "" && !strings.HasPrefix(dest, "//"):
		l := &Link{Dest: dest, Offset: offset, Image: image}
		w.links = append(w.links, l)
		w.cut(Segment{Link: l})
	case scheme == "javascript" || scheme == "vbscript" || scheme == "data" || scheme == "file":
		w.errorf(offset, "link to a page, or to an address that begins with https:", "link with %s: is not published", scheme)
	default:
		w.Write(util.EscapeHTML(util.URLEscape([]byte(dest), false)))
	}
}

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

// destOffset returns where the destination of a link stands in the source; of
// a reference link it is where the link begins.
func (w *writer) destOffset(n ast.Node, reference bool) int {
	start := max(n.Pos(), 0)
	if reference {
		return start
	}
	at := start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		at = max(at, w.end(c))
	}
	source := w.source()
	n2 := bytes.Index(source[at:], []byte("]("))
	if n2 < 0 {
		return start
	}
	at += n2 + 2
	for at < len(source) && (util.IsSpace(source[at]) || source[at] == '<') {
		at++
	}
	return at
}

// end returns the largest source offset that a node and its children reach.
func (w *writer) end(n ast.Node) int {
	end := 0
	switch n := n.(type) {
	case *ast.Text:
		end = n.Segment.Stop
	case *ast.Link, *ast.Image:
		reference := false
		if l, ok := n.(*ast.Link); ok {
			reference = l.Reference != nil
		} else {
			reference = n.(*ast.Image).Reference != nil
		}
		if !reference {
			end = w.destOffset(n, false)
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		end = max(end, w.end(c))
	}
	return end
}

// plainText returns the text of a node without markup.
func (w *writer) plainText(n ast.Node) string {
	var b strings.Builder
	w.appendText(&b, n)
	return strings.TrimSpace(w.withoutMarks(b.String()))
}

func (w *writer) appendText(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Value(w.source())
			if !c.IsRaw() && n.Kind() != ast.KindCodeSpan {
				value = unescapeDest(value)
			}
			b.Write(value)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(w.source()))
		default:
			w.appendText(b, c)
		}
	}
}

// renderTask writes a box as a character: a form control would need a label
// in the reader's language.
func renderTask(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if entering && n.(*extast.TaskCheckBox).IsChecked {
		w.WriteString("☑ ")
	} else if entering {
		w.WriteString("☐ ")
	}
	return ast.WalkContinue
}

// renderTable puts a table into a box that can be scrolled by keyboard, so
// that a wide one does not widen the page.
func renderTable(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		w.WriteString("<div class=\"scroll\" tabindex=\"0\"><table>\n")
	} else {
		w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue
}
