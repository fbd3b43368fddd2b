package wizard_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"veiviser/internal/wizard"
)

// random makes a wizard of up to 40 pages. An answer leads anywhere, or, if
// the wizard is to be sound, only to later pages.
func random(r *rand.Rand, toBeSound bool) notation {
	var b strings.Builder
	n := 2 + r.IntN(39)
	for i := range n {
		start := ""
		if i == 0 || r.IntN(15) == 0 {
			start = "* "
		}
		if i == n-1 || i > 0 && r.IntN(3) == 0 {
			fmt.Fprintf(&b, "%sp%d .\n", strings.TrimPrefix(start, "* "), i)
			continue
		}
		fmt.Fprintf(&b, "%sp%d ?", start, i)
		for k := range 1 + r.IntN(4) {
			to := r.IntN(n)
			if toBeSound {
				to = i + 1 + r.IntN(n-i-1)
			}
			fmt.Fprintf(&b, "%s Svar %d -> p%d", strings.Repeat(" |", min(k, 1)), k, to)
		}
		b.WriteString("\n")
	}
	return notation(b.String())
}

// ends walks a wizard at random, and reports whether that ends in a result.
func ends(r *rand.Rand, g *wizard.Graph) bool {
	at := g.Start
	for range g.Nodes {
		if !at.Question {
			return true
		}
		at = g.Node(at.Answers[r.IntN(len(at.Answers))].Target)
		if at == nil {
			return false
		}
	}
	return !at.Question
}

// FuzzEveryWalkEnds: of what compiles, every walk ends in a result after at
// most as many answers as there are pages.
func FuzzEveryWalkEnds(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed, seed%2 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, toBeSound bool) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := random(r, toBeSound)
		graphs, problems := compile(text)
		for _, g := range graphs {
			for range 20 {
				if !ends(r, g) {
					t.Fatalf("a walk of %s does not end:\n%s", g.Name, text)
				}
			}
		}
		if toBeSound {
			for _, p := range problems {
				if p.Msg != "no wizard reaches this question" {
					t.Fatalf("%v\n%s", p, text)
				}
			}
			if starts, _ := text.nodes(); len(graphs) != len(starts) {
				t.Fatalf("%d of %d wizards compile:\n%s", len(graphs), len(starts), text)
			}
		}
		if _, again := compile(text); fmt.Sprint(again) != fmt.Sprint(problems) {
			t.Fatalf("problems differ from time to time:\n%s", text)
		}
	})
}

// TestEveryFaultIsNamed plants faults that have nothing to do with each other
// in a sound wizard. As many are named.
func TestEveryFaultIsNamed(t *testing.T) {
	faults := []string{
		"løs%d ? Ja -> nei",
		"* tom%d ?",
		"* ring%[1]d ? Ja -> ring%[1]d | Nei -> nei",
		"* like%d ? Ja -> nei | Ja -> nei",
		"* verdi%d ? en=Ja -> nei | en=Nei -> nei",
		"* tau%d ? Ja -> | Nei -> nei",
		"* navnløs%d ? ja= -> nei",
		"* felt%d ? Ja -> skjema {ukjent=x}",
		"* valg%d ? Ja -> skjema {formål=x}",
		"* mange%d ? 1 -> nei | 2 -> nei | 3 -> nei | 4 -> nei | 5 -> nei | 6 -> nei | 7 -> nei | 8 -> nei",
		"* to%[1]d/q ? Ja -> tre%[1]d/q\ntre%[1]d/q ? Ja -> nei",
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		k := r.IntN(12)
		lines := strings.Split(string(sound), "\n")
		for i := range k {
			planted := fmt.Sprintf(faults[r.IntN(len(faults))], i)
			lines = slices.Insert(lines, r.IntN(len(lines)+1), planted)
		}
		text := notation(strings.Join(lines, "\n"))
		if _, problems := compile(text); len(problems) != k {
			t.Fatalf("%d faults planted, %d named:\n%s\n%v", k, len(problems), text, problems)
		}
	}
}
