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

	"veiviser/internal/content"
)

// addAddresses gives every page its address and its aliases.
func (s *Site) addAddresses() {
	for _, p := range s.Pages {
		p.Address = s.address(p)
		p.URL = s.Base + escape(p.Address)
		if other := s.byAddress[p.Address]; other != nil {
			hint := "rename one of the files, or give one of them a slug"
			if p.Key == "index.md" {
				hint = "the home page is _index.md; rename the file"
			}
			s.problem(p.Source.Errorf(p.Meta.URL.Offset, hint, "this page has the address /%s of %s", p.Address, other.Source.Name))
			continue
		}
		s.byAddress[p.Address] = p
		s.lastPart[path.Base(p.Address)] = p.Address
	}
	for _, p := range s.Pages {
		s.addAliases(p)
	}
}

// addAliases takes the addresses that lead on to a page. One without a slash
// at the beginning stands beside the page, as Hugo has it.
func (s *Site) addAliases(p *Page) {
	beside := path.Dir("/" + strings.TrimSuffix(p.Address, "/"))
	for _, alias := range p.Meta.Aliases {
		at := givenAddress(alias.Value)
		if !strings.HasPrefix(alias.Value, "/") {
			at = givenAddress(path.Join(beside, alias.Value))
		}
		if other := s.byAddress[at]; other != nil {
			s.problem(p.Source.Errorf(alias.Offset, "remove the alias", "the alias /%s is the address of %s", at, other.Source.Name))
		} else if other := s.Aliases[at]; other != nil {
			s.problem(p.Source.Errorf(alias.Offset, "remove one of the two", "the alias /%s is one of %s too", at, other.Source.Name))
		} else {
			s.Aliases[at] = p
		}
	}
}

// addFiles takes the files that are published as they are, and checks that no
// page is where one of them is.
func (s *Site) addFiles(own, others []string) {
	for _, f := range own {
		s.files[fileAddress(f)] = f
	}
	for _, f := range others {
		s.files[f] = ""
	}
	for _, p := range s.Pages {
		at := p.Address
		if path.Ext(at) != ".html" {
			at += "index.html"
		}
		if from, taken := s.files[at]; taken {
			name := "a file /" + at
			if from != "" {
				name = content.Dir + "/" + from
			}
			s.problem(p.Source.Errorf(p.Meta.URL.Offset, "rename one of the files", "this page has the address /%s of %s", p.Address, name))
		}
	}
}

// fileAddress returns where a file of content/ is published: below the address
// of its folder, under its own name.
func fileAddress(name string) string {
	return cleanPath(path.Join(Urlize(path.Dir(name)), path.Base(name)))
}

// File returns the path below content/ of the file that is published at an
// address, or "".
func (s *Site) File(address string) string { return s.files[address] }

// Files returns the addresses of the files that are published as they are.
func (s *Site) Files() []string { return slices.Sorted(maps.Keys(s.files)) }

// address returns where a page is published.
func (s *Site) address(p *Page) string {
	if p.Meta.URL.Value != "" {
		return givenAddress(p.Meta.URL.Value)
	}
	dir := p.Dir()
	if p.IsSection() || p.IsBundle() {
		dir = path.Dir(dir)
	}
	at := cleanPath(Urlize(path.Join("/", s.prefix(p.Lang), dir, cmp.Or(p.Meta.Slug, p.Name()))))
	if at == "" {
		return ""
	}
	return at + "/"
}

// givenAddress returns the address that an author has written: that of a
// folder, unless it names an HTML file.
func givenAddress(written string) string {
	at := cleanPath(written)
	if path.Base(at) == "index.html" {
		at = cleanPath(path.Dir(at))
	}
	if at == "" || path.Ext(at) == ".html" {
		return at
	}
	return at + "/"
}

// cleanPath returns a path as it is counted from the root, in NFC, without a
// slash at either end and without dots: whatever is written, it stays inside.
func cleanPath(p string) string { return path.Clean("/" + norm.NFC.String(p))[1:] }

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
	return norm.NFC.String(b.String()) // without a sign between them, a letter and an accent may have met
}

// escape percent-encodes an address for HTML.
func escape(address string) string {
	return strings.TrimPrefix((&url.URL{Path: "/" + address}).EscapedPath(), "/")
}
