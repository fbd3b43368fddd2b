package markdown

import (
	"html"
	"strings"
	"unicode/utf8"
)

// A writer collects the HTML of one text. It is a goldmark util.BufWriter that
// recognises placeholders in what is written, and cuts a hole for each.
type writer struct {
	*page
	depth    int // of the elements that are masked in this text
	html     strings.Builder
	segments []Segment
	open     []openTag // raw HTML elements
	tooDeep  bool      // some of these have been left out, and reported
}

// source returns the bytes that the text was parsed from.
func (w *writer) source() []byte { return w.levels[w.depth] }

// cut ends the segment at hand with a hole.
func (w *writer) cut(hole Segment) {
	hole.HTML = w.html.String()
	w.html.Reset()
	w.segments = append(w.segments, hole)
}

// finish returns all segments.
func (w *writer) finish() []Segment {
	w.closeTags(0)
	if w.html.Len() > 0 {
		w.cut(Segment{})
	}
	return w.segments
}

func (w *writer) WriteString(s string) (int, error) {
	for rest := s; rest != ""; {
		before, e, after := w.cutMark(rest)
		w.html.WriteString(withoutControls(before)) // goldmark resolves &#1;
		if e == nil {
			break
		}
		w.element(e)
		rest = after
	}
	return len(s), nil
}

// element writes what a placeholder stands for.
func (w *writer) element(e *element) {
	switch e.kind {
	case literalElement:
		w.html.WriteString(html.EscapeString(e.literal))
	case tocElement:
		w.cut(Segment{TOC: true})
	case shortcodeElement:
		w.shortcode(e)
	}
}

// shortcode cuts a hole for a shortcode. Of one that is not known, only the
// inside is kept.
func (w *writer) shortcode(e *element) {
	call := e.call // a copy: a link definition may be used more than once
	call.Ordinal = w.shortcodes
	w.shortcodes++
	if e.inner == MarkdownInner && e.innerTo > e.innerFrom {
		call.Inner = w.render(w.depth+1, e.innerFrom, e.innerTo)
	}
	if e.known {
		w.cut(Segment{Shortcode: &call})
		return
	}
	w.cut(Segment{})
	w.segments = append(w.segments, call.Inner...)
}

func (w *writer) Write(b []byte) (int, error) { return w.WriteString(string(b)) }
func (w *writer) WriteByte(c byte) error      { return w.html.WriteByte(c) }
func (w *writer) WriteRune(r rune) (int, error) {
	return w.WriteString(string(utf8.AppendRune(nil, r)))
}
func (w *writer) Available() int { return 1 << 20 }
func (w *writer) Buffered() int  { return 0 }
func (w *writer) Flush() error   { return nil }
