package e2e

import (
	"fmt"
	"path"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"veiviser/internal/order"
	"veiviser/internal/site"
)

// A walk is one way through a wizard.
type walk struct {
	start   *site.Page
	answers []step
}

// A step is an answer, by its label, and the page that it leads to.
type step struct {
	label string
	to    *site.Page
}

// end is the page that the walk leads to.
func (w walk) end() *site.Page { return w.answers[len(w.answers)-1].to }

func (w walk) String() string {
	s := ""
	for _, step := range w.answers {
		s += step.label + ", "
	}
	return s + "to " + nameOf(w.end())
}

// nameOf is a short name of a page, for the name of a test.
func nameOf(p *site.Page) string { return path.Base(p.Address) }

// walks returns every way through the site's wizards, in its first language.
func walks(t *testing.T, s *published) []walk {
	t.Helper()
	var all []walk
	var extend func(w walk, at *site.Page)
	extend = func(w walk, at *site.Page) {
		for _, a := range at.Answers {
			next := walk{w.start, append(w.answers[:len(w.answers):len(w.answers)], step{a.Label.Value, s.Page(a.Target)})}
			if to := next.end(); to.IsQuestion() {
				extend(next, to)
			} else {
				all = append(all, next)
			}
		}
	}
	for _, graph := range s.Wizards {
		if start := s.Page(graph.Start.ID); start.Lang == s.Languages[0] {
			extend(walk{start: start}, start)
		}
	}
	ends := map[*site.Page]bool{}
	for _, w := range all {
		ends[w.end()] = true
	}
	for _, p := range s.orders() {
		if !ends[p] {
			t.Fatalf("no walk leads to the order %s", p.Address)
		}
	}
	return all
}

// walksByMouse takes every walk from the home page, which holds the first
// question, and fills in each order that it ends in.
func walksByMouse(t *testing.T, b *browser, s *published) {
	for _, w := range walks(t, s) {
		t.Run(w.String(), func(t *testing.T) {
			tab := b.newTab(t, s)
			tab.open("")
			for _, step := range w.answers {
				tab.click(answer(step.label))
				tab.arrived(step.to.Address)
				tab.hasHeading(step.to.Title)
			}
			if w.end().Order != nil {
				tab.fill(w.end(), written)
				tab.click(button("Vis e-posten"))
				tab.hasMail(w.end(), written)
			}
		})
	}
}

// hasHeading checks the page's only first-level heading.
func (tb *tab) hasHeading(want string) {
	tb.t.Helper()
	if got := eval[[]string](tb, `[...document.querySelectorAll("h1")].map((h) => h.innerText)`); len(got) != 1 || got[0] != want {
		tb.t.Errorf("at %s the headings are %q, want %q", eval[string](tb, "location.href"), got, want)
	}
}

// fill writes values in the form of an order, clicking each field first.
func (tb *tab) fill(p *site.Page, values order.Values) {
	tb.t.Helper()
	for _, f := range p.Order.Fields {
		if f.IsHeading() {
			continue
		}
		value, ok := values[f.Name.Value]
		if !ok {
			tb.t.Fatalf("no value for the field %s of %s", f.Name.Value, p.Address)
		}
		tb.click(field(f.Name.Value))
		if f.Kind() == order.SingleChoice {
			tb.press(kb.Escape) // the list is the system's own: the keyboard reaches it
			tb.choose(f.Name.Value, value)
		} else {
			tb.press(value)
		}
	}
}

// choose steps down the list that has the focus until the value is chosen.
func (tb *tab) choose(name, value string) {
	tb.t.Helper()
	for range 50 {
		if eval[string](tb, field(name).js()+".value") == value {
			return
		}
		tb.press(kb.ArrowDown)
	}
	tb.t.Fatalf("the field %s does not offer %q", name, value)
}

// hasMail checks that the page shows the finished e-mail, the whole of it, with
// a link that opens it.
func (tb *tab) hasMail(p *site.Page, values order.Values) {
	tb.t.Helper()
	tb.until(`!document.querySelector("[data-review]").hidden`)
	want := tb.site.form(p).Compose(values)
	got := eval[order.Mail](tb, `Object.fromEntries(["to", "subject", "body"].map((part) =>
		[part, document.querySelector("[data-mail=" + part + "]").textContent]))`)
	if got != want {
		tb.t.Errorf("the page shows\n%s\n%s\n%s\nwant\n%s\n%s\n%s", got.To, got.Subject, got.Body, want.To, want.Subject, want.Body)
	}
	if got := eval[string](tb, link("Åpne i e-postprogrammet").js()+".getAttribute('href')"); got != want.URL() {
		tb.t.Errorf("the link is %s\nwant %s", got, want.URL())
	}
	if got := eval[string](tb, "document.activeElement.innerText"); got != "E-posten er klar" {
		tb.t.Errorf("the focus is on %q, not on the heading of the e-mail", got)
	}
	if got, want := eval[string](tb, `document.querySelector(".mail-body").innerText`), want.Body; got != want {
		tb.t.Errorf("the text looks like\n%q\nwant\n%q", got, want)
	}
	if fields := eval[bool](tb, fmt.Sprintf("%s === undefined", element("//form").js())); !fields {
		tb.t.Error("the form still shows")
	}
}
