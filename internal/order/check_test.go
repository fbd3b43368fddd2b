package order_test

import (
	"strings"
	"testing"

	"veiviser/internal/diag"
	"veiviser/internal/order"
)

// A sound order, one thing of a field a word, so that a case below is an edit
// of it.
func soundOrder() *order.Form {
	return &order.Form{
		To: text("a@b.no"), Subject: text("Order from {name}"), Offset: 1,
		Fields: []order.Field{
			{Heading: text("You")},
			{Name: text("name"), Label: text("Name")},
			{Name: text("mail"), Label: text("E-mail"), Type: text("email"), Autocomplete: text("email")},
			{Heading: text("Numbers")},
			{Name: text("own"), Label: text("Own number"), Type: text("organisation-number")},
			{Name: text("other"), Label: text("Other number"), Type: text("organisation-number"), DiffersFrom: text("own")},
			{Name: text("law"), Label: text("Law"), Type: text("choice"), Choices: []order.Choice{
				{Value: text("a"), Group: text("First"), Label: text("bank")},
				{Value: text("b"), Group: text("Second"), Label: text("bank")},
			}},
		},
	}
}

func TestCheck(t *testing.T) {
	const you, name, mail, numbers, own, other, law = 0, 1, 2, 3, 4, 5, 6
	for _, test := range []struct {
		edit func(f *order.Form)
		want string // message | hint, one a line
	}{
		{func(f *order.Form) {}, ""},
		{func(f *order.Form) { f.To = text("{mail}") }, ""},
		{func(f *order.Form) { f.Fields[mail].Label = text("Name") }, `two fields with the label "Name" | give it another label, or a heading: above`},
		{func(f *order.Form) { f.Fields[own].Label = text("Name") }, ""},
		{func(f *order.Form) { f.Fields[law].Choices, f.Fields[law].ChoicesOf = nil, text("laws") }, ""},
		{func(f *order.Form) { f.Fields[mail].MaxLength = 60 }, ""},

		{func(f *order.Form) { f.To = text("") }, "an order without an address | write to: and the address that orders go to"},
		{func(f *order.Form) { f.To = text("b.no") }, `"b.no" is no e-mail address | write an address such as order@example.org, or {name} of a field of type email`},
		{func(f *order.Form) { f.To = text("{mail} {mail}") }, `"{mail} {mail}" is no e-mail address | write an address such as order@example.org, or {name} of a field of type email`},
		{func(f *order.Form) { f.To = text("{mai}") }, `the order goes to {mai}, which is no field of it | did you mean "mail"?`},
		{func(f *order.Form) { f.To = text("{name}") }, "the order goes to {name}, a field of type text | give the field type: email"},
		{func(f *order.Form) { f.To, f.Fields[mail].Optional = text("{mail}"), true }, "the order goes to {mail}, a field that may be left empty | take optional: away from the field"},
		{func(f *order.Form) { f.Subject = text(" ") }, "an order without a subject | write subject: and what the e-mail is about"},
		{func(f *order.Form) { f.Subject = text("{nam} {zzz} {}") }, `the subject shows {nam}, which is no field of this order | did you mean "name"?
the subject shows {zzz}, which is no field of this order | the fields are name, mail, own, other, law
the subject shows {}, which is no field of this order | the fields are name, mail, own, other, law`},
		{func(f *order.Form) {
			f.Subject, f.Fields = text("{zzz}"), append(f.Fields, order.Field{Name: text("name"), Label: text("Again")}, order.Field{Label: text("No name")})
		}, `the subject shows {zzz}, which is no field of this order | the fields are name, mail, own, other, law
two fields with the name "name" | give each field a name of its own
a field without a name | write name: and a short word for it`},
		{func(f *order.Form) { f.Subject, f.Fields = text("S"), nil }, "an order without fields | add fields: with a name and a label each"},

		{func(f *order.Form) { f.Fields[mail].Name = text("") }, "a field without a name | write name: and a short word for it"},
		{func(f *order.Form) { f.Fields[mail].Name = text("name") }, `two fields with the name "name" | give each field a name of its own`},
		{func(f *order.Form) { f.Fields[mail].Name = text("e mail") }, `"e mail" cannot be the name of a field | use letters, digits, - and _, a letter first`},
		{func(f *order.Form) { f.Fields[mail].Name = text("__proto__") }, `"__proto__" cannot be the name of a field | use letters, digits, - and _, a letter first`},
		{func(f *order.Form) { f.Fields[mail].Name = text("låneår_2") }, ""},
		{func(f *order.Form) { f.Fields[mail].Label = text("\u200b") }, "a field without a label | write label: and what the applicant is asked for"},
		{func(f *order.Form) { f.Fields[mail].Type = text("e-mail") }, `unknown field type "e-mail" | did you mean "email"?`},
		{func(f *order.Form) { f.Fields[mail].Type = text("colour") }, `unknown field type "colour" | the types are text, organisation-number, email, phone, choice`},
		{func(f *order.Form) { f.Fields[other].DiffersFrom = text("owm") }, `"other" differs from "owm", which is no field of this order | did you mean "own"?`},
		{func(f *order.Form) { f.Fields[other].DiffersFrom = text("other") }, `"other" cannot differ from itself | name another field`},
		{func(f *order.Form) { f.Fields[mail].MaxLength = -1 }, "maxlength -1 is below 0 | write how many characters the field takes"},
		{func(f *order.Form) { f.Fields[own].MaxLength = 9 }, "a field of type organisation-number has its own length | take maxlength away"},
		{func(f *order.Form) { f.Fields[mail].MaxLength = 255 }, "no e-mail address is longer than 254 characters | write 254 or less, or take maxlength away"},

		{func(f *order.Form) { f.Fields[law].Choices = nil }, "a choice without choices | write choices: and a list, or the name of one"},
		{func(f *order.Form) { f.Fields[law].Type = text("") }, "choices in a field of type text | write type: choice"},
		{func(f *order.Form) { f.Fields[law].Choices[1].Value = text("a") }, `two choices with the value "a" | give each choice a value of its own`},
		{func(f *order.Form) { f.Fields[law].Choices[1].Value = text("") }, "a choice without a value | write value: and a short word for it"},
		{func(f *order.Form) { f.Fields[law].Choices[1].Value = text("b\n") }, `"b\n" cannot be the value of a choice | write it on one line, without spaces around`},
		{func(f *order.Form) { f.Fields[law].Choices[1].Group = text("First") }, `two choices that read "First: bank" | give each choice words of its own`},
		{func(f *order.Form) { f.Fields[law].Choices[1].Label = text("") }, "a choice without a label | write label: and what the applicant chooses"},

		{func(f *order.Form) { f.Fields = f.Fields[:own] }, `the heading "Numbers" has nothing below it | put fields below it, or take it away`},
		{func(f *order.Form) { f.Fields[name] = order.Field{Heading: text("We")} }, `the subject shows {name}, which is no field of this order | the fields are mail, own, other, law
the heading "You" has nothing below it | put fields below it, or take it away`},
		{func(f *order.Form) { f.Fields[you].Label = text("L") }, "a heading that is a field too | make two items of the list: the heading first, then the field"},
		{func(f *order.Form) { f.Fields[numbers].Heading = text("\u00a0") }, "a heading without words | write what the fields below it have in common"},
	} {
		f := soundOrder()
		test.edit(f)
		if got := said(order.Check(diag.Source{Name: "order.md"}, f)); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
}

// The link in the e-mail, and what a link from elsewhere may bring.
func TestCheckLinks(t *testing.T) {
	for _, test := range []struct {
		edit func(f *order.Form)
		want string
	}{
		{func(f *order.Form) {}, ""},
		{func(f *order.Form) { f.Link.Set = nil }, ""},
		{func(f *order.Form) { f.Link.Text = text(" ") }, "a link without a text | write text: and what stands before the address"},
		{func(f *order.Form) { f.Link.Page = text("") }, "a link without a page | write page: and the file of the other order"},
		{func(f *order.Form) { f.Link.Set[0].From = text("ohter") }, `the link carries "ohter", which is no field of this order | did you mean "other"?`},
		{func(f *order.Form) { f.Link.Set[0].From = text("mail") }, `the link carries "mail", a field of type email; it may carry organisation numbers alone | let the reader of the e-mail write it`},
		{func(f *order.Form) { f.Linked[0].Name = text("") }, "a field without a name | write name: and a short word for it"},
		{func(f *order.Form) { f.Linked[0].Name = text("own") }, `two fields with the name "own" | give each field a name of its own`},
		{func(f *order.Form) { f.Linked[0].Label = text("") }, "a field without a label | write label: and what the applicant is asked for"},
		{func(f *order.Form) { f.Linked[0].Type = text("") }, "a linked field of type text; a link may bring organisation numbers alone | write type: organisation-number"},
		{func(f *order.Form) { f.Linked[0].Optional = true }, "a linked field is shown and not asked for, so it takes no rules | keep name:, label: and type:"},
		{func(f *order.Form) { f.Linked[0].Hint = text("9 digits") }, "a linked field is shown and not asked for, so it takes no rules | keep name:, label: and type:"},
		{func(f *order.Form) { f.Linked[0] = order.Field{Heading: text("They")} }, "a heading in linked: | take it away"},
		{func(f *order.Form) { f.Subject = text("S {vendor}") }, `the subject shows {vendor}, which is no field of this order | the fields are name, mail, own, other, law`},
	} {
		f := soundOrder()
		f.Link = &order.Link{Text: text("Order here:"), Page: text("other.md"), Set: []order.Carried{{Field: text("own"), From: text("other")}}}
		f.Linked = []order.Field{{Name: text("vendor"), Label: text("Vendor"), Type: text("organisation-number")}}
		test.edit(f)
		if got := said(order.Check(diag.Source{Name: "order.md"}, f)); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
}

func said(faults diag.List) string {
	var lines []string
	for _, fault := range faults {
		lines = append(lines, fault.Msg+" | "+fault.Hint)
	}
	return strings.Join(lines, "\n")
}

// A fault stands where its author must look.
func TestCheckPlaces(t *testing.T) {
	source := diag.Source{Name: "order.md", Text: `order:
  to: {male}
  subject: Hi {nmae}
  fields:
    - name: mail
    - {name: mail, label: Mail, type: emial}
    - {name: law, label: Law, type: choice, choices: [{value: a, label: A}, {value: a, label: B}]}
`}
	at := func(s string) int { return strings.Index(source.Text, s) }
	say := func(s, after string) diag.Text { return diag.Text{Value: s, Offset: at(after) + len(after)} }
	f := &order.Form{
		To: say("{male}", "to: "), Subject: say("Hi {nmae}", "subject: "), Offset: at("to:"),
		Fields: []order.Field{
			{Name: say("mail", "- name: "), Offset: at("name: mail")},
			{Name: say("mail", "{name: "), Label: say("Mail", "label: "), Type: say("emial", "type: "), Offset: at("{name: mail")},
			{Name: say("law", "- {name: law"), Label: say("Law", "label: "), Type: text("choice"), Choices: []order.Choice{
				{Value: say("a", "[{value: "), Label: say("A", "label: A")},
				{Value: say("a", "{value: a, label: A}, {value: "), Label: say("B", "label: B")},
			}},
		},
	}
	var got []string
	for _, fault := range order.Check(source, f).Sorted() {
		got = append(got, fault.Pos.String()+": "+fault.Msg)
	}
	want := []string{
		`order.md:2:7: the order goes to {male}, which is no field of it`,
		`order.md:3:15: the subject shows {nmae}, which is no field of this order`,
		`order.md:5:7: a field without a label`,
		`order.md:6:14: two fields with the name "mail"`,
		`order.md:6:39: unknown field type "emial"`,
		`order.md:7:85: two choices with the value "a"`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCheckChoices(t *testing.T) {
	got := said(order.CheckChoices(diag.Source{}, []order.Choice{
		{Value: text("a"), Label: text("A")}, {Value: text("a"), Label: text("A")},
	}))
	want := `two choices with the value "a" | give each choice a value of its own
two choices that read "A" | give each choice words of its own`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSections(t *testing.T) {
	f := soundOrder()
	f.Fields = f.Fields[1:]
	var got []string
	for _, section := range f.Sections() {
		line := section.Heading + ":"
		for _, field := range section.Fields {
			line += " " + field.Name.Value
		}
		got = append(got, line)
	}
	if want := ": name mail\nNumbers: own other law"; strings.Join(got, "\n") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestPlaceOfAnEmptyChoice: what has no parts is reported where it stands.
func TestPlaceOfAnEmptyChoice(t *testing.T) {
	src := diag.Source{Name: "a.md", Text: "choices: [{}]"}
	for _, p := range order.CheckChoices(src, []order.Choice{{Offset: len("choices: [")}}) {
		if got := p.Pos.String(); got != "a.md:1:11" {
			t.Errorf("%s: at %s", p.Msg, got)
		}
	}
	if n := len(order.CheckChoices(src, []order.Choice{{}})); n != 2 {
		t.Errorf("%d faults, want 2", n)
	}
}
