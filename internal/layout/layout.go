// Package layout turns pages into HTML with the templates in layouts/.
//
//	layouts/base.html           the frame; layouts that define "main" are set into it
//	layouts/page.html …         one layout for each kind of page
//	layouts/partials/*.html     parts, called by {{template "partials/nav.html" .}}
//	layouts/shortcodes/*.html   one template for each shortcode
//	layouts/i18n/*.yaml         the words that the templates use, a file for each language
//
// A site's own file takes the place of the theme's file of the same name. A
// template is known by its path below layouts/, so that what is wrong in one
// is reported with its place.
//
// The first line of a shortcode's template says what it takes between its
// tags: {{/* inner: markdown */}} or {{/* inner: text */}}, and nothing if it
// says nothing.
//
// [Set.Render] is a pure function of a site and a page; it can be called from
// many goroutines. This package is the only importer of html/template.
package layout

import (
	"cmp"
	"errors"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"veiviser/internal/diag"
	"veiviser/internal/markdown"
)

// Dir is the folder that Load reads.
const Dir = "layouts"

// A Set is all templates, ready to be executed.
type Set struct {
	sources    map[string]diag.Source // by path below layouts/
	shortcodes map[string]markdown.Inner
	languages  map[string]*templates
}

// templates are the templates of one language: the same text, with the words
// of that language.
type templates struct {
	words map[string]string
	byKey map[string]*template.Template // layouts and shortcodes by path below layouts/
}

// Load reads the folder layouts/ of each file system; a file in a later one
// takes the place of one of the same name. What is wrong with a template is in
// the list, and the error is one of the file system.
func Load(systems ...fs.FS) (*Set, diag.List, error) {
	s := &Set{sources: map[string]diag.Source{}, shortcodes: map[string]markdown.Inner{}, languages: map[string]*templates{}}
	for _, fsys := range systems {
		if err := s.read(fsys); err != nil {
			return nil, nil, err
		}
	}
	var problems diag.List
	for name, src := range s.sources {
		if path.Dir(name) == "shortcodes" && path.Ext(name) == ".html" {
			s.shortcodes[strings.TrimSuffix(path.Base(name), ".html")] = innerOf(src.Text)
		}
		if path.Dir(name) == "i18n" && path.Ext(name) == ".yaml" {
			t, list := s.compile(src)
			s.languages[strings.TrimSuffix(path.Base(name), ".yaml")] = t
			problems = append(problems, list...)
		}
	}
	return s, problems.Sorted(), nil
}

func (s *Set) read(fsys fs.FS) error {
	return fs.WalkDir(fsys, Dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		below := strings.TrimPrefix(name, Dir+"/")
		s.sources[below] = diag.Source{Name: name, Text: strings.ReplaceAll(string(text), "\r\n", "\n")}
		return nil
	})
}

// Shortcodes returns the shortcodes there are, and what each takes between its
// tags.
func (s *Set) Shortcodes() map[string]markdown.Inner { return s.shortcodes }

// SameShortcodes reports whether two sets have the same shortcodes that take
// the same, so that pages read with one can be shown with the other.
func (s *Set) SameShortcodes(other *Set) bool {
	return maps.Equal(s.shortcodes, other.shortcodes)
}

var innerComment = regexp.MustCompile(`^\{\{-?\s*/\*\s*inner:\s*(markdown|text)\s*\*/`)

func innerOf(text string) markdown.Inner {
	switch m := innerComment.FindStringSubmatch(text); {
	case m == nil:
		return markdown.NoInner
	case m[1] == "text":
		return markdown.TextInner
	}
	return markdown.MarkdownInner
}

// compile parses all templates with the words of one language.
func (s *Set) compile(words diag.Source) (*templates, diag.List) {
	t := &templates{words: map[string]string{}, byKey: map[string]*template.Template{}}
	var problems diag.List
	if err := yaml.Unmarshal([]byte(words.Text), &t.words); err != nil {
		problems = append(problems, words.Errorf(0, "write key: \"text\" on each line", "%s", strings.TrimPrefix(err.Error(), "yaml: ")))
	}
	frame := template.New("").Funcs(template.FuncMap{"T": t.word})
	parse := func(into *template.Template, name string) {
		if _, err := into.New(name).Parse(s.sources[name].Text); err != nil {
			problems = append(problems, s.problem(err))
		}
	}
	names := slices.Sorted(maps.Keys(s.sources))
	for _, name := range names {
		if path.Dir(name) == "partials" || name == "base.html" {
			parse(frame, name)
		}
	}
	for _, name := range names {
		if dir := path.Dir(name); path.Ext(name) != ".html" || name == "base.html" || dir != "." && dir != "shortcodes" {
			continue
		}
		own := template.Must(frame.Clone())
		parse(own, name)
		entry := own.Lookup(name)
		if own.Lookup("main") != nil {
			entry = own.Lookup("base.html")
		}
		t.byKey[name] = entry
	}
	return t, problems
}

// word is the function T: the words of a key.
func (t *templates) word(key string) (string, error) {
	if word, ok := t.words[key]; ok {
		return word, nil
	}
	return "", &fault{msg: "no words for the key " + strconv.Quote(key), hint: diag.DidYouMean(key, slices.Sorted(maps.Keys(t.words)), "add the key to layouts/i18n/")}
}

// A fault is what a function reports to the author who called it.
type fault struct{ msg, hint string }

func (f *fault) Error() string { return f.msg }

var templateError = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: (?s:(.*))$`)
var executing = regexp.MustCompile(`^executing "[^"]*" at <(.*?)>: (?s:(.*))$`)

// problem makes a problem of an error of html/template, which says the place
// in its text: the line from 1, the column in bytes from 0.
func (s *Set) problem(err error) diag.Problem {
	m := templateError.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.Problem{Pos: diag.Pos{File: Dir}, Msg: err.Error()}
	}
	src, known := s.sources[m[1]]
	if !known {
		src.Name = Dir + "/" + m[1]
	}
	line, _ := strconv.Atoi(m[2])
	col, _ := strconv.Atoi(cmp.Or(m[3], "0"))
	msg, hint := "bad template: "+m[4], ""
	if at := executing.FindStringSubmatch(m[4]); at != nil {
		msg = "bad template: " + at[1] + ": " + at[2]
	}
	if f, ok := errors.AsType[*fault](err); ok {
		msg, hint = f.msg, f.hint
	}
	return src.Errorf(src.Offset(line, 1)+col, hint, "%s", msg)
}
