package content

import (
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"veiviser/internal/diag"
)

// maxNodes bounds what aliases can make of a YAML text.
const maxNodes = 100_000

// readYAML reads the YAML of src between two byte offsets.
func readYAML(src diag.Source, from, to int) (node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(src.Text[from:to]), &doc); err != nil {
		return node{}, yamlFault(src, from, to, err)
	}
	r := yamlReader{src: src, line: src.Pos(from).Line - 1}
	if len(doc.Content) == 0 {
		return node{kind: mapping, offset: from}, nil
	}
	return r.node(doc.Content[0])
}

var (
	yamlError       = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)
	yamlParserError = regexp.MustCompile(`^did not find expected (?:node content|key|',' or|'-')|^found (?:undefined tag handle|duplicate %|incompatible)`)
	yamlAnchorError = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
)

// yamlFault gives an error of the YAML library its place. The library counts
// the lines of what its scanner finds from 1, and of what its parser finds from
// 0. It knows none for a fault that begins on the first line, and names the end
// instead where the text has none.
func yamlFault(src diag.Source, from, to int, err error) *syntaxError {
	m := yamlError.FindStringSubmatch(err.Error())
	if m == nil {
		return &syntaxError{from, "broken YAML: " + err.Error(), ""}
	}
	e := &syntaxError{from, "broken YAML: " + m[2], "a text that holds a colon, or begins with one of * & ! { [ % @ \", must stand in quotes"}
	if strings.Contains(m[2], "tab character") {
		e.hint = "indent with spaces"
	}
	if line, err := strconv.Atoi(m[1]); err == nil {
		if yamlParserError.MatchString(m[2]) {
			line++
		}
		if at := src.Offset(src.Pos(from).Line+line-1, 1); at < to {
			e.offset = at + len(src.Text[at:]) - len(strings.TrimLeft(src.Text[at:], " "))
		}
	}
	if anchor := yamlAnchorError.FindStringSubmatch(m[2]); anchor != nil {
		e.offset += max(0, strings.Index(src.Text[from:to], "*"+anchor[1]))
	}
	return e
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
		var merged []node
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := diag.Text{Value: n.Content[i].Value, Offset: r.offset(n.Content[i])}
			child, err := r.node(n.Content[i+1])
			if err != nil {
				return result, err
			}
			if n.Content[i].Tag == "!!merge" {
				merged = append(merged, child)
			} else if !result.set(key, child) {
				return result, twice(key)
			}
		}
		for _, m := range merged {
			if err := result.merge(m); err != nil {
				return result, err
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

// merge adds the fields of a mapping, or of a list of mappings, that n does not
// have itself: YAML's "<<: *name".
func (n *node) merge(from node) error {
	switch from.kind {
	case mapping:
		for _, f := range from.fields {
			n.set(f.key, f.value)
		}
		return nil
	case list:
		for _, item := range from.items {
			if err := n.merge(item); err != nil {
				return err
			}
		}
		return nil
	}
	return &syntaxError{from.offset, "here should be a mapping, not " + from.kind.String(), "<< takes in the keys of another mapping"}
}
