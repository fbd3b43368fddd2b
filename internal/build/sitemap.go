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
// wants whole addresses; the map of a site that does not know its own host
// holds paths, and says what makes them whole.
func sitemap(s *site.Site) []byte {
	var set urlset
	if !s.HasHost() {
		set.Comment = " baseURL names no host: set it, or build with base-url, and the addresses are whole "
	}
	for _, p := range s.Pages {
		set.URLs = append(set.URLs, sitemapURL{Loc: s.Absolute(p.Address), LastMod: p.Meta.LastMod})
	}
	data, err := xml.MarshalIndent(set, "", "  ")
	if err != nil {
		panic(err) // strings always marshal
	}
	return append([]byte(xml.Header), append(data, '\n')...)
}
