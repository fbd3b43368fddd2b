package wizard_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"veiviser/internal/diag"
	"veiviser/internal/wizard"
)

// ladder makes a wizard of n questions in a row with two answers each, which
// both lead to the next: 2 to the power of n paths.
func ladder(t *testing.T, n int) *wizard.Graph {
	t.Helper()
	var nodes []wizard.Node
	for i := range n {
		name := fmt.Sprintf("q%d", i)
		node := wizard.Node{ID: name, Name: name, Title: "Spørsmål " + name, Question: true}
		for _, label := range []string{"Ja", "Nei"} {
			node.Answers = append(node.Answers, wizard.Answer{
				Value: diag.Text{Value: label}, Label: diag.Text{Value: label, Offset: 1},
				Next: diag.Text{Value: "x"}, Target: fmt.Sprintf("q%d", i+1),
			})
		}
		nodes = append(nodes, node)
	}
	nodes = append(nodes, wizard.Node{ID: fmt.Sprintf("q%d", n), Title: "Slutt"})
	graphs, problems := wizard.Compile([]wizard.Start{{Name: diag.Text{Value: "Stige"}, ID: "q0"}}, nodes)
	if len(problems) > 0 || len(graphs) != 1 {
		t.Fatal(problems)
	}
	return graphs[0]
}

// TestCountPathsIsExact counts more paths than an integer of the machine can
// hold, and compares small counts with the paths themselves.
func TestCountPathsIsExact(t *testing.T) {
	want := new(big.Int).Exp(big.NewInt(2), big.NewInt(200), nil)
	if got := ladder(t, 200).CountPaths(); got.Cmp(want) != 0 {
		t.Errorf("%v paths, want %v", got, want)
	}
	for n := range 10 {
		g, listed := ladder(t, n+1), 0
		for p := range g.Paths() {
			if len(p.Steps) != n+1 || p.Result.Title != "Slutt" {
				t.Errorf("a path of %d steps to %s", len(p.Steps), p.Result.Title)
			}
			listed++
		}
		if counted := g.CountPaths().Int64(); counted != int64(listed) {
			t.Errorf("%d paths counted, %d listed", counted, listed)
		}
	}
}

// TestTableStopsAndSaysSo lists a wizard with more paths than a table holds.
func TestTableStopsAndSaysSo(t *testing.T) {
	var b bytes.Buffer
	if err := wizard.WriteCSV(&b, ladder(t, 14), ladder(t, 2)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll() // which demands equal columns
	if err != nil || len(rows) != 1+10_001+4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got, want := strings.Join(rows[0][:4], ","), "wizard,result,fields,answer 1"; got != want || len(rows[0]) != 3+14 {
		t.Errorf("first row %q", rows[0])
	}
	if got, want := strings.Join(rows[10_001][:2], ","), "Stige,the first 10000 of 16384 paths"; got != want {
		t.Errorf("row 10,001 is %q, want %q", got, want)
	}
}

var boxes = regexp.MustCompile(`<rect x="([\d.]+)" y="([\d.]+)" width="(\d+)" height="([\d.]+)"`)

// TestPictureIsSound draws random wizards: the picture is well-formed, every
// label stands in it, no box meets another, and nothing lies outside.
func TestPictureIsSound(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		g := randomGraph(t, random, 2+random.IntN(20))
		var b bytes.Buffer
		if err := wizard.WriteSVG(&b, g); err != nil {
			t.Fatal(err)
		}
		svg := b.String()
		for d := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in\n%s", err, svg)
			}
		}
		for _, n := range g.Nodes {
			for _, a := range n.Answers {
				if !strings.Contains(svg, ">"+a.Label.Value+"</tspan>") {
					t.Errorf("no label %s", a.Label.Value)
				}
			}
		}
		var width, height float64
		fmt.Sscanf(svg[strings.Index(svg, "viewBox"):], `viewBox="0 0 %f %f"`, &width, &height)
		var drawn [][4]float64
		for _, m := range boxes.FindAllStringSubmatch(svg, -1) {
			var box [4]float64
			for i := range box {
				fmt.Sscan(m[i+1], &box[i])
			}
			if box[0]+box[2] > width || box[1]+box[3] > height {
				t.Errorf("box %v outside %gx%g", box, width, height)
			}
			for _, other := range drawn {
				if box[0] < other[0]+other[2] && other[0] < box[0]+box[2] && box[1] < other[1]+other[3] && other[1] < box[1]+box[3] {
					t.Errorf("boxes %v and %v meet", box, other)
				}
			}
			drawn = append(drawn, box)
		}
		if len(drawn) != len(g.Nodes) {
			t.Errorf("%d boxes for %d pages", len(drawn), len(g.Nodes))
		}
	}
}

// randomGraph makes a wizard of n pages whose answers lead forward.
func randomGraph(t *testing.T, random *rand.Rand, n int) *wizard.Graph {
	t.Helper()
	var nodes []wizard.Node
	for i := range n {
		node := wizard.Node{ID: fmt.Sprint(i), Name: fmt.Sprint(i), Title: "Side nummer " + fmt.Sprint(i)}
		if node.Question = i < n-1 && (i == 0 || random.IntN(3) > 0); node.Question {
			for k := range 1 + random.IntN(4) {
				target := i + 1
				if k > 0 {
					target += random.IntN(n - i - 1)
				}
				label := diag.Text{Value: fmt.Sprintf("Svar %d-%d", i, k), Offset: 1}
				node.Answers = append(node.Answers, wizard.Answer{Value: label, Label: label, Next: label, Target: fmt.Sprint(target)})
			}
		}
		nodes = append(nodes, node)
	}
	reached := map[string]bool{"0": true}
	for _, node := range nodes {
		for _, a := range node.Answers {
			if reached[node.ID] {
				reached[a.Target] = true
			}
		}
	}
	for i := range nodes {
		if !reached[nodes[i].ID] {
			nodes[i].Question, nodes[i].Answers = false, nil
		}
	}
	graphs, problems := wizard.Compile([]wizard.Start{{Name: diag.Text{Value: "Tilfeldig"}, ID: "0"}}, nodes)
	if len(graphs) != 1 {
		t.Fatal(problems)
	}
	return graphs[0]
}
