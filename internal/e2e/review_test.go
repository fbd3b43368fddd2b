package e2e

import (
	"os"
	"path/filepath"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"veiviser/internal/site"
)

// reviews tries everything that a visitor can do with the finished e-mail.
func reviews(t *testing.T, b *browser, s *published) {
	for _, p := range s.orders() {
		t.Run(nameOf(p), func(t *testing.T) {
			tab := b.newTab(t, s)
			tab.before("globalThis.print = () => (globalThis.printed = true)")
			tab.review(p)
			tab.copies(p)
			tab.saves(p)
			tab.click(button("Skriv ut"))
			tab.until("globalThis.printed")
			tab.edits(p)
		})
	}
	p := s.orders()[0]
	t.Run("clipboard denied", func(t *testing.T) {
		tab := b.newTab(t, s)
		tab.permit("clipboard-write", cdpbrowser.PermissionSettingDenied)
		tab.review(p)
		tab.copiesByHand(p)
	})
	t.Run("no clipboard, as over plain http", func(t *testing.T) {
		tab := b.newTab(t, s)
		tab.before("delete Navigator.prototype.clipboard")
		tab.review(p)
		tab.copiesByHand(p)
	})
}

// review opens an order, fills it in and shows the e-mail.
func (tb *tab) review(p *site.Page) {
	tb.t.Helper()
	tb.open(p.Address)
	for _, f := range p.Order.Fields {
		if !f.IsHeading() {
			tb.rewrite(f.Name.Value, written[f.Name.Value])
		}
	}
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, written)
}

// permit sets what the tab may do.
func (tb *tab) permit(name string, setting cdpbrowser.PermissionSetting) {
	tb.t.Helper()
	_, err := chromedp.CallBrowser(tb.ctx, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{
		Permission:       &cdpbrowser.PermissionDescriptor{Name: name},
		Setting:          setting,
		BrowserContextID: chromedp.FromContext(tb.ctx).BrowserContextID,
	})
	if err != nil {
		tb.t.Fatal(err)
	}
}

// says waits for the page to say something to those who hear it too.
func (tb *tab) says(want string) {
	tb.t.Helper()
	tb.until(`document.querySelector("[role=status]").innerText === ` + quote(want))
}

// copies copies each part of the e-mail and looks at what the clipboard holds.
func (tb *tab) copies(p *site.Page) {
	tb.t.Helper()
	tb.permit("clipboard-read", cdpbrowser.PermissionSettingGranted)
	mail := tb.site.form(p).Compose(written)
	for _, part := range []struct{ button, want, receipt string }{
		{"Kopier teksten", mail.Body, "Teksten er kopiert."},
		{"Kopier adressen", mail.To, "Adressen er kopiert."},
		{"Kopier emnet", mail.Subject, "Emnet er kopiert."},
	} {
		tb.click(button(part.button))
		tb.says(part.receipt)
		if got := eval[string](tb, "navigator.clipboard.readText()"); got != part.want {
			tb.t.Errorf("%s: the clipboard holds\n%q\nwant\n%q", part.button, got, part.want)
		}
	}
}

// copiesByHand checks what happens where the page may not copy: the text is
// marked, for the visitor to copy.
func (tb *tab) copiesByHand(p *site.Page) {
	tb.t.Helper()
	tb.click(button("Kopier teksten"))
	tb.says("Nettleseren lot oss ikke kopiere. Vi har merket det du skal ha: Trykk Ctrl + C, eller Cmd + C på Mac.")
	if got, want := eval[string](tb, "String(getSelection())"), tb.site.form(p).Compose(written).Body; got != want {
		tb.t.Errorf("what is marked is\n%q\nwant\n%q", got, want)
	}
}

// saves saves the e-mail as a file and compares it with Go's.
func (tb *tab) saves(p *site.Page) {
	tb.t.Helper()
	dir := tb.t.TempDir()
	events := true
	_, err := chromedp.CallBrowser(tb.ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior:         cdpbrowser.SetDownloadBehaviorBehaviorAllow,
		BrowserContextID: chromedp.FromContext(tb.ctx).BrowserContextID,
		DownloadPath:     dir,
		EventsEnabled:    &events,
	})
	if err != nil {
		tb.t.Fatal(err)
	}
	progress := chromedp.BrowserEvents(tb.ctx, cdpbrowser.DownloadProgress)
	tb.click(link("Lagre som fil"))
	for event, err := range progress {
		if err != nil || event.State == cdpbrowser.DownloadProgressStateCanceled {
			tb.t.Fatalf("the file was not saved: %v", err)
		}
		if event.State == cdpbrowser.DownloadProgressStateCompleted {
			break
		}
	}
	got, err := os.ReadFile(filepath.Join(dir, "bestilling.eml"))
	if err != nil {
		tb.t.Fatal(err)
	}
	if want := tb.site.form(p).Compose(written).EML(); string(got) != want {
		tb.t.Errorf("the file is\n%s\nwant\n%s", got, want)
	}
}

// edits goes back to the form, writes something else, and finds the e-mail
// changed.
func (tb *tab) edits(p *site.Page) {
	tb.t.Helper()
	tb.click(button("Endre opplysningene"))
	if got := eval[string](tb, "document.activeElement.name"); got != "field.orgnr" {
		tb.t.Errorf("the focus is on %q, not on the first field", got)
	}
	for name, value := range written {
		if tb.site.form(p).Normalize(written)[name] != "" {
			tb.hasValue(name, value)
		}
	}
	changed := changedValues("orgnavn", "Hansen & Co. (vikar)")
	tb.rewrite("orgnavn", changed["orgnavn"])
	tb.click(button("Vis e-posten"))
	tb.hasMail(p, changed)
}

// hasValue checks what stands in a field.
func (tb *tab) hasValue(name, want string) {
	tb.t.Helper()
	if got := eval[string](tb, field(name).js()+".value"); got != want {
		tb.t.Errorf("the field %s holds %q, want %q", name, got, want)
	}
}
