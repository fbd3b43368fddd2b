package site

import (
	"cmp"
	"slices"
	"strings"

	"veiviser/internal/diag"
	"veiviser/internal/markdown"
	"veiviser/internal/order"
	"veiviser/internal/wizard"
)

// addChoices collects the lists of choices, which stand on the pages that
// explain them.
func (s *Site) addChoices() {
	from := map[version]*Page{}
	for _, p := range s.Pages {
		for name, list := range p.Meta.Choices {
			v := version{p.Lang, name}
			if other := from[v]; other != nil {
				s.problem(p.Source.Errorf(cmp.Or(list[0].Value.Offset, list[0].Label.Offset), "give one of them another name", "the list of choices %q stands in %s too", name, other.Source.Name))
				continue
			}
			from[v], s.choices[v] = p, list
			s.report(order.CheckChoices(p.Source, list))
		}
	}
}

// Choices returns the list of choices of a name in a language, or else in the
// default language, and whether there is one.
func (s *Site) Choices(lang, name string) ([]order.Choice, bool) {
	list, ok := s.choices[version{lang, name}]
	if !ok {
		list, ok = s.choices[version{s.Languages[0], name}]
	}
	return list, ok
}

// addOrders makes the order forms, with the lists that their fields name.
func (s *Site) addOrders(word func(lang, key string) string) {
	for _, p := range s.Pages {
		if p.Meta.Order == nil {
			continue
		}
		form := *p.Meta.Order
		form.ReferenceLabel = word(p.Lang, "order-reference")
		form.Fields = make([]order.Field, len(p.Meta.Order.Fields))
		for i, f := range p.Meta.Order.Fields {
			if name := f.ChoicesOf; name.Value != "" {
				list, ok := s.Choices(p.Lang, name.Value)
				if !ok {
					s.problem(p.Source.Errorf(name.Offset, "write it on a page, under choices:", "there is no list of choices %q", name.Value))
				}
				f.Choices = list
			}
			form.Fields[i] = f
		}
		p.Order = &form
		if original := s.byKey[version{s.Languages[0], p.Key}]; p.broken || original != nil && original.broken {
			continue // its own faults, or those of the original, would be told of twice
		}
		faults := order.Check(p.Source, &form)
		p.broken = faults.HasErrors()
		s.report(faults)
	}
}

// report adds what is wrong with an order or a wizard, but not what only
// follows from a value of a wrong type, which is known already.
func (s *Site) report(problems diag.List) {
	for _, p := range problems {
		if !s.mistyped[p.Pos] {
			s.problem(p)
		}
	}
}

// addMistyped finds the places of values of a wrong type.
func (s *Site) addMistyped() {
	for _, p := range s.Pages {
		for _, offset := range p.Page.Meta.Mistyped {
			s.mistyped[p.Source.Pos(offset)] = true
		}
	}
}

// addOrderLinks finds the orders that links in e-mails lead to. A form is this
// site's own copy, so its link may be filled in.
func (s *Site) addOrderLinks() {
	for _, p := range s.Pages {
		if p.Order == nil || p.Order.Link == nil || p.Order.Link.Page.Value == "" {
			continue
		}
		link := *p.Order.Link
		p.Order.Link = &link
		_, to, dead := s.Resolve(p, link.Page.Value)
		switch {
		case dead != nil:
			s.problem(p.Source.Errorf(link.Page.Offset, dead.Hint, "page: %s", dead.Msg))
			continue
		case to == nil || to.Order == nil:
			s.problem(p.Source.Errorf(link.Page.Offset, "name a page that has order:", "page: %q is not an order", link.Page.Value))
			continue
		}
		link.URL = s.Absolute(to.Address)
		fields := slices.Concat(to.Order.Fields, to.Order.Linked)
		var names []string
		for _, f := range fields {
			names = append(names, f.Name.Value)
		}
		for _, c := range link.Set {
			switch at := slices.Index(names, c.Field.Value); {
			case at < 0:
				s.problem(p.Source.Errorf(c.Field.Offset, diag.DidYouMean(c.Field.Value, names, "add it to fields: or linked: there"),
					"%s has no field %q to be filled in", to.Source.Name, c.Field.Value))
			case fields[at].Kind() != order.OrganisationNumber:
				s.problem(p.Source.Errorf(c.Field.Offset, "let the reader of the e-mail write it",
					"%q is a field of type %s there; a link may bring organisation numbers alone", c.Field.Value, fields[at].Kind()))
			}
		}
	}
}

