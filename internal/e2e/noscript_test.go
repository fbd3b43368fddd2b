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
				tab.hasTemplate(w.end().Order)
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
	var statement []string
	if f.Statement.Value != "" {
		statement = append(statement, f.Statement.Value)
	}
	if f.Link != nil && f.Link.HasHost() {
		statement = append(statement, f.Link.Text.Value+" "+f.Link.URL)
	}
	if got := eval[[]string](tb, `[...document.querySelectorAll("[data-fallback] blockquote p")].map((p) => p.textContent)`); !slices.Equal(got, statement) {
		tb.t.Errorf("the e-mail must also say %q, want %q", got, statement)
	}
	if got, want := eval[string](tb, link("Åpne en ferdig oppsatt e-post").js()+".getAttribute('href')"), f.Template().URL(); got != want {
		tb.t.Errorf("the link is %s\nwant %s", got, want)
	}
}
