package site_test

import (
	"path"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"veiviser/internal/site"
)

// linked is a site with one page of each kind to link to. It is published
// under a path with a letter that is percent-encoded.
func linked(t testing.TB) *site.Site {
	return link(t, map[string]string{
		"_index.md":            "---\nbaseURL: https://www.example.no/på/\n---\n## Velkommen",
		"tilgang/_index.md":    "---\ntitle: Tilgang\n---\n## Hvem",
		"tilgang/hvem.md":      "---\ntitle: Hvem\naliases: [/gammel/, /eldst.html]\n---\n## Hva gjør jeg nå?\n\n## Hva gjør jeg nå?\n\n<a id=\"rå-html\"></a>",
		"tilgang/Store Ord.md": "title: Store ord",
		"tilgang/" + norm.NFD.String("på") + ".md": "title: På",
		"tilgang/kart/index.md":                    "title: Kart",
		"tilgang/kart/Bilde 1.png":                 "",
		"tilgang/utkast.md":                        "draft: true",
		"tilgang/slug.md":                          "slug: annet",
		"flat.md":                                  "url: /mappe/flat.html",
		"c#.md":                                    "title: C#",
		"index.html.md":                            "title: Om index.html",
		"min-index.html.md":                        "url: /mappe/min-index.html",
		"dokumenter/skjema.pdf":                    "",
	}, site.Options{Files: static("favicon.svg", "bilder/logo.svg")})
}

