package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"veiviser/internal/order"
)

func errorsInForm(t *testing.T, b *browser, s *published) {
	for _, p := range s.orders() {
		t.Run(nameOf(p)+" left empty", func(t *testing.T) {
			tab := b.newTab(t, s)
			tab.open(p.Address)
			leftEmpty(tab, s.form(p))
		})
	}
	for _, p := range s.orders() {
		t.Run(nameOf(p)+" with wrong values", func(t *testing.T) {
			tab := b.newTab(t, s)
			tab.open(p.Address)
			tab.fill(p, written)
			wrongValues(tab, s.form(p))
		})
	}
}

// leftEmpty sends the empty form, goes from each error to its field, and mends
// one after the other.
func leftEmpty(tb *tab, f *order.Form) {
	title := eval[string](tb, "document.title")
	var names, messages []string
	for _, fault := range f.Validate(nil) {
		names, messages = append(names, fault.Field), append(messages, missingMessage(f, fault))
	}
	tb.hasErrors(nil)
	tb.click(button("Vis e-posten"))
	tb.hasErrors(messages)
	if got := eval[string](tb, "document.title"); got != "Feil: "+title {
		tb.t.Errorf("the title is %q", got)
	}
	if !eval[bool](tb, `document.activeElement.matches(".error-summary")`) {
		tb.t.Error("the focus is not on the summary")
	}
	if got := eval[string](tb, `document.querySelector(".error-summary h2").innerText`); got != "For å gå videre må du rette opp følgende feil" {
		tb.t.Errorf("the summary's heading is %q", got)
	}
	if !eval[bool](tb, `document.querySelector(".error-summary").nextElementSibling.innerText === "Vis e-posten"`) {
		tb.t.Error("the summary is not just above the button")
	}
	if eval[bool](tb, `document.querySelector(".error-summary").closest("[role=alert], [role=status], [aria-live]") !== null`) {
		tb.t.Error("the summary is a live region, so it is read twice")
	}
	for i, name := range names {
		tb.click(link(messages[i]))
		if got := eval[string](tb, "document.activeElement.name"); got != "field."+name {
			tb.t.Errorf("the link %q leads to %q", messages[i], got)
		}
		tb.hasMessage(name, messages[i])
	}
	for i, name := range names {
		tb.rewrite(name, written[name])
		tb.hasErrors(messages[i+1:])
		tb.hasMessage(name, "")
	}
	if got := eval[string](tb, "document.title"); got != title {
		tb.t.Errorf("when all is mended, the title is %q", got)
	}
}

// missingMessage is what a field says that is left empty.
func missingMessage(f *order.Form, fault order.Fault) string {
	for _, field := range f.Fields {
		if label := field.Label.Value; field.Name.Value == fault.Field && fault.Rule == order.RuleChoiceRequired {
			return "Velg " + strings.ToLower(label[:1]) + label[1:]
		} else if field.Name.Value == fault.Field {
			return label + " må fylles ut"
		}
	}
	return ""
}

// A wrongValue is what an applicant may write, and what they then read.
type wrongValue struct {
	field, value string
	rule         order.Rule
	message      string
}

