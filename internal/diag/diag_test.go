package diag

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPos(t *testing.T) {
	for _, test := range []struct {
		text   string
		offset int
		want   string
	}{
		{"", 0, "a.md:1:1"},
		{"abc", 0, "a.md:1:1"},
		{"abc", 2, "a.md:1:3"},
		{"abc", 3, "a.md:1:4"},
		{"abc\n", 3, "a.md:1:4"},
		{"abc\n", 4, "a.md:2:1"},
		{"abc\ndef", 5, "a.md:2:2"},
		{"\n\n\n", 2, "a.md:3:1"},
		{"blåbær", len("blåb"), "a.md:1:5"},
		{"å\næøå x", len("å\næøå "), "a.md:2:5"},
		{"🎉!", len("🎉"), "a.md:1:2"},
		{"\tx", 1, "a.md:1:2"},
		{"abc", -1, "a.md:1:1"},
		{"abc", 99, "a.md:1:4"},
	} {
		if got := (Source{"a.md", test.text}).Pos(test.offset).String(); got != test.want {
			t.Errorf("Pos(%d) in %q = %s, want %s", test.offset, test.text, got, test.want)
		}
	}
	if got := (Pos{File: "a.md"}).String(); got != "a.md" {
		t.Errorf("a whole file is %s", got)
	}
}

func TestOffsetIsTheInverseOfPos(t *testing.T) {
	for _, text := range []string{"", "abc", "æ\n\nøå\n", "\n", "🎉 x\ny"} {
		src := Source{"a.md", text}
		for offset := range len(text) + 1 {
			if offset < len(text) && !utf8.RuneStart(text[offset]) {
				continue
			}
			if pos := src.Pos(offset); src.Offset(pos.Line, pos.Col) != offset {
				t.Errorf("%q: Offset(%d, %d) = %d, want %d", text, pos.Line, pos.Col, src.Offset(pos.Line, pos.Col), offset)
			}
		}
	}
	src := Source{"a.md", "æ\nøå\n"}
	for _, test := range []struct{ line, col, want int }{
		{1, 99, len("æ")}, {2, 99, len("æ\nøå")}, {99, 1, len("æ\nøå\n")}, {0, 0, 0},
	} {
		if got := src.Offset(test.line, test.col); got != test.want {
			t.Errorf("Offset(%d, %d) = %d, want %d", test.line, test.col, got, test.want)
		}
	}
}

