package order

import (
	"regexp"
	"unicode/utf8"
)

// A Rule is what a value breaks. Its message stands in layouts/i18n under
// [Rule.Key].
type Rule string

const (
	RuleRequired                    Rule = "required"
	RuleChoiceRequired              Rule = "choice-required"
	RuleTooLong                     Rule = "too-long"
	RuleOrganisationNumberLength    Rule = "organisation-number-length"
	RuleOrganisationNumberSynthetic Rule = "organisation-number-synthetic" // begins with 2 or 3: a test organisation
	RuleOrganisationNumberStart     Rule = "organisation-number-start"     // real ones begin with 8 or 9
	RuleOrganisationNumberCheck     Rule = "organisation-number-check"     // the last digit does not follow from the others
	RuleEmail                       Rule = "email"
	RulePhone                       Rule = "phone"
	RuleSame                        Rule = "same" // the value is that of the field it must differ from
)

// Rules returns every rule, in the order in which they are tried.
func Rules() []Rule {
	return []Rule{
		RuleRequired, RuleChoiceRequired, RuleTooLong,
		RuleOrganisationNumberLength, RuleOrganisationNumberSynthetic,
		RuleOrganisationNumberStart, RuleOrganisationNumberCheck,
		RuleEmail, RulePhone, RuleSame,
	}
}

// Key is the key of the rule's message: a pattern with {label} for the field,
// {other} for the field it must differ from and {max} for its limit. A label
// inside a sentence begins with a small letter.
func (r Rule) Key() string { return "order-" + string(r) }

// A Fault is a field and the rule that its value breaks.
type Fault struct {
	Field string `json:"field"` // the field's name
	Rule  Rule   `json:"rule"`
}

// Validate returns what is wrong with v: in the form's order, at most one fault
// a field. The values need not be normalized.
func (f *Form) Validate(v Values) []Fault {
	v = f.Normalize(v)
	var faults []Fault
	for i := range f.Fields {
		if field := &f.Fields[i]; !field.IsHeading() {
			if rule := field.broken(v); rule != "" {
				faults = append(faults, Fault{field.Name.Value, rule})
			}
		}
	}
	return faults
}

// broken returns the first rule that the field breaks among normalized values,
// or "".
func (f *Field) broken(v Values) Rule {
	value := v[f.Name.Value]
	if value == "" {
		return f.brokenWhenEmpty()
	}
	if limit := f.Limit(); limit > 0 && utf8.RuneCountInString(value) > limit {
		return RuleTooLong
	}
	if rule := brokenByType(f.Kind(), value); rule != "" {
		return rule
	}
	if other := f.DiffersFrom.Value; other != "" && v[other] == value {
		return RuleSame
	}
	return ""
}

func (f *Field) brokenWhenEmpty() Rule {
	switch {
	case f.Optional:
		return ""
	case f.Kind() == SingleChoice:
		return RuleChoiceRequired
	default:
		return RuleRequired
	}
}

func brokenByType(kind, value string) Rule {
	switch kind {
	case OrganisationNumber:
		return brokenOrganisationNumber(value)
	case Email:
		if !isEmail(value) {
			return RuleEmail
		}
	case Phone:
		if !isPhone(value) {
			return RulePhone
		}
	}
	return ""
}

// brokenOrganisationNumber judges a number by the rules of Enhetsregisteret.
// The first digit is judged before the check digit, because 000000000 passes
// the sum, and because a synthetic number of the test environment must hear
// what is wrong with it.
func brokenOrganisationNumber(number string) Rule {
	switch {
	case !nineDigits.MatchString(number):
		return RuleOrganisationNumberLength
	case number[0] == '2' || number[0] == '3':
		return RuleOrganisationNumberSynthetic
	case number[0] != '8' && number[0] != '9':
		return RuleOrganisationNumberStart
	}
	sum := 0
	for i, weight := range [...]int{3, 2, 7, 6, 5, 4, 3, 2, 1} {
		sum += weight * int(number[i]-'0')
	}
	if sum%11 != 0 {
		return RuleOrganisationNumberCheck
	}
	return ""
}

var (
	// An address has one @ and a domain of at least two parts. The characters
	// left out would make two addresses of one, or a name and an address.
	emailPattern = regexp.MustCompile(`^[^ @<>()\[\],;:\\"]+@[^ @<>()\[\],;:\\".]+(?:\.[^ @<>()\[\],;:\\".]+)+$`)

	// 8 digits in Norway; elsewhere 8 to 15 with the country's code (E.164).
	phonePattern = regexp.MustCompile(`^(?:[2-9][0-9]{7}|\+[1-9][0-9]{7,14})$`)
)

func isEmail(address string) bool { return emailPattern.MatchString(address) }

// isPhone reports whether a normalized number is one. There the number that
// still has Norway's code is none of Norway's.
func isPhone(number string) bool {
	return phonePattern.MatchString(number) && (len(number) < 3 || number[:3] != "+47")
}
