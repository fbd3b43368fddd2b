package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"veiviser/internal/order"
)

// The two organisation numbers of written, as a link carries them and as they
// are shown, and what the customer's page calls them.
const (
	vendor, vendorShown     = "974760673", "974 760 673"
	customer, customerShown = "889640782", "889 640 782"

	ownNumber  = "Organisasjonsnummer"
	askingFrom = "Systemleverandøren som ba deg om å bestille"

	brought = "bestill/direkte/#orgnr=" + customer + "&leverandoer=" + vendor
)

// twoParties lets a vendor write to a customer who must order first, and the
// customer follow the link in the e-mail.
func twoParties(t *testing.T, b *browser, s *published) {
	t.Run("from one to the other", func(t *testing.T) { followsLink(b.newTab(t, s), b.newTab(t, s)) })
	for _, part := range []struct {
		name string
		try  func(*tab)
	}{
		{"reloading and changing", keepsWhatWasBrought},
		{"deleting", deletesWhatWasBrought},
		{"with answers on the way", answersAndLink},
		{"over what is written", followsLinkInTheSameTab},
		{"from the finished e-mail", followsLinkFromReview},
		{"with storage denied", followsLinkWithoutStorage},
		{"without script", followsLinkWithoutScript},
		{"accessibility", broughtIsAccessible},
		{"whatever the link says", hostileLinks},
	} {
		t.Run(part.name, func(t *testing.T) { part.try(b.newTab(t, s)) })
	}
	t.Run("a site that knows its host", func(t *testing.T) { linksToHost(b.newTab(t, publish(t, hosted))) })
}

// hasBrought checks the box of what a link has brought: pairs of label and
// number. Whatever it shows, no number may stand in an address of the tab's
// history, or anywhere that outlives the tab.
func (tb *tab) hasBrought(want ...string) {
	tb.t.Helper()
	got := eval[[]string](tb, element(`//form//*[@data-linked]`).js()+`
		?.querySelectorAll("dt, dd").values().map((e) => e.innerText).toArray() ?? []`)
	if !slices.Equal(got, want) {
		tb.t.Errorf("at %s the link has brought %q, want %q", eval[string](tb, "location.href"), got, want)
	}
	addresses := tb.traces()
	for _, entry := range call(tb, page.GetNavigationHistory, cdp.Empty{}).Entries {
		addresses += "\n" + entry.URL
	}
	if number := regexp.MustCompile(vendor + "|" + customer).FindString(addresses); number != "" {
		tb.t.Errorf("%s is left in %s", number, addresses)
	}
}

// follow opens a link to a page of the site in the tab. To the page that the
// tab is on it only changes the fragment.
func (tb *tab) follow(address string) {
	tb.t.Helper()
	eval[chromedp.Void](tb, "location.href = "+quote(tb.site.url+address))
	tb.until(`!location.hash.includes("orgnr=")`)
}

// invited opens the link of the e-mail in the tab, and finds what it brought.
func (tb *tab) invited() {
	tb.t.Helper()
	tb.open(brought)
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	tb.shows(answered(customerShown), true)
	tb.shows(field("orgnr"), false)
}

// others writes in all fields of the direct order that the link leaves empty.
func (tb *tab) others() order.Values {
	tb.t.Helper()
	values := changedValues("orgnr", customer)
	for _, name := range []string{"orgnavn", "hjemmel", "kontakt", "epost", "telefon"} {
		tb.rewrite(name, values[name])
	}
	return values
}

