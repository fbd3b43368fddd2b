package order

import (
	"regexp"
	"slices"
	"strings"

	"veiviser/internal/diag"
)

// Check returns what its author must mend in a form whose front matter is in
// src. What is missing is reported where the thing that lacks it stands.
//
// Lists that a field takes from a page of guidance are checked there, by
// [CheckChoices].
func Check(src diag.Source, f *Form) diag.List {
	c := checker{src: src, form: f}
	c.envelope()
	c.names()
	c.headings()
	c.link()
	for i := range f.Fields {
		if field := &f.Fields[i]; !field.IsHeading() {
			c.field(field)
		}
	}
	for i := range f.Linked {
		c.linked(&f.Linked[i])
	}
	return c.faults
}

// CheckChoices returns what is wrong with a list of choices in src.
func CheckChoices(src diag.Source, choices []Choice) diag.List {
	c := checker{src: src}
	c.choices(choices)
	return c.faults
}

type checker struct {
	src    diag.Source
	form   *Form
	faults diag.List
}

func (c *checker) errorf(offset int, hint, format string, args ...any) {
	c.faults = append(c.faults, c.src.Errorf(offset, hint, format, args...))
}

// envelope checks to, subject and what they refer to.
func (c *checker) envelope() {
	f := c.form
	if len(f.Fields) == 0 {
		c.errorf(f.Offset, "add fields: with a name and a label each", "an order without fields")
	}
	switch to := f.To.Value; {
	case strings.TrimSpace(to) == "":
		c.errorf(f.Offset, "write to: and the address that orders go to", "an order without an address")
	case placeholder.FindString(to) == to:
		c.recipient(f.Field(to[1 : len(to)-1]))
	case !isEmail(to):
		c.errorf(f.To.Offset, "write an address such as order@example.org, or {name} of a field of type email",
			"%q is no e-mail address", to)
	}
	if strings.TrimSpace(f.Subject.Value) == "" {
		c.errorf(f.Offset, "write subject: and what the e-mail is about", "an order without a subject")
	}
	for _, at := range placeholder.FindAllStringSubmatchIndex(f.Subject.Value, -1) {
		if name := f.Subject.Value[at[2]:at[3]]; f.Field(name) == nil {
			c.errorf(c.src.Find(f.Subject.Offset, "{"+name+"}"), c.didYouMean(name), "the subject shows {%s}, which is no field of this order", name)
		}
	}
}

// link checks what the link in the e-mail says and carries. The order that it
// leads to is not known here.
func (c *checker) link() {
	l := c.form.Link
	if l == nil {
		return
	}
	if singleLine(l.Text.Value) == "" {
		c.errorf(l.Page.Offset, "write text: and what stands before the address", "a link without a text")
	}
	if l.Page.Value == "" {
		c.errorf(l.Text.Offset, "write page: and the file of the other order", "a link without a page")
	}
	for _, carried := range l.Set {
		switch field := c.form.Field(carried.From.Value); {
		case field == nil:
			c.errorf(carried.From.Offset, c.didYouMean(carried.From.Value), "the link carries %q, which is no field of this order", carried.From.Value)
		case field.Kind() != OrganisationNumber:
			c.errorf(carried.From.Offset, "let the reader of the e-mail write it", "the link carries %q, a field of type %s; it may carry organisation numbers alone", carried.From.Value, field.Kind())
		}
	}
}

// linked checks a field that only a link from elsewhere fills in, to be shown.
func (c *checker) linked(f *Field) {
	switch {
	case f.IsHeading():
		c.errorf(f.Heading.Offset, "take it away", "a heading in linked:")
	case f.Kind() != OrganisationNumber:
		c.errorf(max(f.Offset, f.Type.Offset), "write type: organisation-number", "a linked field of type %s; a link may bring organisation numbers alone", f.Kind())
	case f.Optional || f.MaxLength != 0 || f.Hint.Value != "" || f.Autocomplete.Value != "" || f.DiffersFrom.Value != "" || len(f.Choices) > 0 || f.ChoicesOf.Value != "":
		c.errorf(f.Offset, "keep name:, label: and type:", "a linked field is shown and not asked for, so it takes no rules")
	}
}

// recipient checks the field that to names.
func (c *checker) recipient(field *Field) {
	to := c.form.To
	switch {
	case field == nil:
		c.errorf(to.Offset, c.didYouMean(to.Value[1:len(to.Value)-1]), "the order goes to %s, which is no field of it", to.Value)
	case field.Kind() != Email:
		c.errorf(to.Offset, "give the field type: email", "the order goes to %s, a field of type %s", to.Value, field.Kind())
	case field.Optional:
		c.errorf(to.Offset, "take optional: away from the field", "the order goes to %s, a field that may be left empty", to.Value)
	}
}

// fieldName is what serves as an id in HTML and between braces in a subject.
var fieldName = regexp.MustCompile(`^\pL[\pL\pN_-]*$`)

