package order_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"strings"
	"testing"

	"veiviser/internal/order"
	"veiviser/internal/order/ordertest"
)

func repeat(s string, n int) string { return strings.Repeat(s, n) }

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func faults(f *order.Form, v order.Values) string {
	var all []string
	for _, fault := range f.Validate(v) {
		all = append(all, fault.Field+":"+string(fault.Rule))
	}
	return strings.Join(all, " ")
}

var kari = order.Values{
	"orgnr": "974760673", "orgnavn": "Brønnøysundregistrene", "navn": "Kari Nordmann",
	"epost": "kari@brreg.no", "telefon": "+4775007500", "hjemmel": "4-a", "kunde": "889640782",
}

func TestCompose(t *testing.T) {
	for _, test := range []struct {
		form int
		want order.Mail
	}{
		{0, order.Mail{
			To:      "opendata.rrh@brreg.no",
			Subject: "Bestilling av direkte tilgang i test – Brønnøysundregistrene (974 760 673)",
			Body: `Virksomheten
Organisasjonsnummer: 974 760 673
Navn: Brønnøysundregistrene

Kontaktperson
Navn: Kari Nordmann
E-postadresse: kari@brreg.no
Telefonnummer: 75 00 75 00

Rett til tilgang
Hjemmel for utvidet tilgang: Hvitvaskingsloven § 4 første ledd: a) bank

Referanse: REFERENCE`,
		}},
		{1, order.Mail{
			To:      "kari@brreg.no",
			Subject: "Tilgang for Brønnøysundregistrene på vegne av 889 640 782 Liten: under 10{ukjent}",
			Body: `Organisasjonsnummer: 974 760 673
Virksomhetens navn: Brønnøysundregistrene
Kundens organisasjonsnummer: 889 640 782
Kundens e-postadresse: kari@brreg.no
Telefonnummer: 75 00 75 00
Størrelse: Liten: under 10

Vi ønsker å delegere tilgang selv via en fiktiv virksomhet: 100 % & mer + «mer».

Referanse: REFERENCE`,
		}},
		{3, order.Mail{
			To:      "kari@brreg.no",
			Subject: "Til 974 760 673",
			Body: `Organisasjonsnummer: 974 760 673
Kundens organisasjonsnummer: 889 640 782
E-postadresse: kari@brreg.no

Bestill her: https://www.example.no/bestill/direkte/#orgnr=889640782&leverand%C3%B8r=974760673

Referanse: REFERENCE`,
		}},
	} {
		got := ordertest.Forms()[test.form].Compose(kari)
		code := referenceOf(got.Body)
		if !regexp.MustCompile(`^[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}$`).MatchString(code) {
			t.Errorf("reference %q", code)
		}
		got.Body = strings.Replace(got.Body, code, "REFERENCE", 1)
		if got != test.want {
			t.Errorf("got\n%s\n%s\n%s\nwant\n%s\n%s\n%s", got.To, got.Subject, got.Body, test.want.To, test.want.Subject, test.want.Body)
		}
	}
}

func TestTemplate(t *testing.T) {
	forms := ordertest.Forms()
	got := forms[0].Template()
	want := order.Mail{
		To:      "opendata.rrh@brreg.no",
		Subject: "Bestilling av direkte tilgang i test – [Navn] ([Organisasjonsnummer])",
		Body: `Virksomheten
Organisasjonsnummer:
Navn:

Kontaktperson
Navn:
E-postadresse:
Telefonnummer:

Rett til tilgang
Hjemmel for utvidet tilgang:`,
	}
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if to := forms[1].Template().To; to != "" {
		t.Errorf("an order whose address the applicant gives goes to %q", to)
	}
}

// The link of the template carries nothing, and is left out where it would lead
// nowhere.
func TestTemplateLink(t *testing.T) {
	const fields = "Organisasjonsnummer:\nKundens organisasjonsnummer:\nE-postadresse:"
	form := ordertest.Forms()[3]
	if got, want := form.Template().Body, fields+"\n\nBestill her: https://www.example.no/bestill/direkte/"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	form.Link.URL = "/bestill/direkte/"
	if got := form.Template().Body; got != fields {
		t.Errorf("got %q, want %q", got, fields)
	}
	if got, want := form.Compose(kari).Body, "\nBestill her: /bestill/direkte/#orgnr=889640782&leverand%C3%B8r=974760673\n"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
}

