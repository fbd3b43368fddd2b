package order

// referenceLetters are 23 characters that nobody takes for one another, read
// aloud or written by hand: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. 23 is a prime,
// which makes the check character catch every single mistake and every swap of
// two characters.
const referenceLetters = "34679ACDEFGHJKMNPQRTWXY"

// reference returns the name of a text, such as "K7MP-3XQA": the same for the
// same text, and for another text another, but for one chance in 3.4 billion.
// It tells orders apart; it is no proof against forgery.
//
// The hash is 32-bit FNV-1a of the text's UTF-8, which a browser computes
// without crypto.subtle (absent over plain http). Seven digits to the base 23
// hold it, modulo 23⁷; the eighth is the sum of the seven, weighted 1 to 7.
func reference(text string) string {
	const base = uint32(len(referenceLetters))
	hash := uint32(2166136261)
	for i := range len(text) {
		hash = (hash ^ uint32(text[i])) * 16777619
	}
	code := make([]byte, 0, 9)
	check := uint32(0)
	for weight := uint32(1); weight <= 7; weight++ {
		if weight == 5 {
			code = append(code, '-')
		}
		digit := hash % base
		hash /= base
		check += weight * digit
		code = append(code, referenceLetters[digit])
	}
	return string(append(code, referenceLetters[check%base]))
}
