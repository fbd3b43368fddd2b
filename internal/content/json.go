package content

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"veiviser/internal/diag"
)

// readJSON reads the JSON object of src that begins at a byte offset, and
// returns it with the offset where it ends.
func readJSON(src diag.Source, from int) (node, int, error) {
	text := src.Text[from:]
	var value json.RawMessage
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&value); err != nil {
		fault := &syntaxError{from, "front matter is never closed", "write } after the last key"}
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			fault = &syntaxError{from + int(syntax.Offset) - 1, "broken JSON: " + err.Error(), "keys and texts stand in double quotes, and no comma follows the last one"}
		}
		return node{}, len(src.Text), fault
	}
	r := jsonReader{base: from, text: src.Text, Decoder: json.NewDecoder(strings.NewReader(text))}
	r.UseNumber()
	n, err := r.node()
	if err != nil {
		return n, len(src.Text), err
	}
	return n, from + int(r.InputOffset()), nil
}

// A jsonReader builds nodes from JSON that is known to be sound.
type jsonReader struct {
	*json.Decoder
	base int
	text string
}

// offset returns where the next token begins.
func (r *jsonReader) offset() int {
	at := r.base + int(r.InputOffset())
	return at + len(r.text[at:]) - len(strings.TrimLeft(r.text[at:], " \t\r\n,:"))
}

func (r *jsonReader) node() (node, error) {
	n := node{offset: r.offset()}
	token, err := r.Token()
	if err != nil {
		return n, err
	}
	switch token := token.(type) {
	case string:
		n.kind, n.text = str, token
		n.offset++
	case bool:
		n.kind, n.text = boolean, strconv.FormatBool(token)
	case json.Number:
		n.kind, n.text = number, token.String()
	case json.Delim:
		if token == '[' {
			n.kind = list
		} else {
			n.kind = mapping
		}
		for r.More() {
			if err := r.item(&n); err != nil {
				return n, err
			}
		}
		_, err = r.Token()
	}
	return n, err
}

// item reads the next item of a list, or field of a mapping, into n.
func (r *jsonReader) item(n *node) error {
	var key diag.Text
	if n.kind == mapping {
		key.Offset = r.offset() + 1
		token, err := r.Token()
		if err != nil {
			return err
		}
		key.Value, _ = token.(string)
	}
	value, err := r.node()
	if err != nil {
		return err
	}
	if n.kind == list {
		n.items = append(n.items, value)
	} else if !n.set(key, value) {
		return twice(key)
	}
	return nil
}
