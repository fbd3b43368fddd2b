package markdown

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A TOC block is a list of the page's headings that an editor's plugin keeps
// up to date in the source, between two comment lines. The list that readers
// see is always made anew from the headings; the one in the source is only
// compared with them.

// tocLine finds the first and the last line of a block as JetBrains' editors,
// Markdown All in One, markdown-toc and doctoc write them.
var tocLine = regexp.MustCompile(`(?mi)^[ \t]*<!--[ \t]*(/?TOC|tocstop|(?:START|END) doctoc)\b[^>\n]*-->[ \t]*$`)

// addTOC finds the TOC block of the source from an offset on and puts it among
// the outermost elements. A marker without its partner is left as the comment
// that it is.
func (p *page) addTOC(roots []*element, from int) []*element {
	if !strings.Contains(p.src.Text[from:], "<!--") {
		return roots // most pages; the expression is slow
	}
	lines := tocLine.FindAllStringIndex(p.src.Text[from:], -1)
	lines = slices.DeleteFunc(lines, func(line []int) bool { return p.insideFence(from, from+line[0]) })
	if len(lines) < 2 {
		return roots
	}
	toc := &element{
		kind: tocElement, from: from + lines[0][0], to: from + lines[1][1],
		innerFrom: from + lines[0][1], innerTo: from + lines[1][0],
	}
	overlaps := func(e *element) bool { return e.from < toc.to && toc.from < e.to }
	if slices.ContainsFunc(roots, overlaps) {
		return roots
	}
	p.toc = toc
	at, _ := slices.BinarySearchFunc(roots, toc.from, func(e *element, from int) int { return e.from - from })
	return slices.Insert(roots, at, toc)
}

var fenceLine = regexp.MustCompile("(?m)^ {0,3}(```+|~~~+)")

// insideFence reports whether the offset at stands in a fenced code block that
// began after from.
func (p *page) insideFence(from, at int) bool {
	open := ""
	for _, m := range fenceLine.FindAllStringSubmatch(p.src.Text[from:at], -1) {
		switch fence := m[1]; {
		case open == "":
			open = fence
		case strings.HasPrefix(fence, open):
			open = ""
		}
	}
	return open != ""
}

// A tocEntry is a line of a TOC block. Depth counts from 0.
type tocEntry struct {
	depth    int
	text, id string
}

var tocItem = regexp.MustCompile(`^([ \t]*)(?:[*+-]|\d+[.)])[ \t]+\[(.*)\]\(#([^)\n]*)\)[ \t]*$`)

// tocDecoration is a line of a block that says nothing: doctoc writes a comment
// and a title.
var tocDecoration = regexp.MustCompile(`^[ \t]*(<!--.*-->|\*\*[^*]*\*\*.*)?[ \t]*$`)

// checkTOC warns if the list in the source is not the list of headings.
func (p *page) checkTOC(headings []Heading) {
	want := tocEntries(headings)
	offset := p.toc.innerFrom
	body := p.src.Text[p.toc.innerFrom:p.toc.innerTo]
	var indents []int
	i := 0
	for line := range strings.SplitSeq(body, "\n") {
		if m := tocItem.FindStringSubmatch(line); m != nil {
			indent := len(strings.ReplaceAll(m[1], "\t", "    "))
			for len(indents) > 0 && indents[len(indents)-1] > indent {
				indents = indents[:len(indents)-1]
			}
			if len(indents) == 0 || indents[len(indents)-1] < indent {
				indents = append(indents, indent)
			}
			got := tocEntry{len(indents) - 1, plainMarkup(m[2]), m[3]}
			if i >= len(want) {
				p.staleTOC(offset+len(m[1]), "remove the entry", fmt.Sprintf("%q is not a heading of this page", got.text))
				return
			}
			if got != want[i] {
				p.staleTOC(offset+len(m[1]), "here should be: "+want[i].String(), fmt.Sprintf("its entry %d is not heading %d", i+1, i+1))
				return
			}
			i++
		} else if !tocDecoration.MatchString(line) {
			p.staleTOC(offset, "between the two TOC lines stands nothing but the list of headings", "this line is not an entry")
			return
		}
		offset += len(line) + 1
	}
	if i < len(want) {
		p.staleTOC(p.toc.innerTo, "add: "+want[i].String(), fmt.Sprintf("%q is missing", want[i].text))
	}
}

func (p *page) staleTOC(offset int, hint, why string) {
	p.warningf(offset, hint, "the TOC block is stale: %s", why)
}

// tocEntries returns the entries of a list of headings.
func tocEntries(headings []Heading) []tocEntry {
	var entries []tocEntry
	var levels []int
	for _, h := range headings {
		for len(levels) > 0 && levels[len(levels)-1] >= h.Level {
			levels = levels[:len(levels)-1]
		}
		levels = append(levels, h.Level)
		entries = append(entries, tocEntry{len(levels) - 1, plainMarkup(h.Text), h.ID})
	}
	return entries
}

// String is the entry as JetBrains' editors write it.
func (e tocEntry) String() string {
	return strings.Repeat("  ", e.depth) + "* [" + e.text + "](#" + e.id + ")"
}

var markup = strings.NewReplacer("*", "", "_", "", "`", "", `\`, "")

// plainMarkup makes the text of an entry comparable with that of a heading.
func plainMarkup(s string) string { return strings.TrimSpace(markup.Replace(s)) }
