package order_test

import (
	"fmt"
	"maps"
	"testing"

	"veiviser/internal/diag"
	"veiviser/internal/order"
	"veiviser/internal/order/ordertest"
)

func text(s string) diag.Text { return diag.Text{Value: s} }

// one is a form of a single field named "x".
func one(kind string) *order.Form {
	f := order.Field{Name: text("x"), Label: text("X"), Type: text(kind)}
	if kind == order.SingleChoice {
		f.Choices = []order.Choice{{Value: text("a"), Group: text("Lov"), Label: text("a) bank")}, {Value: text("b"), Label: text("nei")}}
	}
	return &order.Form{To: text("a@b.no"), Subject: text("S"), ReferenceLabel: "Referanse", Fields: []order.Field{f}}
}

// What is typed, what it becomes, how the e-mail says it, and the rule it
// breaks.
var valueTests = []struct {
	kind, typed, normal, shown string
	rule                       order.Rule
}{
	{"text", "Kari Nordmann", "Kari Nordmann", "Kari Nordmann", ""},
	{"", "Ærlig Åse", "Ærlig Åse", "Ærlig Åse", ""},
	{"text", "", "", "", "required"},
	{"text", " \n\t\u00a0", "", "", "required"},
	{"text", "\u200b\ufeff\u202e", "", "", "required"},
	{"text", "  to\r\nlinjer\t og  mer ", "to linjer og mer", "to linjer og mer", ""},
	{"text", "a\x00b\x7fc\u0085d\u2028e\u2029f", "a b c d e f", "a b c d e f", ""},
	{"text", "\u202eknab\u202c\u200e \u2066x\u2069", "knab x", "knab x", ""},
	{"text", "sam\u00adarbeid", "samarbeid", "samarbeid", ""},
	{"text", "👩\u200d👧", "👩\u200d👧", "👩\u200d👧", ""},
	{"text", "e\u0301", "e\u0301", "e\u0301", ""},
	{"text", "a\xffb", "a\ufffdb", "a\ufffdb", ""},
	{"text", "Navn: Kari", "Navn: Kari", "Navn: Kari", ""},

	{"organisation-number", "974760673", "974760673", "974 760 673", ""},
	{"organisation-number", " 974 760\u00a0673 ", "974760673", "974 760 673", ""},
	{"organisation-number", "NO 974 760 673 MVA", "974760673", "974 760 673", ""},
	{"organisation-number", "no974760673mva", "974760673", "974 760 673", ""},
	{"organisation-number", "974 760 673 mva", "974760673", "974 760 673", ""},
	{"organisation-number", "889640782", "889640782", "889 640 782", ""},
	{"organisation-number", "971032081", "971032081", "971 032 081", ""},
	{"organisation-number", "", "", "", "required"},
	{"organisation-number", "97476067", "97476067", "97476067", "organisation-number-length"},
	{"organisation-number", "9747606731", "9747606731", "9747606731", "organisation-number-length"},
	{"organisation-number", "97476067A", "97476067A", "97476067A", "organisation-number-length"},
	{"organisation-number", "٩٧٤٧٦٠٦٧٣", "٩٧٤٧٦٠٦٧٣", "٩٧٤٧٦٠٦٧٣", "organisation-number-length"},
	{"organisation-number", "Brreg  AS", "Brreg AS", "Brreg AS", "organisation-number-length"},
	{"organisation-number", "974760674", "974760674", "974 760 674", "organisation-number-check"},
	{"organisation-number", "947760673", "947760673", "947 760 673", "organisation-number-check"},
	{"organisation-number", "000000000", "000000000", "000 000 000", "organisation-number-start"},
	{"organisation-number", "474760673", "474760673", "474 760 673", "organisation-number-start"},
	{"organisation-number", "314159265", "314159265", "314 159 265", "organisation-number-synthetic"},
	{"organisation-number", "212345678", "212345678", "212 345 678", "organisation-number-synthetic"},

	{"email", "kari@brreg.no", "kari@brreg.no", "kari@brreg.no", ""},
	{"email", " kari+x@post.brreg.no ", "kari+x@post.brreg.no", "kari+x@post.brreg.no", ""},
	{"email", "åse@blåbær.no", "åse@blåbær.no", "åse@blåbær.no", ""},
	{"email", "", "", "", "required"},
	{"email", "kari", "kari", "kari", "email"},
	{"email", "kari@brreg", "kari@brreg", "kari@brreg", "email"},
	{"email", "@brreg.no", "@brreg.no", "@brreg.no", "email"},
	{"email", "kari@@brreg.no", "kari@@brreg.no", "kari@@brreg.no", "email"},
	{"email", "kari@.no", "kari@.no", "kari@.no", "email"},
	{"email", "kari@brreg.no.", "kari@brreg.no.", "kari@brreg.no.", "email"},
	{"email", "kari @brreg.no", "kari @brreg.no", "kari @brreg.no", "email"},
	{"email", "a@b.no, c@d.no", "a@b.no, c@d.no", "a@b.no, c@d.no", "email"},
	{"email", "a,b@c.no", "a,b@c.no", "a,b@c.no", "email"},
	{"email", "Kari <kari@brreg.no>", "Kari <kari@brreg.no>", "Kari <kari@brreg.no>", "email"},

	{"phone", "75007500", "75007500", "75 00 75 00", ""},
	{"phone", "+47 75 00 75 00", "75007500", "75 00 75 00", ""},
	{"phone", "0047 412-34-567", "41234567", "412 34 567", ""},
	{"phone", "4 1 2 3 4 5 6 7", "41234567", "412 34 567", ""},
	{"phone", "90.12.34.56", "90123456", "901 23 456", ""},
	{"phone", "800 12 345", "80012345", "800 12 345", ""},
	{"phone", "+46 70 123 45 67", "+46701234567", "+46701234567", ""},
	{"phone", "0046701234567", "+46701234567", "+46701234567", ""},
	{"phone", "+123456789012345", "+123456789012345", "+123456789012345", ""},
	{"phone", "", "", "", "required"},
	{"phone", "1234567", "1234567", "1234567", "phone"},
	{"phone", "12345678", "12345678", "12 34 56 78", "phone"},
	{"phone", "01234567", "01234567", "01 23 45 67", "phone"},
	{"phone", "412345678", "412345678", "412345678", "phone"},
	{"phone", "+47 12345678", "+4712345678", "+4712345678", "phone"},
	{"phone", "+47 412345678", "+47412345678", "+47412345678", "phone"},
	{"phone", "004700123456", "+4700123456", "+4700123456", "phone"},
	{"phone", "+1234567", "+1234567", "+1234567", "phone"},
	{"phone", "+1234567890123456", "+1234567890123456", "+1234567890123456", "phone"},
	{"phone", "+0123456789", "+0123456789", "+0123456789", "phone"},
	{"phone", "ring  meg", "ring meg", "ring meg", "phone"},
	{"phone", "+44 (0)20 7946 0000", "+44 (0)20 7946 0000", "+44 (0)20 7946 0000", "phone"},

	{"choice", "a", "a", "Lov: a) bank", ""},
	{"choice", "b", "b", "nei", ""},
	{"choice", "", "", "", "choice-required"},
	{"choice", "c", "", "", "choice-required"},
	{"choice", "nei", "", "", "choice-required"},
	{"choice", " a", "", "", "choice-required"},
}