func FuzzComposeParse(f *testing.F) {
	for _, test := range valueTests {
		f.Add(test.typed, "Navn: Kari", "kari@brreg.no", "41234567", "a\nb", "4-a")
		f.Add("974760673", test.typed, test.typed, test.typed, test.typed, test.typed)
	}
	forms := ordertest.Forms()
	f.Fuzz(func(t *testing.T, number, name, email, phone, other, choice string) {
		v := order.Values{
			"orgnr": number, "kunde": other, "orgnavn": name, "navn": other,
			"epost": email, "telefon": phone, "hjemmel": choice, "constructor": name,
		}
		for i, form := range forms {
			m := form.Compose(v)
			want := form.Normalize(v)
			got, err := form.Parse(m)
			if err != nil || !maps.Equal(got, want) {
				t.Fatalf("form %d: parsed %q (%v), want %q from\n%s", i, got, err, want, m.Body)
			}
			m.Body = strings.ReplaceAll(m.Body, "\n", "\r\n") + "\r\n\r\n"
			if got, err := form.Parse(m); err != nil || !maps.Equal(got, want) {
				t.Fatalf("form %d with CRLF: parsed %q (%v), want %q", i, got, err, want)
			}
			if strings.ContainsAny(m.To+m.Subject, "\r\n") {
				t.Fatalf("form %d: a line break in the header %q", i, m)
			}
			sent(t, form.Compose(v))
			if length := len(form.Compose(v).URL()); len(form.Validate(v)) == 0 && length > form.LongestURL() {
				t.Fatalf("form %d: a URL of %d bytes, said to be %d at most", i, length, form.LongestURL())
			}
		}
	})
}

func TestParseRefusesWhatIsAltered(t *testing.T) {
	form := ordertest.Forms()[1]
	m := form.Compose(kari)
	alter := func(old, new string) order.Mail {
		altered := m
		altered.Body = strings.Replace(m.Body, old, new, 1)
		return altered
	}
	for _, test := range []struct {
		mail order.Mail
		want string
	}{
		{alter("Brønnøysundregistrene", "Altinn"), "the e-mail has been altered"},
		{alter("974 760 673", "974760673"), "the e-mail has been altered"},
		{order.Mail{To: m.To, Subject: "Hei", Body: m.Body}, "the e-mail has been altered"},
		{alter("Liten: under 10", "Svær"), "the e-mail has been altered"},
		{alter("Virksomhetens navn", "Navn"), `line 2 is "Navn: Brønnøysundregistrene" where this order has "Virksomhetens navn:"`},
		{alter("100 %", "50 %"), "line 8 is"},
		{alter("\nVi ", "\nJa.\nVi "), "the text has 11 lines, this order has 10"},
		{order.Mail{}, "the text has 1 lines, this order has 10"},
	} {
		v, err := form.Parse(test.mail)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("parsed %q, error %v, want %q", v, err, test.want)
		}
	}
}

// The bound is reached, so it is no looser than said.
func TestLongestURL(t *testing.T) {
	for i, form := range ordertest.Forms() {
		longest := order.Values{
			"orgnr": "999999999", "orgnavn": repeat("😀", 100), "navn": repeat("😀", 100), "epost": repeat("😀", 250) + "@a.a",
			"telefon": "+461234567890123", "kunde": "889640782", "hjemmel": "3-11-b", "constructor": repeat("😀", 100),
		}
		switch i {
		case 1:
			longest["orgnavn"], longest["hjemmel"] = repeat("😀", 20), "4-a"
		case 2:
			longest["navn"] = repeat("😀", 3000)
		}
		if got, want := form.LongestURL(), len(form.Compose(longest).URL()); got != want {
			t.Errorf("form %d: %d bytes, want %d", i, got, want)
		}
	}
}

// What the browser gets holds no offsets and nothing that only HTML needs.
func TestJSON(t *testing.T) {
	form := one(order.SingleChoice)
	form.Offset, form.Fields[0].Offset, form.Fields[0].Hint, form.Fields[0].Autocomplete = 7, 7, text("H"), text("name")
	got, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"to":"a@b.no","subject":"S","fields":[{"name":"x","label":"X","type":"choice",` +
		`"choices":[{"value":"a","group":"Lov","label":"a) bank"},{"value":"b","label":"nei"}]}],"referenceLabel":"Referanse"}`
	if !bytes.Equal(got, []byte(want)) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
