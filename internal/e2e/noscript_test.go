package e2e

import (
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"veiviser/internal/order"
)

// walksWithoutScript takes every walk by plain links. An order page then says
// what the e-mail must hold, and opens one with an empty line for each.
func walksWithoutScript(t *testing.T, b *browser, s *published) {
	for _, w := range walks(t, s) {
		t.Run(w.String(), func(t *testing.T) {
			tab := b.newTab(t, s)
			call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			tab.open("")
			for _, step := range w.answers {
				tab.click(answer(step.label))
				tab.arrived(step.to.Address)
				tab.hasHeading(step.to.Title)
			}
			for _, scripted := range []element{"//form", "//aside[@data-module]", "//*[@data-review]", "//*[@data-clear]"} {
				if eval[bool](tab, "Boolean("+scripted.js()+")") {
					t.Errorf("%s shows, though it needs script", scripted)
				}
			}
			if w.end().Order != nil {
				tab.hasTemplate(form(w.end()))
			}
		})
	}
}

// hasTemplate checks what an order page shows to visitors without script.
func (tb *tab) hasTemplate(f *order.Form) {
	tb.t.Helper()
	var labels, choices []string
	for _, field := range f.Fields {
		if !field.IsHeading() {
			labels = append(labels, field.Label.Value)
		}
		for _, choice := range field.Choices {
			choices = append(choices, choice.Label.Value)
		}
	}
	if got := eval[[]string](tb, `[...document.querySelectorAll(".order-content > li")].map((li) => li.firstChild.textContent.trim())`); !slices.Equal(got, labels) {
		tb.t.Errorf("the e-mail must hold %q, want %q", got, labels)
	}
	if got := eval[[]string](tb, `[...document.querySelectorAll(".order-content ul li")].map((li) => li.textContent)`); !slices.Equal(got, choices) {
		tb.t.Errorf("the choices are %q, want %q", got, choices)
	}
	if got := eval[string](tb, `document.querySelector("[data-fallback] blockquote")?.textContent.trim() ?? ""`); got != f.Statement.Value {
		tb.t.Errorf("the statement is %q, want %q", got, f.Statement.Value)
	}
	if got, want := eval[string](tb, link("Åpne en ferdig oppsatt e-post").js()+".getAttribute('href')"), f.Template().URL(); got != want {
		tb.t.Errorf("the link is %s\nwant %s", got, want)
	}
}
