package e2e

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp/kb"

	"veiviser/internal/order"
)

// everything is a site whose order has what the guidance site's orders do not:
// radio buttons, a field that an answer fills in, fields that may be left
// empty, an address that the applicant gives, and text too long for a mailto:
// address.
var everything = fstest.MapFS{
	"content/_index.md": {Data: []byte("---\ntitle: Prøve\n---\n")},
	"content/bestill/_index.md": {Data: []byte(`---
title: Hvem er du?
wizard: Bestill
answers:
  - {value: stat, label: Jeg er fra staten, next: ordre.md, set: {gruppe: offentlig}}
  - {value: bedrift, label: Jeg er fra en bedrift, next: ordre.md, set: {gruppe: privat}}
  - {value: annet, label: Noe annet, next: ordre.md}
---
`)},
	"content/bestill/ordre.md": {Data: []byte(`---
title: Bestill
choices:
  gruppe:
    - {value: offentlig, label: Offentlig}
    - {value: privat, label: Privat}
  stoerrelse:
    - {value: liten, group: Under 10 ansatte, label: Liten}
    - {value: stor, group: Over 10 ansatte, label: Stor}
    - {value: svaer, group: Over 10 ansatte, label: Svær}
order:
  to: "{epost}"
  subject: Bestilling fra {epost}
  fields:
    - {name: gruppe, label: Gruppe, type: choice, choices: gruppe, hint: Velg én.}
    - {name: epost, label: E-postadresse, type: email}
    - heading: Mer
    - {name: stoerrelse, label: Størrelse, type: choice, choices: stoerrelse, optional: true}
    - {name: melding, label: Melding, maxlength: 3000, optional: true}
---
`)},
}

func everyKindOfField(t *testing.T, b *browser, _ *published) {
	s := publish(t, everything)
	for _, part := range []struct {
		name string
		try  func(*tab)
	}{
		{"an answer fills in a field", answerFillsField},
		{"a direct visit asks for it", directVisitAsks},
		{"radio buttons by keyboard", radiosByKeyboard},
		{"too long to open", tooLongToOpen},
		{"accessibility", kindsAreAccessible},
	} {
		t.Run(part.name, func(t *testing.T) { part.try(b.newTab(t, s)) })
	}
}

func (tb *tab) shows(e element, want bool) {
	tb.t.Helper()
	if got := eval[bool](tb, "Boolean("+e.js()+")"); got != want {
		tb.t.Errorf("%s shows: %v, want %v", e, got, want)
	}
}

// ordre is the order of the site.
func (tb *tab) ordre(values order.Values) {
	tb.t.Helper()
	tb.click(button("Vis e-posten"))
	tb.hasMail(tb.site.Page("bestill/ordre.md"), values)
}

func answerFillsField(tb *tab) {
	tb.open("bestill/")
	tb.click(answer("Jeg er fra staten"))
	tb.arrived("bestill/ordre/")
	tb.shows(answered("Offentlig"), true)
	tb.shows(radio("Offentlig"), false)
	tb.rewrite("epost", "a@b.no")
	tb.ordre(order.Values{"gruppe": "offentlig", "epost": "a@b.no"})

	tb.click(link("Endre: Hvem er du?"))
	tb.arrived("bestill/")
	tb.click(answer("Jeg er fra en bedrift"))
	tb.arrived("bestill/ordre/")
	tb.shows(answered("Privat"), true)
	tb.hasValue("epost", "a@b.no")
	tb.click(button("Endre gruppe"))
	tb.shows(answered("Privat"), false)
	if got := eval[string](tb, "document.activeElement.value"); got != "privat" {
		tb.t.Errorf("the focus is on %q, not on what was chosen", got)
	}
	tb.click(radio("Offentlig"))
	tb.reload()
	tb.shows(radio("Offentlig"), true)
	tb.ordre(order.Values{"gruppe": "offentlig", "epost": "a@b.no"})

	tb.click(button("Slett det jeg har skrevet"))
	tb.shows(answered("Privat"), true)
}

