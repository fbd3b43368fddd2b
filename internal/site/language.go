package site

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"veiviser/internal/content"
)

// A version is something in one language: a page by its key, or a list of
// choices by its name.
type version struct{ lang, key string }

// defaultLanguage is that of a site that names none.
const defaultLanguage = "nb"

// commonLanguages are those that the name of a file is believed to mean though
// the site does not name them.
var commonLanguages = []string{"nb", "nn", "no", "en", "se", "sma", "smj", "da", "sv"}

// addLanguages reads the site's languages from its home page.
func (s *Site) addLanguages(tree *content.Tree) {
	for _, p := range tree.Pages {
		if p.Path != "_index.md" {
			continue
		}
		for _, lang := range p.Meta.Languages {
			if _, err := language.Parse(lang.Value); err != nil {
				s.problem(p.Source.Errorf(lang.Offset, "write a tag like nb, nn or en", "%q is not a language", lang.Value))
				continue
			}
			if slices.ContainsFunc(s.Languages, func(l string) bool { return strings.EqualFold(l, lang.Value) }) {
				s.problem(p.Source.Errorf(lang.Offset, "keep one of the two", "the language %q is named twice", lang.Value))
				continue
			}
			s.Languages = append(s.Languages, lang.Value)
		}
	}
	if len(s.Languages) == 0 {
		s.Languages = []string{defaultLanguage}
	}
	for _, p := range tree.Pages {
		if lang := languageSuffix(p.Path); slices.Contains(commonLanguages, lang) && !slices.Contains(s.Languages, lang) {
			s.problem(p.Source.Warningf(0, "name it on the home page: languages: ["+strings.Join(append(slices.Clone(s.Languages), lang), ", ")+"]",
				"%q is not a language of the site, so this is a page of its own", lang))
		}
	}
}

// languageSuffix returns what stands before .md in the name of a file: "nn" in
// side.nn.md.
func languageSuffix(name string) string {
	return strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".md")), ".")
}

// language returns the language of a file and its key.
func (s *Site) language(name string) (lang, key string) {
	if lang := languageSuffix(name); slices.Contains(s.Languages, lang) {
		return lang, strings.TrimSuffix(name, "."+lang+".md") + ".md"
	}
	return s.Languages[0], name
}

// pathOf returns the path of a version's file, as it is usually written.
func (s *Site) pathOf(v version) string {
	if v.lang == s.Languages[0] {
		return v.key
	}
	return strings.TrimSuffix(v.key, ".md") + "." + v.lang + ".md"
}

// prefix is the first part of the addresses of a language's pages.
func (s *Site) prefix(lang string) string {
	if lang == s.Languages[0] || lang == "" {
		return ""
	}
	return lang
}

// HomeOf returns the home page of a language.
func (s *Site) HomeOf(lang string) *Page { return s.byKey[version{lang, "_index.md"}] }

// Translation returns the page of a file below content/ in a language, or else
// in the language that the file is in; nil if there is no such file.
func (s *Site) Translation(name, lang string) *Page {
	name = norm.NFC.String(name)
	_, key := s.language(name)
	if p := s.byKey[version{lang, key}]; p != nil && name == key {
		return p
	}
	return s.Page(name)
}

// Translations returns the page in all languages that it is written in, or
// nothing if there is only one.
func (s *Site) Translations(p *Page) []*Page {
	var pages []*Page
	for _, lang := range s.Languages {
		if t := s.byKey[version{lang, p.Key}]; t != nil {
			pages = append(pages, t)
		}
	}
	if len(pages) < 2 {
		return nil
	}
	return pages
}
