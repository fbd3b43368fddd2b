package wizard

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Measures in pixels.
const (
	boxWidth   = 256
	labelWidth = 190
	turnWidth  = 90 // where edges go from one row to another
	lineHeight = 18
	gap        = 24 // between the places of a layer
	margin     = 24
	boxChars   = 27 // of text in a line
	labelChars = 27
)

// WriteSVG writes graphs as one picture, each below the one before it, with a
// title and a description for those who do not see it.
func WriteSVG(w io.Writer, graphs ...*Graph) error {
	var all, description strings.Builder
	var names []string
	width, height := 0.0, 0.0
	for _, g := range graphs {
		d := drawing{g: g}
		d.place()
		d.sort()
		d.align()
		own, ownHeight := d.svg(height)
		all.WriteString(own)
		width, height = max(width, d.width()), height+ownHeight
		names = append(names, g.Name)
		_ = g.WriteText(&description) // a Builder never fails
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 %g %g" width="%g" height="%g" font-family="system-ui, sans-serif" font-size="14">
<title id="title">%s</title>
<desc id="desc">%s</desc>
%s</svg>
`, width, height, width, height, escape(strings.Join(names, ", ")), escape(description.String()), &all)
	return err
}

func titleHeight(n *Node) float64 {
	lines := len(wrap(n.Title, boxChars))
	if !n.Question {
		lines++
	}
	return float64(lines*lineHeight + 16)
}

func heightOf(n *Node) float64 {
	height := titleHeight(n)
	for _, a := range n.Answers {
		height += float64(max(1, len(wrap(a.Label.Value, labelChars)))*lineHeight + 10)
	}
	return height
}

// wrap breaks a text into lines of at most width characters, where it can.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

// column is how far apart layers stand.
const column = boxWidth + labelWidth + turnWidth

func (d *drawing) width() float64 { return 2*margin + float64(len(d.layers)-1)*column + boxWidth }

// svg returns the picture of a graph, from y on, and its height.
func (d *drawing) svg(y float64) (string, float64) {
	x := func(p *place) float64 { return margin + float64(p.layer)*column }
	width, height := d.width(), 0.0
	for _, layer := range d.layers {
		for _, p := range layer {
			height = max(height, p.y+p.height+margin)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<svg y=\"%g\" width=\"%g\" height=\"%g\">\n", y, width, height)
	fmt.Fprintf(&b, "<rect width=\"%g\" height=\"%g\" fill=\"#fff\"/>\n", width, height)
	for _, layer := range d.layers {
		for _, p := range layer {
			for _, e := range p.forward {
				drawEdge(&b, x(p), e)
			}
		}
	}
	for _, layer := range d.layers {
		for _, p := range layer {
			if p.node != nil {
				drawNode(&b, x(p), p)
			}
		}
	}
	b.WriteString("</svg>\n")
	return b.String(), height
}

func drawEdge(b *strings.Builder, x float64, e *edge) {
	y1, y2 := e.from.y+e.port, e.to.y+entry(e.to)
	start, turn, end := x+boxWidth, x+boxWidth+labelWidth, x+boxWidth+labelWidth+turnWidth
	if e.from.node == nil {
		start = x
	}
	middle := (turn + end) / 2
	fmt.Fprintf(b, `<path d="M%g %gH%gC%g %g %g %g %g %g" fill="none" stroke="#5a6672" stroke-width="1.5"/>`+"\n",
		start, y1, turn, middle, y1, middle, y2, end, y2)
	if e.to.node != nil {
		fmt.Fprintf(b, `<path d="M%g %gl-8 -4v8z" fill="#5a6672"/>`+"\n", end, y2)
	}
	if e.answer != nil {
		lines := wrap(e.answer.Label.Value, labelChars)
		writeLines(b, start+8, y1-6-float64((len(lines)-1)*lineHeight), lines, "")
	}
}

func drawNode(b *strings.Builder, x float64, p *place) {
	fill, lines := "#fff", wrap(p.node.Title, boxChars)
	switch {
	case p.node.Order != nil:
		fill, lines = "#e3f2ea", append(lines, "order")
	case !p.node.Question:
		fill, lines = "#f2f3f5", append(lines, "result")
	}
	radius := 4
	if !p.node.Question {
		radius = 16
	}
	fmt.Fprintf(b, `<rect x="%g" y="%g" width="%d" height="%g" rx="%d" fill="%s" stroke="#1e2b3c"/>`+"\n", x, p.y, boxWidth, p.height, radius, fill)
	writeLines(b, x+10, p.y+lineHeight+4, lines, ` font-weight="600"`)
}

func writeLines(b *strings.Builder, x, y float64, lines []string, attributes string) {
	fmt.Fprintf(b, `<text fill="#1e2b3c"%s>`, attributes)
	for i, line := range lines {
		fmt.Fprintf(b, `<tspan x="%g" y="%g">%s</tspan>`, x, y+float64(i*lineHeight), escape(line))
	}
	b.WriteString("</text>\n")
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}
