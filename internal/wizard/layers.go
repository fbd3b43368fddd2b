package wizard

import (
	"cmp"
	"slices"
)

// The picture is drawn in layers from left to right (Sugiyama's method): a node
// stands one layer right of the rightmost node that leads to it, an edge that
// passes a layer gets a place in it, and the places of a layer are sorted by
// the mean of their neighbours. An answer's label stands on its own edge,
// before the edge turns, so labels never meet.

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
