package content

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"veiviser/internal/diag"
	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

// Meta is the front matter of a page. The case of keys does not matter.
type Meta struct {
	Title       string
	LinkTitle   string // a shorter title for navigation
	Description string
	Weight      int // sorts the page among its siblings; 0 comes last
	Draft       bool
	Slug        diag.Text // replaces the last part of the address
	URL         diag.Text // replaces the address
	Aliases     []diag.Text
	Layout      diag.Text // the template, without .html
	NoTOC       bool      // toc: false
	LastMod     string    // a date or a time with its zone, RFC 3339

	Wizard  diag.Text       // the wizard's name, on the page where it starts
	Answers []wizard.Answer // nil if the page is no question
	Order   *order.Form
	Choices map[string][]order.Choice

	// Settings of the site, on its home page.
	BaseURL   diag.Text
	EditURL   string      // the address of content/ where pages can be edited
	Languages []diag.Text // BCP 47 tags, that of pages without one in their names first

	Params map[string]any // every other key, for layouts

	// Mistyped are the places of values of a wrong type, and of the mappings
	// that lack them: what else is missing there follows from it.
	Mistyped []int
}

// A decoder turns the tree of front matter into Meta and collects what is
// wrong with it.
type decoder struct {
	src      diag.Source
	problems diag.List
	within   []int // the places of the mappings that are being read
	mistyped []int
}

// keys are the names of a mapping's fields, each with what reads its value.
type keys map[string]func(node)

// mapping reads a mapping. A key that is not among known goes to other, or is
// reported if there is no other.
func (d *decoder) mapping(n node, known keys, other func(field)) {
	if n.kind != mapping {
		d.wrong(n, mapping)
		return
	}
	d.within = append(d.within, n.offset)
	defer func() { d.within = d.within[:len(d.within)-1] }()
	names := slices.Sorted(maps.Keys(known))
	seen := map[string]bool{}
	for _, f := range n.fields {
		folded := strings.ToLower(f.key.Value)
		if seen[folded] {
			fault := twice(f.key)
			d.fail(fault.offset, fault.hint, fault.msg)
			continue
		}
		seen[folded] = true
		read, ok := known[f.key.Value]
		for _, name := range names {
			if !ok && strings.EqualFold(name, f.key.Value) {
				read, ok = known[name], true
			}
		}
		switch {
		case ok && f.value.kind != null:
			read(f.value)
		case ok && structural[folded] != 0:
			d.fail(f.key.Offset, "write what belongs to it, or remove the key", f.key.Value+": has nothing in it")
		case ok:
		case other == nil:
			d.warn(f.key.Offset, diag.DidYouMean(f.key.Value, names, "known keys: "+strings.Join(names, ", ")),
				`unknown key "`+f.key.Value+`"`)
		default:
			near := diag.Nearest(f.key.Value, names)
			if near != "" && structural[near] == f.value.kind {
				d.fail(f.key.Offset, `did you mean "`+near+`"?`, `unknown key "`+f.key.Value+`"`)
			} else if near != "" {
				d.warn(f.key.Offset, `did you mean "`+near+`"?`, `unknown key "`+f.key.Value+`"`)
			}
			other(f)
		}
	}
}

// structural are the keys that make a page part of a wizard, and the kinds of
// their values. Without one of them the page would be another, so it is an
// error if they are empty or misspelt.
var structural = map[string]kind{"answers": list, "order": mapping, "wizard": str}

func (d *decoder) warn(offset int, hint, msg string) {
	d.problems = append(d.problems, d.src.Warningf(offset, hint, "%s", msg))
}

func (d *decoder) fail(offset int, hint, msg string) {
	d.problems = append(d.problems, d.src.Errorf(offset, hint, "%s", msg))
}

func (d *decoder) wrong(n node, want kind) {
	d.mistyped = append(d.mistyped, n.offset)
	if last := len(d.within) - 1; last >= 0 {
		d.mistyped = append(d.mistyped, d.within[last])
	}
	d.fail(n.offset, "", "here should be "+want.String()+", not "+n.kind.String())
}

func (d *decoder) text(n node) diag.Text {
	if n.kind == list || n.kind == mapping {
		d.wrong(n, str)
		return diag.Text{Offset: n.offset}
	}
	return diag.Text{Value: n.text, Offset: n.offset}
}

func (d *decoder) boolean(n node) bool {
	if n.kind != boolean && n.text != "true" && n.text != "false" {
		d.wrong(n, boolean)
	}
	return strings.EqualFold(n.text, "true")
}

func (d *decoder) whole(n node) int {
	i, err := strconv.Atoi(n.text)
	if err != nil {
		d.fail(n.offset, "", "here should be a whole number")
	}
	return i
}

// list reads the items of a list. A single value is a list of one.
func (d *decoder) list(n node, read func(node)) {
	if n.kind != list {
		read(n)
		return
	}
	for _, item := range n.items {
		read(item)
	}
}

// Readers of a value into a variable.
func (d *decoder) toString(s *string) func(node) { return func(n node) { *s = d.text(n).Value } }
func (d *decoder) toText(t *diag.Text) func(node) {
	return func(n node) { *t = d.text(n) }
}
func (d *decoder) toTitle(s *string) func(node) {
	return func(n node) { *s = strings.TrimSpace(d.text(n).Value) }
}
func (d *decoder) toInt(i *int) func(node)   { return func(n node) { *i = d.whole(n) } }
func (d *decoder) toBool(b *bool) func(node) { return func(n node) { *b = d.boolean(n) } }

