package markdown

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"veiviser/internal/diag"
)

// An element is a stretch of the source that Markdown must not see: a
// shortcode from its opening to its closing tag, a shortcode that was escaped
// to be shown, or a TOC block.
type element struct {
	kind     elementKind
	from, to int // extent in the source

	call      Shortcode // of a shortcode
	known     bool      // there is such a shortcode
	inner     Inner
	innerFrom int // extent of the inside
	innerTo   int
	children  []*element

	literal string // of an escaped shortcode: what the reader sees
}

type elementKind int

const (
	shortcodeElement elementKind = iota
	literalElement
	tocElement
)

// A tag is one {{< … >}} or {{% … %}} in the source.
type tag struct {
	from, to  int
	name      string
	nameAt    int
	args      []Arg
	closing   bool // {{< /name >}}
	selfClose bool // {{< name />}}
	literal   string
}

// lex finds the elements of the source from an offset on, outermost first,
// and reports what is wrong with them.
func (p *page) lex(from int) []*element {
	l := lexer{page: p, tags: p.scanTags(from)}
	return p.addTOC(l.elements(), from)
}

// A lexer builds elements from tags.
type lexer struct {
	*page
	tags []tag
	next int
	open []string // the names of the shortcodes that are open, outermost first
}

// elements reads elements up to the closing tag of a shortcode that is open,
// which it leaves to the caller, or to the end of the source.
func (l *lexer) elements() []*element {
	var list []*element
	for l.next < len(l.tags) {
		t := l.tags[l.next]
		switch {
		case t.literal != "":
			l.next++
			list = append(list, &element{kind: literalElement, from: t.from, to: t.to, literal: t.literal})
		case t.closing && slices.Contains(l.open, t.name):
			return list
		case t.closing:
			l.next++
			hint := "remove it, or write the opening tag {{< " + t.name + " >}} before it"
			if inner, known := l.opts.Shortcodes[t.name]; known && inner == NoInner {
				hint = "remove it; or, to give it an inside, begin layouts/shortcodes/" + t.name + ".html with {{/* inner: markdown */}}"
			}
			l.errorf(t.nameAt, hint, "closing tag of shortcode %q that is not open", t.name)
			list = append(list, &element{kind: literalElement, from: t.from, to: t.to})
		default:
			list = append(list, l.shortcode())
		}
	}
	return list
}

// shortcode reads one shortcode with its inside.
func (l *lexer) shortcode() *element {
	t := l.tags[l.next]
	l.next++
	inner, known := l.opts.Shortcodes[t.name]
	e := &element{
		from: t.from, to: t.to, innerFrom: t.to, innerTo: t.to, known: known, inner: inner,
		call: Shortcode{Name: t.name, Args: t.args, Offset: t.from},
	}
	closed := !t.selfClose && slices.ContainsFunc(l.tags[l.next:], func(c tag) bool { return c.closing && c.name == t.name })
	if !known {
		names := slices.Sorted(maps.Keys(l.opts.Shortcodes))
		otherwise := "known shortcodes: " + strings.Join(names, ", ")
		if len(names) == 0 {
			otherwise = "this site has no shortcodes"
		}
		l.errorf(t.nameAt, diag.DidYouMean(t.name, names, otherwise),
			"unknown shortcode %q", t.name)
		e.inner = MarkdownInner
		if !closed {
			return e
		}
	}
	if e.inner == NoInner || t.selfClose {
		return e
	}
	if !closed {
		l.errorf(t.from, "write {{< /"+t.name+" >}} after its text", "shortcode %q is never closed", t.name)
		return e
	}
	l.open = append(l.open, t.name)
	e.children = l.elements()
	l.open = l.open[:len(l.open)-1]
	e.innerTo = len(l.src.Text)
	if l.next < len(l.tags) {
		e.innerTo = l.tags[l.next].from
		if c := l.tags[l.next]; c.name == t.name {
			e.to = c.to
			l.next++
			e.call.Text = l.src.Text[e.innerFrom:e.innerTo]
			return e
		}
	}
	l.errorf(t.from, "close the inner shortcode before the outer one", "shortcode %q is closed in the wrong order", t.name)
	e.to, e.call.Text = e.innerTo, l.src.Text[e.innerFrom:e.innerTo]
	return e
}

