package site

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/markdown"
)

// A DeadLink says why a link leads nowhere, and what to do about it.
type DeadLink struct {
	Msg, Hint string
}

// Href returns what stands in the HTML for a link that p's author wrote. A
// dead one, which has been reported, is as it was written.
func (p *Page) Href(l *markdown.Link) string { return p.hrefs[l] }

// resolveLinks finds out where every link of every page leads, on all
// processors.
func (s *Site) resolveLinks() {
	chunks := slices.Collect(slices.Chunk(s.Pages, len(s.Pages)/runtime.GOMAXPROCS(0)+1))
	found := make([]diag.List, len(chunks))
	var wait sync.WaitGroup
	for i, chunk := range chunks {
		wait.Go(func() {
			for _, p := range chunk {
				found[i] = append(found[i], s.resolvePage(p)...)
			}
		})
	}
	wait.Wait()
	for _, list := range found {
		s.Problems = append(s.Problems, list...)
	}
}

func (s *Site) resolvePage(p *Page) diag.List {
	var problems diag.List
	for _, l := range p.Doc.Links {
		href, to, dead := s.Resolve(p, l.Dest)
		if dead == nil && l.Image && to != nil {
			dead = &DeadLink{fmt.Sprintf("%q is a page, and no picture", l.Dest), "remove the ! for a link to the page"}
		}
		if dead != nil {
			problems = append(problems, p.Source.Errorf(l.Offset, dead.Hint, "%s", dead.Msg))
		}
		p.hrefs[l] = href
	}
	return problems
}

// Resolve returns the URL that a link on page from leads to, and the page that
// is there, which is nil for a file or another site. The link may be written
// as an address, relative to from's or to the root of the site, or as the path
// of a file, relative to from's file.
func (s *Site) Resolve(from *Page, dest string) (string, *Page, *DeadLink) {
	if dest == "" {
		return dest, nil, &DeadLink{"a link without an address", "write where it leads, or remove it"}
	}
	u, err := url.Parse(dest)
	if err != nil {
		hint := ""
		if strings.Contains(dest, "%") {
			hint = "write % as %25"
		}
		return dest, nil, &DeadLink{fmt.Sprintf("%q is not an address", dest), hint}
	}
	if web := u.Scheme == "http" || u.Scheme == "https"; web && u.Host == "" || u.Scheme != "" && u.Host+u.Path+u.Opaque == "" {
		return dest, nil, &DeadLink{fmt.Sprintf("%q is not a whole address", dest), "write what comes after " + u.Scheme + ":, or remove the link"}
	}
	if u.Scheme != "" || u.Host != "" {
		return dest, nil, nil
	}
	to, file, dead := s.find(from, norm.NFC.String(u.Path))
	switch {
	case dead != nil:
		return dest, nil, dead
	case to == nil:
		return s.Base + escape(file) + suffix(u), nil, nil
	}
	if id := norm.NFC.String(u.Fragment); id != "" && id != "top" && !to.hasID(id) {
		return dest, to, &DeadLink{fmt.Sprintf("no heading #%s on %s", id, to.Source.Name), diag.DidYouMean(id, to.ids(), "")}
	}
	if dest[0] == '#' {
		return cmp.Or(suffix(u), "#"), to, nil
	}
	return to.URL + suffix(u), to, nil
}

// suffix is the query and the fragment of an address.
func suffix(u *url.URL) string {
	end := ""
	if u.RawQuery != "" {
		end = "?" + u.RawQuery
	}
	if u.Fragment != "" {
		end += "#" + (&url.URL{Fragment: norm.NFC.String(u.Fragment)}).EscapedFragment()
	}
	return end
}

// find returns the page or the file at a path that is written on page from.
func (s *Site) find(from *Page, written string) (*Page, string, *DeadLink) {
	if written == "" {
		return from, "", nil
	}
	for _, at := range s.candidates(from, written) {
		file, _ := content.PagePath(at)
		if p := s.Translation(file, from.Lang); p != nil {
			return p, "", nil
		}
		if p := s.at(at); p != nil {
			return p, "", nil
		}
		for _, file := range [...]string{at, fileAddress(at)} {
			if _, ok := s.files[file]; ok {
				return nil, file, nil
			}
		}
	}
	return nil, "", s.dead(from, written)
}

// candidates returns the places below the site's root that a path may mean,
// the likeliest first.
func (s *Site) candidates(from *Page, written string) []string {
	if below, ok := strings.CutPrefix(written, "/"); ok {
		if inside, ok := strings.CutPrefix(below+"/", s.root); ok && s.root != "" {
			return []string{cleanPath(inside), cleanPath(written)}
		}
		return []string{cleanPath(written)}
	}
	byFile := cleanPath(path.Join(from.Dir(), written))
	byAddress := cleanPath(path.Join(from.Address, written))
	if path.Ext(from.Address) == ".html" {
		byAddress = cleanPath(path.Join(path.Dir(from.Address), written))
	}
	if _, file := content.PagePath(written); file {
		return []string{byFile, byAddress}
	}
	if inDefault, ok := strings.CutPrefix(byAddress, s.prefix(from.Lang)+"/"); ok {
		return []string{byAddress, byFile, inDefault}
	}
	return []string{byAddress, byFile}
}

// at returns the page at an address, however its end is written.
func (s *Site) at(at string) *Page {
	given := givenAddress(at)
	for _, address := range [...]string{given, strings.TrimSuffix(given, "/") + "/"} {
		if p := s.byAddress[address]; p != nil {
			return p
		}
		if p := s.Aliases[address]; p != nil {
			return p
		}
	}
	return nil
}

// dead says that there is nothing at a path, and what may have been meant.
func (s *Site) dead(from *Page, written string) *DeadLink {
	d := &DeadLink{Msg: fmt.Sprintf("no page or file at %q", written)}
	candidates := slices.Compact(s.candidates(from, written))
	for _, p := range s.Left {
		if slices.Contains(candidates, p.Path) || slices.Contains(candidates, strings.TrimSuffix(s.address(&Page{Page: p, Meta: p.Meta, Key: p.Path}), "/")) {
			d.Hint = content.Dir + "/" + p.Path + " is a draft; publish it, or build with --drafts"
			return d
		}
	}
	last, _ := content.PagePath(path.Base(written))
	last = strings.TrimSuffix(last, ".md")
	if at, ok := s.lastPart[last]; ok && last != "." && last != ".." {
		d.Hint = fmt.Sprintf("did you mean %q?", "/"+at)
		return d
	}
	for _, at := range candidates {
		if parent := s.at(path.Dir(at)); parent != nil {
			names := make([]string, len(parent.Children))
			for i, c := range parent.Children {
				names[i] = path.Base(c.Address)
			}
			if near := diag.Nearest(strings.TrimSuffix(path.Base(at), ".md"), names); near != "" {
				d.Hint = fmt.Sprintf("did you mean %q?", "/"+parent.Children[slices.Index(names, near)].Address)
				return d
			}
		}
	}
	d.Hint = fmt.Sprintf("looked for /%s", strings.Join(candidates, " and /"))
	return d
}

// hasID reports whether a fragment of the page is there to be linked to.
func (p *Page) hasID(id string) bool {
	return slices.ContainsFunc(p.Doc.Headings, func(h markdown.Heading) bool { return h.ID == id }) ||
		slices.Contains(p.Doc.Anchors, id)
}

func (p *Page) ids() []string {
	ids := slices.Clone(p.Doc.Anchors)
	for _, h := range p.Doc.Headings {
		ids = append(ids, h.ID)
	}
	return ids
}
