package markdown

import (
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// PlainText returns the words of an HTML text as one reads them: headings as
// they are in Markdown, items with a hyphen, a blank line between paragraphs.
// Scripts and templates are left out; what is hidden at first is not.
// HTML that nests too deep to be parsed is returned as it is.
func PlainText(html string) string {
	body := &xhtml.Node{Type: xhtml.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := xhtml.ParseFragment(strings.NewReader(html), body)
	if err != nil {
		return html
	}
	var p plainText
	for _, n := range nodes {
		p.node(n)
	}
	p.flush("")
	return strings.Join(p.blocks, "\n")
}

// A plainText collects lines of text.
type plainText struct {
	blocks []string
	prefix string
	line   strings.Builder
}

var blockElements = set(`address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
	h5 h6 header hr legend li main nav ol optgroup option p pre section summary table td th tr ul`)

var unseenElements = set(`head script style template`)

func (p *plainText) node(n *xhtml.Node) {
	if n.Type == xhtml.TextNode {
		p.line.WriteString(n.Data)
		return
	}
	if unseenElements[n.Data] || n.Type == xhtml.CommentNode {
		return
	}
	block := blockElements[n.Data]
	if block {
		p.flush(prefixOf(n.Data))
	}
	if n.Data == "br" {
		p.line.WriteByte(' ')
	}
	if n.Data == "optgroup" {
		p.line.WriteString(attribute(n, "label"))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c)
	}
	if block {
		p.flush("")
	}
}

// prefixOf is what a line of an element begins with.
func prefixOf(element string) string {
	switch element {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "\n" + strings.Repeat("#", int(element[1]-'0')) + " "
	case "li", "option":
		return "- "
	case "p", "blockquote", "table":
		return "\n"
	}
	return ""
}

// flush ends the line at hand. The next one begins with prefix.
func (p *plainText) flush(prefix string) {
	if text := strings.Join(strings.Fields(p.line.String()), " "); text != "" {
		p.blocks = append(p.blocks, p.prefix+text)
		p.prefix = ""
	}
	p.line.Reset()
	if prefix != "" {
		p.prefix = prefix
	}
}

func attribute(n *xhtml.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
