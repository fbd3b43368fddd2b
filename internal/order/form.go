// Package order is the order form: the fields that an applicant fills in, the
// rules for what they write, and the e-mail that comes of it.
//
// A [Form] is data from a page's front matter. [Check] proves it; what it has
// found no fault with, the rest of the package works on without doubt. From
// then on everything is a pure function of a form and some [Values]:
//
//	values ─ Normalize ─► values ─ Validate ─► faults
//	                      values ─ Compose  ─► Mail ─ URL, EML ─► a mail program
//	                      values ◄─ Parse   ── Mail
//
// Normalize makes what was typed or pasted plain: one line, no invisible
// characters, numbers in one spelling. Everything after it sees plain values
// only; so no value can break out of its line in the e-mail or its header.
//
// The body of the e-mail has one line a field, in the form's order, also where
// nothing was written. The place of a line says which field it is, never its
// wording; so it can be read back whatever somebody wrote, and [Form.Parse] is
// the exact inverse of [Form.Compose].
//
// The same meaning stands a second time in static/js/order.js, because what an
// applicant writes never leaves the browser. Package ordertest makes the
// vectors that hold the two together, byte for byte. Hence this package keeps
// to what both languages have: explicit character sets instead of Unicode
// tables, 32-bit arithmetic, lengths in code points.
//
// The words that visitors read come from outside (layouts/i18n): messages by
// their [Rule], and the one word that the e-mail itself needs in
// [Form.ReferenceLabel].
package order

import (
	"strings"

	"veiviser/internal/diag"
)

// A Form is an order: the e-mail that a page ends in.
type Form struct {
	To        diag.Text `json:"to"`                 // an address, or {name} of a field of type email
	Subject   diag.Text `json:"subject"`            // with {name} of fields
	Statement diag.Text `json:"statement,omitzero"` // a sentence that the e-mail always carries; may be empty
	Fields    []Field   `json:"fields"`
	Link      *Link     `json:"link,omitempty"`   // ends the e-mail, for an order that somebody else must make first
	Linked    []Field   `json:"linked,omitempty"` // what a link in another order's e-mail may bring here to be shown, besides values of Fields
	Offset    int       `json:"-"`                // of the order in the page's source, in bytes

	// ReferenceLabel is the word before the reference in the e-mail. It is not
	// the author's: whoever links the site fills it from i18n.
	ReferenceLabel string `json:"referenceLabel"`
}

// A Link is a line of the e-mail that leads its reader into an order of their
// own, which it fills in as far as the sender knows. It carries organisation
// numbers and nothing else, in its fragment, which no server sees.
type Link struct {
	Text diag.Text `json:"text"` // what stands before the address
	Page diag.Text `json:"-"`    // the page of the other order, as the author wrote it
	Set  []Carried `json:"set"`
	URL  string    `json:"url"` // of Page; whoever links the site fills it
}

// HasHost reports whether the link leads anywhere from an e-mail. On a site that
// does not know its own host it does so only when the page's script has put the
// page's in.
func (l *Link) HasHost() bool { return strings.Contains(l.URL, "://") }

// A Carried is a field of another order, and the field of this one whose value
// it gets.
type Carried struct {
	Field diag.Text `json:"field"`
	From  diag.Text `json:"from"`
}

// The types of a field.
const (
	Text               = "text" // also the type of a field that names none
	OrganisationNumber = "organisation-number"
	Email              = "email"
	Phone              = "phone"
	SingleChoice       = "choice"
)

