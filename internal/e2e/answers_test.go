package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// denied makes the browser refuse to store anything, as some do.
const denied = `for (const storage of ["sessionStorage", "localStorage"]) {
	Object.defineProperty(globalThis, storage, { get() { throw new DOMException("denied", "SecurityError"); } });
}`

// answersGiven tries "Dine svar": what has been answered is shown, can be
// changed, and is not lost.
func answersGiven(t *testing.T, b *browser, s *published) {
	for _, try := range []struct {
		name string
		try  func(*tab)
	}{
		{"changing an answer keeps the later ones that still apply", changesAnAnswer},
		{"back and forward", goesBackAndForward},
		{"reloading loses nothing", reloads},
		{"a new tab", opensInANewTab},
		{"deleting", deletes},
	} {
		t.Run(try.name, func(t *testing.T) { try.try(b.newTab(t, s)) })
		if try.name == "reloading loses nothing" || try.name == "deleting" {
			continue // what is not stored does not survive
		}
		t.Run(try.name+" with storage denied", func(t *testing.T) {
			tab := b.newTab(t, s)
			tab.before(denied)
			try.try(tab)
		})
	}
}

// ownOrder answers its way to the direct order.
func (tb *tab) ownOrder() {
	tb.t.Helper()
	tb.open("bestill/")
	tb.hasAnswers()
	for _, step := range []struct{ answer, address string }{
		{"Testmiljøet", "bestill/bruker/"},
		{"Vår egen virksomhet", "bestill/bestilt-foer/"},
		{"Nei, vi har ikke bestilt før", "bestill/gruppe/"},
		{"Offentlig myndighet", "bestill/direkte/"},
	} {
		tb.click(answer(step.answer))
		tb.arrived(step.address)
	}
}

const (
	miljoe  = "Hvilket miljø vil du ha tilgang til?"
	bruker  = "Hvem skal bruke API-ene?"
	bestilt = "Har du bestilt tilgang i test før?"
	gruppe  = "Hvilken gruppe hører virksomheten til?"
	bedt    = "Har systemleverandøren bedt deg om å bestille tilgang?"
	maate   = "Hvem skal delegere tilgangen til deg?"
)

// hasAnswers checks the list of answers: pairs of question and answer.
func (tb *tab) hasAnswers(want ...string) {
	tb.t.Helper()
	got := eval[[]string](tb, element(`//aside[@data-module="answers"]`).js()+`
		?.querySelectorAll("[data-question], [data-answer]").values().map((e) => e.innerText).toArray() ?? []`)
	if !slices.Equal(got, want) {
		tb.t.Errorf("at %s the answers are %q, want %q", eval[string](tb, "location.pathname"), got, want)
	}
}

// changeAnswer follows the link beside an answer.
func (tb *tab) changeAnswer(question string) {
	tb.t.Helper()
	tb.click(link("Endre: " + question))
}

// hasChosen checks which answers are marked as chosen before.
func (tb *tab) hasChosen(want ...string) {
	tb.t.Helper()
	if got := eval[[]string](tb, `[...document.querySelectorAll(".answers [aria-current=true] .answer-label")].map((e) => e.innerText)`); !slices.Equal(got, want) {
		tb.t.Errorf("at %s the chosen answers are %q, want %q", eval[string](tb, "location.pathname"), got, want)
	}
}

func changesAnAnswer(tb *tab) {
	tb.ownOrder()
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vår egen virksomhet", bestilt, "Nei, vi har ikke bestilt før", gruppe, "Offentlig myndighet")

	tb.changeAnswer(bruker)
	tb.arrived("bestill/bruker/")
	tb.hasAnswers(miljoe, "Testmiljøet")
	tb.hasChosen("Vår egen virksomhet")
	tb.click(answer("Vi bruker en systemleverandør"))
	tb.arrived("bestill/bedt-om-bestilling/")
	tb.hasChosen()
	tb.click(answer("Ja, leverandøren har bedt oss om å bestille"))
	tb.arrived("bestill/bestilt-foer/")
	tb.hasChosen("Nei, vi har ikke bestilt før")
	tb.click(answer("Nei, vi har ikke bestilt før"))
	tb.arrived("bestill/gruppe/")
	tb.hasChosen("Offentlig myndighet")
	tb.click(answer("Offentlig myndighet"))
	tb.arrived("bestill/direkte/")
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vi bruker en systemleverandør", bedt, "Ja, leverandøren har bedt oss om å bestille",
		bestilt, "Nei, vi har ikke bestilt før", gruppe, "Offentlig myndighet")

	tb.changeAnswer(bruker)
	tb.arrived("bestill/bruker/")
	tb.click(answer("Vi er systemleverandør"))
	tb.arrived("bestill/maate/")
	tb.click(answer("En fiktiv virksomhet"))
	tb.arrived("bestill/fiktiv/")
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vi er systemleverandør", maate, "En fiktiv virksomhet")
}

