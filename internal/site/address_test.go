package site_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"veiviser/internal/site"
)

// TestAddresses: a page's file and front matter, and where it is published.
// The rules are Hugo's.
func TestAddresses(t *testing.T) {
	for _, c := range []struct{ file, meta, address, url string }{
		{"_index.md", "title: A", "", "/"},
		{"side.md", "title: A", "side/", "/side/"},
		{"del/_index.md", "title: A", "del/", "/del/"},
		{"del/side.md", "title: A", "del/side/", "/del/side/"},
		{"del/under/_index.md", "title: A", "del/under/", "/del/under/"},
		{"del/kart/index.md", "title: A", "del/kart/", "/del/kart/"},
		{"kart/index.md", "title: A", "kart/", "/kart/"},
		{"Store BOKSTAVER.md", "title: A", "store-bokstaver/", "/store-bokstaver/"},
		{"Del En/Side To.md", "title: A", "del-en/side-to/", "/del-en/side-to/"},
		{"flere   mellomrom.md", "title: A", "flere-mellomrom/", "/flere-mellomrom/"},
		{"våre æøå.md", "title: A", "våre-æøå/", "/v%C3%A5re-%C3%A6%C3%B8%C3%A5/"},
		{norm.NFD.String("på.md"), "title: A", "på/", "/p%C3%A5/"},
		{"hva?!(så).md", "title: A", "hvaså/", "/hvas%C3%A5/"},
		{"c#_+~@.md", "title: A", "c#_+~@/", "/c%23_+~@/"},
		{"versjon-1.2.md", "title: A", "versjon-1.2/", "/versjon-1.2/"},
		{"side.html.md", "title: A", "side.html/", "/side.html/"},
		{"del/side.md", "slug: annet navn", "del/annet-navn/", "/del/annet-navn/"},
		{"del/_index.md", "slug: avdeling", "avdeling/", "/avdeling/"},
		{"del/kart/index.md", "slug: Atlas", "del/atlas/", "/del/atlas/"},
		{"del/side.md", "slug: ../../x", "x/", "/x/"},
		{"del/side.md", "url: /helt/annet", "helt/annet/", "/helt/annet/"},
		{"del/side.md", "url: helt/annet/", "helt/annet/", "/helt/annet/"},
		{"del/side.md", "url: /Store Å/", "Store Å/", "/Store%20%C3%85/"},
		{"del/side.md", "url: /x.html", "x.html", "/x.html"},
		{"del/side.md", "url: /x/index.html", "x/", "/x/"},
		{"del/side.md", "url: /x/./y//z", "x/y/z/", "/x/y/z/"},
		{"del/side.md", "url: /x/\nslug: y", "x/", "/x/"},
		{"404.md", "url: /404.html", "404.html", "/404.html"},
	} {
		s := link(t, map[string]string{c.file: c.meta}, site.Options{})
		p := s.Page(c.file)
		if p == nil {
			t.Errorf("%q: no page", c.file)
			continue
		}
		if p.Address != c.address || p.URL != c.url || len(s.Problems) > 0 {
			t.Errorf("%q with %q: at %q, URL %q, %v", c.file, c.meta, p.Address, p.URL, s.Problems)
		}
	}
}