func followsLink(vendors, customers *tab) {
	t, s := vendors.t, vendors.site
	vendors.open("bestill/")
	for _, step := range []struct{ answer, address string }{
		{"Testmiljøet", "bestill/bruker/"},
		{"Vi er systemleverandør", "bestill/maate/"},
		{"En eksisterende kunde", "bestill/kunden-har-bestilt/"},
		{"Nei, ikke ennå", "bestill/kunden-maa-bestille/"},
	} {
		vendors.click(answer(step.answer))
		vendors.arrived(step.address)
	}
	p := s.Page("bestill/kunden-maa-bestille.md")
	vendors.fill(p, written)
	vendors.click(button("Vis e-posten"))
	vendors.hasMail(p, written)

	body := eval[string](vendors, `document.querySelector("[data-mail=body]").textContent`)
	address := regexp.MustCompile(`(?m)^Her bestiller dere direkte tilgang i test: (\S+)$`).FindStringSubmatch(body)
	if address == nil || address[1] != s.url+brought {
		t.Fatalf("the e-mail leads to %q, want %s", address, s.url+brought)
	}
	customers.open(strings.TrimPrefix(address[1], s.url))
	customers.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	values := customers.others()
	customers.click(button("Vis e-posten"))
	customers.hasMail(s.Page("bestill/direkte.md"), values)
	customers.hasBrought() // it is the form's, which does not show
	for _, asked := range s.requested() {
		if strings.Contains(asked, vendor) || strings.Contains(asked, customer) {
			t.Errorf("the server was asked for %s", asked)
		}
	}
}

func keepsWhatWasBrought(tb *tab) {
	tb.invited()
	tb.reload()
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	tb.shows(answered(customerShown), true)

	tb.click(button("Endre organisasjonsnummer"))
	tb.hasValue("orgnr", customer)
	if got := eval[string](tb, "document.activeElement.name"); got != "field.orgnr" {
		tb.t.Errorf("the focus is on %q, not on the field", got)
	}
	tb.rewrite("orgnr", "923 609 016")
	tb.reload()
	tb.hasValue("orgnr", "923 609 016")
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	values := tb.others()
	values["orgnr"] = "923609016"
	tb.click(button("Vis e-posten"))
	tb.hasMail(tb.site.Page("bestill/direkte.md"), values)
}

// deletesWhatWasBrought also looks at a copy of the page that is still in the
// tab's history: what is deleted does not come back with it.
func deletesWhatWasBrought(tb *tab) {
	tb.invited()
	tb.others()
	tb.open("bestill/gruppe/")
	tb.open("bestill/direkte/")
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	tb.click(button("Slett det jeg har skrevet"))
	tb.says("Det du har skrevet, er slettet.")
	tb.hasBrought()
	tb.isEmpty()
	if stored := eval[string](tb, "JSON.stringify(sessionStorage)"); regexp.MustCompile("Kari|" + vendor + "|" + customer).MatchString(stored) {
		tb.t.Errorf("what is deleted is still stored: %s", stored)
	}
	tb.reload()
	tb.hasBrought()
	tb.isEmpty()
	tb.history(-1)
	tb.arrived("bestill/gruppe/")
	tb.history(-1)
	tb.arrived("bestill/direkte/")
	tb.until(`!document.querySelector("form").hidden`)
	tb.hasBrought()
	tb.isEmpty()
}

// answersAndLink lets one fragment hold answers and numbers: the page takes
// both and leaves the answers, which are no secret and lead back.
func answersAndLink(tb *tab) {
	tb.ownOrder()
	given := []string{miljoe, "Testmiljøet", bruker, "Vår egen virksomhet", bestilt, "Nei, vi har ikke bestilt før", gruppe, "Offentlig myndighet"}
	tb.hasBrought()
	fragment := eval[string](tb, "location.hash")
	tb.follow(brought)
	tb.hasAnswers(given...)
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)

	eval[chromedp.Void](tb, "sessionStorage.clear()")
	tb.open("")
	tb.open("bestill/direkte/" + fragment + strings.Replace(brought, "bestill/direkte/#", "&", 1))
	tb.hasAnswers(given...)
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	if got := eval[string](tb, "location.hash"); got != fragment {
		tb.t.Errorf("of the fragment %q is left, want %q", got, fragment)
	}
}

