package markdown

import "testing"

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"", ""},
		{"a <b>b</b>\n c", "a b c"},
		{"<h1>Én</h1><h2>To</h2><p>tre</p>", "\n# Én\n\n## To\n\ntre"},
		{"<ul><li>a</li><li>b<br>c</li></ul>", "- a\n- b c"},
		{"<p>a</p><script>x</script><style>y</style><template><p>z</p></template><!-- w -->", "\na"},
		{`<form hidden><label>Navn</label><select><option value="">Velg</option><optgroup label="Gruppe"><option>Én</option></optgroup></select></form>`,
			"Navn\n- Velg\nGruppe\n- Én"},
		{"<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"},
	} {
		if got := PlainText(c.html); got != c.want {
			t.Errorf("PlainText(%q)\n = %q,\nwant %q", c.html, got, c.want)
		}
	}
}