// TestFileAddresses: the files of content/ are published below the address of
// their folder, under their own names.
func TestFileAddresses(t *testing.T) {
	s := link(t, map[string]string{"Del En/Bilde 1.PNG": "", "!../x.pdf": "", norm.NFD.String("på.pdf"): ""}, site.Options{Files: static("favicon.svg")})
	if got, want := strings.Join(slices.Sorted(maps.Keys(s.Published)), " "), "del-en/Bilde 1.PNG favicon.svg index.html på.pdf x.pdf"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for at, want := range map[string]string{"del-en/Bilde 1.PNG": "Del En/Bilde 1.PNG", "på.pdf": norm.NFD.String("på.pdf"), "favicon.svg": "", "borte": ""} {
		if got := s.File(at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
}

func TestAliases(t *testing.T) {
	s := link(t, map[string]string{
		"_index.md":     "title: Hjem\naliases: [hjem]",
		"del/side.md":   "aliases: [/gammel, /gammel/side.html, ved-siden, ../opp/, ./her/index.html, /Æ Ø/, /../ute]",
		"del/flat.md":   "url: /x/y.html\naliases: [z]",
		"del/_index.md": "aliases: [avdeling]",
	}, site.Options{})
	var got []string
	for at, p := range s.Aliases {
		got = append(got, at+" "+p.Path)
	}
	slices.Sort(got)
	want := []string{
		"avdeling/ del/_index.md", "del/her/ del/side.md", "del/ved-siden/ del/side.md", "gammel/ del/side.md", "gammel/side.html del/side.md",
		"hjem/ _index.md", "opp/ del/side.md", "ute/ del/side.md", "x/z/ del/flat.md", "Æ Ø/ del/side.md",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(s.Problems) > 0 {
		t.Error(s.Problems)
	}
}

// TestOneAddressTwice: where two things claim one address, the second is told.
func TestOneAddressTwice(t *testing.T) {
	const hint = " (rename one of the files, or give one of them a slug)\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"two files", map[string]string{"en side.md": "title: A", "en-side.md": "title: B"},
			"en-side.md:1:1: this page has the address /en-side/ of content/en side.md" + hint},
		{"a file and a folder", map[string]string{"del.md": "title: A", "del/_index.md": "title: B"},
			"del.md:1:1: this page has the address /del/ of content/del/_index.md" + hint},
		{"a section and a bundle", map[string]string{"del/_index.md": "title: A", "del/index.md": "title: B"},
			"del/index.md:1:1: this page has the address /del/ of content/del/_index.md" + hint},
		{"slug", map[string]string{"a.md": "title: A", "b.md": "slug: a"},
			"b.md:2:7: this page has the address /a/ of content/a.md" + hint},
		{"url", map[string]string{"a.md": "title: A", "b.md": "url: /a"},
			"b.md:2:6: this page has the address /a/ of content/a.md" + hint},
		{"url of the home page", map[string]string{"a.md": "url: /index.html"},
			"a.md:2:6: this page has the address / of content/_index.md" + hint},
		{"nothing left of a name", map[string]string{"del/!.md": "title: A", "del/_index.md": "title: B"},
			"del/_index.md:1:1: this page has the address /del/ of content/del/!.md" + hint},
		{"index.md as the home page", map[string]string{"index.md": "title: A", "_index.md": "title: B"},
			"index.md:1:1: this page has the address / of content/_index.md (the home page is _index.md; rename the file)\n"},
		{"a page and a file of content/", map[string]string{"a.md": "title: A", "a/index.html": ""},
			"a.md:1:1: this page has the address /a/ of content/a/index.html (rename one of the files)\n"},
		{"a page and a file of static/", map[string]string{"a.md": "url: /robots.html"},
			"a.md:2:6: this page has the address /robots.html of static/robots.html (rename one of the files)\n"},
		{"alias and page", map[string]string{"a.md": "title: A", "b.md": "aliases: [/c/, /a]"},
			"b.md:2:16: the alias /a/ is the address of content/a.md (remove the alias)\n"},
		{"alias and home page", map[string]string{"a.md": "aliases: [/]"},
			"a.md:2:11: the alias / is the address of content/_index.md (remove the alias)\n"},
		{"alias and alias", map[string]string{"a.md": "aliases: /x", "b.md": "aliases: [/x/]"},
			"b.md:2:11: the alias /x/ is one of content/a.md too (remove one of the two)\n"},
	} {
		if got := problems(link(t, c.files, site.Options{Files: static("robots.html")})); got != c.want {
			t.Errorf("%s:\ngot  %swant %s", c.name, got, c.want)
		}
	}
}

// FuzzUrlize: what Urlize makes stays what it is, and holds nothing that an
// address would have to be escaped or read twice for.
func FuzzUrlize(f *testing.F) {
	for _, seed := range []string{"Hva skjer?", "våre æøå", norm.NFD.String("på"), "a - b", "!..", "İ", "H\u0331", "a!\u030a", "\u00a0x\u2028y", "\xff", "a/../b", "ǅ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := site.Urlize(name)
		if again := site.Urlize(got); again != got {
			t.Errorf("%q becomes %q, and that %q", name, got, again)
		}
		if !norm.NFC.IsNormalString(got) || strings.ContainsFunc(got, unicode.IsSpace) || strings.ContainsAny(got, `?%"<>&\`) {
			t.Errorf("%q becomes %q", name, got)
		}
	})
}

// FuzzAddress: whatever a file is called and its author writes, the page is
// published inside the site, at the address that a link by file leads to.
func FuzzAddress(f *testing.F) {
	f.Add("del/side", "", "", "gammel")
	f.Add("Store Å/!..", "../x", "", "../../..")
	f.Add("index", "", "/a/../../b.html", "/index.html")
	f.Add("x/_index", "..", "..", "")
	f.Fuzz(func(t *testing.T, name, slug, url, alias string) {
		name = path.Clean("/" + name)[1:] + ".md"
		if strings.ContainsAny(name, "\\\x00") || strings.HasPrefix(name, ".") || strings.Contains(name, "/.") || !norm.NFC.IsNormalString(name) || len(slug+url+alias) > 200 {
			return
		}
		quoted := func(s string) string {
			return "'" + strings.NewReplacer("'", "''", "\n", " ").Replace(strings.Map(printable, s)) + "'"
		}
		s := link(t, map[string]string{name: "---\nslug: " + quoted(slug) + "\nurl: " + quoted(url) + "\naliases: [" + quoted(alias) + "]\n---\n"}, site.Options{})
		addresses := slices.Collect(maps.Keys(s.Aliases))
		for _, p := range s.Pages {
			addresses = append(addresses, p.Address)
		}
		for _, at := range addresses {
			if at != "" && (path.Clean("/" + at)[1:] != strings.TrimSuffix(at, "/") || strings.HasPrefix(at, "/") || !norm.NFC.IsNormalString(at)) {
				t.Errorf("%q, slug %q, url %q, alias %q: at %q", name, slug, url, alias, at)
			}
		}
	})
}

// printable leaves out what YAML does not allow in a text.
func printable(r rune) rune {
	if !unicode.IsPrint(r) {
		return -1
	}
	return r
}
