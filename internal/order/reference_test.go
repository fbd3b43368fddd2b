package order_test

import (
	"maps"
	"strings"
	"testing"

	"veiviser/internal/order"
	"veiviser/internal/order/ordertest"
)

func referenceOf(body string) string { return body[strings.LastIndex(body, " ")+1:] }

// The same order has the same reference however it was typed, another order
// another.
func TestReference(t *testing.T) {
	form := ordertest.Forms()[0]
	typed := maps.Clone(kari)
	typed["orgnr"], typed["telefon"], typed["navn"] = "NO 974 760 673 MVA", "75 00 75 00", " Kari\tNordmann"
	first := referenceOf(form.Compose(kari).Body)
	if got := referenceOf(form.Compose(typed).Body); got != first {
		t.Errorf("the same order has the references %s and %s", first, got)
	}
	seen := map[string]string{first: ""}
	for name := range kari {
		if name == "kunde" {
			continue
		}
		other := maps.Clone(kari)
		other[name] = ""
		code := referenceOf(form.Compose(other).Body)
		if was, ok := seen[code]; ok {
			t.Errorf("orders without %q and without %q are both %s", name, was, code)
		}
		seen[code] = name
	}
}

// Every wrong character and every swap of two is caught by the last one: the
// digits weighted 1 to 7 sum up to it, modulo the 23 letters.
func TestReferenceCheckCharacter(t *testing.T) {
	const letters = "34679ACDEFGHJKMNPQRTWXY"
	right := func(code string) bool {
		sum := 0
		for i, r := range code[:7] {
			sum += (i + 1) * strings.IndexRune(letters, r)
		}
		return letters[sum%len(letters)] == code[7]
	}
	for _, value := range []string{"", "a", "b", "Kari", "😀"} {
		code := strings.Replace(referenceOf(one("text").Compose(order.Values{"x": value}).Body), "-", "", 1)
		if !right(code) {
			t.Errorf("%s lacks its check character", code)
		}
		for i := range code {
			for j := range letters {
				wrong := []byte(code)
				wrong[i] = letters[j]
				if letters[j] != code[i] && right(string(wrong)) {
					t.Errorf("%s passes for %s", wrong, code)
				}
			}
			for j := range i {
				wrong := []byte(code)
				wrong[i], wrong[j] = wrong[j], wrong[i]
				if wrong[i] != wrong[j] && right(string(wrong)) {
					t.Errorf("%s passes for %s", wrong, code)
				}
			}
		}
	}
}
