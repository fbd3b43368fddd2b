package site

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"veiviser/internal/content"
	"veiviser/internal/diag"
)

// A File is a file that is published though no page of the content makes it.
type File struct {
	Address string
	Source  string // its path in the site's folder; "" if the tool makes it itself
	Theme   bool   // it stands in the theme, where its author cannot be told of it
}

// A Maker is what a file of the published site is made from: a page, the alias
// of one, or a file that is published as it is.
type Maker struct {
	Page  *Page // nil for a file
	Alias bool  // the file leads on to Page
	File  File

	written diag.Text // the alias, or where the page asks for its address
	rank    int       // of two that want one path, the later gives way
}

// reserved begins the names that package output keeps for itself.
const reserved = ".veiviser-"

// publish gives every file of the published site its maker: first the tool's
// own and those of static/, then the content's, its pages and their aliases.
// It reports two that want one path, and a path that is a folder of another.
func (s *Site) publish(own []string, others []File) {
	for _, f := range others {
		s.claim(f.Address, Maker{File: f})
	}
	for _, f := range own {
		s.claim(fileAddress(f), Maker{File: File{Address: fileAddress(f), Source: content.Dir + "/" + f}})
	}
	for _, p := range s.Pages {
		if s.claim(PublishedPath(p.Address), Maker{Page: p, written: diag.Text{Value: p.Address, Offset: p.offset()}}) {
			s.byAddress[p.Address] = p
			s.lastPart[path.Base(p.Address)] = p.Address
		}
	}
	for _, p := range s.Pages {
		for _, alias := range p.aliases() {
			if s.claim(PublishedPath(alias.Value), Maker{Page: p, Alias: true, written: alias}) {
				s.Aliases[alias.Value] = p
			}
		}
	}
	s.checkFolders()
	for at, m := range s.Published {
		if below, own := strings.CutPrefix(m.File.Source, content.Dir+"/"); own {
			s.files[at] = below
		} else if m.Page == nil {
			s.files[at] = ""
		}
	}
}

// PublishedPath returns the path of the file that is published at the address
// of a page.
func PublishedPath(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}

// claim makes m the maker of a path, if it is free.
func (s *Site) claim(at string, m Maker) bool {
	other, taken := s.Published[at]
	switch {
	case taken && m.Page != nil && other.Page == m.Page && m.Alias && other.Alias:
		s.refuse(m, "remove one of the two", "the alias /%s stands here twice", m.written.Value)
	case taken && m.Alias && other.Alias:
		s.refuse(m, "remove one of the two", "the alias /%s is one of %s too", m.written.Value, other.name())
	case taken && m.Alias:
		s.refuse(m, "remove the alias", "the alias /%s is the address of %s", m.written.Value, other.name())
	case taken && m.File.Theme: // the tool makes it itself
	case taken:
		s.refuse(m, m.hint(other), "this %s has the address /%s of %s", m.kind(), cmp.Or(m.written.Value, m.File.Address), other.name())
	case strings.HasPrefix(at, reserved):
		s.refuse(m, "choose another name", "no address may begin with /%s", reserved)
	default:
		m.rank = len(s.Published)
		s.Published[at] = m
		return true
	}
	return false
}

// checkFolders takes back the paths that cannot be there beside another,
// because the one names a file that the other has for a folder.
func (s *Site) checkFolders() {
	for _, at := range slices.Sorted(maps.Keys(s.Published)) {
		for folder := path.Dir(at); folder != "."; folder = path.Dir(folder) {
			file, clash := s.Published[folder]
			below, there := s.Published[at]
			if !clash || !there {
				continue
			}
			if file.rank < below.rank {
				s.refuse(below, "give one of the two another name", "there is no room for /%s, because /%s is %s", at, folder, file.name())
				delete(s.Published, at)
			} else {
				s.refuse(file, "give one of the two another name", "there is no room for the file /%s, because /%s is %s", folder, at, below.name())
				delete(s.Published, folder)
			}
		}
	}
}

// refuse reports that m cannot have its path, where its author has asked for
// it.
func (s *Site) refuse(m Maker, hint, format string, args ...any) {
	if m.Page != nil && !m.Page.made {
		s.problem(m.Page.Source.Errorf(m.written.Offset, hint, format, args...))
		return
	}
	at := m.File.Source
	if m.Page != nil {
		at = path.Dir(m.Page.Source.Name)
	}
	s.problem(diag.Problem{Pos: diag.Pos{File: at}, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

func (m Maker) kind() string {
	switch {
	case m.Page == nil:
		return "file"
	case m.Page.made:
		return "folder"
	}
	return "page"
}

// name is what messages call m.
func (m Maker) name() string {
	switch {
	case m.Alias:
		return m.Page.Source.Name
	case m.Page != nil && m.Page.made:
		return "the folder " + path.Dir(m.Page.Source.Name)
	case m.Page != nil:
		return m.Page.Source.Name
	case m.File.Theme:
		return "the theme's " + m.File.Source
	case m.File.Source == "":
		return "a file that veiviser makes"
	}
	return m.File.Source
}

// hint says how the author of m can give way to another.
func (m Maker) hint(other Maker) string {
	switch {
	case other.File.Address == "404.html" && other.File.Source == "":
		return "write layouts/404.html in its place"
	case other.Page == nil && other.File.Source == "":
		return "remove it"
	case m.kind() == "folder":
		return "give the folders one name"
	case m.Page == nil || other.Page == nil:
		return "rename one of the files"
	case m.Page.Key == "index.md":
		return "the home page is _index.md; rename the file"
	}
	return "rename one of the files, or give one of them a slug"
}
