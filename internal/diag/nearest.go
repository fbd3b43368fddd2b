package diag

import (
	"strings"
)

// Nearest returns the candidate that word was most likely meant to be, or ""
// if none is near: at most a third of the word may differ, by Levenshtein
// distance without regard to case. Ties go to the first in order of spelling.
func Nearest(word string, candidates []string) string {
	a := []rune(strings.ToLower(word))
	best, bestDistance := "", max(1, len(a)/3)+1
	for _, candidate := range candidates {
		b := []rune(strings.ToLower(candidate))
		if difference := len(a) - len(b); max(difference, -difference) >= bestDistance+1 {
			continue
		}
		d := distance(a, b)
		if d < bestDistance || d == bestDistance && best != "" && candidate < best {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// DidYouMean returns the hint for a misspelt word, or otherwise if no
// candidate is near.
func DidYouMean(word string, candidates []string, otherwise string) string {
	if nearest := Nearest(word, candidates); nearest != "" {
		return `did you mean "` + nearest + `"?`
	}
	return otherwise
}

// distance is the Levenshtein distance between a and b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			cost := diagonal
			if ra != rb {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
