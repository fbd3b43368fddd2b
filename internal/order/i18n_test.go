package order_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"veiviser/internal/order"
)

func ruleNames() []string {
	var names []string
	for _, rule := range order.Rules() {
		names = append(names, string(rule))
	}
	return names
}

// words reads layouts/i18n/nb.yaml, lines of the form key: "text".
func words(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../../layouts/i18n/nb.yaml")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^([a-z0-9-]+): "(.*)"$`).FindAllStringSubmatch(string(data), -1) {
		words[m[1]] = m[2]
	}
	return words
}

func TestEveryRuleHasAMessage(t *testing.T) {
	words := words(t)
	known := []string{"label", "other", "max"}
	for _, rule := range order.Rules() {
		message := words[rule.Key()]
		if !strings.Contains(message, "{label}") {
			t.Errorf("%s: the message %q does not name the field", rule.Key(), message)
		}
		for _, m := range regexp.MustCompile(`\{(.*?)\}`).FindAllStringSubmatch(message, -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s: no one fills {%s}", rule.Key(), m[1])
			}
		}
	}
}

func TestViewHasEveryMessage(t *testing.T) {
	form := &order.Form{}
	view := order.NewView(form, func(key string) string { return "text of " + key })
	for _, rule := range order.Rules() {
		if got, want := view.Script.Messages[rule], "text of order-"+string(rule); got != want {
			t.Errorf("message of %s is %q, want %q", rule, got, want)
		}
	}
	if view.Form != form || view.Script.Form != form {
		t.Error("the view is of another form")
	}
}

// Every word of the order form stands in nb.yaml, and every word of the order
// there is used by some template.
func TestTemplatesAndWordsAgree(t *testing.T) {
	const layouts = "../../layouts"
	words := words(t)
	used := map[string]bool{"order-reference": true}
	for _, rule := range order.Rules() {
		used[rule.Key()] = true
	}
	call := regexp.MustCompile(`\bT "([^"]+)"`)
	err := filepath.WalkDir(layouts, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		template, err := os.ReadFile(path)
		for _, m := range call.FindAllStringSubmatch(string(template), -1) {
			used[m[1]] = true
			if strings.HasPrefix(m[1], "order-") && words[m[1]] == "" {
				t.Errorf("%s uses %q, which nb.yaml does not have", path, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range words {
		if strings.HasPrefix(key, "order-") && !used[key] {
			t.Errorf("nobody uses %q", key)
		}
	}
}
