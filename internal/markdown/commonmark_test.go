package markdown

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark/util"

	"veiviser/internal/diag"
)

// Reasons for which we mean to read an example of the specification otherwise.
const (
	leftOpen      = "a raw element that is left open is closed where the text around it ends"
	closesNothing = "a raw closing tag that closes nothing is left out"
	notAllowed    = "raw HTML may only mark up text: what the allow-list lacks is left out"
	notHTML       = "what looks like a tag and is no HTML is shown as text"
	unfinished    = "a tag without an end is shown as text"
	comment       = "comments are for authors"
	rewritten     = "tags are written anew, in lower case and on one line"
	bareAddress   = "addresses in running text are links, as on GitHub"
	blanks        = "of more than two spaces before a line break some are kept, which no browser shows"
)

// deviations are these examples, by number.
var deviations = map[int]string{
	21: leftOpen, 31: leftOpen, 148: leftOpen, 155: leftOpen, 174: leftOpen, 175: leftOpen, 184: leftOpen, 187: leftOpen, 344: leftOpen, 476: leftOpen, 477: leftOpen, 494: leftOpen, 616: leftOpen, 630: leftOpen, 631: leftOpen, 642: leftOpen, 643: leftOpen,
	151: closesNothing, 165: closesNothing, 623: closesNothing,
	169: notAllowed, 170: notAllowed, 171: notAllowed, 172: notAllowed, 173: notAllowed, 176: notAllowed, 178: notAllowed, 180: notAllowed, 181: notAllowed, 182: notAllowed, 627: notAllowed, 628: notAllowed, 629: notAllowed,
	177: comment, 179: comment, 183: comment, 308: comment, 309: comment, 625: comment, 626: comment,
	152: rewritten, 153: rewritten,
	608: bareAddress, 611: bareAddress, 612: bareAddress,
	226: blanks, 635: blanks,
	150: notHTML, 163: notHTML, 201: notHTML, 491: notHTML, 524: notHTML, 536: notHTML, 613: notHTML, 614: notHTML, 615: notHTML, 617: notHTML,
	156: unfinished, 157: unfinished, 158: unfinished,
}

// TestCommonMark runs the examples of the specification that goldmark carries.
func TestCommonMark(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Example        int
		Markdown, HTML string
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) < 600 {
		t.Fatalf("%d examples, want all of the specification", len(examples))
	}
	for _, e := range examples {
		doc, _ := Parse(diag.Source{Text: e.Markdown}, 0, Options{})
		got, want := normal(filled(doc.Segments)), normal(e.HTML)
		reason, deviates := deviations[e.Example]
		switch {
		case got != want && !deviates:
			t.Errorf("example %d: %q\n got %s\nwant %s", e.Example, e.Markdown, got, want)
		case got == want && deviates:
			t.Errorf("example %d is as specified, but listed because %s", e.Example, reason)
		}
	}
}

// filled returns the HTML with the addresses in the holes of links.
func filled(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.HTML)
		if s.Link != nil {
			b.Write(util.EscapeHTML(util.URLEscape([]byte(s.Link.Dest), false)))
		}
	}
	return b.String()
}

var (
	ours   = regexp.MustCompile(`(<h[1-6]) id="[^"]*"|(<pre) tabindex="0"|</?span[^>]*>`)
	void   = regexp.MustCompile(`<(br|hr|img)([^>]*?) ?/?>`)
	blank  = regexp.MustCompile(`\n+`)
	quotes = strings.NewReplacer("&quot;", `"`, "&#34;", `"`, "&#39;", "'")
	coded  = regexp.MustCompile(`%[0-9A-F]{2}`)
)

// normal returns HTML without what we add everywhere (ids of headings, code
// that can be scrolled by keyboard and is highlighted) and without differences
// that no browser sees.
func normal(s string) string {
	s = ours.ReplaceAllString(s, "$1$2")
	s = void.ReplaceAllString(s, "<$1$2>")
	s = quotes.Replace(s)
	s = coded.ReplaceAllStringFunc(s, func(c string) string { b, _ := hex.DecodeString(c[1:]); return string(b) })
	return strings.TrimSpace(blank.ReplaceAllString(s, "\n"))
}
