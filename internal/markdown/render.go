package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// dialect is the Markdown that we read. It keeps no state between texts and
// serves all goroutines.
var dialect = goldmark.New(
	goldmark.WithExtensions(
		extension.NewLinkify(extension.WithLinkifyURLRegexp(bareURL), extension.WithLinkifyWWWRegexp(bareWWW)),
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.Strikethrough,
		extension.TaskList,
		extension.NewFootnote(extension.WithFootnoteIDPrefixFunction(footnotePrefix)),
	),
	goldmark.WithParserOptions(parser.WithHeadingAttribute()),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodes{}, 1))),
)

// bareURL and bareWWW find addresses in running text, those with æøå too (GFM,
// section 6.9).
var (
	bareURL = regexp.MustCompile(`^(?:https?|ftp)://` + bareRest)
	bareWWW = regexp.MustCompile(`^www\.` + bareRest)
)

const bareRest = `[\pL\pN_-]+(?:\.[\pL\pN_-]+)+(?::\d+)?(?:[/?#][^\x00-\x20<]*)?`

// render parses the part of the source from one byte offset to another, with
// the elements of a depth masked, and returns its HTML. A text without a line
// break is inline: its paragraph is not marked up.
func (p *page) render(depth, from, to int) []Segment {
	context := parser.NewContext()
	for _, r := range p.references {
		context.AddReference(r)
	}
	source := p.levels[depth]
	lines := wholeLines(source, from, to)
	if depth > 0 {
		lines = innerLines(source, from, to)
	}
	root := dialect.Parser().Parse(text.NewBlockReader(source, lines), parser.WithContext(context)).(*ast.Document)
	if depth == 0 {
		p.references = context.References()
	} else {
		root.AddMeta(footnotePrefixKey, strconv.Itoa(from)+"-")
	}
	if depth > 0 && bytes.IndexByte(source[from:to], '\n') < 0 && root.ChildCount() == 1 {
		unwrap(root, root.FirstChild())
	}
	addEdges(root)
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
	register(kindEdge, renderEdge)
	register(ast.KindFencedCodeBlock, renderCode)
	register(ast.KindCodeBlock, renderCode)
	register(ast.KindListItem, renderListItem)
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
	id := Slug(title)
	if own, ok := h.AttributeString("id"); ok {
		if own, ok := own.([]byte); ok {
			id = w.withoutMarks(string(own))
		}
	}
	if id == "" {
		id = "heading" // as Hugo calls it; an empty id cannot be linked to
	}
	id = w.ids.unique(id)
	w.headings = append(w.headings, Heading{Level: h.Level, ID: id, Text: title, Offset: w.offset(h)})
	w.WriteString("<h" + level + ` id="` + html.EscapeString(id) + `"`)
	w.headingAttributes(h)
	w.WriteString(">")
	return ast.WalkContinue
}

// headingAttributes writes the attributes of a heading that are text, as raw
// HTML may have them too, and reports the others.
func (w *writer) headingAttributes(h *ast.Heading) {
	for _, a := range h.Attributes() {
		name := string(a.Name)
		value, ok := a.Value.([]byte)
		switch {
		case name == "id" && ok:
		case ok && allowedAttributes[name]:
			w.WriteString(" " + name + `="` + html.EscapeString(string(value)) + `"`)
		default:
			w.warningf(w.offset(h), "remove it", "the attribute %s of a heading is not published", name)
		}
	}
}

// offset returns where a block stands in the source.
func (w *writer) offset(n ast.Node) int {
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		return lines.At(0).Start
	}
	return max(n.Pos(), 0)
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
				value = unescape(value)
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

// renderListItem marks an item that begins with a box, which needs no bullet.
func renderListItem(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		w.WriteString("</li>\n")
		return ast.WalkContinue
	}
	first := n.FirstChild()
	if first != nil && first.FirstChild() != nil && first.FirstChild().Kind() == extast.KindTaskCheckBox {
		w.WriteString(`<li class="task">`)
	} else {
		w.WriteString("<li>")
	}
	if first != nil && first.Kind() != ast.KindTextBlock {
		w.WriteString("\n")
	}
	return ast.WalkContinue
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