var mistakes = []wrongValue{
	{"orgnr", "12345678", order.RuleOrganisationNumberLength, "Organisasjonsnummer må ha 9 siffer"},
	{"orgnr", "974 760 6733", order.RuleOrganisationNumberLength, "Organisasjonsnummer må ha 9 siffer"},
	{"orgnr", "Brreg", order.RuleOrganisationNumberLength, "Organisasjonsnummer må ha 9 siffer"},
	{"orgnr", "314159265", order.RuleOrganisationNumberSynthetic, "Organisasjonsnummer må være virksomhetens ekte nummer. Numre som begynner på 2 eller 3, er syntetiske og finnes bare i testmiljøer."},
	{"orgnr", "212 345 678", order.RuleOrganisationNumberSynthetic, "Organisasjonsnummer må være virksomhetens ekte nummer. Numre som begynner på 2 eller 3, er syntetiske og finnes bare i testmiljøer."},
	{"orgnr", "000000000", order.RuleOrganisationNumberStart, "Organisasjonsnummer må begynne på 8 eller 9"},
	{"orgnr", "974760674", order.RuleOrganisationNumberCheck, "Organisasjonsnummer stemmer ikke. Se etter om et siffer er galt, eller om to siffer har byttet plass."},
	{"orgnavn", "  \t ", order.RuleRequired, "Navn på virksomheten må fylles ut"},
	{"orgnavn", strings.Repeat("å", 176), order.RuleTooLong, "Navn på virksomheten kan ikke være lengre enn 175 tegn"},
	{"epost", "kari.eksempel.no", order.RuleEmail, "E-postadresse til kontaktpersonen må være én e-postadresse, for eksempel navn@virksomhet.no"},
	{"epost", "kari@eksempel", order.RuleEmail, "E-postadresse til kontaktpersonen må være én e-postadresse, for eksempel navn@virksomhet.no"},
	{"epost", "a@b.no, c@d.no", order.RuleEmail, "E-postadresse til kontaktpersonen må være én e-postadresse, for eksempel navn@virksomhet.no"},
	{"epost", strings.Repeat("a", 250) + "@b.no", order.RuleTooLong, "E-postadresse til kontaktpersonen kan ikke være lengre enn 254 tegn"},
	{"telefon", "4123456", order.RulePhone, "Telefonnummer til kontaktpersonen må ha 8 siffer og kan ikke begynne på 0 eller 1. Er nummeret utenlandsk, må det begynne på + og landkoden og ha 8–15 siffer."},
	{"telefon", "+47 12 34 56 78", order.RulePhone, "Telefonnummer til kontaktpersonen må ha 8 siffer og kan ikke begynne på 0 eller 1. Er nummeret utenlandsk, må det begynne på + og landkoden og ha 8–15 siffer."},
	{"kunde-orgnr", "NO974760673MVA", order.RuleSame, "Kundens organisasjonsnummer kan ikke være det samme som du har skrevet i feltet «organisasjonsnummer»"},
}

// wrongValues writes each mistake that the form has a field for into the
// correctly filled form, and mends it.
func wrongValues(tb *tab, f *order.Form) {
	tried := 0
	for _, wrong := range mistakes {
		if !slices.ContainsFunc(f.Fields, func(field order.Field) bool { return field.Name.Value == wrong.field }) {
			continue
		}
		tried++
		if got := f.Validate(changedValues(wrong.field, wrong.value)); len(got) != 1 || got[0] != (order.Fault{Field: wrong.field, Rule: wrong.rule}) {
			tb.t.Errorf("%s %q: Go finds %v, want the rule %s", wrong.field, wrong.value, got, wrong.rule)
		}
		tb.rewrite(wrong.field, wrong.value)
		tb.hasErrors(nil)
		tb.press(kb.Enter) // as good as the button, and never past an error
		tb.hasErrors([]string{wrong.message})
		tb.hasMessage(wrong.field, wrong.message)
		tb.rewrite(wrong.field, written[wrong.field])
		tb.hasErrors(nil)
	}
	if tried < 10 {
		tb.t.Errorf("only %d mistakes tried", tried)
	}
}

// rewrite replaces what stands in a field.
func (tb *tab) rewrite(name, value string) {
	tb.t.Helper()
	eval[chromedp.Void](tb, field(name).js()+".focus()")
	if eval[bool](tb, `document.activeElement.matches("select")`) {
		tb.choose(name, value)
		return
	}
	eval[chromedp.Void](tb, "document.activeElement.select()")
	call(tb, input.InsertText, input.InsertTextParams{Text: value})
}

// hasErrors checks the summary: its messages, and that it shows only if there
// are any.
func (tb *tab) hasErrors(want []string) {
	tb.t.Helper()
	got := eval[[]string](tb, fmt.Sprintf(`[...(%s?.querySelectorAll("li a") ?? [])].map((a) => a.innerText)`,
		element(`//*[@class="error-summary"]`).js()))
	if !slices.Equal(got, want) {
		tb.t.Errorf("the errors are %q, want %q", got, want)
	}
}

// hasMessage checks what stands at a field, and that it is tied to it.
func (tb *tab) hasMessage(name, want string) {
	tb.t.Helper()
	got := eval[struct{ Shown, Invalid, Described string }](tb, `(() => {
		const control = `+field(name).js()+`;
		const error = control.closest("[data-field]").querySelector(".field-error");
		const described = (control.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id));
		return {
			Shown: error.checkVisibility() ? error.innerText : "",
			Invalid: control.getAttribute("aria-invalid") ?? "",
			Described: described.includes(error) ? error.innerText : "",
		};
	})()`)
	invalid := ""
	if want != "" {
		invalid = "true"
	}
	if got.Shown != want || got.Described != want || got.Invalid != invalid {
		tb.t.Errorf("at the field %s: %+v, want %q", name, got, want)
	}
}
