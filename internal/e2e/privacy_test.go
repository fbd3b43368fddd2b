package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"veiviser/internal/site"
)

// privacy fills in every order and does all that can be done with it: nothing
// of it may leave the browser, or stay in it longer than the tab.
func privacy(t *testing.T, b *browser, s *published) {
	for _, p := range s.orders() {
		t.Run(nameOf(p), func(t *testing.T) {
			tab := b.newTab(t, s)
			tab.open(p.Address)
			tab.arrived(p.Address)
			before, served := len(tab.asked()), len(s.requested())
			tab.keepsToItself(p)
			for _, address := range butForIcon(tab.asked()[before:]) {
				if !strings.HasPrefix(address, "blob:") { // the file that is saved: made and kept in the tab
					t.Errorf("the page asks for %s", address)
				}
			}
			for _, address := range butForIcon(s.requested()[served:]) {
				t.Errorf("the server is asked for %s", address)
			}
		})
	}
	t.Run("walks", func(t *testing.T) {
		tab := b.newTab(t, s)
		tab.ownOrder()
		for _, address := range s.requested() {
			if strings.ContainsAny(address, "?=") {
				t.Errorf("an answer is sent to the server: %s", address)
			}
		}
	})
	for _, p := range s.Pages {
		if p.Order != nil || p.IsQuestion() {
			t.Run("the policy of "+nameOf(p), func(t *testing.T) { cannotSend(b.newTab(t, s), p) })
		}
	}
}

// butForIcon leaves out the site's icon: a part of the page that browsers fetch
// when it suits them.
func butForIcon(addresses []string) []string {
	return slices.DeleteFunc(slices.Clone(addresses), func(address string) bool { return strings.HasSuffix(address, "/favicon.svg") })
}

// keepsToItself uses the whole form, and looks for what was written after each
// step.
func (tb *tab) keepsToItself(p *site.Page) {
	tb.t.Helper()
	tb.click(button("Vis e-posten"))
	tb.fill(p, written)
	tb.leaksNothing("writing")
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, written)
	tb.leaksNothing("showing the e-mail")
	tb.copies(p)
	tb.saves(p)
	tb.leaksNothing("copying and saving")
	tb.edits(p)
	tb.leaksNothing("changing")
	tb.click(button("Slett det jeg har skrevet"))
	tb.says("Det du har skrevet, er slettet.")
	tb.leaksNothing("deleting")
}

// leaksNothing looks for what was written wherever it could outlive the tab, or
// be sent along.
func (tb *tab) leaksNothing(step string) {
	tb.t.Helper()
	traces := tb.traces()
	for name, value := range written {
		for _, spelling := range []string{value, strings.ReplaceAll(value, " ", "")} {
			if strings.Contains(traces, spelling) {
				tb.t.Errorf("after %s, %s is in %s", step, name, traces)
			}
		}
	}
}

// traces is everything that could outlive the tab, or be sent along.
func (tb *tab) traces() string {
	tb.t.Helper()
	return eval[string](tb, `(async () => JSON.stringify([
		location.href.replace(/(%[0-9A-F]{2})+/gi, (code) => { try { return decodeURIComponent(code); } catch { return code; } }), document.cookie, Object.entries(localStorage), history.state, window.name, document.title,
		await indexedDB.databases(), await caches.keys(),
	]))()`)
}

// cannotSend checks that the page's policy refuses every way of sending that it
// rules over, also to its own server.
func cannotSend(tb *tab, p *site.Page) {
	tb.open(p.Address)
	tb.arrived(p.Address)
	policy := eval[string](tb, `document.querySelector("meta[http-equiv=Content-Security-Policy]").content`)
	for _, want := range []string{"default-src 'none'", "form-action 'none'", "base-uri 'none'"} {
		if !slices.Contains(strings.Split(policy, "; "), want) {
			tb.t.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		tb.t.Errorf("the policy is %q", policy)
	}
	served := len(tb.site.requested())
	eval[chromedp.Void](tb, `globalThis.refused = [];
		addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.push(effectiveDirective));
		fetch("/fetch").catch(() => {});
		navigator.sendBeacon("/beacon");
		new Image().src = "https://example.com/image";
		document.body.append(Object.assign(document.createElement("form"), { action: "/form", id: "sender" }));
		document.querySelector("#sender").submit();
		document.body.append(Object.assign(document.createElement("script"), { textContent: "globalThis.inline = true" }));
		document.body.setAttribute("style", "color: red");`)
	tb.until(`["connect-src", "img-src", "form-action", "script-src-elem", "style-src-attr"].every((directive) => refused.includes(directive))`)
	if eval[bool](tb, "Boolean(globalThis.inline)") {
		tb.t.Error("a script in the page was run")
	}
	if sent := butForIcon(tb.site.requested()[served:]); len(sent) > 0 {
		tb.t.Errorf("the server was asked for %q", sent)
	}
	if faults := tb.takeFaults(); !slices.ContainsFunc(faults, func(fault string) bool { return strings.HasPrefix(fault, "security policy: ") }) {
		tb.t.Errorf("a breach of the policy would not be noticed: %q", faults)
	}
}
