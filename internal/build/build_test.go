package build_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"veiviser"
	"veiviser/internal/build"
	"veiviser/internal/diag"
)

var hrefs = regexp.MustCompile(`(?:href|src)="([^"]+)"`)

// folder makes a site's folder of Markdown texts, by their paths below
// content/, and other files by their own.
func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		if strings.HasSuffix(name, ".md") {
			name = "content/" + name
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func load(t testing.TB, site fs.FS, previous *build.Edition) *build.Edition {
	t.Helper()
	e, err := build.Load(t.Context(), build.Options{Site: site, Theme: veiviser.Theme}, previous)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// render returns the files of an edition by their paths, and all problems.
func render(t testing.TB, e *build.Edition) (map[string]string, diag.List) {
	t.Helper()
	files, problems, err := e.Render(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		data, err := f.Read()
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Path] = string(data)
	}
	return texts, problems
}

// TestOwnSite builds the guidance site of this repository: it must have no
// error and no warning.
func TestOwnSite(t *testing.T) {
	files, problems := render(t, load(t, os.DirFS("../.."), nil))
	for _, p := range problems {
		t.Error(p)
	}
	for _, want := range []string{"index.html", "tilgang/index.html", "bestill/direkte/index.html", "bestill/fiktiv/index.html", "bestill/kunde/index.html", "404.html", "sitemap.xml"} {
		if files[want] == "" {
			t.Errorf("no %s", want)
		}
	}
}

// TestSeeds builds the two pages that the guidance began with, unchanged: they
// were written at different times, and seven of their links are dead.
func TestSeeds(t *testing.T) {
	shared := os.Getenv("VEIVISER_SHARED")
	if shared == "" {
		t.Skip("VEIVISER_SHARED is not set")
	}
	site := folder(map[string]string{
		"rrh/tilgang/hvem-kan-faa-tilgang.md": "---\ntitle: Hvem\n---\n",
		"rrh/maskinporten/_index.md":          "---\ntitle: Maskinporten\n---\n",
	})
	for _, name := range []string{"tilgang-i-test.md", "systemleverandoerer.md"} {
		data, err := os.ReadFile(filepath.Join(shared, "seeds", name))
		if err != nil {
			t.Fatal(err)
		}
		site["content/rrh/tilgang/"+name] = &fstest.MapFile{Data: data}
	}
	files, problems := render(t, load(t, site, nil))
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s:%d:%d %s", strings.TrimPrefix(p.File, "content/rrh/tilgang/"), p.Line, p.Col, p.Msg))
	}
	want := []string{
		`systemleverandoerer.md:13:76 no page or file at "../vanlig-direkte-tilgang"`,
		`systemleverandoerer.md:36:71 no page or file at "../../maskinporten/systemleverandoerer"`,
		`systemleverandoerer.md:44:80 no page or file at "../vanlig-direkte-tilgang"`,
		`systemleverandoerer.md:64:72 no page or file at "../../maskinporten/systemleverandoerer"`,
		`systemleverandoerer.md:70:31 no page or file at "../../maskinporten/hvordan-bruke-maskinporten-som-systemleverandør"`,
		`tilgang-i-test.md:11:1 the TOC block is stale: "Jeg har fått tilgang, hva gjør jeg nå?" is missing`,
		`tilgang-i-test.md:20:71 no page or file at "../tilgang-for-systemleverandoerer-i-test"`,
		`tilgang-i-test.md:38:61 no page or file at "../tilgang-for-systemleverandoerer-i-test"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("problems:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	page := files["rrh/tilgang/tilgang-i-test/index.html"]
	for _, want := range []string{
		`<h1 id="innledning">Innledning</h1>`,
		`<h3 id="jeg-skal-bruke-en-systemleverandør-hva-gjør-jeg">`,
		`<h2 id="jeg-har-fått-tilgang-hva-gjør-jeg-nå">`,
		`callout-warning`,
		`href="/rrh/tilgang/hvem-kan-faa-tilgang/"`,
		`href="/rrh/maskinporten/"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in the page", want)
		}
	}
	if n := strings.Count(page, `class="toc"`); n != 1 {
		t.Errorf("%d contents lists, want 1", n)
	}
}

// TestIncrementalEqualsClean makes random edits one after the other. After
// each, the edition made from the one before must equal one made from nothing,
// in every byte and every problem.
func TestIncrementalEqualsClean(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	site := folder(map[string]string{"_index.md": "---\ntitle: Hjem\n---\n", "layouts/shortcodes/x.html": "x"})
	var previous *build.Edition
	for step := range 300 {
		edit(random, site)
		incremental := load(t, site, previous)
		clean := load(t, site, nil)
		gotFiles, gotProblems := render(t, incremental)
		wantFiles, wantProblems := render(t, clean)
		if fmt.Sprint(gotProblems) != fmt.Sprint(wantProblems) {
			t.Fatalf("step %d: problems:\n%v\nclean:\n%v", step, gotProblems, wantProblems)
		}
		for name, want := range wantFiles {
			if gotFiles[name] != want {
				t.Fatalf("step %d: %s differs:\n%s\nclean:\n%s", step, name, gotFiles[name], want)
			}
		}
		if len(gotFiles) != len(wantFiles) {
			t.Fatalf("step %d: %d files, clean %d", step, len(gotFiles), len(wantFiles))
		}
		previous = incremental
	}
}

