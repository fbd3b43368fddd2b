// Package layout turns pages into HTML with the templates in layouts/.
//
//	layouts/base.html           the frame; layouts that define "main" are set into it
//	layouts/page.html …         one layout for each kind of page
//	layouts/partials/*.html     parts, called by {{template "partials/nav.html" .}}
//	layouts/shortcodes/*.html   one template for each shortcode
//	layouts/i18n/*.yaml         the words that the templates use, a file for each language
//
// A site's own file takes the place of the theme's file of the same name; of
// the words, each takes the place of the theme's of the same key. A template is known by its path below layouts/, so that what is wrong in one
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

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/markdown"
)

// Dir is the folder that Load reads.
const Dir = "layouts"

// A Set is all templates, ready to be executed.
type Set struct {
	sources    map[string]diag.Source   // of templates, by path below layouts/
	words      map[string][]diag.Source // by language, the theme's first
	shortcodes map[string]markdown.Inner
	languages  map[string]*templates
}

// templates are the templates of one language: the same text, with the words
// of that language.
type templates struct {
	words      map[string]string
	frame      *template.Template // base.html and the partials
	layouts    map[string]compiled
	shortcodes map[string]compiled
}

// A compiled is a template that can be executed, or nil and why it cannot.
type compiled struct {
	*template.Template
	problems diag.List
}

// Load reads the folder layouts/ of each file system; a file in a later one
// takes the place of one of the same name. What is wrong with a template is in
// the list, and the error is one of the file system.
func Load(systems ...fs.FS) (*Set, diag.List, error) {
	s := &Set{sources: map[string]diag.Source{}, words: map[string][]diag.Source{}, shortcodes: map[string]markdown.Inner{}, languages: map[string]*templates{}}
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
	}
	for lang, files := range s.words {
		t, list := s.compile(files)
		s.languages[lang] = t
		problems = append(problems, list...)
	}
	return s, problems.Sorted(), nil
}

func (s *Set) read(fsys fs.FS) error {
	return fs.WalkDir(fsys, Dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") || content.Temporary(d.Name()) {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		below := strings.TrimPrefix(name, Dir+"/")
		src := diag.Source{Name: name, Text: strings.ReplaceAll(string(text), "\r\n", "\n")}
		if lang, ok := strings.CutSuffix(below, ".yaml"); ok && path.Dir(below) == "i18n" {
			lang = path.Base(lang)
			s.words[lang] = append(s.words[lang], src)
			return nil
		}
		s.sources[below] = src
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
func (s *Set) compile(files []diag.Source) (*templates, diag.List) {
	words, problems := s.readWords(files)
	t := &templates{words: words, layouts: map[string]compiled{}, shortcodes: map[string]compiled{}}
	t.frame = template.New("").Funcs(template.FuncMap{"T": t.word})
	var frameProblems diag.List
	names := slices.Sorted(maps.Keys(s.sources))
	for _, name := range names {
		if name == "base.html" || path.Dir(name) == "partials" {
			frameProblems = append(frameProblems, s.parse(t.frame, name)...)
		}
	}
	problems = append(problems, frameProblems...)
	for _, name := range names {
		key, isTemplate := strings.CutSuffix(path.Base(name), ".html")
		if !isTemplate || name == "base.html" {
			continue
		}
		switch path.Dir(name) {
		case ".":
			t.layouts[key] = s.compileOne(t.frame, name, frameProblems)
			problems = append(problems, t.layouts[key].problems...)
		case "shortcodes":
			t.shortcodes[key] = s.compileOne(t.frame, name, frameProblems)
			problems = append(problems, t.shortcodes[key].problems...)
		}
	}
	return t, problems
}

// compileOne compiles a template that is set into the frame, or uses parts of
// it. What is wrong with the frame is wrong with the template too.
func (s *Set) compileOne(frame *template.Template, name string, frameProblems diag.List) compiled {
	own := template.Must(frame.Clone())
	problems := slices.Concat(frameProblems, s.parse(own, name))
	if len(problems) > 0 {
		return compiled{nil, problems}
	}
	if own.Lookup("main") == nil {
		return compiled{own.Lookup(name), nil}
	}
	base := own.Lookup("base.html")
	if base == nil {
		return compiled{nil, diag.List{s.sources[name].Errorf(0, "write "+Dir+"/base.html", "there is no base.html to set \"main\" into")}}
	}
	return compiled{base, nil}
}

// parse adds the template of a name to others.
func (s *Set) parse(to *template.Template, name string) diag.List {
	if _, err := to.New(name).Parse(s.sources[name].Text); err != nil {
		return diag.List{s.problem(err)}
	}
	return nil
}

// word is the function T: the words of a key.
func (t *templates) word(key string) (string, error) {
	if word, ok := t.words[key]; ok {
		return word, nil
	}
	return "", &fault{msg: "no words for the key " + strconv.Quote(key), inTemplate: true, hint: diag.DidYouMean(key, slices.Sorted(maps.Keys(t.words)), "add the key to layouts/i18n/")}
}

// A fault is what a function reports to the author who called it: that of the
// template, or that of the page on which a shortcode stands.
type fault struct {
	msg, hint  string
	inTemplate bool
}

func (f *fault) Error() string { return f.msg }

// The forms of the errors of html/template: NAME:LINE:COLUMN: MESSAGE, without
// what is not known, and a message about a part of a template.
var (
	templateError = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+\.html):(?:(\d+):)?(?:(\d+):)? (?s:(.*))$`)
	executing     = regexp.MustCompile(`^executing "[^"]*" at <(.*?)>: (?s:(.*))$`)
)

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
	msg, hint := "bad template: "+m[4], ""
	if at := executing.FindStringSubmatch(m[4]); at != nil {
		msg = "bad template: " + at[1] + ": " + at[2]
	}
	if f, ok := errors.AsType[*fault](err); ok {
		msg, hint = f.msg, f.hint
	}
	line, err := strconv.Atoi(m[2])
	if err != nil { // html/template knows only how the whole ends
		msg, _, _ = strings.Cut(msg, ": {")
		return diag.Problem{Pos: diag.Pos{File: src.Name}, Msg: msg, Hint: "close every tag, attribute and script"}
	}
	col, _ := strconv.Atoi(cmp.Or(m[3], "0"))
	return src.Errorf(src.Offset(line, 1)+col, hint, "%s", msg)
}
