package build

import (
	"encoding/xml"

	"veiviser/internal/site"
)

type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Comment string       `xml:",comment"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists the pages of a site (sitemaps.org, protocol 0.9). The protocol
// allows whole addresses alone, so the map of a site that does not know its own
// host is empty, and says so.
func sitemap(s *site.Site) []byte {
	var set urlset
	pages := s.Pages
	if !s.HasHost() {
		pages, set.Comment = nil, " baseURL names no host, so no page has a whole address "
	}
	for _, p := range pages {
		set.URLs = append(set.URLs, sitemapURL{Loc: s.Absolute(p.Address), LastMod: p.Meta.LastMod})
	}
	data, err := xml.MarshalIndent(set, "", "  ")
	if err != nil {
		panic(err) // strings always marshal
	}
	return append([]byte(xml.Header), append(data, '\n')...)
}
