package content

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"veiviser/internal/diag"
)

// readTOML reads the TOML of src between two byte offsets.
func readTOML(src diag.Source, from, to int) (node, error) {
	text := []byte(src.Text[from:to])
	var ignored map[string]any
	if err := toml.Unmarshal(text, &ignored); err != nil {
		e := &syntaxError{offset: from, msg: "broken TOML: " + strings.TrimPrefix(err.Error(), "toml: "), hint: "texts stand in quotes: title = \"…\""}
		if decode, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, col := decode.Position()
			e.offset = src.Offset(src.Pos(from).Line+line-1, 1) + col - 1
		}
		return node{}, e
	}
	r := tomlReader{base: from}
	r.Reset(text)
	root := node{kind: mapping, offset: from}
	table := &root
	for r.NextExpression() {
		switch e := r.Expression(); e.Kind {
		case unstable.Table:
			table = r.table(&root, e.Key(), false)
		case unstable.ArrayTable:
			table = r.table(&root, e.Key(), true)
		case unstable.KeyValue:
			r.keyValue(table, e)
		}
	}
	return root, r.Error()
}

// A tomlReader builds nodes from TOML that is known to be sound.
type tomlReader struct {
	unstable.Parser
	base int
}

func (r *tomlReader) text(n *unstable.Node) diag.Text {
	return diag.Text{Value: string(n.Data), Offset: r.base + int(n.Raw.Offset)}
}

// table returns the table of a header, made if it is not there.
func (r *tomlReader) table(root *node, key unstable.Iterator, array bool) *node {
	at := root
	for key.Next() {
		name := r.text(key.Node())
		kind := mapping
		if array && key.IsLast() {
			kind = list
		}
		at = at.child(name, kind)
		if at.kind == list {
			if array && key.IsLast() {
				at.items = append(at.items, node{kind: mapping, offset: name.Offset})
			}
			at = &at.items[len(at.items)-1]
		}
	}
	return at
}

// child returns the value of a key, made if it is not there.
func (n *node) child(key diag.Text, kind kind) *node {
	n.set(key, node{kind: kind, offset: key.Offset})
	for i := range n.fields {
		if n.fields[i].key.Value == key.Value {
			return &n.fields[i].value
		}
	}
	return nil // set has just made it
}

func (r *tomlReader) keyValue(table *node, e *unstable.Node) {
	for key := e.Key(); key.Next(); {
		name := r.text(key.Node())
		if key.IsLast() {
			table.set(name, r.value(e.Value(), name.Offset))
			return
		}
		table = table.child(name, mapping)
	}
}

func (r *tomlReader) value(v *unstable.Node, keyOffset int) node {
	n := node{offset: r.base + int(v.Raw.Offset), text: string(v.Data)}
	if v.Raw.Length == 0 {
		n.offset = keyOffset
	}
	switch v.Kind {
	case unstable.Bool:
		n.kind = boolean
	case unstable.Integer, unstable.Float:
		n.kind = number
	case unstable.Array:
		n.kind = list
		for it := v.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				n.items = append(n.items, r.value(it.Node(), keyOffset))
			}
		}
	case unstable.InlineTable:
		n.kind = mapping
		for it := v.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				r.keyValue(&n, it.Node())
			}
		}
	default:
		n.kind = str
		if v.Kind == unstable.String {
			n.offset++
		}
	}
	return n
}
