package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"veiviser/internal/build"
	"veiviser/internal/order"
)

// golden compares a text with a file in testdata/golden. Run with UPDATE=1 to
// rewrite the files; the diff then shows what a change of wording or routing
// means for those who read and order.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", "golden", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s differs; run with UPDATE=1 and look at the diff. It is now:\n%s", name, got)
	}
}

// TestOwnWizard holds every path and every word of our own wizard to a file.
func TestOwnWizard(t *testing.T) {
	for name, args := range map[string][]string{
		"wizard.txt":       nil,
		"wizard.csv":       {"--format", "csv"},
		"wizard.svg":       {"--format", "svg"},
		"wizard-words.txt": {"--full"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), append([]string{"wizard", "../.."}, args...), &stdout, &stderr)
		if code != exitOK || stderr.Len() > 0 {
			t.Fatalf("%v exits %d: %s", args, code, &stderr)
		}
		golden(t, name, stdout.String())
	}
}

// TestOwnOrders holds one e-mail for each path to an order to a file.
func TestOwnOrders(t *testing.T) {
	edition, err := build.Load(t.Context(), options("../.."), nil)
	if err != nil {
		t.Fatal(err)
	}
	var mails strings.Builder
	paths := 0
	for _, g := range edition.Site.Wizards {
		for p := range g.Paths() {
			if p.Result.Order == nil {
				continue
			}
			paths++
			for _, s := range p.Steps {
				fmt.Fprintf(&mails, "%s %s\n", s.Question.Title, s.Answer.Label)
			}
			mail := p.Result.Order.Compose(examples(p.Result.Order))
			fmt.Fprintf(&mails, "\nTil: %s\nEmne: %s\n\n%s\n\n%s\n", mail.To, mail.Subject, mail.Body, strings.Repeat("=", 72))
		}
	}
	if paths < 3 {
		t.Errorf("%d paths to an order", paths)
	}
	golden(t, "orders.txt", mails.String())
}

// examples are values that each field of an order takes.
func examples(f *order.Form) order.Values {
	numbers := []string{"974760673", "889640782"}
	v := order.Values{}
	for _, field := range f.Fields {
		switch name := field.Name.Value; field.Kind() {
		case order.OrganisationNumber:
			v[name], numbers = numbers[0], numbers[1:]
		case order.Email:
			v[name] = "kari.nordmann@example.no"
		case order.Phone:
			v[name] = "75007500"
		case order.SingleChoice:
			v[name] = field.Choices[0].Value.Value
		default:
			v[name] = "Kari Nordmann"
		}
	}
	return v
}