func TestProblemString(t *testing.T) {
	src := Source{"content/side.md", "# Side\n\nSe mer [hér](../tilgng).\n\tinnrykk\n\n"}
	long := Source{"a.md", strings.Repeat("å", 150) + "X" + strings.Repeat("ø", 150)}
	for _, test := range []struct {
		name    string
		problem Problem
		want    string
	}{
		{
			"an error", src.Errorf(strings.Index(src.Text, "../tilgng"), `did you mean "../tilgang"?`, "no page at %q", "../tilgng"),
			"content/side.md:3:14: no page at \"../tilgng\"\n\tSe mer [hér](../tilgng).\n\t             ^\n\thint: did you mean \"../tilgang\"?\n",
		},
		{
			"a warning without a hint", src.Warningf(2, "", "100 %% %s", "rart"),
			"content/side.md:1:3: warning: 100 % rart\n\t# Side\n\t  ^\n",
		},
		{
			"after a tab", src.Errorf(strings.Index(src.Text, "innrykk"), "", "feil"),
			"content/side.md:4:2: feil\n\t innrykk\n\t ^\n",
		},
		{
			"control characters", Source{"a\a.md", "x\x1b[31my"}.Errorf(0, "\b", "\x00"),
			"a\ufffd.md:1:1: \ufffd\n\tx\ufffd[31my\n\t^\n\thint: \ufffd\n",
		},
		{
			"an empty line", src.Errorf(len("# Side\n"), "", "feil"),
			"content/side.md:2:1: feil\n",
		},
		{
			"the end of the text", src.Errorf(len(src.Text), "", "feil"),
			"content/side.md:6:1: feil\n",
		},
		{
			"a whole file", Problem{Pos: Pos{File: "layouts"}, Msg: "feil", Hint: "gjør noe"},
			"layouts: feil\n\thint: gjør noe\n",
		},
		{
			"the start of a long line", long.Errorf(0, "", "feil"),
			"a.md:1:1: feil\n\t" + strings.Repeat("å", 100) + "…\n\t^\n",
		},
		{
			"the middle of a long line", long.Errorf(2*150, "", "feil"),
			"a.md:1:151: feil\n\t…" + strings.Repeat("å", 50) + "X" + strings.Repeat("ø", 49) + "…\n\t" + strings.Repeat(" ", 51) + "^\n",
		},
		{
			"the end of a long line", long.Errorf(len(long.Text), "", "feil"),
			"a.md:1:302: feil\n\t…" + strings.Repeat("ø", 100) + "\n\t" + strings.Repeat(" ", 101) + "^\n",
		},
	} {
		if got := test.problem.String(); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestList(t *testing.T) {
	at := func(file string, line, col int, severity Severity, msg string) Problem {
		return Problem{Pos: Pos{file, line, col}, Severity: severity, Msg: msg}
	}
	list := List{
		at("b.md", 1, 1, Error, "x"),
		at("a.md", 10, 1, Warning, "x"),
		at("a.md", 2, 9, Error, "x"),
		at("a.md", 2, 10, Error, "x"),
		at("a.md", 10, 1, Error, "y"),
		at("a.md", 10, 1, Error, "x"),
		at("a.md", 2, 9, Error, "x"),
		at("a.md", 0, 0, Warning, "hele filen"),
	}
	sorted := list.Sorted()
	var got strings.Builder
	for _, p := range sorted {
		got.WriteString(p.String())
	}
	const want = `a.md: warning: hele filen
a.md:2:9: x
a.md:2:10: x
a.md:10:1: x
a.md:10:1: y
a.md:10:1: warning: x
b.md:1:1: x
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if list[0].File != "b.md" || len(list) != 8 {
		t.Error("Sorted has changed the list itself")
	}
	if errors, warnings := sorted.Count(); errors != 5 || warnings != 2 || !sorted.HasErrors() {
		t.Errorf("%d errors, %d warnings", errors, warnings)
	}
	if sorted[:1].HasErrors() || (List)(nil).HasErrors() {
		t.Error("warnings are no errors")
	}
}

func TestText(t *testing.T) {
	data, err := json.Marshal(map[string]Text{"navn": {Value: "æ\"", Offset: 7}})
	if want := `{"navn":"æ\""}`; err != nil || string(data) != want {
		t.Errorf("JSON %s, %v; want %s", data, err, want)
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"weight", "title", "description", "date", "draft", "toc", "næring"}
	for word, want := range map[string]string{
		"titel":       "title", // neighbours have changed places
		"Title":       "title",
		"title":       "title",
		"tittle":      "title",
		"wieght":      "weight",
		"descripton":  "description",
		"deskripsjon": "description", // a third of eleven letters
		"narnig":      "næring",
		"NÆRING":      "næring",
		"dato":        "date",
		"to":          "toc",
		"xyz":         "",
		"farge":       "",
		"":            "",
	} {
		if got := Nearest(word, keys); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Nearest("bat", []string{"hat", "cat", "rat"}); got != "cat" {
		t.Errorf("of three as near, %q", got)
	}
	if got := Nearest("a", nil); got != "" {
		t.Errorf("of none, %q", got)
	}
}

func TestDidYouMean(t *testing.T) {
	if got, want := DidYouMean("titel", []string{"title"}, "x"), `did you mean "title"?`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := DidYouMean("farge", []string{"title"}, "known keys: title"); got != "known keys: title" {
		t.Errorf("%q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "ab", 2}, {"ab", "", 2}, {"ab", "ba", 1}, {"æøå", "øæå", 1},
		{"katt", "hatt", 1}, {"katt", "kat", 1}, {"sitten", "kitting", 3}, {"ca", "abc", 3},
	} {
		if got := distance([]rune(test.a), []rune(test.b), 100); got != test.want {
			t.Errorf("distance(%q, %q, 100) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

// TestDistanceStopsEarly: stopping early changes no distance that counts.
func TestDistanceStopsEarly(t *testing.T) {
	words := strings.Fields("tilgang tilgnag tilgangen systemleverandør sytsemleverandør a ab ba maskinporten maskinprten bestill")
	for _, a := range words {
		for _, b := range words {
			whole := distance([]rune(a), []rune(b), 100)
			for most := range 12 {
				if got := distance([]rune(a), []rune(b), most); whole <= most && got != whole || whole > most && got <= most {
					t.Errorf("distance(%s, %s, %d) = %d, and in all %d", a, b, most, got, whole)
				}
			}
		}
	}
}
