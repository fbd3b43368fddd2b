package order

import (
	"fmt"
	"regexp"
	"strings"
)

// placeholder is {name} in a subject or an address.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// A line is one line of the e-mail's text, and the field it shows, or nil. An
// open line goes on with what follows from the fields.
type line struct {
	text  string
	field *Field
	open  bool
}

// Compose returns the e-mail of an order. The values need be neither
// normalized nor valid.
func (f *Form) Compose(v Values) Mail {
	v = f.Normalize(v)
	show := func(field *Field) string { return field.show(v[field.Name.Value]) }
	m := Mail{
		To:      f.fill(f.To.Value, show),
		Subject: f.fill(f.Subject.Value, show),
		Body:    text(f.lines(show, f.fragment(v))),
	}
	m.Body += "\n\n" + singleLine(f.ReferenceLabel) + ": " + reference(m.To+"\n"+m.Subject+"\n"+m.Body)
	return m
}

// Template returns the e-mail with nothing filled in, for visitors without
// script: the subject names the fields it wants in brackets, the text has a
// line for each, and there is no reference, since that follows from what is
// written. To is empty where the applicant gives it. A link without a host is
// left out.
func (f *Form) Template() Mail {
	if f.Link != nil && !f.Link.HasHost() {
		without := *f
		without.Link = nil
		f = &without
	}
	m := Mail{
		Subject: f.fill(f.Subject.Value, func(field *Field) string { return "[" + field.Label.Value + "]" }),
		Body:    text(f.lines(blank, "")),
	}
	if !placeholder.MatchString(f.To.Value) {
		m.To = singleLine(f.To.Value)
	}
	return m
}

// Parse reads an e-mail back: Parse(Compose(v)) equals Normalize(v), and
// nothing but what Compose has made is accepted. Line breaks may have become
// CRLF, and blank lines may have been added at the end.
//
// The error says what is not as Compose makes it; it is for the reader of the
// e-mail.
func (f *Form) Parse(m Mail) (Values, error) {
	m.Body = strings.TrimRight(strings.ReplaceAll(m.Body, "\r\n", "\n"), "\n")
	got := strings.Split(m.Body, "\n")
	want := f.lines(blank, "")
	if n := len(want) + 2; len(got) != n {
		return nil, fmt.Errorf("the text has %d lines, this order has %d", len(got), n)
	}
	v := make(Values, len(f.Fields))
	for i, line := range want {
		rest, ok := strings.CutPrefix(got[i], line.text)
		if !ok || line.field == nil && rest != "" && !line.open {
			return nil, fmt.Errorf("line %d is %q where this order has %q", i+1, got[i], line.text)
		}
		if line.field != nil {
			v[line.field.Name.Value] = line.field.read(strings.TrimPrefix(rest, " "))
		}
	}
	if f.Compose(v) != m {
		return nil, fmt.Errorf("the e-mail has been altered: %q does not follow from it", got[len(got)-1])
	}
	return v, nil
}

// LongestURL returns the length of the longest address that [Mail.URL] can
// give for valid values, in bytes. It is a true bound: it counts with 12 bytes
// a character, as emoji take; Norwegian text takes little over one.
func (f *Form) LongestURL() int {
	const emoji = "😀"
	longest := make(Values, len(f.Fields))
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.IsHeading() {
			continue
		}
		value := ""
		switch field.Kind() {
		case OrganisationNumber:
			value = "999999999"
		case Phone:
			value = "+999999999999999"
		case SingleChoice:
			value = field.longestChoice()
		case Email:
			value = strings.Repeat(emoji, max(field.Limit()-4, 0)) + "@a.a"
		default:
			value = strings.Repeat(emoji, field.Limit())
		}
		longest[field.Name.Value] = value
	}
	return len(f.Compose(longest).URL())
}

func (f *Field) longestChoice() string {
	value, longest := "", -1
	for _, c := range f.Choices {
		if n := len(escape(c.Words())); n > longest {
			value, longest = c.Value.Value, n
		}
	}
	return value
}

// fragment is what the form's link carries of normalized values.
func (f *Form) fragment(v Values) string {
	if f.Link == nil {
		return ""
	}
	var pairs []string
	for _, c := range f.Link.Set {
		if value := v[c.From.Value]; value != "" {
			pairs = append(pairs, escape(c.Field.Value)+"="+escape(value))
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	return "#" + strings.Join(pairs, "&")
}

// lines returns the text of the e-mail down to the reference.
func (f *Form) lines(show func(*Field) string, fragment string) []line {
	var lines []line
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.IsHeading() {
			if len(lines) > 0 {
				lines = append(lines, line{})
			}
			lines = append(lines, line{text: singleLine(field.Heading.Value)})
			continue
		}
		text := singleLine(field.Label.Value) + ":"
		if shown := show(field); shown != "" {
			text += " " + shown
		}
		lines = append(lines, line{text: text, field: field})
	}
	if statement := singleLine(f.Statement.Value); statement != "" {
		lines = append(lines, line{}, line{text: statement})
	}
	if f.Link != nil {
		lines = append(lines, line{}, line{text: singleLine(f.Link.Text.Value) + " " + f.Link.URL + fragment, open: true})
	}
	return lines
}

// fill replaces {name} by what show says of the field. A name that is no
// field's stays.
func (f *Form) fill(pattern string, show func(*Field) string) string {
	return singleLine(placeholder.ReplaceAllStringFunc(pattern, func(match string) string {
		if field := f.Field(match[1 : len(match)-1]); field != nil {
			return show(field)
		}
		return match
	}))
}

func blank(*Field) string { return "" }

func text(lines []line) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.text
	}
	return strings.Join(texts, "\n")
}
