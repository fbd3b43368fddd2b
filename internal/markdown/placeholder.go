package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// A placeholder is markOpen, the number of an element in base 36, filler to
// the length of what it replaces, and markClose. Control characters are
// neither space nor punctuation, so that Markdown treats them as letters.
const (
	markOpen  = '\x02'
	markFill  = '\x1a'
	markClose = '\x03'
)

// mask numbers the elements under roots and returns the source with the roots
// replaced by placeholders, then one with the elements inside the roots
// replaced, and so on; in the last one there is nothing left to replace.
func (p *page) mask(roots []*element) [][]byte {
	var levels [][]byte
	for {
		level := []byte(p.src.Text)
		var inside []*element
		for _, e := range roots {
			writeMark(level[e.from:e.to], len(p.elements))
			p.elements = append(p.elements, e)
			inside = append(inside, e.children...)
		}
		levels = append(levels, level)
		if len(roots) == 0 {
			return levels
		}
		roots = inside
	}
}

// withoutControls returns the text with spaces for the characters that could be
// taken for a placeholder, and for others that HTML does not allow.
func withoutControls(text string) string {
	if strings.IndexFunc(text, isControl) < 0 {
		return text
	}
	clean := []byte(text)
	for i, c := range clean {
		if isControl(rune(c)) {
			clean[i] = ' '
		}
	}
	return string(clean)
}

// withoutReferences returns the text with spaces for numeric references to such
// characters, so that no placeholder can be forged where they are resolved.
func withoutReferences(text []byte) []byte {
	return numericReference.ReplaceAllFunc(text, func(ref []byte) []byte {
		digits, base := strings.Trim(string(ref), "&#;"), 10
		if digits[0]|0x20 == 'x' {
			digits, base = digits[1:], 16
		}
		if n, err := strconv.ParseInt(digits, base, 32); err == nil && n > 0 && isControl(rune(n)) {
			return bytes.Repeat([]byte(" "), len(ref))
		}
		return ref
	})
}

var numericReference = regexp.MustCompile(`&#(?:[xX][0-9a-fA-F]+|[0-9]+);?`)

func isControl(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r == '\x7f' }

func writeMark(dst []byte, number int) {
	for i := range dst {
		dst[i] = markFill
	}
	dst[0] = markOpen
	copy(dst[1:], strconv.FormatInt(int64(number), 36))
	dst[len(dst)-1] = markClose
}

// cutMark finds the first placeholder in s and returns the element that it
// stands for, what is before and what is after it. Without one, the element
// is nil and before is s.
func (p *page) cutMark(s string) (before string, e *element, after string) {
	from := strings.IndexByte(s, markOpen)
	if from < 0 {
		return s, nil, ""
	}
	length := strings.IndexByte(s[from:], markClose)
	if length < 0 {
		return s, nil, ""
	}
	number, err := strconv.ParseInt(strings.TrimRight(s[from+1:from+length], string(markFill)), 36, 32)
	if err != nil || int(number) >= len(p.elements) {
		return s, nil, ""
	}
	return s[:from], p.elements[number], s[from+length+1:]
}

// withoutMarks returns s as plain text: without the shortcodes in it, and with
// the escaped ones as a reader sees them.
func (p *page) withoutMarks(s string) string {
	var b strings.Builder
	for {
		before, e, after := p.cutMark(s)
		b.WriteString(before)
		if e == nil {
			return b.String()
		}
		b.WriteString(e.literal)
		s = after
	}
}
