package layout

import (
	"net/url"

	"strings"
	"veiviser/internal/diag"
	"veiviser/internal/markdown"
	"veiviser/internal/order"
	"veiviser/internal/site"
	"veiviser/internal/wizard"
)

// An Answer is an answer of a question as a template shows it.
type Answer struct {
	Label, Hint string
	URL         string // with the answer as its fragment; "" if it leads nowhere
}

// AnswersOf are the answers of a question as links. Each carries itself as a
// fragment, which the page that it leads to remembers.
func (v *View) AnswersOf(p *site.Page) []Answer {
	var answers []Answer
	for _, a := range p.Answers {
		answer := Answer{Label: a.Label.Value, Hint: a.Hint.Value}
		if to := v.Site.Page(a.Target); to != nil {
			answer.URL = to.URL + "#" + url.QueryEscape(p.Name()) + "=" + url.QueryEscape(a.Value.Value)
		}
		answers = append(answers, answer)
	}
	return answers
}

// Words returns everything that one may read on a page: its text, and of an
// order also the messages about faults and the e-mail with nothing filled in.
func (s *Set) Words(env Env, p *site.Page) (string, diag.List) {
	html, problems := s.Render(env, p)
	if html == nil {
		return "", problems
	}
	text := markdown.PlainText(article(string(html)))
	if p.Order == nil {
		return text, problems
	}
	form, err := s.view(env, p).Form()
	if err != nil {
		return "", append(problems, s.problem(err))
	}
	for _, rule := range order.Rules() {
		text += "\n- " + form.Script.Messages[rule]
	}
	mail := form.Template
	return text + "\n\n" + mail.To + "\n" + mail.Subject + "\n\n" + mail.Body, problems
}

// article returns the part of a page that is its own.
func article(html string) string {
	_, html, _ = strings.Cut(html, "<main")
	_, html, _ = strings.Cut(html, "<article")
	html, _, _ = strings.Cut(html, "</article>")
	return "<article" + html
}

// A WizardScript is what a page of a wizard hands to its script, as JSON: all
// questions, so that the script can show which answers led here.
type WizardScript struct {
	Starts    []WizardStart             `json:"starts"`
	Here      string                    `json:"here"` // the page's URL
	Questions map[string]WizardQuestion `json:"questions"`
}

// A WizardStart is where a wizard that the page is part of begins.
type WizardStart struct {
	Key  string `json:"key"`  // of the page, by which the wizard's answers are remembered in all languages
	Name string `json:"name"` // of the question
}

// A WizardQuestion is a question in a WizardScript.
type WizardQuestion struct {
	Title   string                  `json:"title"`
	URL     string                  `json:"url"`
	Answers map[string]WizardAnswer `json:"answers"` // by value
}

// A WizardAnswer is an answer in a WizardScript.
type WizardAnswer struct {
	Label string            `json:"label"`
	Next  string            `json:"next"` // a URL
	Set   map[string]string `json:"set,omitempty"`
}

// WizardScript is the page's wizards for its script.
func (v *View) WizardScript() WizardScript {
	script := WizardScript{Here: v.Page.URL, Questions: map[string]WizardQuestion{}}
	for _, g := range v.Site.WizardsOf(v.Page) {
		script.Starts = append(script.Starts, WizardStart{Key: v.Site.Page(g.Start.ID).Key, Name: g.Start.Name})
		for _, n := range g.Nodes {
			if n.Question {
				script.Questions[n.Name] = v.question(n)
			}
		}
	}
	return script
}

func (v *View) question(n *wizard.Node) WizardQuestion {
	q := WizardQuestion{Title: n.Title, URL: v.Site.Page(n.ID).URL, Answers: map[string]WizardAnswer{}}
	for _, a := range n.Answers {
		answer := WizardAnswer{Label: a.Label.Value, Next: v.Site.Page(a.Target).URL}
		if len(a.Set) > 0 {
			answer.Set = map[string]string{}
		}
		for _, s := range a.Set {
			answer.Set[s.Field.Value] = s.Value.Value
		}
		q.Answers[a.Value.Value] = answer
	}
	return q
}
