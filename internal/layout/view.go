package layout

import (
	"bytes"
	"cmp"
	"html/template"
	"maps"
	"slices"
	"strings"

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/markdown"
	"veiviser/internal/order"
	"veiviser/internal/site"
)

// An Env is what surrounds the pages of a build.
type Env struct {
	Site   *site.Site
	Assets string // the address of the folder with stylesheets and scripts, with a slash at the end
}

// A View is what the templates of a page are executed with.
type View struct {
	Env
	Page *site.Page

	set      *Set
	words    *templates
	problems diag.List
}

// Render returns the HTML of a page, and what is wrong in the templates or in
// the page's calls of them. Without HTML, the page cannot be rendered.
func (s *Set) Render(env Env, p *site.Page) ([]byte, diag.List) {
	return s.view(env, p).execute(layoutOf(p))
}

// NotFound returns the page for addresses where there is none.
func (s *Set) NotFound(env Env) ([]byte, diag.List) {
	v := s.view(env, &site.Page{Page: &content.Page{Doc: &markdown.Doc{}}, Lang: env.Site.Languages[0], Address: "404.html", URL: env.Site.Base + "404.html"})
	title, err := v.words.word("not-found-title")
	if err != nil {
		return nil, diag.List{s.problem(err)}
	}
	v.Page.Title = title
	return v.execute("404")
}

// Redirect returns the page for an alias of p.
func (s *Set) Redirect(env Env, p *site.Page) ([]byte, diag.List) {
	return s.view(env, p).execute("redirect")
}

func (s *Set) view(env Env, p *site.Page) *View {
	v := &View{Env: env, Page: p, set: s, words: s.in(p.Lang)}
	for _, lang := range env.Site.Home.Meta.Languages {
		if lang.Value == p.Lang && s.languages[p.Lang] == nil {
			v.problems = append(v.problems, env.Site.Home.Source.Warningf(lang.Offset, "write "+Dir+"/i18n/"+p.Lang+".yaml",
				"there are no words in %q for what surrounds its pages; they are in bokmål", p.Lang))
		}
	}
	return v
}

// layoutOf returns the name of the layout that a page is shown in.
func layoutOf(p *site.Page) string {
	switch {
	case p.Meta.Layout.Value != "":
		return p.Meta.Layout.Value
	case p.Order != nil:
		return "order"
	case p.IsQuestion() || p.Wizard != nil:
		return "wizard"
	case p.Parent == nil:
		return "home"
	case p.IsSection():
		return "section"
	}
	return "page"
}

func (v *View) execute(layout string) ([]byte, diag.List) {
	t, ok := v.words.layouts[layout]
	switch {
	case !ok:
		names := slices.Sorted(maps.Keys(v.words.layouts))
		return nil, append(v.problems, v.Page.Source.Errorf(v.Page.Meta.Layout.Offset, diag.DidYouMean(layout, names, "write "+Dir+"/"+layout+".html"), "there is no layout %q", layout))
	case t.Template == nil:
		return nil, append(v.problems, t.problems...)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, v); err != nil {
		p := v.set.problem(err)
		if p.Line == 0 { // it was the layout that differed from others
			p.File = Dir + "/" + layout + ".html"
		}
		return nil, append(v.problems, p)
	}
	return b.Bytes(), v.problems
}

// T is the words of a key in the page's language.
func (v *View) T(key string) (string, error) { return v.words.word(key) }

// Asset is the address of a file below static/css or static/js.
func (v *View) Asset(name string) string { return v.Assets + name }

// Content is the page's text as HTML.
func (v *View) Content() template.HTML { return v.fill(v.Page.Doc.Segments) }

// fill joins segments and fills their holes.
func (v *View) fill(segments []markdown.Segment) template.HTML {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.HTML)
		switch {
		case s.Link != nil:
			b.WriteString(template.HTMLEscapeString(v.Page.Href(s.Link)))
		case s.Shortcode != nil:
			b.WriteString(v.shortcode(s.Shortcode))
		case s.TOC:
			b.WriteString(v.toc())
		}
	}
	return template.HTML(b.String())
}

// toc is the contents list that stands in the text.
func (v *View) toc() string {
	var b strings.Builder
	if err := v.words.frame.ExecuteTemplate(&b, "partials/toc.html", v); err != nil {
		v.problems = append(v.problems, v.set.problem(err))
		return ""
	}
	return b.String()
}

// Home is the home page in the page's language.
func (v *View) Home() *site.Page { return v.Site.HomeOf(v.Page.Lang) }

// Starts is the pages where the wizards in the page's language start.
func (v *View) Starts() []*site.Page {
	var starts []*site.Page
	for _, g := range v.Site.Wizards {
		if p := v.Site.Page(g.Start.ID); p.Lang == v.Page.Lang {
			starts = append(starts, p)
		}
	}
	return starts
}

// LanguageName is the name of a language in itself, or its tag if there are no
// words in it.
func (v *View) LanguageName(lang string) string {
	if t := v.set.languages[lang]; t != nil {
		return cmp.Or(t.words["language-name"], lang)
	}
	return lang
}

// An Entry is an entry of the contents list.
type Entry struct {
	ID, Text string
	Children []*Entry
}

// Contents is the page's headings, nested: all that stand in its TOC block, or
// those down to the third level.
func (v *View) Contents() []*Entry {
	var top []*Entry
	type open struct {
		level int
		entry *Entry
	}
	var path []open
	for _, h := range v.Page.Doc.Contents() {
		if h.Level > 3 && !v.Page.Doc.HasTOC {
			continue
		}
		for len(path) > 0 && path[len(path)-1].level >= h.Level {
			path = path[:len(path)-1]
		}
		e := &Entry{ID: h.ID, Text: h.Text}
		if len(path) == 0 {
			top = append(top, e)
		} else {
			parent := path[len(path)-1].entry
			parent.Children = append(parent.Children, e)
		}
		path = append(path, open{h.Level, e})
	}
	return top
}

// Form is what the template of the order form is executed with.
func (v *View) Form() (order.View, error) {
	if v.Page.Order == nil {
		return order.View{}, &fault{msg: v.Page.Source.Name + " is not an order", hint: "take layout: away from it, or add order:"}
	}
	var failed error
	word := func(key string) string {
		w, err := v.words.word(key)
		failed = cmp.Or(failed, err)
		return w
	}
	return order.NewView(v.Page.Order, word), failed
}

// ContentSecurityPolicy is what a page may load and do (CSP, level 3).
// Everything comes from the site itself and nothing is sent anywhere; only
// pictures may come from the sites that the page's text shows them from, and
// not on the pages where an applicant writes.
func (v *View) ContentSecurityPolicy() string {
	images := []string{"'self'"}
	if v.Page.Wizard == nil && v.Page.Order == nil {
		for _, h := range v.Page.Doc.Hosts {
			images = append(images, h.Origin)
		}
	}
	return "default-src 'none'; connect-src 'none'; script-src 'self'; style-src 'self'; img-src " + strings.Join(images, " ") +
		"; form-action 'none'; base-uri 'none'"
}