func TestResolve(t *testing.T) {
	s := linked(t)
	for _, c := range []struct{ from, dest, want string }{
		// by address
		{"tilgang/hvem.md", "../", "/p%C3%A5/tilgang/"},
		{"tilgang/hvem.md", "..", "/p%C3%A5/tilgang/"},
		{"tilgang/hvem.md", "../kart/", "/p%C3%A5/tilgang/kart/"},
		{"tilgang/hvem.md", "../kart", "/p%C3%A5/tilgang/kart/"},
		{"tilgang/hvem.md", "../kart/index.html", "/p%C3%A5/tilgang/kart/"},
		{"tilgang/hvem.md", "../../", "/p%C3%A5/"},
		{"tilgang/hvem.md", "../../../../..", "/p%C3%A5/"},
		{"tilgang/hvem.md", "../annet/", "/p%C3%A5/tilgang/annet/"},
		{"tilgang/_index.md", "hvem/", "/p%C3%A5/tilgang/hvem/"},
		{"tilgang/_index.md", "./hvem", "/p%C3%A5/tilgang/hvem/"},
		{"_index.md", "tilgang", "/p%C3%A5/tilgang/"},
		{"_index.md", ".", "/p%C3%A5/"},
		// by address as if the page were a file, as it is for a reader of the source
		{"tilgang/hvem.md", "kart", "/p%C3%A5/tilgang/kart/"},
		// by file
		{"tilgang/hvem.md", "_index.md", "/p%C3%A5/tilgang/"},
		{"tilgang/hvem.md", "../_index.md", "/p%C3%A5/"},
		{"tilgang/hvem.md", "kart/index.md", "/p%C3%A5/tilgang/kart/"},
		{"tilgang/hvem.md", "slug.md", "/p%C3%A5/tilgang/annet/"},
		{"tilgang/hvem.md", "Store Ord.md", "/p%C3%A5/tilgang/store-ord/"},
		{"tilgang/hvem.md", "Store%20Ord.md", "/p%C3%A5/tilgang/store-ord/"},
		{"tilgang/hvem.md", "hvem.md", "/p%C3%A5/tilgang/hvem/"},
		{"tilgang/hvem.md", "/tilgang/hvem.md", "/p%C3%A5/tilgang/hvem/"},
		{"tilgang/hvem.md", "../flat.md", "/p%C3%A5/mappe/flat.html"},
		{"_index.md", "c%23.md", "/p%C3%A5/c%23/"},
		{"_index.md", "c%23", "/p%C3%A5/c%23/"},
		// from the root, with the base path and without
		{"tilgang/hvem.md", "/", "/p%C3%A5/"},
		{"tilgang/hvem.md", "/på", "/p%C3%A5/"},
		{"tilgang/hvem.md", "/på/", "/p%C3%A5/"},
		{"tilgang/hvem.md", "/p%C3%A5/tilgang/", "/p%C3%A5/tilgang/"},
		{"tilgang/hvem.md", "/tilgang/kart", "/p%C3%A5/tilgang/kart/"},
		{"tilgang/hvem.md", "/index.html", "/p%C3%A5/"},
		// letters in their two forms, and percent-encoded
		{"tilgang/hvem.md", norm.NFC.String("på.md"), "/p%C3%A5/tilgang/p%C3%A5/"},
		{"tilgang/hvem.md", norm.NFD.String("på.md"), "/p%C3%A5/tilgang/p%C3%A5/"},
		{"tilgang/hvem.md", norm.NFD.String("../på/"), "/p%C3%A5/tilgang/p%C3%A5/"},
		{"tilgang/hvem.md", "../p%C3%A5/", "/p%C3%A5/tilgang/p%C3%A5/"},
		// fragments and queries
		{"tilgang/hvem.md", "#hva-gjør-jeg-nå", "#hva-gj%C3%B8r-jeg-n%C3%A5"},
		{"tilgang/hvem.md", "#" + norm.NFD.String("hva-gjør-jeg-nå-1"), "#hva-gj%C3%B8r-jeg-n%C3%A5-1"},
		{"tilgang/hvem.md", "#hva-gj%C3%B8r-jeg-n%C3%A5", "#hva-gj%C3%B8r-jeg-n%C3%A5"},
		{"tilgang/hvem.md", "#rå-html", "#r%C3%A5-html"},
		{"tilgang/hvem.md", "#", "#"},
		{"tilgang/hvem.md", "#top", "#top"},
		{"tilgang/hvem.md", "../#hvem", "/p%C3%A5/tilgang/#hvem"},
		{"tilgang/hvem.md", "hvem.md#rå-html", "/p%C3%A5/tilgang/hvem/#r%C3%A5-html"},
		{"tilgang/_index.md", "hvem.md?utskrift=1&x=å#rå-html", "/p%C3%A5/tilgang/hvem/?utskrift=1&x=å#r%C3%A5-html"},
		{"tilgang/_index.md", "?utskrift=1", "/p%C3%A5/tilgang/?utskrift=1"},
		// files of a bundle, of a section, of static/
		{"tilgang/kart/index.md", "Bilde 1.png", "/p%C3%A5/tilgang/kart/Bilde%201.png"},
		{"tilgang/hvem.md", "kart/Bilde%201.png", "/p%C3%A5/tilgang/kart/Bilde%201.png"},
		{"tilgang/hvem.md", "../kart/Bilde 1.png", "/p%C3%A5/tilgang/kart/Bilde%201.png"},
		{"tilgang/hvem.md", "../../dokumenter/skjema.pdf#side=2", "/p%C3%A5/dokumenter/skjema.pdf#side=2"},
		{"tilgang/hvem.md", "/favicon.svg", "/p%C3%A5/favicon.svg"},
		{"_index.md", "bilder/logo.svg", "/p%C3%A5/bilder/logo.svg"},
		// aliases lead straight to their page
		{"_index.md", "gammel", "/p%C3%A5/tilgang/hvem/"},
		{"_index.md", "/eldst.html#rå-html", "/p%C3%A5/tilgang/hvem/#r%C3%A5-html"},
		// to and from a page with an address of its own
		{"_index.md", "mappe/flat.html", "/p%C3%A5/mappe/flat.html"},
		{"_index.md", "mappe/min-index.html", "/p%C3%A5/mappe/min-index.html"},
		{"_index.md", "/index.html/", "/p%C3%A5/"},
		{"flat.md", "../tilgang/", "/p%C3%A5/tilgang/"},
		{"flat.md", "min-index.html", "/p%C3%A5/mappe/min-index.html"},
		{"flat.md", "tilgang/hvem.md", "/p%C3%A5/tilgang/hvem/"},
		// out of the site
		{"_index.md", "https://www.brreg.no/på vei", "https://www.brreg.no/på vei"},
		{"_index.md", "//www.brreg.no/", "//www.brreg.no/"},
		{"_index.md", "mailto:post@example.no", "mailto:post@example.no"},
		// dead
		{"_index.md", "", `a link without an address (write where it leads, or remove it)`},
		{"_index.md", "100%", `"100%" is not an address (write % as %25)`},
		{"_index.md", "http://[", `"http://[" is not an address ()`},
		{"_index.md", "mailto:", `"mailto:" is not a whole address (write what comes after mailto:, or remove the link)`},
		{"_index.md", "https://", `"https://" is not a whole address (write what comes after https:, or remove the link)`},
		{"_index.md", "1:2", `"1:2" is not an address ()`},
		{"_index.md", "borte.md", `no page or file at "borte.md" (looked for /borte.md)`},
		{"tilgang/hvem.md", "borte/her.md", `no page or file at "borte/her.md" (looked for /tilgang/borte/her.md and /tilgang/hvem/borte/her.md)`},
		{"tilgang/hvem.md", "/på/borte", `no page or file at "/på/borte" (looked for /borte and /på/borte)`},
		{"_index.md", "tilgan/", `no page or file at "tilgan/" (did you mean "/tilgang/"?)`},
		{"_index.md", "Tilgang/", `no page or file at "Tilgang/" (did you mean "/tilgang/"?)`},
		{"tilgang/hvem.md", "../kort/", `no page or file at "../kort/" (did you mean "/tilgang/kart/"?)`},
		{"_index.md", "kart.md", `no page or file at "kart.md" (did you mean "/tilgang/kart/"?)`},
		{"_index.md", "/flatt.html", `no page or file at "/flatt.html" (did you mean "/mappe/flat.html"?)`},
		{"_index.md", "skjema.pdf", `no page or file at "skjema.pdf" (looked for /skjema.pdf)`},
		{"tilgang/hvem.md", "utkast.md", `no page or file at "utkast.md" (content/tilgang/utkast.md is a draft; publish it, or build with --drafts)`},
		{"tilgang/hvem.md", "../utkast/", `no page or file at "../utkast/" (content/tilgang/utkast.md is a draft; publish it, or build with --drafts)`},
		{"tilgang/hvem.md", "#hva-gjor-jeg-nå", `no heading #hva-gjor-jeg-nå on content/tilgang/hvem.md (did you mean "hva-gjør-jeg-nå"?)`},
		{"_index.md", "tilgang/#borte", `no heading #borte on content/tilgang/_index.md ()`},
		{"_index.md", "gammel#borte", `no heading #borte on content/tilgang/hvem.md ()`},
	} {
		href, _, dead := s.Resolve(s.Page(c.from), c.dest)
		got := href
		if dead != nil {
			got = dead.Msg + " (" + dead.Hint + ")"
			if href != c.dest {
				t.Errorf("a dead link to %q is written %q", c.dest, href)
			}
		}
		if got != c.want {
			t.Errorf("%q on %s:\n got %s\nwant %s", c.dest, c.from, got, c.want)
		}
	}
}

