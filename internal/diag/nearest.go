package diag

import "strings"

// Nearest returns the candidate that word was most likely meant to be, or ""
// if none is near: at most a third of the word, or one letter of a short one,
// may differ. Case does not matter, and two neighbours that have changed places
// count as one letter. Ties go to the first in order of spelling.
func Nearest(word string, candidates []string) string {
	a := []rune(strings.ToLower(word))
	best, bestDistance := "", max(1, len(a)/3)+1
	for _, candidate := range candidates {
		d := distance(a, []rune(strings.ToLower(candidate)))
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

// distance is the number of letters to be put in, left out or replaced, or of
// neighbours to be swapped, that make b of a.
func distance(a, b []rune) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			replaced := row[j]
			if a[i] != b[j] {
				replaced++
			}
			next[j+1] = min(replaced, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
