package wizard

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// The picture is drawn in layers from left to right (Sugiyama's method): a node
// stands one layer right of the rightmost node that leads to it, an edge that
// passes a layer gets a place in it, and the places of a layer are sorted by
// the mean of their neighbours. An answer's label stands on its own edge,
// before the edge turns, so labels never meet.

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

// A place is a node in its layer, or a bend of an edge that passes the layer.
type place struct {
	node     *Node // nil for a bend
	layer    int
	y        float64 // of the top
	height   float64
	forward  []*edge
	backward []*edge
}

// An edge leads from one place to one in the next layer.
type edge struct {
	from, to *place
	answer   *Answer // on the first stretch of an answer's way
	port     float64 // where it leaves, below the top of from
}

type drawing struct {
	g      *Graph
	layers [][]*place
}

// WriteSVG writes g as a picture, with a title and a description for those who
// do not see it.
func (g *Graph) WriteSVG(w io.Writer) error {
	d := drawing{g: g}
	d.place()
	d.sort()
	d.align()
	_, err := io.WriteString(w, d.svg())
	return err
}

// place puts every node and every bend into its layer.
func (d *drawing) place() {
	layer := map[*Node]int{}
	var visit func(n *Node)
	order := []*Node{}
	seen := map[*Node]bool{}
	visit = func(n *Node) {
		if seen[n] {
			return
		}
		seen[n] = true
		for i := len(n.Answers) - 1; i >= 0; i-- {
			visit(d.g.Next(&n.Answers[i]))
		}
		order = append(order, n)
	}
	visit(d.g.Start)
	slices.Reverse(order) // now each node stands before those that it leads to
	places := map[*Node]*place{}
	for _, n := range order {
		p := &place{node: n, layer: layer[n], height: heightOf(n)}
		places[n] = p
		d.add(p)
		for i := range n.Answers {
			next := d.g.Next(&n.Answers[i])
			layer[next] = max(layer[next], layer[n]+1)
		}
	}
	for _, n := range order {
		port := titleHeight(n)
		for i := range n.Answers {
			a := &n.Answers[i]
			height := float64(max(1, len(wrap(a.Label.Value, labelChars)))*lineHeight + 10)
			d.connect(places[n], places[d.g.Next(a)], a, port+height-8)
			port += height
		}
	}
}

func (d *drawing) add(p *place) {
	for len(d.layers) <= p.layer {
		d.layers = append(d.layers, nil)
	}
	d.layers[p.layer] = append(d.layers[p.layer], p)
}

// connect draws an answer's edge, with a bend in each layer that it passes.
func (d *drawing) connect(from, to *place, a *Answer, port float64) {
	at := from
	for layer := from.layer + 1; layer < to.layer; layer++ {
		bend := &place{layer: layer, height: lineHeight}
		d.add(bend)
		d.join(at, bend, a, port)
		at, a, port = bend, nil, lineHeight/2
	}
	d.join(at, to, a, port)
}

func (d *drawing) join(from, to *place, a *Answer, port float64) {
	e := &edge{from, to, a, port}
	from.forward = append(from.forward, e)
	to.backward = append(to.backward, e)
}

// sort orders each layer by the mean of its neighbours, to and fro, until few
// edges cross.
func (d *drawing) sort() {
	const sweeps = 8
	for range sweeps {
		for _, layer := range d.layers {
			index(layer)
		}
		for _, layer := range d.layers[1:] {
			sortBy(layer, func(p *place) float64 {
				return mean(p.backward, func(e *edge) float64 { return e.from.y + e.port/1000 })
			})
		}
		for i := len(d.layers) - 2; i >= 0; i-- {
			sortBy(d.layers[i], func(p *place) float64 { return mean(p.forward, func(e *edge) float64 { return e.to.y }) })
		}
	}
	for _, layer := range d.layers[1:] {
		sortBy(layer, func(p *place) float64 {
			return mean(p.backward, func(e *edge) float64 { return e.from.y + e.port/1000 })
		})
	}
}

// index uses y for the index in a layer while the order is sought.
func index(layer []*place) {
	for i, p := range layer {
		p.y = float64(i)
	}
}

func sortBy(layer []*place, key func(*place) float64) {
	keys := map[*place]float64{}
	for _, p := range layer {
		keys[p] = key(p)
	}
	slices.SortStableFunc(layer, func(a, b *place) int { return cmp.Compare(keys[a], keys[b]) })
	index(layer)
}

func mean(edges []*edge, of func(*edge) float64) float64 {
	if len(edges) == 0 {
		return 0
	}
	sum := 0.0
	for _, e := range edges {
		sum += of(e)
	}
	return sum / float64(len(edges))
}

// align gives every place its height on the page: near those that lead to it,
// below the place before it.
func (d *drawing) align() {
	for _, layer := range d.layers {
		y := float64(margin)
		for _, p := range layer {
			p.y = y
			y += p.height + gap
		}
	}
	for range 4 {
		for _, layer := range d.layers[1:] {
			bottom := float64(margin)
			for _, p := range layer {
				wish := mean(p.backward, func(e *edge) float64 { return e.from.y + e.port }) - entry(p)
				p.y = max(bottom, wish)
				bottom = p.y + p.height + gap
			}
		}
	}
}

// entry is where edges enter a place, below its top.
func entry(p *place) float64 {
	if p.node == nil {
		return p.height / 2
	}
	return lineHeight
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

func (d *drawing) svg() string {
	const column = boxWidth + labelWidth + turnWidth
	x := func(p *place) float64 { return margin + float64(p.layer)*column }
	width := 2*margin + float64(len(d.layers)-1)*column + boxWidth
	height := 0.0
	for _, layer := range d.layers {
		for _, p := range layer {
			height = max(height, p.y+p.height+margin)
		}
	}
	var b strings.Builder
	var description strings.Builder
	_ = d.g.WriteText(&description) // a Builder never fails
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 %g %g" width="%g" height="%g" font-family="system-ui, sans-serif" font-size="14">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n", escape(d.g.Name), escape(description.String()))
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
	return b.String()
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