// TestHrefs: what Link has found out about the links of a page.
func TestHrefs(t *testing.T) {
	s := link(t, map[string]string{
		"_index.md": "---\ntitle: Hjem\n---\n[en](side.md), ![to](bilde.png), [tre](borte.md) og [fire](#borte)",
		"side.md":   "title: Side", "bilde.png": "",
	}, site.Options{})
	var got []string
	for _, l := range s.Home.Doc.Links {
		got = append(got, s.Home.Href(l))
	}
	if want := "/side/ /bilde.png borte.md #borte"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
	const want = "_index.md:4:40: no page or file at \"borte.md\" (looked for /borte.md)\n" +
		"_index.md:4:60: no heading #borte on content/_index.md ()\n"
	if got := problems(s); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestImageOfAPage(t *testing.T) {
	s := link(t, map[string]string{"a.md": "---\ntitle: A\n---\n![](b.MD)", "b.MD": "title: B"}, site.Options{})
	const want = "a.md:4:5: \"b.MD\" is a page, and no picture (remove the ! for a link to the page)\n"
	if got := problems(s); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// FuzzResolve: whatever is written in a link, it is dead, or leads out of the
// site, or to something that is published.
func FuzzResolve(f *testing.F) {
	s := linked(f)
	for _, dest := range []string{"", "#", "#top", "..", "/på/x", "tilgang/hvem.md#rå-html", "../../x?y#z", "%2e%2e/%2e%2e", "//x", "http:x", "a:b", "index.html/index.html", "/på/på/", norm.NFD.String("på.md"), "\x00", "?"} {
		for i := range s.Pages {
			f.Add(i, dest)
		}
	}
	published := map[string]bool{}
	for _, p := range s.Pages {
		published[p.URL] = true
	}
	for _, name := range []string{"tilgang/kart/Bilde%201.png", "dokumenter/skjema.pdf", "favicon.svg", "bilder/logo.svg"} {
		published[s.Base+name] = true
	}
	f.Fuzz(func(t *testing.T, page int, dest string) {
		from := s.Pages[((page%len(s.Pages))+len(s.Pages))%len(s.Pages)]
		href, to, dead := s.Resolve(from, dest)
		bare, _, _ := strings.Cut(href, "#")
		bare, _, _ = strings.Cut(bare, "?")
		switch {
		case dead != nil:
			if dead.Msg == "" || href != dest {
				t.Errorf("%q is dead: %q, %q", dest, href, dead)
			}
		case href == dest && to == nil && !published[bare]: // another site
		case strings.HasPrefix(href, "#"):
			if to != from {
				t.Errorf("%q on %s leads to %s", dest, from.Path, href)
			}
		case !published[bare] || to != nil && to.URL != bare || path.Clean(bare) != strings.TrimSuffix(bare, "/"):
			t.Errorf("%q on %s leads to %q, which is not published", dest, from.Path, href)
		}
	})
}
