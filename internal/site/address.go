package site

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"veiviser/internal/diag"
)

// addAddresses gives every page its address.
func (s *Site) addAddresses() {
	for _, p := range s.Pages {
		if reason := misfit(p.Meta.URL.Value); reason != "" {
			s.problem(p.Source.Errorf(p.Meta.URL.Offset, "write it like /tilgang/side/", "url: %s", reason))
		}
		for _, alias := range p.Meta.Aliases {
			if reason := misfit(strings.ReplaceAll(alias.Value, "..", ".")); reason != "" {
				s.problem(p.Source.Errorf(alias.Offset, "write it like /tilgang/side/", "alias: %s", reason))
			}
		}
		p.Address = s.address(p)
		p.URL = s.Base + escape(p.Address)
	}
}

// misfit returns why what an author has written cannot be an address of the
// site, or "".
func misfit(written string) string {
	switch at := strings.IndexAny(written, `?#\`); {
	case strings.Contains(written, "://") || strings.HasPrefix(written, "//"):
		return "an address of this site begins after its host"
	case at >= 0:
		return "an address of this site cannot hold " + written[at:at+1]
	case strings.ContainsFunc(written, unicode.IsControl):
		return "an address of this site cannot hold a control character"
	case slices.Contains(strings.Split(written, "/"), ".."):
		return "an address of this site is counted from its root, without .."
	}
	return ""
}

// offset is where the page's author has asked for its address.
func (p *Page) offset() int { return cmp.Or(p.Meta.URL.Offset, p.Meta.Slug.Offset) }

// aliases returns the addresses that lead on to the page. One that is written
// without a slash at the beginning stands beside the page, as Hugo has it.
func (p *Page) aliases() []diag.Text {
	beside := path.Dir("/" + strings.TrimSuffix(p.Address, "/"))
	var aliases []diag.Text
	for _, alias := range p.Meta.Aliases {
		at := givenAddress(alias.Value)
		if !strings.HasPrefix(alias.Value, "/") {
			at = givenAddress(path.Join(beside, alias.Value))
		}
		aliases = append(aliases, diag.Text{Value: at, Offset: alias.Offset})
	}
	return aliases
}

// fileAddress returns where a file of content/ is published: below the address
// of its folder, under its own name.
func fileAddress(name string) string {
	return cleanPath(path.Join(Urlize(path.Dir(name)), path.Base(name)))
}

// File returns the path below content/ of the file that is published at an
// address, or "".
func (s *Site) File(address string) string { return s.files[address] }

// address returns where a page is published.
func (s *Site) address(p *Page) string {
	if p.Meta.URL.Value != "" {
		return givenAddress(p.Meta.URL.Value)
	}
	dir := p.Dir()
	if p.IsSection() || p.IsBundle() {
		dir = path.Dir(dir)
	}
	at := cleanPath(Urlize(path.Join("/", s.prefix(p.Lang), dir, cmp.Or(p.Meta.Slug.Value, p.Name()))))
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
