package site

import (
	"maps"
	"slices"

	"veiviser/internal/diag"
	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

// addTranslations completes the pages of wizards in other languages than the
// default. They hold words only, by the values and names of the page in the
// default language; what leads where stands there once. So the languages
// cannot come to ask different questions.
func (s *Site) addTranslations() {
	for _, p := range s.Pages {
		original := s.byKey[version{s.Languages[0], p.Key}]
		if original == nil || original == p {
			continue
		}
		t := translator{Site: s, page: p}
		from := &original.Meta
		if p.Meta.Wizard.Value == "" {
			p.Meta.Wizard = from.Wizard
		}
		if from.Answers != nil {
			p.Meta.Answers = t.answers(from.Answers, p.Meta.Answers)
		}
		if from.Order != nil {
			p.Meta.Order = t.order(from.Order, p.Meta.Order)
		}
		for name, list := range from.Choices {
			if words, ok := p.Meta.Choices[name]; ok {
				if p.Meta.Choices = maps.Clone(p.Meta.Choices); len(words) > 0 {
					p.Meta.Choices[name] = t.choices(list, words, words[0].Value.Offset)
				}
			}
		}
		if p.Meta.Weight == 0 {
			p.Meta.Weight = from.Weight
		}
	}
}

// A translator puts the words of a page into the structure of another.
type translator struct {
	*Site
	page *Page
}

func (t translator) missing(offset int, what, name string) {
	t.page.broken = true
	t.problem(t.page.Source.Errorf(offset, "write its words here too", "%s %q is not translated", what, name))
}

func (t translator) unknown(offset int, what, name string, names []string) {
	t.problem(t.page.Source.Errorf(offset, diag.DidYouMean(name, names, "add it in the default language"),
		"%s %q is not there in the default language", what, name))
}

// answers returns the answers of a question with their labels and hints in
// another language.
func (t translator) answers(structure, words []wizard.Answer) []wizard.Answer {
	var values []string
	answers := slices.Clone(structure)
	for i := range answers {
		a := &answers[i]
		a.Value.Value = answerValue(*a)
		values = append(values, a.Value.Value)
		at := slices.IndexFunc(words, func(w wizard.Answer) bool { return w.Value.Value == a.Value.Value })
		if at < 0 {
			t.missing(0, "the answer", a.Value.Value)
			a.Offset, a.Value.Offset, a.Label.Offset, a.Next.Offset = 0, 0, 0, 0
			continue
		}
		w := words[at]
		a.Value, a.Label, a.Hint, a.Offset, a.Next.Offset = w.Value, w.Label, w.Hint, w.Offset, w.Offset
		if w.Next.Value != "" {
			t.problem(t.page.Source.Errorf(w.Next.Offset, "remove it", "next: stands in the default language alone"))
		}
	}
	for _, w := range words {
		if !slices.Contains(values, w.Value.Value) {
			t.unknown(w.Offset, "the answer", w.Value.Value, values)
		}
	}
	return answers
}

// choices returns a list of choices with its labels and groups in another
// language.
func (t translator) choices(structure, words []order.Choice, offset int) []order.Choice {
	choices := slices.Clone(structure)
	var values []string
	for i := range choices {
		c := &choices[i]
		values = append(values, c.Value.Value)
		at := slices.IndexFunc(words, func(w order.Choice) bool { return w.Value.Value == c.Value.Value })
		if at < 0 {
			t.missing(offset, "the choice", c.Value.Value)
			continue
		}
		*c = words[at]
	}
	for _, w := range words {
		if !slices.Contains(values, w.Value.Value) {
			t.unknown(w.Value.Offset, "the choice", w.Value.Value, values)
		}
	}
	return choices
}

// structure reports what a translated order says of the structure: it is read
// in the default language alone.
func (t translator) structure(words *order.Form) {
	ignored := func(offset int, key string) {
		t.problem(t.page.Source.Warningf(offset, "remove it", "%s: stands in the default language alone", key))
	}
	texts := func(key string, text diag.Text) {
		if text.Value != "" {
			ignored(text.Offset, key)
		}
	}
	texts("to", words.To)
	if words.Link != nil {
		texts("page", words.Link.Page)
		if len(words.Link.Set) > 0 {
			ignored(words.Link.Set[0].Field.Offset, "set")
		}
	}
	for _, f := range slices.Concat(words.Fields, words.Linked) {
		texts("type", f.Type)
		texts("autocomplete", f.Autocomplete)
		texts("differs-from", f.DiffersFrom)
		texts("choices", f.ChoicesOf)
		if f.Optional {
			ignored(f.Offset, "optional")
		}
		if f.MaxLength != 0 {
			ignored(f.Offset, "maxlength")
		}
	}
}

// order returns a form with its words in another language: the subject, the
// statement, the headings in their order, and the fields by their names.
func (t translator) order(structure, words *order.Form) *order.Form {
	form := *structure
	if words == nil {
		t.missing(0, "the order", t.page.Key)
		return &form
	}
	form.Offset = words.Offset
	t.structure(words)
	translate := func(to *diag.Text, w diag.Text, what string) {
		if to.Value == "" && w.Value == "" {
			return
		}
		if w.Value == "" {
			t.missing(words.Offset, what, to.Value)
		}
		*to = w
	}
	translate(&form.Subject, words.Subject, "the subject")
	translate(&form.Statement, words.Statement, "the statement")
	if form.Link != nil {
		link := *form.Link
		form.Link = &link
		if words.Link != nil {
			link.Text, link.Page.Offset = words.Link.Text, words.Link.Text.Offset
		} else {
			t.missing(words.Offset, "the link", link.Text.Value)
		}
	}
	form.Linked = slices.Clone(structure.Linked)
	for i := range form.Linked {
		f := &form.Linked[i]
		at := slices.IndexFunc(words.Linked, func(w order.Field) bool { return w.Name.Value == f.Name.Value })
		if at < 0 {
			t.missing(words.Offset, "the field", f.Name.Value)
			continue
		}
		f.Label, f.Offset, f.Name = words.Linked[at].Label, words.Linked[at].Offset, words.Linked[at].Name
	}
	form.Fields = slices.Clone(structure.Fields)
	var names []string
	var headings []diag.Text
	byName := map[string]order.Field{}
	for _, w := range words.Fields {
		byName[w.Name.Value] = w
		if w.IsHeading() {
			headings = append(headings, w.Heading)
		}
	}
	for i := range form.Fields {
		f := &form.Fields[i]
		names = append(names, f.Name.Value)
		if f.IsHeading() {
			var heading diag.Text
			if len(headings) > 0 {
				heading, headings = headings[0], headings[1:]
			}
			translate(&f.Heading, heading, "the heading")
			continue
		}
		w, ok := byName[f.Name.Value]
		if !ok {
			t.missing(words.Offset, "the field", f.Name.Value)
			continue
		}
		f.Label, f.Hint, f.Offset, f.Name = w.Label, w.Hint, w.Offset, w.Name
		if len(f.Choices) > 0 {
			f.Choices = t.choices(f.Choices, w.Choices, w.Offset)
		}
	}
	for _, w := range words.Fields {
		if !slices.Contains(names, w.Name.Value) {
			t.unknown(w.Offset, "the field", w.Name.Value, names)
		}
	}
	return &form
}
