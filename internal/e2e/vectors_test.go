package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"veiviser/internal/order/ordertest"
)

// vectors runs the published order.js on values for which Go has said what
// comes of them. It must give the same, byte for byte.
func vectors(t *testing.T, b *browser, s *published) {
	suite, err := ordertest.NewSuite()
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(suite)
	if err != nil {
		t.Fatal(err)
	}
	var script string
	for _, name := range s.paths {
		if strings.HasSuffix(name, "/js/order.js") {
			script = s.Base + name
		}
	}
	tab := b.newTab(t, s)
	tab.open(s.orders()[0].Address)
	got := eval[struct {
		Compared int
		Differ   []string
	}](tab, strings.NewReplacer("SCRIPT", quote(script), "SUITE", quote(string(data))).Replace(runVectors))
	for _, differ := range got.Differ {
		t.Errorf("%.2000s", differ)
	}
	if got.Compared < 2000 || got.Compared != len(suite.Vectors) {
		t.Errorf("%d of %d vectors were compared", got.Compared, len(suite.Vectors))
	}
}

// runVectors keeps the first few differences.
const runVectors = `(async () => {
	const { compose, eml, mailtoURL, normalize, validate } = await import(SCRIPT);
	const { forms, vectors } = JSON.parse(SUITE);
	const plain = (value) => JSON.stringify(value, (_, part) =>
		part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part);
	const Differ = [];
	for (const { form, values, ...want } of vectors) {
		const mail = compose(forms[form], values);
		const got = {
			normalized: normalize(forms[form], values), faults: validate(forms[form], values),
			mail, url: mailtoURL(mail), eml: eml(mail),
		};
		if (plain(got) !== plain(want) && Differ.length < 5) Differ.push(plain(values) + "\n" + plain(got) + "\nwant\n" + plain(want));
	}
	return { Compared: vectors.length, Differ };
})()`