// followsLinkInTheSameTab follows links where other things are written: a link
// wins over what is written in its fields, and leaves the rest.
func followsLinkInTheSameTab(tb *tab) {
	p := tb.site.Page("bestill/direkte.md")
	tb.open("bestill/direkte/")
	tb.fill(p, written)
	tb.hasBrought()
	tb.follow(brought)
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	tb.shows(answered(customerShown), true)
	tb.hasValue("kontakt", written["kontakt"])

	tb.follow("bestill/direkte/#orgnr=923609016&leverandoer=" + customer)
	tb.sees(answered("923 609 016"))
	tb.click(button("Endre organisasjonsnummer"))
	tb.rewrite("orgnr", vendor)
	tb.follow("bestill/direkte/#orgnr=923609016&leverandoer=" + customer)
	tb.sees(answered("923 609 016"))
	tb.hasBrought(ownNumber, "923 609 016", askingFrom, customerShown)
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, changedValues("orgnr", "923609016"))

	// Each link is an entry of the history, and none brings its numbers back.
	for range 4 {
		tb.history(-1)
	}
	tb.until(`!document.querySelector("form").hidden`)
	tb.hasValue("kontakt", written["kontakt"])
	tb.hasBrought(ownNumber, "923 609 016", askingFrom, customerShown)
}

// followsLinkFromReview follows a link that changes the order while its e-mail
// shows, and then goes back and forward.
func followsLinkFromReview(tb *tab) {
	p := tb.site.Page("bestill/direkte.md")
	tb.review(p)
	tb.follow(brought)
	tb.until(`!document.querySelector("form").hidden`)
	tb.hasBrought(ownNumber, customerShown, askingFrom, vendorShown)
	tb.history(-1)
	tb.until(`!document.querySelector("[data-review]").hidden`)
	tb.hasMail(p, changedValues("orgnr", customer))
	tb.history(+1)
	tb.until(`!document.querySelector("form").hidden`)
}

func followsLinkWithoutStorage(tb *tab) {
	tb.before(denied)
	tb.open(brought)
	// What outlives the tab is not looked at: there is nothing to look in.
	tb.sees(answered(customerShown))
	tb.shows(element(fmt.Sprintf(`//*[@data-linked]//dd[.=%q]`, vendorShown)), true)
	if got := eval[string](tb, "location.href"); got != tb.site.url+"bestill/direkte/" {
		tb.t.Errorf("the address is %s", got)
	}
	values := tb.others()
	tb.click(button("Vis e-posten"))
	tb.hasMail(tb.site.Page("bestill/direkte.md"), values)
}