// names checks that every field has a name and a label of its own. Two labels
// may be equal under different headings, where a reader can tell them apart.
func (c *checker) names() {
	names, labels := map[string]bool{}, map[string]bool{}
	for _, f := range slices.Concat(c.form.Fields, c.form.Linked) {
		if f.IsHeading() {
			clear(labels)
			continue
		}
		switch name := f.Name.Value; {
		case name == "":
			c.errorf(f.Offset, "write name: and a short word for it", "a field without a name")
		case names[name]:
			c.errorf(f.Name.Offset, "give each field a name of its own", "two fields with the name %q", name)
		case !fieldName.MatchString(name):
			c.errorf(f.Name.Offset, "use letters, digits, - and _, a letter first", "%q cannot be the name of a field", name)
		}
		names[f.Name.Value] = true
		switch label := singleLine(f.Label.Value); {
		case label == "":
			c.errorf(f.Offset, "write label: and what the applicant is asked for", "a field without a label")
		case labels[label]:
			c.errorf(f.Label.Offset, "give it another label, or a heading: above", "two fields with the label %q", label)
		default:
			labels[label] = true
		}
	}
}

// headings checks that a heading stands alone and over something.
func (c *checker) headings() {
	fields := c.form.Fields
	for i := range fields {
		f := &fields[i]
		if !f.IsHeading() {
			continue
		}
		if f.Name.Value != "" || f.Label.Value != "" || f.Type.Value != "" || len(f.Choices) > 0 || f.ChoicesOf.Value != "" {
			c.errorf(f.Heading.Offset, "make two items of the list: the heading first, then the field", "a heading that is a field too")
		}
		if singleLine(f.Heading.Value) == "" {
			c.errorf(f.Heading.Offset, "write what the fields below it have in common", "a heading without words")
		}
		if i+1 == len(fields) || fields[i+1].IsHeading() {
			c.errorf(f.Heading.Offset, "put fields below it, or take it away", "the heading %q has nothing below it", f.Heading.Value)
		}
	}
}

var fieldTypes = []string{Text, OrganisationNumber, Email, Phone, SingleChoice}

// field checks what does not concern other fields' names.
func (c *checker) field(f *Field) {
	kind := f.Kind()
	if !slices.Contains(fieldTypes, kind) {
		c.errorf(f.Type.Offset, diag.DidYouMean(kind, fieldTypes, "the types are "+strings.Join(fieldTypes, ", ")),
			"unknown field type %q", kind)
		return
	}
	c.limit(f)
	if other := f.DiffersFrom.Value; other != "" {
		switch c.form.Field(other) {
		case nil:
			c.errorf(f.DiffersFrom.Offset, c.didYouMean(other), "%q differs from %q, which is no field of this order", f.Name.Value, other)
		case f:
			c.errorf(f.DiffersFrom.Offset, "name another field", "%q cannot differ from itself", other)
		}
	}
	has := len(f.Choices) > 0 || f.ChoicesOf.Value != ""
	switch {
	case kind == SingleChoice && !has:
		c.errorf(f.Offset, "write choices: and a list, or the name of one", "a choice without choices")
	case kind != SingleChoice && has:
		c.errorf(f.Offset, "write type: choice", "choices in a field of type %s", kind)
	case f.ChoicesOf.Value == "":
		c.choices(f.Choices)
	}
}

func (c *checker) limit(f *Field) {
	kind := f.Kind()
	switch {
	case f.MaxLength < 0:
		c.errorf(f.Offset, "write how many characters the field takes", "maxlength %d is below 0", f.MaxLength)
	case f.MaxLength > 0 && f.Limit() == 0:
		c.errorf(f.Offset, "take maxlength away", "a field of type %s has its own length", kind)
	case kind == Email && f.MaxLength > emailLimit:
		c.errorf(f.Offset, "write 254 or less, or take maxlength away", "no e-mail address is longer than %d characters", emailLimit)
	}
}

// choices checks that each choice has a value and words that no other has.
func (c *checker) choices(choices []Choice) {
	values, words := map[string]bool{}, map[string]bool{}
	for i := range choices {
		choice := &choices[i]
		value, said := choice.Value.Value, choice.Words()
		switch {
		case value == "":
			c.errorf(choice.offset(), "write value: and a short word for it", "a choice without a value")
		case value != singleLine(value):
			c.errorf(choice.Value.Offset, "write it on one line, without spaces around", "%q cannot be the value of a choice", value)
		case values[value]:
			c.errorf(choice.Value.Offset, "give each choice a value of its own", "two choices with the value %q", value)
		}
		switch {
		case singleLine(choice.Label.Value) == "":
			c.errorf(choice.offset(), "write label: and what the applicant chooses", "a choice without a label")
		case words[said]:
			c.errorf(choice.Label.Offset, "give each choice words of its own", "two choices that read %q", said)
		}
		values[value], words[said] = true, true
	}
}

func (c *checker) didYouMean(name string) string {
	var names []string
	for i := range c.form.Fields {
		if name := c.form.Fields[i].Name.Value; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return diag.DidYouMean(name, names, "the fields are "+strings.Join(names, ", "))
}

// offset is where the choice stands, as far as its parts tell.
func (c *Choice) offset() int {
	return max(c.Offset, c.Value.Offset, c.Label.Offset, c.Group.Offset)
}
