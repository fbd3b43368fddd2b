package order

// A View is what the template of the order form is executed with.
type View struct {
	Form     *Form
	Template Mail   // for visitors without script
	Script   Script // for the others
}

// A Script is what the page hands to its script, as JSON.
type Script struct {
	Form     *Form           `json:"form"`
	Messages map[Rule]string `json:"messages"` // the pattern of every rule
}

// NewView returns the view of a form. The function word gives the text of a
// key in the page's language.
func NewView(f *Form, word func(key string) string) View {
	messages := make(map[Rule]string)
	for _, rule := range Rules() {
		messages[rule] = word(rule.Key())
	}
	return View{Form: f, Template: f.Template(), Script: Script{f, messages}}
}
