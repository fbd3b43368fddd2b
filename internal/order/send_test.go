package order_test

import (
	"encoding/base64"
	"io"
	"mime"
	"net/mail"
	"net/url"
	"strings"
	"testing"

	"veiviser/internal/order"
)

func TestURL(t *testing.T) {
	got := order.Mail{To: "a+b&c@d.no", Subject: "Æ & ø = 100 %?", Body: "Hei:\n(a) 'b' *c* ~d~!\n"}.URL()
	want := "mailto:a%2Bb%26c@d.no?subject=%C3%86%20%26%20%C3%B8%20%3D%20100%20%25%3F&body=Hei%3A%0D%0A%28a%29%20%27b%27%20*c*%20~d~!%0D%0A"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestEML(t *testing.T) {
	got := order.Mail{To: "a@b.no", Subject: "Bestilling av direkte tilgang i test – Brønnøysundregistrene", Body: "Navn: Kari\nÅ"}.EML()
	want := strings.ReplaceAll(`To: a@b.no
Subject: =?UTF-8?B?QmVzdGlsbGluZyBhdiBkaXJla3RlIHRpbGdhbmcgaSB0ZXN0IA==?=
 =?UTF-8?B?4oCTIEJyw7hubsO4eXN1bmRyZWdpc3RyZW5l?=
X-Unsent: 1
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

TmF2bjogS2FyaQ0Kw4UNCg==
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := (order.Mail{Subject: "Plain"}).EML(); !strings.HasPrefix(got, "Subject: Plain\r\n") {
		t.Errorf("got\n%s", got)
	}
}

// sent checks that a mail program gets from the URL and from the file what the
// e-mail says.
func sent(t *testing.T, m order.Mail) {
	t.Helper()
	u, err := url.Parse(m.URL())
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.PathUnescape(u.Opaque)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	got := order.Mail{To: to, Subject: query.Get("subject"), Body: strings.ReplaceAll(query.Get("body"), "\r\n", "\n")}
	if got != m || strings.Contains(m.URL(), "+") {
		t.Fatalf("the URL says %q, want %q", got, m)
	}

	message, err := mail.ReadMessage(strings.NewReader(m.EML()))
	if err != nil {
		t.Fatalf("%v in\n%s", err, m.EML())
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, message.Body))
	if err != nil {
		t.Fatal(err)
	}
	got = order.Mail{To: message.Header.Get("To"), Subject: subject, Body: strings.ReplaceAll(strings.TrimSuffix(string(body), "\r\n"), "\r\n", "\n")}
	if got != m {
		t.Fatalf("the file says %q, want %q", got, m)
	}
	for line := range strings.Lines(m.EML()) {
		if !strings.HasSuffix(line, "\r\n") || len(line) > 78 && !strings.HasPrefix(line, "To: ") {
			t.Fatalf("line %q of the file", line)
		}
	}
}
