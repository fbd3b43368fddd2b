package build_test

import (
	"context"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"veiviser"
	"veiviser/internal/build"
	"veiviser/internal/output"
)

// generated makes a site of n pages in sections of 50, each page of about 3 kB
// with headings, a list, a table, code, a warning and six links.
func generated(n int) fs.FS {
	site := fstest.MapFS{"content/_index.md": {Data: []byte("---\ntitle: Generert\nbaseURL: https://www.example.no/\n---\n{{< children >}}\n")}}
	const perSection = 50
	for i := range n {
		section := i / perSection
		if i%perSection == 0 {
			site[fmt.Sprintf("content/del-%d/_index.md", section)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Del %d\nweight: %d\n---\n{{< children >}}\n", section, section+1)}
		}
		first := section * perSection
		other := func(k int) string { return fmt.Sprintf("side-%d.md", first+(i-first+k)%min(perSection, n-first)) }
		page := fmt.Sprintf("---\ntitle: Side %d om tilgang\ndescription: Om tilgang nummer %d\nweight: %d\n---\n\n", i, i, i+1)
		for k := range 5 {
			page += fmt.Sprintf(`## Overskrift nummer %d på siden

Virksomheten må ha organisasjonsnummer for å bestille tilgang. Se [side](%s#overskrift-nummer-%d-på-siden) for mer om dette,
og les om hvordan *systemleverandører* får **delegert tilgang** i testmiljøet. Send en e-post til adressen som står på siden.

* Virksomhetens navn
* Virksomhetens organisasjonsnummer

`, k, other(k+1), k)
		}
		page += "{{< warning >}}\nBare [testmiljøet](_index.md) er åpent.\n{{< /warning >}}\n\n| Navn | Verdi |\n|---|---|\n| scope | `brreg:reelle` |\n\n```json\n{\"aud\": \"https://test.maskinporten.no/\", \"exp\": 120}\n```\n"
		site[fmt.Sprintf("content/del-%d/side-%d.md", section, i)] = &fstest.MapFile{Data: []byte(page)}
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
// times the pages may take six times as long, where a quadratic step would
// take sixteen times.
func TestTimeGrowsWithThePages(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	cost := func(n int) float64 {
		site := generated(n)
		best := 0.0
		for range 3 {
			result := testing.Benchmark(func(b *testing.B) {
				b.N = 1
				if _, _, err := load(b, site, nil).Render(context.Background()); err != nil {
					b.Fatal(err)
				}
			})
			if ns := float64(result.T.Nanoseconds()); best == 0 || ns < best {
				best = ns
			}
		}
		return best
	}
	small, large := cost(500), cost(2_000)
	t.Logf("2,000 pages take %.1f times as long as 500", large/small)
	if large/small > 6 {
		t.Errorf("four times the pages take %.1f times as long", large/small)
	}
}
