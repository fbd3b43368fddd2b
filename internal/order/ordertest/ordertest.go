// Package ordertest makes the vectors that hold the two engines of an order
// together: internal/order, which computes them, and static/js/order.js, which
// must reproduce them byte for byte in node and in browsers.
//
// It is used by tests only. The vectors are the same at every run: those made
// by hand, and then a good two thousand drawn from pools of what is nasty.
package ordertest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"veiviser/internal/diag"
	"veiviser/internal/order"
)

// A Suite is forms and what becomes of values in them. Its JSON is what the
// script is run against.
type Suite struct {
	Forms   []*order.Form `json:"forms"`
	Vectors []Vector      `json:"vectors"`
}

// A Vector is the values of one order and all that follows from them.
type Vector struct {
	Form       int             `json:"form"`   // index into the suite's forms
	Values     json.RawMessage `json:"values"` // raw, since Go's strings have no lone surrogates
	Normalized order.Values    `json:"normalized"`
	Faults     []order.Fault   `json:"faults"`
	Mail       order.Mail      `json:"mail"`
	URL        string          `json:"url"`
	EML        string          `json:"eml"`
}

// Random is the number of vectors that are drawn.
const Random = 2200

// NewSuite returns the suite. It fails only if this package is wrong.
func NewSuite() (*Suite, error) {
	s := &Suite{Forms: Forms()}
	for _, raw := range handmade {
		for form := range s.Forms {
			if err := s.add(form, json.RawMessage(raw)); err != nil {
				return nil, err
			}
		}
	}
	draw := rand.New(rand.NewPCG(1, 2))
	for i := range Random {
		form := i % len(s.Forms)
		raw, err := json.Marshal(randomValues(draw, s.Forms[form]))
		if err != nil {
			return nil, err
		}
		if err := s.add(form, raw); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Suite) add(form int, raw json.RawMessage) error {
	var values order.Values
	if err := json.Unmarshal(raw, &values); err != nil {
		return fmt.Errorf("values %s: %w", raw, err)
	}
	f := s.Forms[form]
	mail := f.Compose(values)
	s.Vectors = append(s.Vectors, Vector{
		Form:       form,
		Values:     raw,
		Normalized: f.Normalize(values),
		Faults:     append([]order.Fault{}, f.Validate(values)...),
		Mail:       mail,
		URL:        mail.URL(),
		EML:        mail.EML(),
	})
	return nil
}

// Forms returns forms that together use everything a form can have.
func Forms() []*order.Form {
	return []*order.Form{direct(), customer(), odd(), invitation()}
}

func text(s string) diag.Text { return diag.Text{Value: s} }

func heading(s string) order.Field { return order.Field{Heading: text(s)} }

func field(name, kind, label string) order.Field {
	return order.Field{Name: text(name), Type: text(kind), Label: text(label)}
}

// direct is an order as the guidance site has it.
func direct() *order.Form {
	basis := field("hjemmel", order.SingleChoice, "Hjemmel for utvidet tilgang")
	for _, c := range [][3]string{
		{"3-11-a", "Forskriften § 3-11", "a) politi og påtalemyndighet"},
		{"3-11-b", "Forskriften § 3-11", "b) enheten for finansiell etterretning"},
		{"4-a", "Hvitvaskingsloven § 4 første ledd", "a) bank"},
		{"4-b", "Hvitvaskingsloven § 4 første ledd", "b) kredittforetak"},
	} {
		basis.Choices = append(basis.Choices, order.Choice{Value: text(c[0]), Group: text(c[1]), Label: text(c[2])})
	}
	return &order.Form{
		To:             text("opendata.rrh@brreg.no"),
		Subject:        text("Bestilling av direkte tilgang i test – {orgnavn} ({orgnr})"),
		ReferenceLabel: "Referanse",
		Fields: []order.Field{
			heading("Virksomheten"),
			field("orgnr", order.OrganisationNumber, "Organisasjonsnummer"),
			field("orgnavn", "", "Navn"),
			heading("Kontaktperson"),
			field("navn", order.Text, "Navn"),
			field("epost", order.Email, "E-postadresse"),
			field("telefon", order.Phone, "Telefonnummer"),
			heading("Rett til tilgang"),
			basis,
		},
	}
}

// customer goes to an address that the applicant gives, and has two parties
// that must differ.
func customer() *order.Form {
	other := field("kunde", order.OrganisationNumber, "Kundens organisasjonsnummer")
	other.DiffersFrom = text("orgnr")
	name := field("orgnavn", order.Text, "Virksomhetens navn")
	name.MaxLength = 20
	phone := field("telefon", order.Phone, "Telefonnummer")
	phone.Optional = true
	size := field("hjemmel", order.SingleChoice, "Størrelse")
	size.Optional = true
	size.Choices = []order.Choice{
		{Value: text("4-a"), Label: text("Liten: under 10")},
		{Value: text("liten"), Label: text("4-a")},
	}
	return &order.Form{
		To:             text("{epost}"),
		Subject:        text("Tilgang for {orgnavn} på vegne av {kunde} {hjemmel}{ukjent}"),
		Statement:      text("Vi ønsker å delegere tilgang selv via en fiktiv virksomhet: 100 % & mer + «mer»."),
		ReferenceLabel: "Referanse",
		Fields: []order.Field{
			field("orgnr", order.OrganisationNumber, "Organisasjonsnummer"),
			name, other,
			field("epost", order.Email, "Kundens e-postadresse"),
			phone, size,
		},
	}
}

// odd has what an author should not write, but may.
func odd() *order.Form {
	long := field("navn", order.Text, "Navn:\n  hele\u202e navnet")
	long.MaxLength = 3000
	return &order.Form{
		To:             text("ordre@eksempel.no"),
		Subject:        text("=?Ordre?= {navn} {orgnavn} {"),
		Statement:      text(" Første linje.\nAndre\tlinje. "),
		ReferenceLabel: "Ref.\nnr",
		Fields: []order.Field{
			heading("Referanse: \U0001F600"),
			long,
			field("orgnavn", order.Text, "A"),
			field("constructor", order.Text, "A: A"),
			field("telefon", order.Phone, "%0D%0A"),
		},
	}
}

// invitation goes to somebody else, with a link that carries two numbers.
func invitation() *order.Form {
	return &order.Form{
		To:             text("{epost}"),
		Subject:        text("Til {orgnr}"),
		ReferenceLabel: "Referanse",
		Fields: []order.Field{
			field("orgnr", order.OrganisationNumber, "Organisasjonsnummer"),
			field("kunde", order.OrganisationNumber, "Kundens organisasjonsnummer"),
			field("epost", order.Email, "E-postadresse"),
		},
		Link: &order.Link{
			Text: text(" Bestill\nher:"),
			Set:  []order.Carried{{Field: text("orgnr"), From: text("kunde")}, {Field: text("leverandør"), From: text("orgnr")}},
			URL:  "https://www.example.no/bestill/direkte/",
		},
	}
}

// handmade values go through every form.
var handmade = []string{
	`{}`,
	`{"orgnr": "974 760 673", "orgnavn": "Brønnøysundregistrene", "navn": "Kari Nordmann", "epost": "kari@brreg.no", "telefon": "+47 75 00 75 00", "hjemmel": "3-11-a", "kunde": "NO 889 640 782 MVA"}`,
	`{"orgnr": "974760673", "kunde": "974\u00a0760\u00a0673", "epost": "æøå@blåbær.no", "telefon": "00 47 412 34 567", "hjemmel": "4-b"}`,
	`{"orgnavn": "lone \ud83d and \ude00 and \ud83d\u200b\ude00", "navn": "\udfff", "epost": "\ud800@a.no", "hjemmel": "\ud800"}`,
	`{"orgnavn": "A\r\nBcc: alle@eksempel.no\r\n\r\nTekst", "navn": "Navn: Kari\nReferanse: 3333-3333", "epost": "a@b.no\nCc: c@d.no"}`,
	`{"orgnavn": "\u202eslgnab\u202c \u200fא\u200e \u2066x\u2069 \u061c", "navn": "👩‍👩‍👧‍👦 🇳🇴 é e\u0301 ﬁ", "telefon": "\u202a+4741234567\u202c"}`,
	`{"orgnavn": "a:b&c+d%e=f?g#h/i 100%25 {orgnr} {", "navn": "<script>\"'\\ </script>", "epost": "a+b%c&d=e?f#g@h.no"}`,
	`{"orgnavn": "  \t\u00a0\u2028 mange \u3000\u205f\u1680 mellomrom\u0085\u007f\u0000 ", "navn": "\ufeff\u00ad\u2060", "hjemmel": " 4-a"}`,
	`{"orgnr": "000000000", "kunde": "000 000 000", "telefon": "00000000", "epost": "a@b"}`,
	`{"orgnr": "314159265", "kunde": "212345678", "telefon": "004700123456", "epost": "a@@b.no"}`,
	`{"orgnr": "974760674", "kunde": "512345678", "telefon": "+46 70-123.45.67", "epost": "Kari <kari@a.no>"}`,
	`{"orgnr": "97476067", "kunde": "9747606731", "telefon": "+47 21 23 45 67 8", "epost": "a@b..no"}`,
	`{"orgnr": "٩٧٤٧٦٠٦٧٣", "kunde": "no974760673mva", "telefon": "00+47 41234567", "epost": "a@.no"}`,
	`{"orgnr": "NO", "kunde": "MVA", "telefon": "00", "epost": "@", "hjemmel": "liten"}`,
	`{"constructor": "valueOf", "toString": "x", "__proto__": "y", "hjemmel": "constructor", "orgnavn": "$& $1 $$ $` + "`" + `"}`,
	`{"orgnavn": "` + strings.Repeat("😀", 100) + `", "navn": "` + strings.Repeat("ø", 3000) + `", "epost": "` + strings.Repeat("a", 249) + `@a.no"}`,
	`{"orgnavn": "` + strings.Repeat("😀", 101) + `", "navn": "` + strings.Repeat("ø", 3001) + `", "epost": "` + strings.Repeat("a", 250) + `@a.no"}`,
}

// snippets are what random values are put together from.
var snippets = []string{
	"a", "Å", "ø", " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2028", "\u202e", "\u200d", "\u00ad", "\ufeff", "\x00", "\x85",
	"😀", "🇳🇴", "e\u0301", "ﷺ", ":", ": ", "&", "+", "%", "%0A", "=", "?", "=?", "?=", "#", "@", ".", ",", ";", "<", ">", "\"", "'", "\\",
	"(", ")", "*", "!", "~", "-", "_", "{orgnr}", "{", "}", "$1", "Navn: ", "Referanse: ", "E-postadresse:", "Kari Nordmann", "AS",
	"kari@brreg.no", "974", "760", "673", "974760673", "889 640 782", "NO", "mva", "+47", "0047", "00", "41234567", "22 33 44 55",
	"3-11-a", "4-a", "liten", "a) bank",
}

func randomValues(draw *rand.Rand, f *order.Form) order.Values {
	values := order.Values{}
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.IsHeading() || draw.IntN(8) == 0 {
			continue
		}
		values[field.Name.Value] = randomValue(draw, field)
	}
	return values
}

// randomValue is half the time something that the field's type may accept.
func randomValue(draw *rand.Rand, f *order.Field) string {
	if draw.IntN(2) == 0 {
		switch f.Kind() {
		case order.OrganisationNumber:
			return fmt.Sprintf("%d%08d", draw.IntN(10), draw.IntN(1e8))
		case order.Phone:
			return []string{"", "+47 ", "0047", "+4", "00"}[draw.IntN(5)] + fmt.Sprint(draw.IntN(1e9))
		case order.SingleChoice:
			return f.Choices[draw.IntN(len(f.Choices))].Value.Value
		case order.Email:
			return randomText(draw, 2) + "@" + randomText(draw, 1) + ".no"
		}
	}
	return randomText(draw, 12)
}

func randomText(draw *rand.Rand, most int) string {
	var b strings.Builder
	for range draw.IntN(most + 1) {
		b.WriteString(snippets[draw.IntN(len(snippets))])
	}
	return b.String()
}
