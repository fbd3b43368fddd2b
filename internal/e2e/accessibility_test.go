package e2e

import (
	"os"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"

	"veiviser/internal/site"
)

// looks are the widths and colour schemes in which every page is judged.
var looks = []struct {
	width  int64
	scheme string
}{{1280, "light"}, {1280, "dark"}, {320, "dark"}, {320, "light"}}

// accessibility lets axe-core judge every page of the site, and every state of
// every order form, in all looks. At 320 px nothing may scroll sideways.
func accessibility(t *testing.T, b *browser, s *published) {
	tab := b.newTab(t, s)
	tab.withAxe()
	for _, name := range s.paths {
		if path.Ext(name) == ".html" {
			tab.open(strings.TrimSuffix(name, "index.html"))
			tab.isAccessible(name)
		}
	}
	for _, p := range s.orders() {
		tab.formIsAccessible(p)
	}
	bare := b.newTab(t, s)
	bare.withAxe()
	for _, p := range s.orders() {
		bare.bareIsAccessible(p)
	}
}

// withAxe puts axe-core into every page that is opened from now on.
func (tb *tab) withAxe() {
	tb.t.Helper()
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		missing(tb.t, "axe-core", "run npm ci in internal/e2e")
	}
	tb.before(string(axe))
}

// formIsAccessible takes an order form through its states.
func (tb *tab) formIsAccessible(p *site.Page) {
	tb.t.Helper()
	tb.show(1280, "light")
	tb.open(p.Address)
	tb.click(button("Vis e-posten"))
	tb.isAccessible(p.Address + " with errors")
	tb.review(p)
	tb.isAccessible(p.Address + " with the e-mail")
	tb.click(button("Kopier teksten"))
	tb.says("Teksten er kopiert.")
	tb.isAccessible(p.Address + " after copying")
	tb.click(button("Endre opplysningene"))
	tb.isAccessible(p.Address + " filled in")
	tb.click(button("Slett det jeg har skrevet"))
	tb.says("Det du har skrevet, er slettet.")
	tb.isAccessible(p.Address + " after deleting")
}

// bareIsAccessible judges an order as it is without script. Since axe-core needs
// script itself, the page's own is kept from loading, and the log says so.
func (tb *tab) bareIsAccessible(p *site.Page) {
	tb.t.Helper()
	call(tb, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*.js", Block: true}}})
	tb.open(p.Address)
	tb.shows(link("Åpne en ferdig oppsatt e-post"), true)
	tb.isAccessible(p.Address + " without script")
	tb.takeFaults()
}

// isAccessible judges the page as it stands, in all looks.
func (tb *tab) isAccessible(what string) {
	tb.t.Helper()
	for _, look := range looks {
		tb.show(look.width, look.scheme)
		for _, finding := range eval[[]string](tb, findings) {
			tb.t.Errorf("%s, %d px, %s: %s", what, look.width, look.scheme, finding)
		}
		if wide := eval[string](tb, tooWide); wide != "" {
			tb.t.Errorf("%s, %d px: %s", what, look.width, wide)
		}
	}
}

// findings is what axe-core finds wrong, one rule a text.
const findings = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
}).then(({ violations, passes }) => passes.length < 15 ? ["only " + passes.length + " rules were tried"] :
	violations.map(({ id, help, nodes }) => id + ": " + help + "\n\t" +
		nodes.map(({ target, failureSummary }) => target + " " + failureSummary.replace(/\s+/g, " ")).join("\n\t")))`

// tooWide says what is wider than the window, if that makes the page scroll
// sideways.
const tooWide = `(() => {
	const page = document.scrollingElement;
	if (page.scrollWidth <= innerWidth) return "";
	const widest = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5).at(-1);
	return "the page is " + page.scrollWidth + " px wide, because of " + widest?.outerHTML.slice(0, 200);
})()`
