package layout

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"veiviser/internal/diag"
)

// readWords reads the words of a language from its files, the theme's first. A
// word in a later file takes the place of the one of the same key; a key that
// nothing asks for is a warning.
func (s *Set) readWords(files []diag.Source) (map[string]string, diag.List) {
	words := map[string]string{}
	var problems diag.List
	for i, src := range files {
		own := map[string]string{}
		if err := yaml.Unmarshal([]byte(src.Text), &own); err != nil {
			problems = append(problems, yamlProblem(src, err))
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(own)) {
			if _, known := words[key]; i > 0 && !known && !s.asksFor(key) {
				at := max(0, strings.Index("\n"+src.Text, "\n"+key+":"))
				problems = append(problems, src.Warningf(at, diag.DidYouMean(key, slices.Sorted(maps.Keys(words)), "remove it, or use it in a template"),
					"no template uses the word %q", key))
			}
		}
		maps.Copy(words, own)
	}
	return words, problems
}

// asksFor reports whether a template holds a key in quotes.
func (s *Set) asksFor(key string) bool {
	for _, src := range s.sources {
		if strings.Contains(src.Text, `"`+key+`"`) {
			return true
		}
	}
	return false
}

var yamlError = regexp.MustCompile(`(?s)^yaml: (?:unmarshal errors:\n\s*)?(?:line (\d+): )?(.*)$`)

// yamlProblem makes a problem of an error of package yaml, which may say the
// line from 1.
func yamlProblem(src diag.Source, err error) diag.Problem {
	m := yamlError.FindStringSubmatch(err.Error())
	if m == nil {
		m = []string{"", "", err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	return src.Errorf(src.Offset(line, 1), "write key: \"text\" on each line", "broken YAML: %s", m[2])
}

// Word returns the words of a key in a language, or "" if there are none.
func (s *Set) Word(lang, key string) string { return s.in(lang).words[key] }

// in returns the templates with the words of a language, or else of bokmål.
func (s *Set) in(lang string) *templates {
	return cmp.Or(s.languages[lang], s.languages["nb"], &templates{})
}
