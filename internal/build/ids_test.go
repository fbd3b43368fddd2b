package build_test

import (
	"regexp"
	"testing"
)

var idAttribute = regexp.MustCompile(` id="?([^" >]+)`)

// TestHeadingsNeverTakeTheLayoutsIDs writes headings whose ids would be those
// of the theme, if the theme's did not begin with a capital, which no heading's
// id does.
func TestHeadingsNeverTakeTheLayoutsIDs(t *testing.T) {
	files, problems := render(t, load(t, folder(map[string]string{
		"_index.md": "---\ntitle: Hjem\n---\n## Innhold\n## Toc heading\n## Entries heading\n## Callout 0\n## Given answers heading\n## Wizard 2\n\n" +
			"{{< warning >}}Pass på{{< /warning >}}\n\n{{< wizard \"w.md\" >}}\n",
		"side.md": "---\ntitle: Side\n---\n## Innhold\n## Toc heading\n{{< note >}}Merk{{< /note >}}",
		"w.md":    "---\ntitle: Hva?\nwizard: V\nanswers: [{label: Ja, next: side.md}]\n---\n## Given answers heading\n",
	}), nil))
	for _, p := range problems {
		t.Error(p)
	}
	for name, text := range files {
		seen := map[string]bool{}
		for _, m := range idAttribute.FindAllStringSubmatch(text, -1) {
			if seen[m[1]] {
				t.Errorf("%s has the id %s twice", name, m[1])
			}
			seen[m[1]] = true
		}
	}
}
