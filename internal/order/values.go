package order

import (
	"regexp"
	"strings"
)

// Normalize returns the values of exactly the form's fields, each in one
// spelling: on a single line without invisible characters; an organisation
// number as its digits; a Norwegian phone number as 8 digits, a foreign one as
// + and digits; a choice that is not offered as nothing. What is not written as
// its type asks is kept as it stands, for the applicant to mend.
//
// Normalize(Normalize(v)) equals Normalize(v).
func (f *Form) Normalize(v Values) Values {
	plain := make(Values, len(f.Fields))
	for i := range f.Fields {
		if field := &f.Fields[i]; !field.IsHeading() {
			plain[field.Name.Value] = field.normalize(v[field.Name.Value])
		}
	}
	return plain
}

func (f *Field) normalize(value string) string {
	switch f.Kind() {
	case OrganisationNumber:
		return normalizeOrganisationNumber(singleLine(value))
	case Phone:
		return normalizePhone(singleLine(value))
	case SingleChoice:
		if f.choice(value) == nil {
			return ""
		}
		return value
	default:
		return singleLine(value)
	}
}

// show returns a normalized value as people write it.
func (f *Field) show(value string) string {
	switch f.Kind() {
	case OrganisationNumber:
		return nineDigits.ReplaceAllString(value, "$1 $2 $3")
	case Phone:
		return pairedPhone.ReplaceAllString(mobilePhone.ReplaceAllString(value, "$1 $2 $3"), "$1 $2 $3 $4")
	case SingleChoice:
		if c := f.choice(value); c != nil {
			return c.Words()
		}
		return ""
	default:
		return value
	}
}

// read is the inverse of show.
func (f *Field) read(shown string) string {
	if f.Kind() != SingleChoice {
		return f.normalize(shown)
	}
	for _, c := range f.Choices {
		if c.Words() == shown {
			return c.Value.Value
		}
	}
	return ""
}

// choice returns the choice of a value, or nil.
func (f *Field) choice(value string) *Choice {
	for i := range f.Choices {
		if f.Choices[i].Value.Value == value {
			return &f.Choices[i]
		}
	}
	return nil
}

// Words is the choice as the e-mail says it.
func (c *Choice) Words() string {
	if c.Group.Value == "" {
		return singleLine(c.Label.Value)
	}
	return singleLine(c.Group.Value + ": " + c.Label.Value)
}

var (
	organisationNumber = regexp.MustCompile(`(?i)^(?:no)?([0-9]+)(?:mva)?$`)
	nineDigits         = regexp.MustCompile(`^([0-9]{3})([0-9]{3})([0-9]{3})$`)

	phoneDigits    = regexp.MustCompile(`^\+?[0-9]+$`)
	norwegianPhone = regexp.MustCompile(`^\+47([2-9][0-9]{7})$`)
	mobilePhone    = regexp.MustCompile(`^([489][0-9]{2})([0-9]{2})([0-9]{3})$`)
	pairedPhone    = regexp.MustCompile(`^([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$`)

	phoneSeparators = strings.NewReplacer(" ", "", "-", "", ".", "")
)

// normalizeOrganisationNumber accepts spaces and the form that invoices use,
// "NO 974 760 673 MVA".
func normalizeOrganisationNumber(line string) string {
	if m := organisationNumber.FindStringSubmatch(strings.ReplaceAll(line, " ", "")); m != nil {
		return m[1]
	}
	return line
}

// normalizePhone drops spaces, hyphens and full stops, writes 00 as + and
// drops Norway's +47.
func normalizePhone(line string) string {
	number := phoneSeparators.Replace(line)
	if strings.HasPrefix(number, "00") {
		number = "+" + number[2:]
	}
	if !phoneDigits.MatchString(number) {
		return line
	}
	return norwegianPhone.ReplaceAllString(number, "$1")
}

// singleLine returns s without characters that nobody sees, with every run of
// spaces, line breaks and control characters as one space, and none at the
// ends. Letters stay as they are: no Unicode normalization.
func singleLine(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case isInvisible(r):
		case isSpace(r):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isSpace reports whether r is a control character or one of Unicode's
// separators.
func isSpace(r rune) bool {
	switch r {
	case 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return r <= 0x20 || 0x7f <= r && r <= 0xa0 || 0x2000 <= r && r <= 0x200a
}

// isInvisible reports whether r shows nothing but changes how text around it is
// laid out: soft hyphen, zero-width space, word joiner, byte order mark, and
// the marks of writing direction. The joiners stay, emoji and scripts need
// them.
func isInvisible(r rune) bool {
	switch r {
	case 0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x2060, 0xfeff:
		return true
	}
	return 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}
