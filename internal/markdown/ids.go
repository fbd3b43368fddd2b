package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug returns the id that GitHub gives a heading: lower case, without
// punctuation, spaces as hyphens, letters of all alphabets kept, in NFC.
func Slug(heading string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading)))
}

// ids are the ids of a page, with the number that each was last continued by.
type ids map[string]int

// unique returns id, or the first of id-1, id-2 … that is free, and takes it.
func (ids ids) unique(id string) string {
	free := id
	for {
		if _, taken := ids[free]; !taken {
			break
		}
		ids[id]++
		free = id + "-" + strconv.Itoa(ids[id])
	}
	ids[free] = 0
	return free
}
