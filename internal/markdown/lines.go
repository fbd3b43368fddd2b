package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// wholeLines returns the lines of source[from:to].
func wholeLines(source []byte, from, to int) *text.Segments {
	lines := text.NewSegments()
	for start := from; start < to; {
		end := to
		if n := bytes.IndexByte(source[start:to], '\n'); n >= 0 {
			end = start + n + 1
		}
		lines.Append(text.NewSegment(start, end))
		start = end
	}
	return lines
}

// innerLines returns the lines of the inside source[from:to] of a shortcode as
// they are inside the list or the block quote that it stands in: without the
// quote marks that its first line has too, and without the indentation that
// all of them share.
func innerLines(source []byte, from, to int) *text.Segments {
	lines := wholeLines(source, from, to)
	start := bytes.LastIndexByte(source[:from], '\n') + 1
	quotes := bytes.Count(containerMarks.Find(source[start:from]), []byte(">"))
	second := 0 // the first line that is there from its beginning
	if start < from {
		second = 1
	}
	indent := -1
	for i := second; i < lines.Len(); i++ {
		s := lines.At(i)
		s.Start += quoteLength(source[s.Start:s.Stop], quotes)
		lines.Set(i, s)
		if line := source[s.Start:s.Stop]; !util.IsBlank(line) && (indent < 0 || leading(line) < indent) {
			indent = leading(line)
		}
	}
	for i := range lines.Len() {
		s := lines.At(i)
		s.Start += max(0, min(indent, leading(source[s.Start:s.Stop])))
		lines.Set(i, s)
	}
	return lines
}

// containerMarks are what stands before the text of a line in lists and block
// quotes.
var containerMarks = regexp.MustCompile(`^[ \t>*+\-\d.)]*`)

// quoteLength returns the length of up to n quote marks at the start of a line.
func quoteLength(line []byte, n int) int {
	length := 0
	for ; n > 0; n-- {
		rest := line[length:]
		mark := leading(rest)
		if mark == len(rest) || rest[mark] != '>' {
			break
		}
		length += mark + 1
		if length < len(line) && line[length] == ' ' {
			length++
		}
	}
	return length
}

// leading returns the number of blanks that a line begins with.
func leading(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t")) }
