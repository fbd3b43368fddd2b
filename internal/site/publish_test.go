package site_test

import (
	"testing"

	"veiviser/internal/site"
)

// TestOnePathTwice: nothing is published over, or inside, something else. The
// one that comes last is told, where its author has asked for the path.
func TestOnePathTwice(t *testing.T) {
	const another = " (give one of the two another name)\n"
	files := []site.File{{Address: "404.html"}, {Address: "sitemap.xml"}, {Address: "favicon.svg", Source: "static/favicon.svg", Theme: true}}
	for _, c := range []struct {
		name    string
		content map[string]string
		static  []site.File
		want    string
	}{
		{"url below the site map", map[string]string{"a.md": "url: /sitemap.xml"}, nil,
			"a.md:2:6: there is no room for /sitemap.xml/index.html, because /sitemap.xml is a file that veiviser makes" + another},
		{"url below a file of the theme", map[string]string{"a.md": "url: /favicon.svg"}, nil,
			"a.md:2:6: there is no room for /favicon.svg/index.html, because /favicon.svg is the theme's static/favicon.svg" + another},
		{"alias below a file of the theme", map[string]string{"a.md": "aliases: [/b/, /favicon.svg]"}, nil,
			"a.md:2:16: there is no room for /favicon.svg/index.html, because /favicon.svg is the theme's static/favicon.svg" + another},
		{"page below a file of static/", map[string]string{"tilgang/_index.md": "title: A"}, static("tilgang"),
			"tilgang/_index.md:1:1: there is no room for /tilgang/index.html, because /tilgang is static/tilgang" + another},
		{"file of static/ below one of the theme", nil, static("favicon.svg/x.png"),
			"static/favicon.svg/x.png: there is no room for /favicon.svg/x.png, because /favicon.svg is the theme's static/favicon.svg" + another},
		{"alias of what is the folder of a page", map[string]string{"a.html/b.md": "title: B", "c.md": "aliases: [/a.html]"}, nil,
			"c.md:2:11: there is no room for the file /a.html, because /a.html/b/index.html is content/a.html/b.md" + another},
		{"own 404.html", nil, static("404.html"),
			"static/404.html: this file has the address /404.html of a file that veiviser makes (write layouts/404.html in its place)\n"},
		{"own sitemap.xml", nil, static("sitemap.xml"),
			"static/sitemap.xml: this file has the address /sitemap.xml of a file that veiviser makes (remove it)\n"},
		{"alias and file", map[string]string{"a.md": "aliases: [/x.html]"}, static("x.html"),
			"a.md:2:11: the alias /x.html is the address of static/x.html (remove the alias)\n"},
		{"home page and file", nil, static("index.html"),
			"_index.md:1:1: this page has the address / of static/index.html (rename one of the files)\n"},
		{"two files", map[string]string{"Del/x.pdf": "", "del/x.pdf": ""}, nil,
			"del/x.pdf: this file has the address /del/x.pdf of content/Del/x.pdf (rename one of the files)\n"},
		{"the tool's own names", map[string]string{"a.md": "url: /.veiviser-files"}, nil,
			"a.md:2:6: no address may begin with /.veiviser- (choose another name)\n"},
		{"two folders without pages of their own", map[string]string{"Mappe/a.md": "title: A", "mappe/b.md": "title: B"}, nil,
			"mappe: this folder has the address /mappe/ of the folder content/Mappe (give the folders one name)\n"},
		{"alias twice on a page", map[string]string{"a.md": "aliases: [/x/, /x]"}, nil,
			"a.md:2:16: the alias /x/ stands here twice (remove one of the two)\n"},
		{"slug", map[string]string{"del/a.md": "slug: .."}, nil,
			"del/a.md:2:7: this page has the address / of content/_index.md (rename one of the files, or give one of them a slug)\n"},
	} {
		got := problems(link(t, c.content, site.Options{Files: append(files, c.static...)}))
		if got != c.want {
			t.Errorf("%s:\ngot  %swant %s", c.name, got, c.want)
		}
	}
}

// TestMisfits: what is written as an address of the site, but cannot be one.
func TestMisfits(t *testing.T) {
	const hint = " (write it like /tilgang/side/)\n"
	for meta, want := range map[string]string{
		"url: https://x.no/":       "a.md:2:6: url: an address of this site begins after its host" + hint,
		"url: /../x/":              "a.md:2:6: url: an address of this site is counted from its root, without .." + hint,
		"url: /a?b=1":              "a.md:2:6: url: an address of this site cannot hold ?" + hint,
		"url: /a#b":                "a.md:2:6: url: an address of this site cannot hold #" + hint,
		"aliases: [/b/, '//x.no']": "a.md:2:17: alias: an address of this site begins after its host" + hint,
	} {
		if got := problems(link(t, map[string]string{"a.md": meta}, site.Options{})); got != want {
			t.Errorf("%s:\ngot  %swant %s", meta, got, want)
		}
	}
}

// TestHomesHaveTitles: every page shows the title of its home page.
func TestHomesHaveTitles(t *testing.T) {
	for _, c := range []struct{ home, want string }{
		{"weight: 1", "_index.md:1:1: warning: the home page has no title (write title: and the site's name)\n"},
		{"title: ' '", "_index.md:1:1: warning: the home page has no title (write title: and the site's name)\n"},
		{"---\nweight: 1\n---\n# Hjem\n", ""},
		{"---\ntitle: Borte\ndraft: true\n---\n", ""},
		{"title: Hjem\nlanguages: [nb, nn]", "_index.nn.md: warning: the home page has no title in \"nn\"; it has that of the default language (write the file, with a title:)\n"},
		{"title: Hjem\nlanguages: [nb, nb]", "_index.md:3:17: the language \"nb\" is named twice (keep one of the two)\n"},
	} {
		s := link(t, map[string]string{"_index.md": c.home}, site.Options{Word: func(_, key string) string { return map[string]string{"home": "Hjem"}[key] }})
		if got := problems(s); got != c.want {
			t.Errorf("%s:\ngot  %swant %s", c.home, got, c.want)
		}
		for _, p := range s.Pages {
			if c.want == "" && p.Title != "Hjem" {
				t.Errorf("%s is called %q", p.Path, p.Title)
			}
		}
	}
}
