package content

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v3"

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
		return n.text == "true"
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

// maxNodes bounds what aliases can make of a YAML text.
const maxNodes = 100_000

var yamlErrorLine = regexp.MustCompile(`^yaml: (?:unmarshal errors:\s*)?(?:line (\d+): )?`)

// readYAML reads the YAML of src between two byte offsets.
func readYAML(src diag.Source, from, to int) (node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(src.Text[from:to]), &doc); err != nil {
		e := &syntaxError{offset: from, hint: "a text that holds a colon, or begins with one of * & ! { [ % @ \", must stand in quotes"}
		m := yamlErrorLine.FindStringSubmatch(err.Error())
		e.msg = "broken YAML: " + strings.TrimPrefix(err.Error(), m[0])
		if line, err := strconv.Atoi(m[1]); err == nil {
			e.offset = src.Offset(src.Pos(from).Line+line-1, 1)
		}
		return node{}, e
	}
	r := yamlReader{src: src, line: src.Pos(from).Line - 1}
	if len(doc.Content) == 0 {
		return node{kind: mapping, offset: from}, nil
	}
	return r.node(doc.Content[0])
}

type yamlReader struct {
	src   diag.Source
	line  int // lines before the YAML
	nodes int
}

func (r *yamlReader) offset(n *yaml.Node) int { return r.src.Offset(r.line+n.Line, n.Column) }

func (r *yamlReader) node(n *yaml.Node) (node, error) {
	result := node{offset: r.offset(n), text: n.Value}
	if r.nodes++; r.nodes > maxNodes {
		return result, &syntaxError{result.offset, "the aliases of this YAML make too much of it", "write the values out"}
	}
	switch n.Kind {
	case yaml.AliasNode:
		target, err := r.node(n.Alias)
		target.offset = result.offset
		return target, err
	case yaml.SequenceNode:
		result.kind = list
		for _, item := range n.Content {
			child, err := r.node(item)
			if err != nil {
				return result, err
			}
			result.items = append(result.items, child)
		}
	case yaml.MappingNode:
		result.kind = mapping
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := diag.Text{Value: n.Content[i].Value, Offset: r.offset(n.Content[i])}
			child, err := r.node(n.Content[i+1])
			if err != nil {
				return result, err
			}
			if n.Content[i].Tag == "!!merge" {
				for _, f := range child.fields {
					result.set(f.key, f.value)
				}
			} else if !result.set(key, child) {
				return result, &syntaxError{key.Offset, fmt.Sprintf("the key %q stands here for the second time", key.Value), "keep one of the two"}
			}
		}
	case yaml.ScalarNode:
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			result.offset++
		}
		switch n.Tag {
		case "!!null":
			result.kind = null
		case "!!bool":
			result.kind = boolean
		case "!!int", "!!float":
			result.kind = number
		default:
			result.kind = str
		}
	}
	return result, nil
}

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

// readJSON reads the JSON object of src that begins at a byte offset, and
// returns it with the offset where it ends.
func readJSON(src diag.Source, from int) (node, int, error) {
	r := jsonReader{base: from, text: src.Text, Decoder: json.NewDecoder(strings.NewReader(src.Text[from:]))}
	r.UseNumber()
	n, err := r.node()
	if err != nil {
		offset := from + int(r.InputOffset())
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			offset = from + int(syntax.Offset) - 1
		}
		if _, ok := errors.AsType[*syntaxError](err); !ok {
			err = &syntaxError{offset, "broken JSON: " + err.Error(), "keys and texts stand in double quotes, and no comma follows the last one"}
		}
	}
	return n, from + int(r.InputOffset()), err
}

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
		return &syntaxError{key.Offset, fmt.Sprintf("the key %q stands here for the second time", key.Value), "keep one of the two"}
	}
	return nil
}
