package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"veiviser/internal/order"
	"veiviser/internal/site"
)

// walksByKeyboard takes every walk from the wizard's own first page to the
// finished e-mail, from the address bar on, with nothing but keys.
func walksByKeyboard(t *testing.T, b *browser, s *published) {
	for _, w := range walks(t, s) {
		t.Run(w.String(), func(t *testing.T) {
			tab := b.newTab(t, s)
			tab.before(focusRing)
			tab.open(w.start.Address)
			for _, step := range w.answers {
				tab.skipToContent()
				tab.tabTo(answer(step.label))
				tab.press(kb.Enter)
				tab.arrived(step.to.Address)
				tab.hasHeading(step.to.Title)
			}
			if w.end().Order != nil {
				tab.skipToContent()
				tab.fillByKeyboard(w.end(), written)
				tab.tabTo(button("Vis e-posten"))
				tab.press(" ")
				tab.hasMail(w.end(), written)
				for _, e := range []element{
					link("Åpne i e-postprogrammet"), button("Kopier teksten"), button("Kopier adressen"), button("Kopier emnet"),
					link("Lagre som fil"), button("Skriv ut"), button("Endre opplysningene"), button("Slett det jeg har skrevet"),
				} {
					tab.tabTo(e)
				}
			}
		})
	}
}

// skipToContent follows the skip link, which is the first stop of every page.
func (tb *tab) skipToContent() {
	tb.t.Helper()
	tb.press(kb.Tab)
	tb.hasRing()
	if got := eval[string](tb, "document.activeElement.innerText"); got != "Hopp til innholdet" {
		tb.t.Fatalf("the first stop is %q", got)
	}
	tb.press(kb.Enter)
	tb.until(`document.activeElement.matches("main")`)
}

// tabTo presses Tab until the element has the focus, and looks at every stop
// on the way.
func (tb *tab) tabTo(e element) {
	tb.t.Helper()
	for range 60 {
		tb.press(kb.Tab)
		tb.hasRing()
		if eval[bool](tb, "document.activeElement === "+e.js()) {
			return
		}
	}
	tb.t.Fatalf("Tab never comes to %s", e)
}

// fillByKeyboard goes from field to field with Tab.
func (tb *tab) fillByKeyboard(p *site.Page, values order.Values) {
	tb.t.Helper()
	for _, f := range p.Order.Fields {
		if f.IsHeading() {
			continue
		}
		tb.tabTo(field(f.Name.Value))
		if f.Kind() == order.SingleChoice {
			tb.choose(f.Name.Value, values[f.Name.Value])
		} else {
			tb.press(values[f.Name.Value])
		}
	}
}

// focusRing defines the function hasRing: what is wrong with the look of the
// element that has the focus, and of the one that had it at the last call.
const focusRing = `(() => {
	let last, lastRing;
	const ringOf = (element) => {
		const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
		const outline = outlineStyle === "none" || outlineWidth === "0px" ? "none" : [outlineStyle, outlineWidth, outlineColor].join(" ");
		return outline + " / " + boxShadow;
	};
	globalThis.hasRing = () => {
		const element = document.activeElement;
		const wrong = [];
		if (last && last !== element && ringOf(last) === lastRing) wrong.push("looks the same without the focus: " + last.outerHTML);
		[last, lastRing] = [element, ringOf(element)];
		if (lastRing === "none / none") wrong.push("has no ring: " + element.outerHTML);
		const seen = [...element.getClientRects()].some((box) => {
			const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
			return box.width >= 1 && box.height >= 1 && element.contains(top);
		});
		if (!seen) wrong.push("cannot be seen: " + element.outerHTML);
		return wrong.join("; ");
	};
})()`

// hasRing checks that the focus can be seen, and that it is seen by a ring that
// goes when the focus does.
func (tb *tab) hasRing() {
	tb.t.Helper()
	if wrong := eval[string](tb, "hasRing()"); wrong != "" {
		tb.t.Errorf("at %s the focus %.300s", eval[string](tb, "location.pathname"), wrong)
	}
}