func goesBackAndForward(tb *tab) {
	tb.ownOrder()
	p := tb.site.Page("bestill/direkte.md")
	tb.fill(p, written)
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, written)

	tb.history(-1)
	tb.until(`!document.querySelector("form").hidden`)
	tb.hasValue("kontakt", written["kontakt"])
	tb.history(+1)
	tb.until(`!document.querySelector("[data-review]").hidden`)
	tb.hasMail(p, written)
	tb.history(-1)
	tb.until(`!document.querySelector("form").hidden`)
	tb.history(-1)
	tb.arrived("bestill/gruppe/")
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vår egen virksomhet", bestilt, "Nei, vi har ikke bestilt før")
	tb.history(-1)
	tb.arrived("bestill/bestilt-foer/")
	tb.history(+1)
	tb.arrived("bestill/gruppe/")
	tb.history(+1)
	tb.arrived("bestill/direkte/")
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vår egen virksomhet", bestilt, "Nei, vi har ikke bestilt før", gruppe, "Offentlig myndighet")
}

// history goes back or forward, as the browser's buttons do.
func (tb *tab) history(steps int) {
	tb.t.Helper()
	eval[chromedp.Void](tb, map[int]string{-1: "history.back()", +1: "history.forward()"}[steps])
}

func reloads(tb *tab) {
	tb.ownOrder()
	p := tb.site.Page("bestill/direkte.md")
	tb.fill(p, written)
	tb.reload()
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vår egen virksomhet", bestilt, "Nei, vi har ikke bestilt før", gruppe, "Offentlig myndighet")
	for name, value := range tb.site.form(p).Normalize(written) {
		if value != "" {
			tb.hasValue(name, written[name])
		}
	}
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, written)
	tb.reload()
	tb.until(`!document.querySelector("[data-review]").hidden`)
	if got, want := eval[string](tb, `document.querySelector("[data-mail=body]").textContent`), tb.site.form(p).Compose(written).Body; got != want {
		tb.t.Errorf("after reloading the e-mail is %q, want %q", got, want)
	}
}

// opensInANewTab opens an answer's link where nothing is remembered.
func opensInANewTab(tb *tab) {
	tb.open("bestill/")
	tb.click(answer("Testmiljøet"))
	tb.arrived("bestill/bruker/")
	tb.click(answer("Vår egen virksomhet"))
	tb.arrived("bestill/bestilt-foer/")
	address := eval[string](tb, answer("Nei, vi har ikke bestilt før").js()+".href")
	if !strings.HasPrefix(address, tb.site.url+"bestill/gruppe/#") {
		tb.t.Fatalf("the answer leads to %s", address)
	}
	eval[chromedp.Void](tb, "try { sessionStorage.clear() } catch {}")
	tb.open("")
	tb.open(strings.TrimPrefix(address, tb.site.url))
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vår egen virksomhet", bestilt, "Nei, vi har ikke bestilt før")
}

func deletes(tb *tab) {
	tb.ownOrder()
	p := tb.site.Page("bestill/direkte.md")
	tb.fill(p, written)
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, written)
	tb.click(button("Slett det jeg har skrevet"))
	tb.says("Det du har skrevet, er slettet.")
	tb.isEmpty()
	if got := eval[string](tb, "document.activeElement.name"); got != "field.orgnr" {
		tb.t.Errorf("the focus is on %q, not on the first field", got)
	}
	if stored := eval[string](tb, "JSON.stringify(sessionStorage)"); strings.Contains(stored, "Kari") {
		tb.t.Errorf("what is deleted is still stored: %s", stored)
	}
	tb.reload()
	tb.isEmpty()
	tb.hasAnswers(miljoe, "Testmiljøet", bruker, "Vår egen virksomhet", bestilt, "Nei, vi har ikke bestilt før", gruppe, "Offentlig myndighet")
	tb.history(-1)
	tb.until(`location.pathname.endsWith("/gruppe/") || !document.querySelector("form").hidden`)
	if strings.HasSuffix(eval[string](tb, "location.pathname"), "/direkte/") {
		tb.isEmpty()
	}
}

// isEmpty checks that the form shows, with nothing in it.
func (tb *tab) isEmpty() {
	tb.t.Helper()
	if got := eval[[]string](tb, `[...document.querySelectorAll("form:not([hidden]) :is(input, select)")].map((e) => e.value)`); len(got) == 0 || strings.Join(got, "") != "" {
		tb.t.Errorf("the form holds %q", got)
	}
}
