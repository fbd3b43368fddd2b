package layout

import (
	"errors"
	"html/template"
	"strings"

	"veiviser/internal/diag"
	"veiviser/internal/markdown"
	"veiviser/internal/order"
	"veiviser/internal/site"
)

// A Call is what the template of a shortcode is executed with.
type Call struct {
	*View
	*markdown.Shortcode
	Inner template.HTML // the text between the tags as HTML
}

// shortcode returns the output of a call. What is wrong with the call is
// reported at its place in the page, and its inner text is kept.
func (v *View) shortcode(call *markdown.Shortcode) string {
	c := Call{View: v, Shortcode: call, Inner: v.fill(call.Inner)}
	t := v.words.shortcodes[call.Name]
	if t.Template == nil {
		v.problems = append(v.problems, t.problems...)
		return string(c.Inner)
	}
	var b strings.Builder
	err := t.Execute(&b, c)
	if err == nil {
		return b.String()
	}
	if f, ok := errors.AsType[*fault](err); ok && !f.inTemplate {
		v.problems = append(v.problems, v.Page.Source.Errorf(call.Offset, f.hint, "shortcode %q: %s", call.Name, f.msg))
	} else {
		v.problems = append(v.problems, v.set.problem(err))
	}
	return string(c.Inner)
}

// Get is an argument by its name, or by its place from 0; "" if there is none.
func (c Call) Get(key any) string {
	if i, ok := key.(int); ok {
		return c.At(i)
	}
	name, _ := key.(string)
	return c.Shortcode.Get(name)
}

// Ref is the address of a page, written as in a link.
func (c Call) Ref(dest string) (string, error) {
	href, _, dead := c.Site.Resolve(c.View.Page, dest)
	if dead != nil {
		return "", &fault{msg: dead.Msg, hint: dead.Hint}
	}
	return href, nil
}

// Find is the page at an address, or at a path below content/, in the language
// of the page if it is written in that.
func (c Call) Find(dest string) (*site.Page, error) {
	if dest == "" {
		return nil, &fault{msg: "it names no page", hint: "name the page's file below content/"}
	}
	for _, name := range []string{dest, strings.Trim(dest, "/") + "/_index.md"} {
		if p := c.Site.Translation(name, c.View.Page.Lang); p != nil {
			return p, nil
		}
	}
	_, p, dead := c.Site.Resolve(c.View.Page, "/"+strings.TrimPrefix(dest, "/"))
	if dead != nil {
		return nil, &fault{msg: dead.Msg, hint: dead.Hint}
	}
	if p == nil {
		return nil, &fault{msg: "there is no page at " + dest, hint: "name the page's file below content/"}
	}
	return p, nil
}

// Wizard is the page where a wizard starts.
func (c Call) Wizard(dest string) (*site.Page, error) {
	p, err := c.Find(dest)
	if err == nil && p.Meta.Wizard.Value == "" {
		return nil, &fault{msg: "no wizard starts at " + p.Source.Name, hint: "name the page that has wizard: and answers:"}
	}
	return p, err
}

// Order is the form of an order page.
func (c Call) Order(dest string) (*order.Form, error) {
	p, err := c.Find(dest)
	if err != nil {
		return nil, err
	}
	if p.Order == nil {
		return nil, &fault{msg: p.Source.Name + " is not an order", hint: "name a page that has order:"}
	}
	return p.Order, nil
}

// Choices is the groups of a list of choices, or one group of it.
func (c Call) Choices(name, group string) ([]order.Group, error) {
	if name == "" {
		return nil, &fault{msg: "it names no list of choices", hint: `write the name of the list, as in {{< choices "hjemmel" >}}`}
	}
	list, ok := c.Site.Choices(c.View.Page.Lang, name)
	if !ok {
		return nil, &fault{msg: "there is no list of choices " + name, hint: "write it on a page, under choices:"}
	}
	groups := (&order.Field{Choices: list}).Groups()
	if group == "" {
		return groups, nil
	}
	var names []string
	for _, g := range groups {
		if g.Name == group {
			return []order.Group{g}, nil
		}
		names = append(names, g.Name)
	}
	return nil, &fault{msg: "no choice of " + name + " is in the group " + group, hint: diag.DidYouMean(group, names, "its groups are "+strings.Join(names, ", "))}
}