// scanTags finds the shortcode tags of the source from an offset on.
func (p *page) scanTags(from int) []tag {
	var tags []tag
	text := p.src.Text
	for {
		n := strings.Index(text[from:], "{{")
		if n < 0 {
			return tags
		}
		from += n
		if rest := text[from+2:]; !strings.HasPrefix(rest, "<") && !strings.HasPrefix(rest, "%") {
			from += 2
			continue
		}
		s := scanner{page: p, text: text, at: from + 3, end: string(text[from+2]) + "}}"}
		if s.end[0] == '<' {
			s.end = ">}}"
		}
		t, ok := s.tag(from)
		if ok {
			tags = append(tags, t)
		}
		from = max(s.at, from+3)
	}
}

var tagStart = regexp.MustCompile(`^\{\{[<%]`)

// A scanner reads the inside of one tag.
type scanner struct {
	*page
	text string
	at   int
	end  string // ">}}" or "%}}"
}

func (s *scanner) skipSpace() {
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at]) >= 0 {
		s.at++
	}
}

func (s *scanner) take(prefix string) bool {
	if strings.HasPrefix(s.text[s.at:], prefix) {
		s.at += len(prefix)
		return true
	}
	return false
}

// tag reads the tag that begins at from. It reports what is wrong with it.
func (s *scanner) tag(from int) (tag, bool) {
	t := tag{from: from}
	if strings.HasPrefix(s.text[s.at:], "/*") {
		s.at += 2
		end := strings.Index(s.text[s.at:], "*/"+s.end)
		if end < 0 {
			s.errorf(from, "write */"+s.end+" where it ends", "escaped shortcode is never closed")
			return t, false
		}
		t.literal = s.text[from:from+3] + s.text[s.at:s.at+end] + s.end
		s.at += end + 2 + len(s.end)
		t.to = s.at
		return t, true
	}
	s.skipSpace()
	if s.take("/") {
		t.closing = true
		s.skipSpace()
	}
	t.nameAt = s.at
	t.name = s.word("=")
	if t.name == "" {
		s.errorf(from, "write a name, as in {{< warning >}}, or {{</* */>}} to show the braces", "shortcode without a name")
		return t, false
	}
	for {
		s.skipSpace()
		switch {
		case s.take(s.end):
			t.to = s.at
			return t, true
		case s.take("/" + s.end):
			t.selfClose, t.to = true, s.at
			return t, true
		case s.at >= len(s.text), tagStart.MatchString(s.text[s.at:]):
			s.errorf(from, "write "+s.end+" where the tag ends", "shortcode tag %q is never closed", t.name)
			s.at = from + 3
			return t, false
		}
		arg, ok := s.arg()
		if !ok {
			s.at = from + 3
			return t, false
		}
		t.args = append(t.args, arg)
	}
}

// arg reads an argument: value or name=value.
func (s *scanner) arg() (Arg, bool) {
	a := Arg{Offset: s.at}
	if c := s.text[s.at]; c != '"' && c != '`' {
		word := s.word("=")
		s2 := *s
		s2.skipSpace()
		if !s2.take("=") {
			a.Value = word
			return a, true
		}
		*s = s2
		s.skipSpace()
		a.Name, a.Offset = word, s.at
	}
	if s.at < len(s.text) && (s.text[s.at] == '"' || s.text[s.at] == '`') {
		a.Offset = s.at + 1
		value, ok := s.quoted(s.text[s.at])
		a.Value = value
		return a, ok
	}
	a.Value = s.word("")
	return a, true
}

// quoted reads a string in quotes, or reports that it has no end. Between
// double quotes, a backslash escapes a quote or a backslash; between backquotes,
// everything is as written and may have several lines.
func (s *scanner) quoted(quote byte) (string, bool) {
	var b strings.Builder
	for i := s.at + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\n' && quote == '"':
			i = len(s.text)
		case c == quote:
			s.at = i + 1
			return b.String(), true
		case c == '\\' && quote == '"' && i+1 < len(s.text) && (s.text[i+1] == '"' || s.text[i+1] == '\\'):
			i++
			b.WriteByte(s.text[i])
		default:
			b.WriteByte(c)
		}
	}
	s.errorf(s.at, "write "+string(quote)+" where it ends", "text in quotes is never closed")
	return "", false
}

// word reads up to a space, the end of the tag, or one of the bytes in stop.
func (s *scanner) word(stop string) string {
	start := s.at
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n\"`"+stop, s.text[s.at]) < 0 {
		if rest := s.text[s.at:]; strings.HasPrefix(rest, s.end) || strings.HasPrefix(rest, "/"+s.end) {
			break
		}
		s.at++
	}
	return s.text[start:s.at]
}
