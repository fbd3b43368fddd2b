package layout_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"veiviser"
	"veiviser/internal/build"
)

// void elements have no end tag (HTML, section 13.1.2).
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// TestOwnSiteIsSound reads every page of this repository's site as strictly as
// no browser does: every tag is closed where it should be, ids are unique and
// what refers to one finds it, and nothing runs that stands in the page itself.
func TestOwnSiteIsSound(t *testing.T) {
	edition, err := build.Load(t.Context(), build.Options{Site: os.DirFS("../.."), Theme: veiviser.Theme}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, name := range edition.Paths() {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		page, _, err := edition.Get(name)
		if err != nil || page == nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, fault := range faultsOf(page) {
			t.Errorf("%s: %s", name, fault)
		}
		if policy := policyOf(page); !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s has the policy %q", name, policy)
		}
		pages++
	}
	if pages < 20 {
		t.Errorf("only %d pages", pages)
	}
}

// faultsOf returns what is wrong in the HTML of a page.
func faultsOf(page []byte) []string {
	var faults, open, ids, wanted []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch {
		case kind == html.EndTagToken && (len(open) == 0 || open[len(open)-1] != token.Data):
			faults = append(faults, "stray </"+token.Data+"> inside "+strings.Join(open, " "))
		case kind == html.EndTagToken:
			open = open[:len(open)-1]
		case kind == html.StartTagToken && !slices.Contains(void, token.Data):
			open = append(open, token.Data)
		}
		for _, a := range token.Attr {
			switch {
			case a.Key == "id" && (a.Val == "" || slices.Contains(ids, a.Val)):
				faults = append(faults, "the id "+a.Val+" twice, or empty")
			case a.Key == "id":
				ids = append(ids, a.Val)
			case a.Key == "for" || strings.HasPrefix(a.Key, "aria-") && slices.Contains([]string{"aria-labelledby", "aria-describedby", "aria-controls"}, a.Key):
				wanted = append(wanted, strings.Fields(a.Val)...)
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				faults = append(faults, "the attribute "+a.Key)
			}
		}
		if inline(token) {
			faults = append(faults, "an inline "+token.Data)
		}
	}
	if len(open) > 0 {
		faults = append(faults, "unclosed "+strings.Join(open, " "))
	}
	for _, id := range wanted {
		if !slices.Contains(ids, id) {
			faults = append(faults, "nothing has the id "+id)
		}
	}
	return faults
}

// inline reports whether a tag begins a stylesheet, or a script that is not
// data, in the page itself.
func inline(token html.Token) bool {
	if token.Type != html.StartTagToken || token.Data != "script" {
		return token.Type == html.StartTagToken && token.Data == "style"
	}
	return !slices.ContainsFunc(token.Attr, func(a html.Attribute) bool {
		return a.Key == "src" || a.Key == "type" && a.Val == "application/json"
	})
}

var policyTag = regexp.MustCompile(`<meta http-equiv="?Content-Security-Policy"? content="([^"]*)"`)

// policyOf returns the content security policy of a page.
func policyOf(page []byte) string {
	m := policyTag.FindSubmatch(page)
	if m == nil {
		return ""
	}
	return html.UnescapeString(string(m[1]))
}

// TestFaultsOf: the test above sees what it looks for.
func TestFaultsOf(t *testing.T) {
	for page, want := range map[string]string{
		`<p id="a">x<br></p>`:                        "",
		`<p><b></p></b>`:                             "stray </p> inside p b",
		`<p>`:                                        "unclosed p",
		`<p id="a"></p><p id="a"></p>`:               "the id a twice, or empty",
		`<label for="a"></label>`:                    "nothing has the id a",
		`<p style="x"></p>`:                          "the attribute style",
		`<p onclick="x"></p>`:                        "the attribute onclick",
		`<style></style>`:                            "an inline style",
		`<script>x</script>`:                         "an inline script",
		`<script src="x"></script>`:                  "",
		`<script type="application/json">1</script>`: "",
	} {
		got := faultsOf([]byte(page))
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
