package build_test

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"testing"
	"testing/fstest"
	"time"

	"veiviser"
	"veiviser/internal/build"
	"veiviser/internal/output"
)

// generated makes a site of n pages, 50 to a section and 20 sections to a part.
// Each page is about 3 kB with headings, lists, a table, code, a warning and
// links.
func generated(n int) fs.FS {
	const perSection, perPart = 50, 20 * 50
	site := fstest.MapFS{"content/_index.md": {Data: []byte("---\ntitle: Generert\nbaseURL: https://www.example.no/\n---\n{{< children >}}\n")}}
	for i := range n {
		part := fmt.Sprintf("content/del-%d", i/perPart)
		section := fmt.Sprintf("%s/kapittel-%d", part, i/perSection)
		if i%perPart == 0 {
			site[part+"/_index.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Del %d\nweight: %d\n---\n{{< children >}}\n", i/perPart, i+1)}
		}
		if i%perSection == 0 {
			site[section+"/_index.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Kapittel %d\nweight: %d\n---\n{{< children >}}\n", i/perSection, i+1)}
		}
		first := i / perSection * perSection
		page := fmt.Sprintf("---\ntitle: Side %d om tilgang\ndescription: Om tilgang nummer %d\nweight: %d\n---\n\n", i, i, i+1)
		for k := range 5 {
			other := first + (i-first+k+1)%min(perSection, n-first)
			page += fmt.Sprintf(`## Overskrift nummer %d på siden

Virksomheten må ha organisasjonsnummer for å bestille tilgang. Se [side](side-%d.md#overskrift-nummer-%d-på-siden) for mer om dette,
og les om hvordan *systemleverandører* får **delegert tilgang** i testmiljøet. Send en e-post til adressen som står på siden.

* Virksomhetens navn
* Virksomhetens organisasjonsnummer

`, k, other, k)
		}
		page += "{{< warning >}}\nBare [testmiljøet](_index.md) er åpent.\n{{< /warning >}}\n\n| Navn | Verdi |\n|---|---|\n| scope | `brreg:reelle` |\n\n```json\n{\"aud\": \"https://test.maskinporten.no/\", \"exp\": 120}\n```\n"
		site[fmt.Sprintf("%s/side-%d.md", section, i)] = &fstest.MapFile{Data: []byte(page)}
	}
	return site
}

func bench(b *testing.B, step func(b *testing.B, site fs.FS)) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("pages=%d", n), func(b *testing.B) {
			step(b, generated(n))
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/page")
		})
	}
}

// BenchmarkLoad reads and links a site of which nothing is known.
func BenchmarkLoad(b *testing.B) {
	bench(b, func(b *testing.B, site fs.FS) {
		for b.Loop() {
			load(b, site, nil)
		}
	})
}

// BenchmarkReload reads and links a site of which nothing has changed.
func BenchmarkReload(b *testing.B) {
	bench(b, func(b *testing.B, site fs.FS) {
		e := load(b, site, nil)
		for b.Loop() {
			e = load(b, site, e)
		}
	})
}

// BenchmarkRender renders and minifies every page.
func BenchmarkRender(b *testing.B) {
	bench(b, func(b *testing.B, site fs.FS) {
		e := load(b, site, nil)
		for b.Loop() {
			if _, problems, err := e.Render(context.Background()); err != nil || len(problems) > 0 {
				b.Fatal(err, problems)
			}
		}
	})
}

// BenchmarkBuild does all that the command does, in a new folder.
func BenchmarkBuild(b *testing.B) {
	bench(b, func(b *testing.B, site fs.FS) {
		for b.Loop() {
			e, err := build.Load(b.Context(), build.Options{Site: site, Theme: veiviser.Theme}, nil)
			if err != nil {
				b.Fatal(err)
			}
			files, _, err := e.Render(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := output.Publish(b.Context(), b.TempDir(), files); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestTimeGrowsWithThePages holds the whole pipeline to linear growth: four
// times the pages may take eight times as long on a busy machine, where a
// quadratic step would take sixteen times.
func TestTimeGrowsWithThePages(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	cost := func(n int) time.Duration {
		site := generated(n)
		best := time.Duration(math.MaxInt64)
		for range 3 {
			started := time.Now()
			if _, _, err := load(t, site, nil).Render(t.Context()); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(started))
		}
		return best
	}
	small, large := cost(1_000), cost(4_000)
	ratio := float64(large) / float64(small)
	t.Logf("4,000 pages take %.1f times as long as 1,000", ratio)
	if ratio > 8 {
		t.Errorf("four times the pages take %.1f times as long", ratio)
	}
}
