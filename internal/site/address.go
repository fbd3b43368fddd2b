package site

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// addAddresses gives every page its address and its aliases.
func (s *Site) addAddresses() {
	for _, p := range s.Pages {
		p.Address = s.address(p)
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
func (s *Site) addFiles(content, others []string) {
	for _, f := range content {
		s.files[fileAddress(f)] = f
	}
	for _, f := range others {
		s.files[f] = ""
	}
}

// fileAddress returns where a file of content/ is published: below the address
// of its folder, under its own name.
func fileAddress(name string) string { return path.Join(Urlize(path.Dir(name)), path.Base(name)) }

// File returns the path below content/ of the file that is published at an
// address, or "".
func (s *Site) File(address string) string { return s.files[address] }

// Files returns the addresses of the files that are published as they are.
func (s *Site) Files() []string { return slices.Sorted(maps.Keys(s.files)) }

// address returns where a page is published.
func (s *Site) address(p *Page) string {
	if given := p.Meta.URL.Value; given != "" {
		at := strings.TrimPrefix(path.Clean("/"+given), "/")
		if at == "" || path.Ext(at) == ".html" {
			return at
		}
		return at + "/"
	}
	dir := p.Dir()
	if p.IsSection() || p.IsBundle() {
		dir = path.Dir(dir)
	}
	at := Urlize(path.Join("/", s.prefix(p.Lang), dir, cmp.Or(p.Meta.Slug, p.Name())))[1:]
	if at == "" {
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