// meta decodes the front matter of a page. Settings of the site are known on
// its home page alone.
func (d *decoder) meta(n node, home bool) Meta {
	m := Meta{}
	known := keys{
		"title":       d.toTitle(&m.Title),
		"linkTitle":   d.toTitle(&m.LinkTitle),
		"description": d.toString(&m.Description),
		"weight":      d.toInt(&m.Weight),
		"draft":       d.toBool(&m.Draft),
		"slug":        d.toText(&m.Slug),
		"url":         d.toText(&m.URL),
		"aliases":     func(n node) { d.list(n, func(n node) { m.Aliases = append(m.Aliases, d.text(n)) }) },
		"layout":      d.toText(&m.Layout),
		"toc":         func(n node) { m.NoTOC = !d.boolean(n) },
		"lastmod":     func(n node) { m.LastMod = d.time(n) },
		"wizard":      d.toText(&m.Wizard),
		"answers": func(n node) {
			m.Answers = []wizard.Answer{}
			d.list(n, func(n node) { m.Answers = append(m.Answers, d.answer(n)) })
		},
		"order":   func(n node) { m.Order = d.order(n) },
		"choices": func(n node) { m.Choices = d.choices(n) },
	}
	if home {
		known["baseURL"] = d.toText(&m.BaseURL)
		known["editURL"] = d.toString(&m.EditURL)
		known["languages"] = func(n node) { d.list(n, func(n node) { m.Languages = append(m.Languages, d.text(n)) }) }
	}
	d.mapping(n, known, func(f field) {
		if m.Params == nil {
			m.Params = map[string]any{}
		}
		m.Params[strings.ToLower(f.key.Value)] = f.value.value()
	})
	m.Mistyped = d.mistyped
	return m
}

func (d *decoder) answer(n node) wizard.Answer {
	a := wizard.Answer{Offset: n.offset}
	d.mapping(n, keys{
		"value": d.toText(&a.Value),
		"label": d.toText(&a.Label),
		"hint":  d.toText(&a.Hint),
		"next":  d.toText(&a.Next),
		"set": func(n node) {
			for _, f := range n.fields {
				a.Set = append(a.Set, wizard.Setting{Field: f.key, Value: d.text(f.value)})
			}
			if n.kind != mapping {
				d.wrong(n, mapping)
			}
		},
	}, nil)
	return a
}

func (d *decoder) order(n node) *order.Form {
	f := &order.Form{Offset: n.offset}
	d.mapping(n, keys{
		"to":        d.toText(&f.To),
		"subject":   d.toText(&f.Subject),
		"statement": d.toText(&f.Statement),
		"link":      func(n node) { f.Link = d.link(n) },
		"linked":    func(n node) { d.list(n, func(n node) { f.Linked = append(f.Linked, d.field(n)) }) },
		"fields":    func(n node) { d.list(n, func(n node) { f.Fields = append(f.Fields, d.field(n)) }) },
	}, nil)
	return f
}

func (d *decoder) link(n node) *order.Link {
	l := &order.Link{Text: diag.Text{Offset: n.offset}, Page: diag.Text{Offset: n.offset}}
	d.mapping(n, keys{
		"text": d.toText(&l.Text),
		"page": d.toText(&l.Page),
		"set": func(n node) {
			if n.kind != mapping {
				d.wrong(n, mapping)
			}
			for _, f := range n.fields {
				l.Set = append(l.Set, order.Carried{Field: f.key, From: d.text(f.value)})
			}
		},
	}, nil)
	return l
}

func (d *decoder) field(n node) order.Field {
	f := order.Field{Offset: n.offset}
	d.mapping(n, keys{
		"heading":      d.toText(&f.Heading),
		"name":         d.toText(&f.Name),
		"label":        d.toText(&f.Label),
		"hint":         d.toText(&f.Hint),
		"type":         d.toText(&f.Type),
		"optional":     d.toBool(&f.Optional),
		"maxlength":    d.toInt(&f.MaxLength),
		"autocomplete": d.toText(&f.Autocomplete),
		"differs-from": d.toText(&f.DiffersFrom),
		"choices": func(n node) {
			if n.kind == list {
				d.list(n, func(n node) { f.Choices = append(f.Choices, d.choice(n)) })
			} else {
				f.ChoicesOf = d.text(n)
			}
		},
	}, nil)
	return f
}

func (d *decoder) choices(n node) map[string][]order.Choice {
	if n.kind != mapping {
		d.wrong(n, mapping)
		return nil
	}
	lists := map[string][]order.Choice{}
	for _, f := range n.fields {
		d.list(f.value, func(n node) { lists[f.key.Value] = append(lists[f.key.Value], d.choice(n)) })
	}
	return lists
}

func (d *decoder) choice(n node) order.Choice {
	c := order.Choice{Offset: n.offset}
	d.mapping(n, keys{
		"value": d.toText(&c.Value),
		"group": d.toText(&c.Group),
		"label": d.toText(&c.Label),
	}, nil)
	return c
}
