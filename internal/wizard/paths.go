package wizard

import (
	"iter"
	"math/big"
	"slices"
)

// A Path is one way through a wizard: the answers from the start on, and the
// result that they lead to.
type Path struct {
	Steps  []Step
	Result *Node
}

// A Step is a question and the answer that was given to it.
type Step struct {
	Question *Node
	Answer   *Answer
}

// CountPaths returns the number of paths through g. It is exact however large:
// where ways join, numbers multiply, so a wizard of 40 pages can have more
// paths than an int can hold.
func (g *Graph) CountPaths() *big.Int {
	counts := map[*Node]*big.Int{}
	var count func(n *Node) *big.Int
	count = func(n *Node) *big.Int {
		if known := counts[n]; known != nil {
			return known
		}
		sum := new(big.Int)
		for i := range n.Answers {
			sum.Add(sum, count(g.Next(&n.Answers[i])))
		}
		if len(n.Answers) == 0 {
			sum.SetInt64(1)
		}
		counts[n] = sum
		return sum
	}
	return count(g.Start)
}

// Paths returns every path through g, in the order of the answers. The steps of
// a path are the caller's to keep.
func (g *Graph) Paths() iter.Seq[Path] {
	return func(yield func(Path) bool) {
		var steps []Step
		var walk func(n *Node) bool
		walk = func(n *Node) bool {
			if len(n.Answers) == 0 {
				return yield(Path{slices.Clone(steps), n})
			}
			for i := range n.Answers {
				a := &n.Answers[i]
				steps = append(steps, Step{n, a})
				goOn := walk(g.Next(a))
				steps = steps[:len(steps)-1]
				if !goOn {
					return false
				}
			}
			return true
		}
		walk(g.Start)
	}
}

// Next returns the node that an answer of g leads to.
func (g *Graph) Next(a *Answer) *Node { return g.byID[a.Target] }