// A Field is a field of a form, or a heading over those that follow: then
// Heading is set and all else is empty.
//
// What only the page's HTML needs stays out of the JSON.
type Field struct {
	Heading      diag.Text `json:"heading,omitzero"`
	Name         diag.Text `json:"name,omitzero"`
	Label        diag.Text `json:"label,omitzero"`
	Hint         diag.Text `json:"-"`
	Autocomplete diag.Text `json:"-"`                    // a token of HTML's autocomplete
	DiffersFrom  diag.Text `json:"differsFrom,omitzero"` // the name of a field whose value this one's must not be
	Type         diag.Text `json:"type,omitzero"`
	Optional     bool      `json:"optional,omitzero"`
	MaxLength    int       `json:"maxLength,omitzero"` // in code points, of text and email; 0: see [Field.Limit]
	ChoicesOf    diag.Text `json:"-"`                  // the name of a list of choices that a page of guidance holds; whoever links the site fills Choices from it
	Choices      []Choice  `json:"choices,omitzero"`
	Offset       int       `json:"-"` // of the field in the page's source, in bytes
}

// A Choice is what a field of type choice offers. The e-mail shows it in words,
// "Group: Label".
type Choice struct {
	Value  diag.Text `json:"value"`
	Group  diag.Text `json:"group,omitzero"`
	Label  diag.Text `json:"label"`
	Offset int       `json:"-"` // of the choice in the page's source, in bytes
}

// Values are what an applicant has written, by the fields' names. A choice is
// its value. A field that is missing is empty; a name that is no field's is
// ignored.
type Values map[string]string

// A Mail is a finished e-mail: an address, a subject of one line and a plain
// text with \n between its lines.
type Mail struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
}

// The limits of types that have one of their own, in code points. 254 is the
// longest address that SMTP carries (RFC 5321, erratum 1690).
const (
	textLimit  = 100
	emailLimit = 254
)

// IsHeading reports whether f is a heading and no field.
func (f *Field) IsHeading() bool { return f.Heading.Value != "" }

// Kind is the field's type, [Text] if it names none.
func (f *Field) Kind() string {
	if f.Type.Value == "" {
		return Text
	}
	return f.Type.Value
}

// Limit is the greatest number of code points that the field takes: MaxLength,
// or 100 for text and 254 for email. It is 0 for the other types, whose rules
// say how long a value is.
func (f *Field) Limit() int {
	switch kind := f.Kind(); {
	case kind != Text && kind != Email:
		return 0
	case f.MaxLength > 0:
		return f.MaxLength
	case kind == Email:
		return emailLimit
	default:
		return textLimit
	}
}

// Values returns the values of the field's choices, in the author's order.
func (f *Field) Values() []string {
	values := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		values[i] = c.Value.Value
	}
	return values
}

// A Group is choices that stand together under a name. The name is empty for
// choices that have none.
type Group struct {
	Name    string
	Choices []Choice
}

// Groups returns the field's choices by their groups, both in the author's
// order.
func (f *Field) Groups() []Group {
	var groups []Group
	for _, c := range f.Choices {
		if n := len(groups); n == 0 || groups[n-1].Name != c.Group.Value {
			groups = append(groups, Group{Name: c.Group.Value})
		}
		last := &groups[len(groups)-1]
		last.Choices = append(last.Choices, c)
	}
	return groups
}

// A Section is a heading and the fields below it. Only the first of a form may
// lack the heading.
type Section struct {
	Heading string
	Fields  []Field
}

// Sections returns the form's fields by their headings.
func (f *Form) Sections() []Section {
	var sections []Section
	for _, field := range f.Fields {
		if field.IsHeading() || len(sections) == 0 {
			sections = append(sections, Section{Heading: field.Heading.Value})
		}
		if last := &sections[len(sections)-1]; !field.IsHeading() {
			last.Fields = append(last.Fields, field)
		}
	}
	return sections
}

// HasOptional reports whether any field may be left empty.
func (f *Form) HasOptional() bool {
	for i := range f.Fields {
		if f.Fields[i].Optional {
			return true
		}
	}
	return false
}

// Field returns the field of a name, or nil.
func (f *Form) Field(name string) *Field {
	for i := range f.Fields {
		if field := &f.Fields[i]; !field.IsHeading() && field.Name.Value == name {
			return field
		}
	}
	return nil
}
