package output_test

import (
	"maps"
	"os"
	"path/filepath"
	"testing"

	"veiviser/internal/output"
)

// lay puts files of somebody else's in a folder.
func lay(t *testing.T, dir string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestClash: what cannot be put where it belongs is found before anything is
// touched, and the next site without it is published.
func TestClash(t *testing.T) {
	good := map[string]string{"index.html": "good", "sitemap.xml": "good"}
	for _, c := range []struct {
		name          string
		theirs, files map[string]string
		want          string
	}{
		{"a folder where a file is", nil, map[string]string{"sitemap.xml": "x", "sitemap.xml/index.html": "x"},
			"nothing was published: sitemap.xml/index.html: sitemap.xml is a file too, and cannot be a folder"},
		{"far below a file", nil, map[string]string{"a": "x", "a/b/c/index.html": "x"},
			"nothing was published: a/b/c/index.html: a is a file too, and cannot be a folder"},
		{"our own list", nil, map[string]string{".veiviser-files": "x"},
			"nothing was published: .veiviser-files: names that begin with .veiviser- are veiviser's own"},
		{"below our own list", nil, map[string]string{".veiviser-files/index.html": "x"},
			"nothing was published: .veiviser-files/index.html: names that begin with .veiviser- are veiviser's own"},
		{"their file where a folder must be", map[string]string{"a": "theirs"}, map[string]string{"a/b/index.html": "x"},
			"nothing was published: a/b/index.html: a is in the way, and veiviser has not made it; move it away"},
		{"their folder where a file must be", map[string]string{"a/b": "theirs"}, map[string]string{"a": "x"},
			"nothing was published: a: a is in the way, and veiviser has not made it; move it away"},
		{"their file in our folder, where a file must be", map[string]string{"b/c": "theirs"}, map[string]string{"b": "x"},
			"nothing was published: b: b/c is in the way, and veiviser has not made it; move it away"},
	} {
		dir := t.TempDir()
		before := maps.Clone(good)
		before["b/index.html"] = "good"
		publish(t, dir, before)
		lay(t, dir, c.theirs)
		maps.Copy(before, c.theirs)
		if _, err := output.Publish(t.Context(), dir, files(c.files)); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v,\nwant %s", c.name, err, c.want)
		}
		if got := contents(t, dir); !maps.Equal(got, before) {
			t.Errorf("%s: the last good site is damaged: %v, want %v", c.name, got, before)
		}
		publish(t, dir, good)
		after := maps.Clone(good)
		maps.Copy(after, c.theirs)
		if got := contents(t, dir); !maps.Equal(got, after) {
			t.Errorf("%s: then %v, want %v", c.name, got, after)
		}
	}
}

// TestPublishPassesOverWhatIsNotOurs: a list that names what is not as it says
// never stands in the way of a build.
func TestPublishPassesOverWhatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	theirs := map[string]string{"sitemap.xml": "theirs", "tilgang/side": "theirs"}
	lay(t, dir, theirs)
	lay(t, dir, map[string]string{".veiviser-files": "sitemap.xml/index.html\ntilgang\nborte/index.html\n"})
	publish(t, dir, map[string]string{"index.html": "x"})
	want := maps.Clone(theirs)
	want["index.html"] = "x"
	if got := contents(t, dir); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
