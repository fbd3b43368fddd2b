package site

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"veiviser/internal/content"
)

// addAddresses gives every page its address and its aliases.
func (s *Site) addAddresses() {
	for _, p := range s.Pages {
		p.Address = address(p.Page)
		p.URL = s.Base + escape(p.Address)
		if other := s.byAddress[p.Address]; other != nil {
			offset := p.Meta.URL.Offset
			s.problem(p.Source.Errorf(offset, "rename one of the files, or give one of them a slug", "this page has the address /%s of %s", p.Address, other.Source.Name))
			continue
		}
		s.byAddress[p.Address] = p
		s.lastPart[path.Base(p.Address)] = p.Address
	}
	for _, p := range s.Pages {
		for _, alias := range p.Meta.Aliases {
			at := strings.TrimPrefix(path.Join("/", path.Dir("/"+p.Address), alias.Value), "/")
			if strings.HasPrefix(alias.Value, "/") {
				at = strings.TrimPrefix(path.Clean(alias.Value), "/")
			}
			if path.Ext(at) != ".html" {
				at += "/"
			}
			other := s.byAddress[at]
			if other == nil {
				other = s.Aliases[at]
			}
			if other != nil {
				s.problem(p.Source.Errorf(alias.Offset, "remove the alias", "the alias /%s is the address of %s", at, other.Source.Name))
				continue
			}
			s.Aliases[at] = p
		}
	}
}

// addFiles takes the files that are published as they are.
func (s *Site) addFiles(lists ...[]string) {
	for _, files := range lists {
		for _, f := range files {
			s.files[f] = true
		}
	}
}

// Files returns the addresses of the files that are published as they are.
func (s *Site) Files() []string { return slices.Sorted(maps.Keys(s.files)) }

// address returns where a page is published.
func address(p *content.Page) string {
	if given := p.Meta.URL.Value; given != "" {
		at := strings.TrimPrefix(path.Clean("/"+given), "/")
		if at == "" || path.Ext(at) == ".html" {
			return at
		}
		return at + "/"
	}
	dir, name := p.Dir(), strings.TrimSuffix(path.Base(p.Path), ".md")
	if p.IsSection() || p.IsBundle() {
		dir, name = path.Dir(dir), path.Base(dir)
	}
	if p.Meta.Slug != "" {
		name = p.Meta.Slug
	}
	at := Urlize(path.Join(dir, name))
	if at == "." || at == "" {
		return ""
	}
	return at + "/"
}

// Urlize makes a part of an address from a file's path as Hugo does: lower
// case, hyphens for spaces, letters and digits of all alphabets, and few signs.
func Urlize(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFC.String(strings.TrimSpace(name)) {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("./_#+~-@", r):
			if space && b.Len() > 0 {
				b.WriteByte('-')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// escape percent-encodes an address for HTML.
func escape(address string) string {
	return strings.TrimPrefix((&url.URL{Path: "/" + address}).EscapedPath(), "/")
}
