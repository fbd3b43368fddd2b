package content

import (
	"fmt"
	"strconv"
	"strings"

	"veiviser/internal/diag"
)

// A node is a value of front matter with its place. YAML, TOML and JSON are
// read into the same tree, so that they are decoded by the same code and their
// faults look alike.
type node struct {
	offset int
	kind   kind
	text   string // of a scalar, as written but without its quotes
	items  []node // of a list
	fields []field
}

// A field is a key of a mapping and its value.
type field struct {
	key   diag.Text
	value node
}

type kind int

const (
	null kind = iota
	str
	boolean
	number
	list
	mapping
)

func (k kind) String() string {
	return [...]string{"nothing", "a text", "true or false", "a number", "a list", "a mapping"}[k]
}

// value returns what the node holds, in the types of a template: string, bool,
// int, float64, []any, map[string]any or nil.
func (n node) value() any {
	switch n.kind {
	case str:
		return n.text
	case boolean:
		return strings.EqualFold(n.text, "true") // YAML also has True and TRUE
	case number:
		if i, err := strconv.Atoi(n.text); err == nil {
			return i
		}
		f, err := strconv.ParseFloat(n.text, 64)
		if err != nil {
			return n.text
		}
		return f
	case list:
		values := make([]any, len(n.items))
		for i, item := range n.items {
			values[i] = item.value()
		}
		return values
	case mapping:
		values := make(map[string]any, len(n.fields))
		for _, f := range n.fields {
			values[f.key.Value] = f.value.value()
		}
		return values
	}
	return nil
}

// set adds a field. It reports whether the key was free.
func (n *node) set(key diag.Text, value node) bool {
	for _, f := range n.fields {
		if f.key.Value == key.Value {
			return false
		}
	}
	n.fields = append(n.fields, field{key, value})
	return true
}

// A syntaxError is a fault in front matter, at a byte offset of the source.
type syntaxError struct {
	offset    int
	msg, hint string
}

func (e *syntaxError) Error() string { return e.msg }

// twice is the fault of a key that its mapping has already.
func twice(key diag.Text) *syntaxError {
	return &syntaxError{key.Offset, fmt.Sprintf("the key %q stands here for the second time", key.Value), "keep one of the two"}
}