func followsLinkWithoutScript(tb *tab) {
	call(tb, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tb.open(brought)
	tb.hasHeading("Bestill direkte tilgang i test")
	tb.hasTemplate(tb.site.Page("bestill/direkte.md").Order)
	tb.shows(`//*[@data-linked]`, false)
}

func broughtIsAccessible(tb *tab) {
	tb.withAxe()
	tb.invited()
	tb.isAccessible("what a link has brought")
	tb.click(button("Vis e-posten"))
	tb.hasErrors([]string{"Navn på virksomheten må fylles ut", "Velg hjemmel for utvidet tilgang", "Navn på kontaktpersonen må fylles ut",
		"E-postadresse til kontaktpersonen må fylles ut", "Telefonnummer til kontaktpersonen må fylles ut"})
	tb.isAccessible("what a link has brought, with errors")
	if got := eval[string](tb, `document.querySelector("[data-linked] p").innerText`); got != "Dette er hentet fra lenken du fulgte:" {
		tb.t.Errorf("what was brought is introduced by %q", got)
	}
}

// hostileLinks opens links that nobody's e-mail holds. The page takes right
// organisation numbers from them, whoever made them, and nothing else.
func hostileLinks(tb *tab) {
	for _, test := range []struct {
		fragment string
		want     []string // that it brings
	}{
		{"", nil},
		{"orgnr=", nil},
		{"orgnr=123456789", nil},
		{"orgnr=974760674&leverandoer=889640783", nil},
		{"orgnr=314159265", nil},
		{"orgnr=000000000", nil},
		{"orgnr=" + customer + customer, nil},
		{"orgnr=%00%ff%", nil},
		{"orgnr=%3Cimg%20src=x%20onerror=alert(1)%3E&leverandoer=javascript:alert(1)", nil},
		{"orgnr=" + strings.Repeat("9", 20_000), nil},
		{"orgnr[]=" + customer + "&ORGNR=" + customer + "&field.orgnr=" + customer, nil},
		{"orgnavn=Ond&kontakt=Ond&epost=ond@ond.example&telefon=41234567&hjemmel=h4-a", nil},
		{"__proto__=" + customer + "&constructor=" + customer + "&toString=" + customer + "&taken=" + customer, nil},
		{"orgnr=" + customer, []string{ownNumber, customerShown}},
		{"leverandoer=" + vendor + "&orgnavn=Ond", []string{askingFrom, vendorShown}},
		{"orgnr=974760674&leverandoer=" + vendor, []string{askingFrom, vendorShown}},
		{"orgnr=NO%20889%20640%20782%20MVA", []string{ownNumber, customerShown}},
		{"leverandoer=" + vendor + "&orgnr=" + vendor, []string{ownNumber, vendorShown, askingFrom, vendorShown}},
	} {
		tb.open("")
		eval[chromedp.Void](tb, "sessionStorage.clear()")
		tb.open("bestill/direkte/#" + test.fragment)
		tb.until(`!document.querySelector("form").hidden`)
		if got := eval[string](tb, "location.hash"); regexp.MustCompile(`[#&](orgnr|leverandoer)=`).MatchString(got) {
			tb.t.Errorf("%.100s: the address keeps %.100s", test.fragment, got)
		}
		got := eval[[]string](tb, `[...document.querySelectorAll("[data-linked]:not([hidden]) :is(dt, dd)")].map((e) => e.innerText)`)
		if !slices.Equal(got, test.want) {
			tb.t.Errorf("%.100s: the link has brought %q, want %q", test.fragment, got, test.want)
		}
		number := ""
		if len(test.want) > 0 && test.want[0] == ownNumber {
			number = strings.ReplaceAll(test.want[1], " ", "")
		}
		if got := eval[string](tb, `[...document.querySelectorAll("form :is(input, select)")].map((e) => e.value).join("|")`); got != number+"|||||" {
			tb.t.Errorf("%.100s: the form holds %q", test.fragment, got)
		}
	}
}

// hosted is a site that says where it will be published, with an order that
// asks somebody else to order.
var hosted = fstest.MapFS{
	"content/_index.md": {Data: []byte("---\ntitle: Prøve\nbaseURL: https://www.example.no/\n---\n")},
	"content/bestill/_index.md": {Data: []byte(`---
title: Hvem er du?
wizard: Bestill
answers:
  - {value: en, label: Den ene, next: be.md}
  - {value: to, label: Den andre, next: særskilt.md}
---
`)},
	"content/bestill/be.md": {Data: []byte(`---
title: Be om det
order:
  to: a@b.no
  subject: Be
  link: {text: "Bestill her:", page: særskilt.md, set: {nummer: orgnr}}
  fields:
    - {name: orgnr, label: Organisasjonsnummer, type: organisation-number}
---
`)},
	"content/bestill/særskilt.md": {Data: []byte(`---
title: Bestill
order:
  to: a@b.no
  subject: Bestill
  fields:
    - {name: nummer, label: Nummer, type: organisation-number}
---
`)},
}

// linksToHost checks that the link leads to where the site will be, wherever
// the page is opened from, with script and without.
func linksToHost(tb *tab) {
	p := tb.site.Page("bestill/be.md")
	const address = "https://www.example.no/bestill/s%C3%A6rskilt/"
	if p.Order.Link.URL != address {
		tb.t.Fatalf("the link leads to %s, want %s", p.Order.Link.URL, address)
	}
	tb.open("bestill/be/")
	tb.rewrite("orgnr", customer)
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, order.Values{"orgnr": customer})
	tb.until(`document.querySelector("[data-mail=body]").textContent.includes("\nBestill her: ` + address + "#nummer=" + customer + `\n")`)

	call(tb, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tb.open("bestill/be/")
	tb.hasTemplate(p.Order)
	tb.shows(link(address), true)
}