func directVisitAsks(tb *tab) {
	tb.open("bestill/ordre/")
	tb.shows(radio("Offentlig"), true)
	tb.shows(element(`//aside[@data-module="answers"]`), false)
	tb.click(button("Vis e-posten"))
	tb.hasErrors([]string{"Velg gruppe", "E-postadresse må fylles ut"})
	tb.click(link("Velg gruppe"))
	if got := eval[string](tb, "document.activeElement.value"); got != "offentlig" {
		tb.t.Errorf("the focus is on %q, not on the first radio button", got)
	}
	if got := eval[string](tb, `(() => {
		const group = document.activeElement.closest("fieldset");
		const described = group.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).innerText);
		return [group.getAttribute("aria-invalid"), ...described].join(", ");
	})()`); got != "true, Velg én., Velg gruppe" {
		tb.t.Errorf("the group is %q", got)
	}
	tb.click(radio("Privat"))
	tb.hasErrors([]string{"E-postadresse må fylles ut"})
	tb.rewrite("epost", "a@b.no")
	tb.click(radio("Svær"))
	tb.ordre(order.Values{"gruppe": "privat", "epost": "a@b.no", "stoerrelse": "svaer"})
}

func radiosByKeyboard(tb *tab) {
	tb.before(focusRing)
	tb.open("bestill/ordre/")
	tb.skipToContent()
	tb.tabTo(`//input[@value="offentlig"]`)
	tb.press(kb.ArrowDown)
	tb.hasRing()
	tb.tabTo(field("epost"))
	tb.press("a@b.no")
	tb.tabTo(`//input[@value="liten"]`)
	tb.press(" ")
	tb.tabTo(field("melding"))
	tb.press("Hei" + kb.Enter)
	tb.hasMail(tb.site.Page("bestill/ordre.md"), order.Values{"gruppe": "privat", "epost": "a@b.no", "stoerrelse": "liten", "melding": "Hei"})
}

// tooLongToOpen checks the length from which mail programs cut, to the byte.
func tooLongToOpen(tb *tab) {
	p := tb.site.Page("bestill/ordre.md")
	values := order.Values{"gruppe": "privat", "epost": "a@b.no", "melding": "x"}
	longest := strings.Repeat("x", 1801-len(tb.site.form(p).Compose(values).URL()))

	tb.open("bestill/ordre/")
	tb.click(radio("Privat"))
	tb.rewrite("epost", "a@b.no")
	values["melding"] = longest
	tb.rewrite("melding", longest)
	tb.ordre(values)
	tb.shows(link("Åpne i e-postprogrammet"), true)

	tb.click(button("Endre opplysningene"))
	tb.rewrite("melding", longest+"x")
	tb.click(button("Vis e-posten"))
	tb.until(`!document.querySelector("[data-too-long]").hidden`)
	tb.shows(link("Åpne i e-postprogrammet"), false)
	tb.shows(`//*[@data-too-long][starts-with(., "E-posten er for lang til å åpnes herfra.")]`, true)
	tb.shows(button("Kopier teksten"), true)
	tb.shows(link("Lagre som fil"), true)
	if eval[bool](tb, `document.querySelector("[data-open]").hasAttribute("href")`) {
		tb.t.Error("the link that is too long is still there")
	}
}

func kindsAreAccessible(tb *tab) {
	tb.withAxe()
	tb.open("bestill/ordre/")
	tb.isAccessible("radio buttons")
	tb.click(button("Vis e-posten"))
	tb.isAccessible("radio buttons with errors")
	tb.open("bestill/")
	tb.click(answer("Jeg er fra staten"))
	tb.arrived("bestill/ordre/")
	tb.isAccessible("a field that is answered")
	tb.rewrite("epost", "a@b.no")
	tb.rewrite("melding", strings.Repeat("x", 2000))
	tb.click(button("Vis e-posten"))
	tb.isAccessible("an e-mail that is too long to open")
}
