package site_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"veiviser/internal/content"
	"veiviser/internal/site"
)

// static lists files of static/.
func static(names ...string) []site.File {
	var files []site.File
	for _, name := range names {
		files = append(files, site.File{Address: name, Source: "static/" + name})
	}
	return files
}

// link makes a site of files by their paths below content/. A page's text may
// be its front matter alone, without the fences: "title: A". A site without a
// home page gets one.
func link(t testing.TB, files map[string]string, opts site.Options) *site.Site {
	t.Helper()
	fsys := fstest.MapFS{"content/_index.md": {Data: []byte("---\ntitle: Hjem\n---\n")}}
	for name, text := range files {
		if strings.HasSuffix(name, ".md") && text != "" && !strings.Contains(text, "---") {
			text = "---\n" + text + "\n---\n"
		}
		fsys["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := content.Load(context.Background(), fsys, content.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return site.Link(tree, opts)
}

// problems are those of a site, a line each: place, message and hint.
func problems(s *site.Site) string {
	var b strings.Builder
	for _, p := range s.Problems {
		line, _, _ := strings.Cut(p.String(), "\n")
		fmt.Fprintf(&b, "%s (%s)\n", strings.TrimPrefix(line, "content/"), p.Hint)
	}
	return b.String()
}

// paths are those of pages, in their order.
func paths(pages []*site.Page) string {
	var all []string
	for _, p := range pages {
		all = append(all, p.Path)
	}
	return strings.Join(all, " ")
}

// titled makes a page for each title, and returns the titles in the order of
// the site.
func titled(t *testing.T, titles ...string) []string {
	files := map[string]string{}
	for i, title := range titles {
		files[fmt.Sprintf("side-%d.md", len(titles)-i)] = fmt.Sprintf("title: %q", title)
	}
	var sorted []string
	for _, p := range link(t, files, site.Options{}).Home.Children {
		sorted = append(sorted, p.Title)
	}
	return sorted
}

func TestSortedAsNorwegiansDo(t *testing.T) {
	for _, want := range [][]string{
		{"Adresse", "Vedlegg", "Zoo", "Ære", "Øre", "Åre"},
		{"Albert", "Zakarias", "Øyvind", "Åge", "Aage"},
		{"avgift", "Bil", "cv", "Drosje"},
		{"§ 3-2", "§ 3-11", "§ 10-1"},
		{"Nummer 0", "Nummer 1", "Nummer 9", "Nummer 20"},
		{"Del 2", "Del 10"},
		{"2. Gjør dette", "10. Gjør dette"},
		{"cote", "coté", "coter"},
	} {
		mixed := slices.Clone(want)
		slices.Reverse(mixed)
		if got := titled(t, mixed...); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTree(t *testing.T) {
	s := link(t, map[string]string{
		"_index.md":               "title: Hjem",
		"c.md":                    "title: C",
		"b.md":                    "title: A",
		"tung.md":                 "title: Å\nweight: 1",
		"lett.md":                 "title: Z\nweight: -5",
		"del/_index.md":           "title: Del\nweight: 2",
		"del/under/a.md":          "title: A",
		"del/under/dyp/_index.md": "title: Dyp",
		"del/under/dyp/x.md":      "title: X",
		"del/b.md":                "title: B\nlinkTitle: 0 først",
		"uten/z.md":               "title: Z",
		"bunt/index.md":           "title: Bunt",
		"bunt/bilde.png":          "",
	}, site.Options{})
	const order = "_index.md lett.md tung.md del/_index.md del/b.md del/under/a.md del/under/dyp/_index.md del/under/dyp/x.md b.md bunt/index.md c.md uten/_index.md uten/z.md"
	if got := paths(s.Pages); got != order {
		t.Errorf("reading order:\n%s\nwant:\n%s", got, order)
	}
	for i, p := range s.Pages {
		if i > 0 && (p.Prev != s.Pages[i-1] || s.Pages[i-1].Next != p) {
			t.Errorf("%s does not follow %s", p.Path, s.Pages[i-1].Path)
		}
	}
	for _, want := range []struct{ path, title, ancestors, section string }{
		{"_index.md", "Hjem", "", ""},
		{"del/under/dyp/x.md", "X", "_index.md del/_index.md del/under/dyp/_index.md", "del/_index.md"},
		{"del/under/a.md", "A", "_index.md del/_index.md", "del/_index.md"},
		{"uten/_index.md", "Uten", "_index.md", "uten/_index.md"},
		{"uten/z.md", "Z", "_index.md uten/_index.md", "uten/_index.md"},
		{"bunt/index.md", "Bunt", "_index.md", "bunt/index.md"},
	} {
		p := s.Page(want.path)
		section := ""
		if p.Section() != nil {
			section = p.Section().Path
		}
		if got := paths(p.Ancestors()); p.Title != want.title || got != want.ancestors || section != want.section {
			t.Errorf("%s: title %q, ancestors %s, section %s", want.path, p.Title, got, section)
		}
	}
	if above, below := s.Page("del/_index.md"), s.Page("del/under/dyp/x.md"); !above.Within(below) || below.Within(above) || !below.Within(below) {
		t.Error("Within")
	}
	if got := problems(s); got != "" {
		t.Error(got)
	}
}

func TestTitles(t *testing.T) {
	s := link(t, map[string]string{
		"_index.md": "baseURL: /", "hva-skjer.md": "", "åpent.md": "", "del/_index.md": "", "kart/index.md": "", "kort.md": "title: En lang tittel\nlinkTitle: Kort",
	}, site.Options{})
	for path, want := range map[string]string{
		"_index.md": "/", "hva-skjer.md": "Hva skjer/Hva skjer", "åpent.md": "Åpent/Åpent", "del/_index.md": "Del/Del", "kart/index.md": "Kart/Kart", "kort.md": "En lang tittel/Kort",
	} {
		if p := s.Page(path); p.Title+"/"+p.Short != want {
			t.Errorf("%s is called %q, in short %q", path, p.Title, p.Short)
		}
	}
}

func TestHomeWithoutFile(t *testing.T) {
	s := link(t, map[string]string{"side.md": "title: Side"}, site.Options{})
	if s.Home == nil || s.Home.URL != "/" || paths(s.Pages) != "_index.md side.md" || s.Page("side.md").Parent != s.Home {
		t.Errorf("pages %s", paths(s.Pages))
	}
	if got := s.Edit(s.Home); got != "" {
		t.Errorf("a page without a file can be edited at %s", got)
	}
}

func TestDrafts(t *testing.T) {
	files := map[string]string{"_index.md": "title: Hjem", "a.md": "draft: true", "del/_index.md": "draft: true", "del/b.md": "title: B"}
	s := link(t, files, site.Options{})
	if got := paths(s.Pages); got != "_index.md del/b.md" || len(s.Left) != 2 || s.Page("del/b.md").Parent != s.Home {
		t.Errorf("pages %s, %d left", got, len(s.Left))
	}
	s = link(t, files, site.Options{Drafts: true})
	if got := paths(s.Pages); got != "_index.md a.md del/_index.md del/b.md" || len(s.Left) != 0 {
		t.Errorf("with drafts: pages %s, %d left", got, len(s.Left))
	}
}

func TestBaseURL(t *testing.T) {
	for _, c := range []struct{ base, baseURL, path string }{
		{"/", "/", "/"},
		{"/docs", "/docs/", "/docs/"},
		{"/docs/", "/docs/", "/docs/"},
		{"/a//b/../c", "/a/c/", "/a/c/"},
		{"https://www.example.no", "https://www.example.no/", "/"},
		{"https://www.example.no/", "https://www.example.no/", "/"},
		{"https://www.example.no/x/y", "https://www.example.no/x/y/", "/x/y/"},
		{"HTTPS://www.example.no:8443/", "https://www.example.no:8443/", "/"},
		{"http://localhost:1414/", "http://localhost:1414/", "/"},
		{"https://www.example.no/på vei/", "https://www.example.no/p%C3%A5%20vei/", "/p%C3%A5%20vei/"},
	} {
		s := link(t, map[string]string{"_index.md": fmt.Sprintf("title: Hjem\nbaseURL: %q", c.base), "a.md": ""}, site.Options{})
		if s.BaseURL != c.baseURL || s.Base != c.path || len(s.Problems) > 0 {
			t.Errorf("%s: base URL %s, path %s, %v", c.base, s.BaseURL, s.Base, s.Problems)
		}
		p := s.Page("a.md")
		if p.URL != c.path+"a/" || s.Absolute(p.Address) != c.baseURL+"a/" {
			t.Errorf("%s: a page at %s, absolute %s", c.base, p.URL, s.Absolute(p.Address))
		}
		option := link(t, map[string]string{"_index.md": "title: Hjem\nbaseURL: https://other.example.no/"}, site.Options{BaseURL: c.base})
		if option.BaseURL != c.baseURL || len(option.Problems) > 0 {
			t.Errorf("%s as an option: base URL %s, %v", c.base, option.BaseURL, option.Problems)
		}
	}
	for _, base := range []string{"www.example.no", "docs", "//www.example.no/", "https:///x", "https://a.no/?q", "https://a.no/#x", "https://a.no/?", "mailto:a@b.no", "ftp://a.no/", "http://[", "%zz"} {
		s := link(t, map[string]string{"_index.md": fmt.Sprintf("title: Hjem\nbaseURL: %q", base)}, site.Options{})
		want := fmt.Sprintf("_index.md:3:11: the base URL %q is not an address (write it like https://www.example.no/veiledning/)\n", base)
		if got := problems(s); got != want || s.BaseURL != "/" {
			t.Errorf("%s: %s\ngot  %swant %s", base, s.BaseURL, got, want)
		}
	}
	s := link(t, map[string]string{"_index.md": "title: Hjem"}, site.Options{BaseURL: "www.example.no"})
	if got, want := problems(s), "_index.md: the base URL \"www.example.no\" is not an address (write it like https://www.example.no/veiledning/)\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
}

func TestEdit(t *testing.T) {
	s := link(t, map[string]string{"_index.md": "editURL: https://git.example.no/edit/content/", "på vei/a.md": "title: A"}, site.Options{})
	if got, want := s.Edit(s.Page("på vei/a.md")), "https://git.example.no/edit/content/p%C3%A5%20vei/a.md"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
