package order

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// URL returns the e-mail as a mailto: address (RFC 6068): line breaks as
// %0D%0A, spaces as %20. It stays the same byte for byte through html/template,
// which would encode ' ( ) itself; and no program that looks for addresses in
// text ends it at a bracket. Mail programs on Windows cut it near 2,048 without
// a word.
func (m Mail) URL() string {
	return "mailto:" + strings.ReplaceAll(escape(m.To), "%40", "@") +
		"?subject=" + escape(m.Subject) +
		"&body=" + escape(strings.ReplaceAll(m.Body, "\n", "\r\n"))
}

// escape percent-encodes every byte that JavaScript's encodeURIComponent does,
// and ' ( ).
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.!~*", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// EML returns the e-mail as a message file (RFC 5322) that mail programs open
// as a draft, by X-Unsent. So it has no Date and no sender yet. The text is
// base64, which no line length and no mail program harms.
func (m Mail) EML() string {
	var b strings.Builder
	if m.To != "" {
		b.WriteString("To: " + m.To + "\r\n")
	}
	b.WriteString("Subject: " + encodeHeader(m.Subject) + "\r\n" +
		"X-Unsent: 1\r\n" +
		"MIME-Version: 1.0\r\n" +
		"Content-Type: text/plain; charset=utf-8\r\n" +
		"Content-Transfer-Encoding: base64\r\n" +
		"\r\n")
	const width = 76
	body := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(m.Body, "\n", "\r\n") + "\r\n"))
	for len(body) > 0 {
		n := min(width, len(body))
		b.WriteString(body[:n] + "\r\n")
		body = body[n:]
	}
	return b.String()
}

// encodeHeader returns a line as the value of a header. What is not short and
// plain ASCII becomes encoded-words (RFC 2047), each of whole characters and on
// a line of at most 76 characters, also after the name "Subject: ".
func encodeHeader(s string) string {
	const longestPlain, longestWord = 60, 39 // bytes; 39 are 52 in base64
	if len(s) <= longestPlain && isASCII(s) && !strings.Contains(s, "=?") {
		return s
	}
	var words []string
	start, end := 0, 0
	flush := func() {
		words = append(words, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[start:end]))+"?=")
		start = end
	}
	for i, r := range s {
		size := utf8.RuneLen(r)
		if i+size-start > longestWord {
			flush()
		}
		end = i + size
	}
	flush()
	return strings.Join(words, "\r\n ")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
