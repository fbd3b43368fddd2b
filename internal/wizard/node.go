package wizard

import (
	"veiviser/internal/diag"
	"veiviser/internal/order"
)

// A Node is a page of a wizard: a question or a result.
type Node struct {
	ID       string // unique; the page's path
	Name     string // by which an answer to the question is remembered
	Title    string
	Source   diag.Source
	Offset   int // of the question in Source
	Question bool
	Answers  []Answer
	Order    *order.Form // nil if the result is no order
}

// An Answer is one way on from a question.
type Answer struct {
	Value  diag.Text // if the author gave none: the label's slug, at the label's offset
	Label  diag.Text
	Hint   diag.Text
	Next   diag.Text // the page that it leads to, as the author wrote it
	Set    []Setting // fields of an order further on that it fills in
	Offset int

	Target string // the ID of the node that Next names; whoever links the site fills it
}

// A Setting is a field of an order with the value that an answer gives it.
type Setting struct {
	Field, Value diag.Text
}
