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
		d := distance(a, []rune(strings.ToLower(candidate)), bestDistance)
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
// neighbours to be swapped, that make b of a. Where it is greater than most,
// it is any number greater than most: a thousand misspelt words are looked up
// among thousands, and nearly all of these are soon seen to be far away.
func distance(a, b []rune, most int) int {
	if difference := len(a) - len(b); max(difference, -difference) > most {
		return most + 1
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	least := 0 // in row
	for i := range a {
		next[0] = i + 1
		leastBefore := least
		least = next[0]
		for j := range b {
			replaced := row[j]
			if a[i] != b[j] {
				replaced++
			}
			next[j+1] = min(replaced, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
			least = min(least, next[j+1])
		}
		if min(least, leastBefore) > most {
			return most + 1
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