// addWizards compiles the wizards, and gives their pages to them: questions,
// orders, and the results that stand in a wizard's own folder. Other pages of
// guidance that an answer leads to stay what they are.
func (s *Site) addWizards() {
	var starts []wizard.Start
	nodes := make([]wizard.Node, 0, len(s.Pages))
	wanted := map[string]bool{}
	named := map[version]*Page{}
	for _, p := range s.Pages {
		if p.Meta.Wizard.Value != "" {
			starts = append(starts, wizard.Start{Name: p.Meta.Wizard, ID: p.Path})
			v := version{p.Lang, p.Meta.Wizard.Value}
			if other := named[v]; other != nil {
				s.problem(p.Source.Errorf(p.Meta.Wizard.Offset, "give each wizard a name of its own", "the wizard %q begins in %s too", v.key, other.Source.Name))
			}
			named[v] = p
		}
		if p.IsQuestion() || p.Meta.Order != nil {
			wanted[p.Path] = true
		}
	}
	if len(wanted) == 0 {
		return
	}
	for _, p := range s.Pages {
		if p.IsQuestion() {
			p.Answers = s.answers(p)
			for _, a := range p.Answers {
				wanted[a.Target] = true
			}
		}
	}
	for _, p := range s.Pages {
		if wanted[p.Path] {
			nodes = append(nodes, s.node(p))
		}
	}
	graphs, problems := wizard.Compile(starts, nodes)
	s.Wizards = graphs
	s.report(problems)
	for _, g := range graphs {
		folder := s.Page(g.Start.ID).Dir() + "/"
		for _, n := range g.Nodes {
			p := s.Page(n.ID)
			if p.Wizard == nil && (n.Question || n.Order != nil || strings.HasPrefix(p.Key, folder)) {
				p.Wizard = g
			}
		}
	}
	s.checkQuestionNames()
	s.checkPictures()
}

// WizardsOf returns the wizards that a page is part of: its own, and others in
// the same language that lead to it too.
func (s *Site) WizardsOf(p *Page) []*wizard.Graph {
	if p.Wizard == nil {
		return nil
	}
	graphs := []*wizard.Graph{p.Wizard}
	for _, g := range s.Wizards {
		if g != p.Wizard && g.Node(p.Path) != nil && s.Page(g.Start.ID).Lang == p.Lang {
			graphs = append(graphs, g)
		}
	}
	return graphs
}

// checkQuestionNames reports questions of one name in two wizards that lead to
// the same page, where an answer could be either's.
func (s *Site) checkQuestionNames() {
	reported := map[*wizard.Node]bool{}
	for _, p := range s.Pages {
		names := map[string]*wizard.Node{}
		for _, g := range s.WizardsOf(p) {
			for _, n := range g.Nodes {
				other := names[n.Name]
				if n.Question && other != nil && other != n && !reported[n] {
					reported[n] = true
					s.problem(n.Source.Errorf(n.Offset, "rename one of the files", "two questions of wizards that share %s are named %q: %s is the other", p.Path, n.Name, other.ID))
				}
				if n.Question {
					names[n.Name] = n
				}
			}
		}
	}
}

// checkPictures reports pictures from other sites on the pages of wizards:
// these pages load nothing from elsewhere, so that nobody learns who orders.
func (s *Site) checkPictures() {
	for _, p := range s.Pages {
		if p.Wizard == nil && p.Order == nil {
			continue
		}
		for _, h := range p.Doc.Hosts {
			s.problem(p.Source.Errorf(h.Offset, "put the file beside the page", "a page of a wizard shows no pictures from %s", h.Origin))
		}
	}
}

// IsQuestion reports whether p is a question of a wizard.
func (p *Page) IsQuestion() bool { return p.Meta.Answers != nil || p.Meta.Wizard.Value != "" }

// answers returns the answers of a question with their values and targets. A
// dead target of a translation is reported where it stands, in the original.
func (s *Site) answers(p *Page) []wizard.Answer {
	original := s.byKey[version{s.Languages[0], p.Key}]
	translated := original != nil && original != p
	answers := make([]wizard.Answer, len(p.Meta.Answers))
	for i, a := range p.Meta.Answers {
		if a.Value.Value == "" {
			a.Value = diag.Text{Value: answerValue(a), Offset: a.Label.Offset}
		}
		if a.Next.Value != "" {
			_, to, dead := s.Resolve(p, a.Next.Value)
			switch {
			case translated && to == nil:
			case dead != nil:
				s.problem(p.Source.Errorf(a.Next.Offset, dead.Hint, "next: %s", dead.Msg))
			case to == nil:
				s.problem(p.Source.Errorf(a.Next.Offset, "lead to a page that sends the visitor on", "next: leads out of the site"))
			default:
				a.Target = to.Path
			}
		}
		answers[i] = a
	}
	return answers
}

// answerValue is the value of an answer, or else the slug of its label.
func answerValue(a wizard.Answer) string {
	return cmp.Or(a.Value.Value, markdown.Slug(a.Label.Value))
}

func (s *Site) node(p *Page) wizard.Node {
	n := wizard.Node{
		ID: p.Path, Name: p.Name(), Title: p.Title, Source: p.Source,
		Offset: p.Meta.Wizard.Offset, Question: p.IsQuestion(), Answers: p.Answers, Order: p.Order,
	}
	if len(p.Answers) > 0 {
		n.Offset = p.Answers[0].Offset
	}
	return n
}
