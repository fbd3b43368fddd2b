package layout_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"veiviser"
	"veiviser/internal/build"
)

// sections makes a site with pages in one section, and empty sections beside it.
func sections(pages, beside int) fstest.MapFS {
	site := fstest.MapFS{
		"content/_index.md":     {Data: []byte("---\ntitle: Hjem\n---\n")},
		"content/del/_index.md": {Data: []byte("---\ntitle: Del\nweight: 1\n---\n")},
	}
	for i := range pages {
		site[fmt.Sprintf("content/del/%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Side %d\n---\n", i)}
	}
	for i := range beside {
		site[fmt.Sprintf("content/e%d/_index.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Emne %d\nweight: %d\n---\n", i, i+2)}
	}
	return site
}

// linksOf returns the texts of the links in a navigation of a page.
func linksOf(t *testing.T, site fstest.MapFS, name, class string) string {
	t.Helper()
	edition, err := build.Load(t.Context(), build.Options{Site: site, Theme: veiviser.Theme}, nil)
	if err != nil {
		t.Fatal(err)
	}
	page, problems, err := edition.Get(name)
	if err != nil || problems.HasErrors() {
		t.Fatal(problems, err)
	}
	_, nav, _ := strings.Cut(string(page), `<nav class="`+class+`"`)
	nav, _, _ = strings.Cut(nav, "</nav>")
	var texts []string
	for _, m := range regexp.MustCompile(`<a href="([^"]*)"( aria-current="[a-z]+")?[^>]*>([^<]*)</a>`).FindAllStringSubmatch(nav, -1) {
		text := m[3]
		if m[2] != "" {
			text = "[" + text + "]"
		}
		if strings.HasPrefix(text, "Alle") {
			text += " " + m[1]
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

// numbers is "Side 3, Side 4" for 3 and 5, with brackets around one of them.
func numbers(from, to, at int) string {
	var texts []string
	for i := from; i < to; i++ {
		if i == at {
			texts = append(texts, fmt.Sprintf("[Side %d]", i))
		} else {
			texts = append(texts, fmt.Sprintf("Side %d", i))
		}
	}
	return strings.Join(texts, ", ")
}

// TestCrowd: of very many pages in a section, a page shows those near it, and
// leads to the section's page, which shows them all.
func TestCrowd(t *testing.T) {
	const all = ", Alle sidene i denne delen (300) /del/"
	few, many := sections(100, 0), sections(300, 0)
	for _, c := range []struct {
		site       fstest.MapFS
		name, want string
	}{
		{few, "del/50/index.html", "Del, " + numbers(0, 100, 50)},
		{few, "del/index.html", "[Del], " + numbers(0, 100, -1)},
		{many, "del/150/index.html", "Del, " + numbers(140, 160, 150) + all},
		{many, "del/3/index.html", "Del, " + numbers(0, 20, 3) + all},
		{many, "del/299/index.html", "Del, " + numbers(280, 300, 299) + all},
		{many, "del/index.html", "[Del], " + numbers(0, 300, -1)},
	} {
		if got := linksOf(t, c.site, c.name, "section-nav"); got != c.want {
			t.Errorf("%s of %d: %s\nwant %s", c.name, len(c.site), got, c.want)
		}
	}
}

// TestMenu: the menu of a site with very many parts holds the first ones, and
// the one where one is.
func TestMenu(t *testing.T) {
	const first = "Emne 0, Emne 1, Emne 2, Emne 3, Emne 4, Emne 5"
	for _, c := range []struct {
		parts      int
		name, want string
	}{
		{8, "index.html", "Del, " + first + ", Emne 6"},
		{8, "del/1/index.html", "[Del], " + first + ", Emne 6"},
		{13, "del/1/index.html", "[Del], " + first + ", Emne 6, Alle emner (13) /"},
		{13, "e11/index.html", "Del, " + first + ", [Emne 11], Alle emner (13) /"},
		{13, "index.html", "Del, " + first + ", Emne 6, Alle emner (13) /"},
	} {
		if got := linksOf(t, sections(2, c.parts-1), c.name, "site-nav"); got != c.want {
			t.Errorf("%s of %d: %s\nwant %s", c.name, c.parts, got, c.want)
		}
	}
}
