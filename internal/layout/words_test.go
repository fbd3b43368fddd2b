package layout

import (
	"io/fs"
	"path"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"veiviser"
)

// TestEveryLanguageHasTheSameWords holds the files of words to the same keys,
// in the same order, none of them empty.
func TestEveryLanguageHasTheSameWords(t *testing.T) {
	names, err := fs.Glob(veiviser.Theme, "layouts/i18n/*.yaml")
	if err != nil || len(names) < 2 {
		t.Fatalf("%v, %v", names, err)
	}
	keys := map[string][]string{}
	for _, name := range names {
		data, err := fs.ReadFile(veiviser.Theme, name)
		if err != nil {
			t.Fatal(err)
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		for pair := range slices.Chunk(doc.Content[0].Content, 2) {
			keys[path.Base(name)] = append(keys[path.Base(name)], pair[0].Value)
			if pair[1].Value == "" {
				t.Errorf("%s: %s is empty", name, pair[0].Value)
			}
		}
	}
	want := keys["nb.yaml"]
	for name, got := range keys {
		if !slices.Equal(got, want) {
			t.Errorf("%s has the keys\n%v, and nb.yaml\n%v", name, got, want)
		}
	}
}
