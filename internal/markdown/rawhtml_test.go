package markdown_test

import (
	"strings"
	"testing"

	"veiviser/internal/diag"
	"veiviser/internal/markdown"
)

// TestManyOpenElements: a text with any number of unclosed tags stays small, and
// is reported in as many lines as an author can read.
func TestManyOpenElements(t *testing.T) {
	for _, c := range []struct {
		tags, problems int
	}{{1, 1}, {100, 100}, {101, 101}, {20_000, 101}} {
		doc, problems := markdown.Parse(diag.Source{Name: "in.md", Text: strings.Repeat("<b>", c.tags) + "x<br>\n"}, 0, markdown.Options{})
		kept := strings.Repeat("<b>", min(c.tags, 100))
		want := "<p>" + kept + "x<br>" + strings.ReplaceAll(kept, "<b>", "</b>") + "</p>\n"
		if got := doc.Segments[0].HTML; got != want {
			t.Errorf("%d tags: %d bytes, want %d: %.400s", c.tags, len(got), len(want), got)
		}
		if len(problems) != c.problems {
			t.Errorf("%d tags: %d problems, want %d", c.tags, len(problems), c.problems)
		}
		const tooDeep = "<b> is not published, nor is any other so deep: too many elements are open around it"
		said := 0
		for _, p := range problems {
			if p.Msg == tooDeep {
				said++
			}
		}
		if want := min(1, c.tags/101); said != want {
			t.Errorf("%d tags: it is said %d times, want %d", c.tags, said, want)
		}
	}
}
