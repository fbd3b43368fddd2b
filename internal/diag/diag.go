// Package diag says what is wrong with a source text, and where.
//
// Everything that an author can mend is a [Problem]: a place, a message, the
// line it stands on, and a hint that says what to do. Everything that no
// author can mend (a full disk, a cancelled build) is a Go error instead.
//
// There are two levels and no more. An [Error] is where a visitor would get
// something wrong or missing: nothing is published. A [Warning] is what should
// be mended though everything is shown.
//
// Inside the program a place is a byte offset into a [Source]. Lines and
// columns are computed only when a problem is made, so the many places without
// a fault cost one number each and nothing else.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Source is a text and the name that problems call it by, a slash-separated
// path relative to the site's folder.
type Source struct {
	Name string
	Text string
}

// A Pos is a place in a source. Lines and columns count from 1, and a column
// is a character (not a byte), as editors count them. Line 0 means the file as
// a whole.
type Pos struct {
	File      string
	Line, Col int
}

func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// A Text is a string that an author wrote, with the byte offset in the source
// where it begins.
type Text struct {
	Value  string
	Offset int
}

func (t Text) String() string { return t.Value }

// MarshalText makes a Text an ordinary string in JSON.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.Value), nil }

// Severity is the level of a problem.
type Severity int

const (
	Error   Severity = iota // nothing is published
	Warning                 // published all the same
)

// A Problem is one fault. Msg and Hint are lower-case sentences without a full
// stop. Excerpt is the line of the source that Pos points into, or empty.
type Problem struct {
	Pos
	Severity Severity
	Msg      string
	Hint     string
	Excerpt  string
}

// Errorf returns an error at a byte offset of s.
func (s Source) Errorf(offset int, hint, format string, args ...any) Problem {
	return s.problem(Error, offset, hint, fmt.Sprintf(format, args...))
}

// Warningf returns a warning at a byte offset of s.
func (s Source) Warningf(offset int, hint, format string, args ...any) Problem {
	return s.problem(Warning, offset, hint, fmt.Sprintf(format, args...))
}

func (s Source) problem(severity Severity, offset int, hint, msg string) Problem {
	p := Problem{Severity: severity, Msg: msg, Hint: hint}
	p.Pos, p.Excerpt = s.locate(offset)
	return p
}

// Pos returns the place of a byte offset. An offset outside the text is the
// nearest place inside it.
func (s Source) Pos(offset int) Pos {
	pos, _ := s.locate(offset)
	return pos
}

// Offset returns the byte offset of a line and a column, both from 1, where
// the column counts characters. It is the inverse of Pos.
func (s Source) Offset(line, col int) int {
	offset := 0
	for ; line > 1; line-- {
		n := strings.IndexByte(s.Text[offset:], '\n')
		if n < 0 {
			return len(s.Text)
		}
		offset += n + 1
	}
	for ; col > 1 && offset < len(s.Text) && s.Text[offset] != '\n'; col-- {
		_, size := utf8.DecodeRuneInString(s.Text[offset:])
		offset += size
	}
	return offset
}

// Find returns the byte offset of the first what at or after another, or that
// other offset if there is none: a folded or escaped text is not in the source
// as it is read.
func (s Source) Find(offset int, what string) int {
	return offset + max(0, strings.Index(s.Text[min(offset, len(s.Text)):], what))
}

func (s Source) locate(offset int) (Pos, string) {
	offset = min(max(offset, 0), len(s.Text))
	start := strings.LastIndexByte(s.Text[:offset], '\n') + 1
	line, _, _ := strings.Cut(s.Text[start:], "\n")
	return Pos{
		File: s.Name,
		Line: strings.Count(s.Text[:start], "\n") + 1,
		Col:  utf8.RuneCountInString(s.Text[start:offset]) + 1,
	}, strings.Clone(strings.TrimRight(line, "\r"))
}

// String formats p as compilers do, ready to be printed:
//
//	content/side.md:3:7: no page at "../tilgng"
//	Se mer [her](../tilgng).
//	             ^
//	hint: did you mean "../tilgang"?
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(visible(p.Pos.String()))
	if p.Severity == Warning {
		b.WriteString(": warning")
	}
	fmt.Fprintf(&b, ": %s\n", visible(p.Msg))
	if p.Line > 0 && strings.TrimSpace(p.Excerpt) != "" {
		line, caret := excerpt(p.Excerpt, p.Col)
		fmt.Fprintf(&b, "\t%s\n\t%s\n", line, caret)
	}
	if p.Hint != "" {
		fmt.Fprintf(&b, "\thint: %s\n", visible(p.Hint))
	}
	return b.String()
}

// visible returns a text with U+FFFD in place of control characters, which a
// terminal would obey.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return '\ufffd'
		}
		return r
	}, s)
}

// excerptWidth is the number of characters of a line that fit beside a place
// and a tab in a terminal.
const excerptWidth = 100

// excerpt returns the part of a line around a column, and a caret under it.
// Tabs become spaces, so that the caret stands where it should.
func excerpt(line string, col int) (text, caret string) {
	runes := []rune(visible(strings.ReplaceAll(line, "\t", " ")))
	at := min(max(col-1, 0), len(runes))
	from, to := 0, len(runes)
	before, after := "", ""
	if len(runes) > excerptWidth {
		from = max(0, min(at-excerptWidth/2, len(runes)-excerptWidth))
		to = from + excerptWidth
		if from > 0 {
			before = "…"
		}
		if to < len(runes) {
			after = "…"
		}
	}
	text = before + string(runes[from:to]) + after
	return text, strings.Repeat(" ", at-from+utf8.RuneCountInString(before)) + "^"
}

// A List is the problems of a site.
type List []Problem

// HasErrors reports whether anything in l is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(p Problem) bool { return p.Severity == Error })
}

// Count returns the number of errors and of warnings in l.
func (l List) Count() (errors, warnings int) {
	for _, p := range l {
		if p.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// Sorted returns the problems of l in the order of their places, each once.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Msg, b.Msg))
	})
	return slices.Compact(sorted)
}
