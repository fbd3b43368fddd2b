package content

import (
	"regexp"
	"strings"

	"github.com/adrg/frontmatter"

	"veiviser/internal/diag"
)

// readFrontMatter reads the front matter of a text and returns it with the
// offset where the body begins. A text without front matter has an empty one.
//
// YAML stands between lines of ---, TOML between lines of +++, and JSON is an
// object at the very beginning.
func readFrontMatter(src diag.Source) (node, int, error) {
	start := len(blankLines.FindString(src.Text))
	if jsonStart.MatchString(src.Text[start:]) {
		return readJSON(src, start)
	}
	opening, _, _ := strings.Cut(src.Text[start:], "\n")
	opening = strings.TrimRight(opening, " \t")
	if opening != "---" && opening != "+++" {
		if nearFence.MatchString(src.Text[start:]) {
			return node{}, len(src.Text), &syntaxError{start, "this looks like front matter, but it is not", "write --- alone on the first line, and again after the last key"}
		}
		return node{kind: mapping}, 0, nil
	}
	from, to, body := split(src.Text, start)
	switch {
	case body == 0:
		return node{}, len(src.Text), &syntaxError{start, "front matter is never closed", "write " + opening + " on a line of its own after the last key"}
	case opening == "+++":
		n, err := readTOML(src, from, to)
		return n, body, err
	}
	n, err := readYAML(src, from, to)
	return n, body, err
}

var blankLines = regexp.MustCompile(`^(?:[ \t]*\n)*`)

// nearFence finds a line that is nearly a fence, and a key below it.
var nearFence = regexp.MustCompile("^[ \\t]*(?:-{2,}|[\u2013\u2014]+|\\+{2,}|`{3,}[a-z]*)(?:[ \\t].*)?\n[ \\t]*[\"']?\\pL[\\pL\\pN_-]*[\"']?[ \\t]*[:=](?:[ \\t\"'\\[{]|\n|$)")

// jsonStart tells a JSON object from a shortcode at the start of a text.
var jsonStart = regexp.MustCompile(`^[ \t]*\{\s*["}]`)

// indentedMark finds quickly that there may be an indentedFence.
var indentedMark = regexp.MustCompile(`[ \t](---|\+\+\+)`)

var indentedFence = regexp.MustCompile(`(?m)^[ \t]+(---|\+\+\+)[ \t]*$`)

// split finds the front matter between two fences, the first of which stands at
// start: its extent, and where the body begins, which is 0 if there is none.
func split(text string, start int) (from, to, body int) {
	// The library takes an indented fence for the end, though it may be a line
	// of a block scalar. It is shown a text of the same length without them.
	shown := text
	if indentedMark.MatchString(text) {
		shown = indentedFence.ReplaceAllStringFunc(text, func(line string) string { return strings.Repeat("#", len(line)) })
	}
	length := -1
	measure := func(data []byte, _ any) error {
		length = len(data)
		return nil
	}
	rest, err := frontmatter.Parse(strings.NewReader(shown), nil,
		frontmatter.NewFormat("---", "---", measure), frontmatter.NewFormat("+++", "+++", measure))
	if err != nil || length < 0 {
		return 0, 0, 0
	}
	from = start + strings.IndexByte(text[start:], '\n') + 1
	return from, from + length, len(text) - len(rest)
}