func TestValues(t *testing.T) {
	for _, test := range valueTests {
		f := one(test.kind)
		v := order.Values{"x": test.typed}
		if got := f.Normalize(v)["x"]; got != test.normal {
			t.Errorf("%s %q becomes %q, want %q", test.kind, test.typed, got, test.normal)
		}
		want := "X:"
		if test.shown != "" {
			want += " " + test.shown
		}
		if got := firstLine(f.Compose(v).Body); got != want {
			t.Errorf("%s %q is shown as %q, want %q", test.kind, test.typed, got, want)
		}
		var rule order.Rule
		if faults := f.Validate(v); len(faults) > 0 {
			rule = faults[0].Rule
		}
		if rule != test.rule {
			t.Errorf("%s %q breaks %q, want %q", test.kind, test.typed, rule, test.rule)
		}
	}
}

func TestNormalizeKeepsToTheForm(t *testing.T) {
	got := one("text").Normalize(order.Values{"y": "no field"})
	if want := (order.Values{"x": ""}); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// 90000012 has the check digit 10, so there is no such number.
func TestNoCheckDigitIsTen(t *testing.T) {
	form := one(order.OrganisationNumber)
	for digit := range 10 {
		number := fmt.Sprintf("90000012%d", digit)
		if got := faults(form, order.Values{"x": number}); got != "x:organisation-number-check" {
			t.Errorf("%s: %q", number, got)
		}
	}
}

// No mistyped digit makes one organisation number another.
func FuzzOrganisationNumber(f *testing.F) {
	for _, test := range valueTests {
		f.Add(test.typed)
	}
	form := one(order.OrganisationNumber)
	f.Fuzz(func(t *testing.T, typed string) {
		number := form.Normalize(order.Values{"x": typed})["x"]
		again(t, form, typed)
		if len(form.Validate(order.Values{"x": number})) > 0 {
			return
		}
		if len(number) != 9 || number[0] < '8' {
			t.Fatalf("%q is accepted as %q", typed, number)
		}
		for i := range number {
			wrong := []byte(number)
			wrong[i] = '0' + (wrong[i]-'0'+1)%10
			if len(form.Validate(order.Values{"x": string(wrong)})) == 0 {
				t.Errorf("%s is accepted beside %s", wrong, number)
			}
		}
	})
}

func FuzzPhone(f *testing.F) {
	for _, test := range valueTests {
		f.Add(test.typed)
	}
	form := one(order.Phone)
	f.Fuzz(func(t *testing.T, typed string) {
		number := form.Normalize(order.Values{"x": typed})["x"]
		again(t, form, typed)
		if len(form.Validate(order.Values{"x": number})) > 0 {
			return
		}
		if len(number) != 8 && number[0] != '+' || len(number) > 16 {
			t.Errorf("%q is accepted as %q", typed, number)
		}
	})
}

// again checks that to normalize what is normal changes nothing.
func again(t *testing.T, form *order.Form, typed string) {
	t.Helper()
	once := form.Normalize(order.Values{"x": typed})
	if twice := form.Normalize(once); !maps.Equal(once, twice) {
		t.Fatalf("%q becomes %q and then %q", typed, once, twice)
	}
}

// Faults come in the form's order, one a field; what differs is compared as
// normalized; limits count characters.
func TestValidateForms(t *testing.T) {
	forms := ordertest.Forms()
	direct, customer := forms[0], forms[1]
	good := order.Values{"orgnr": "974760673", "orgnavn": "Brreg", "navn": "Kari", "epost": "k@b.no", "telefon": "75007500", "hjemmel": "4-a", "kunde": "889640782"}
	with := func(name, value string) order.Values {
		v := maps.Clone(good)
		v[name] = value
		return v
	}
	for _, test := range []struct {
		form   *order.Form
		values order.Values
		want   string
	}{
		{direct, good, ""},
		{customer, good, ""},
		{direct, nil, "orgnr:required orgnavn:required navn:required epost:required telefon:required hjemmel:choice-required"},
		{customer, nil, "orgnr:required orgnavn:required kunde:required epost:required"},
		{customer, with("telefon", "1"), "telefon:phone"},
		{customer, with("kunde", "NO 974 760 673 MVA"), "kunde:same"},
		{customer, with("orgnavn", repeat("😀", 20)), ""},
		{customer, with("orgnavn", repeat("😀", 21)), "orgnavn:too-long"},
		{direct, with("orgnavn", repeat("å", 100)), ""},
		{direct, with("orgnavn", repeat("å", 101)), "orgnavn:too-long"},
		{direct, with("epost", repeat("a", 249)+"@b.no"), ""},
		{direct, with("epost", repeat("a", 250)+"@b.no"), "epost:too-long"},
	} {
		if got := faults(test.form, test.values); got != test.want {
			t.Errorf("%q: got %q, want %q", test.values, got, test.want)
		}
	}
}