// edit changes one file of a site in one of the ways that editors do.
func edit(random *rand.Rand, site fstest.MapFS) {
	names := []string{"a.md", "b.md", "del/_index.md", "del/c.md", "del/d/index.md", "del/d/bilde.png", "veiviser/_index.md", "veiviser/ja.md", "e.md"}
	texts := []string{
		"---\ntitle: Å\nweight: 2\n---\n## En\n[b](b.md#to)\n",
		"---\ntitle: B\naliases: [/gammel/]\n---\n## To\n{{< children >}}",
		"---\ntitle: C\ndraft: true\n---\n{{< warning >}}[a](/a/){{< /warning >}}",
		"---\ntitle: D\nwizard: V\nanswers:\n  - {label: Ja, next: ja.md}\n---\n",
		"---\ntitle: Bestill\norder:\n  to: a@b.no\n  subject: S {n}\n  fields:\n    - {name: n, label: Navn}\n---\n",
		"---\nbroken: [\n---\n{{< x >}} {{< wizard \"veiviser\" >}}",
		"",
	}
	switch random.IntN(10) {
	case 0:
		shortcodes := []string{"x", "{{/* inner: markdown */}}<b>{{.Inner}}</b>", "{{.Nothing}}"}
		site["layouts/shortcodes/x.html"] = &fstest.MapFile{Data: []byte(shortcodes[random.IntN(3)])}
	case 1:
		site["static/css/own.css"] = &fstest.MapFile{Data: fmt.Appendf(nil, "p{margin:%dpx}", random.IntN(3))}
	case 2, 3:
		delete(site, "content/"+names[random.IntN(len(names))])
	default:
		site["content/"+names[random.IntN(len(names))]] = &fstest.MapFile{Data: []byte(texts[random.IntN(len(texts))])}
	}
}

// TestEveryLinkLeadsSomewhere follows every link of the published guidance site.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	files, _ := render(t, load(t, os.DirFS("../.."), nil))
	checked := 0
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, m := range hrefs.FindAllStringSubmatch(text, -1) {
			target, ok := strings.CutPrefix(m[1], "/")
			if !ok {
				continue
			}
			target, _, _ = strings.Cut(target, "#")
			if target == "" || strings.HasSuffix(target, "/") {
				target += "index.html"
			}
			if _, ok := files[target]; !ok {
				t.Errorf("%s links to /%s, which is not published", name, target)
			}
			checked++
		}
	}
	if checked < 100 {
		t.Errorf("only %d links found", checked)
	}
}

// TestClashesAreNotRendered: of two that want one path, only the first is
// published, so that nothing is written over it.
func TestClashesAreNotRendered(t *testing.T) {
	files, problems := render(t, load(t, folder(map[string]string{
		"_index.md":                "---\ntitle: Hjem\n---\n",
		"a.md":                     "---\ntitle: A\n---\n",
		"b.md":                     "---\ntitle: B\nurl: /a/\n---\n",
		"c.md":                     "---\ntitle: C\nurl: /sitemap.xml\n---\n",
		"static/favicon.svg/x.txt": "x",
	}), nil))
	const want = "content/b.md:3:6: this page has the address /a/ of content/a.md; " +
		"content/c.md:3:6: there is no room for /sitemap.xml/index.html, because /sitemap.xml is a file that veiviser makes; " +
		"static/favicon.svg/x.txt: there is no room for /favicon.svg/x.txt, because /favicon.svg is the theme's static/favicon.svg"
	if got := oneLine(problems); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !strings.Contains(files["a/index.html"], "<h1>A</h1>") || files["sitemap.xml/index.html"] != "" || files["favicon.svg/x.txt"] != "" {
		t.Error("the later of two has been published")
	}
}

// TestStaticFiles: a file of the site takes the place of the theme's, names
// with a dot are published, and links that lead nowhere are told of.
func TestStaticFiles(t *testing.T) {
	site := folder(map[string]string{
		"_index.md": "---\ntitle: Hjem\n---\n", "static/favicon.svg": "<svg/>", "static/.well-known/x": "x", "static/css": "file",
	})
	site["static/rør"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	files, problems := render(t, load(t, site, nil))
	if got, want := oneLine(problems), "static/rør: warning: not published: not a file (p---------)"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if files["favicon.svg"] != "<svg/>" || files[".well-known/x"] != "x" || files["css"] != "file" {
		t.Errorf("favicon %q, .well-known %q, css %q", files["favicon.svg"], files[".well-known/x"], files["css"])
	}
}
