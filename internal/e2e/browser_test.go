package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a tab waits for what it expects to see.
const patience = 20 * time.Second

// missing skips a test for want of a tool, or fails it where nothing may be
// skipped.
func missing(t *testing.T, tool, remedy string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing: %s", tool, remedy)
	}
	t.Skipf("%s is missing: %s", tool, remedy)
}

// A browser is a running Chromium.
type browser struct{ ctx context.Context }

func startBrowser(t *testing.T) *browser {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		missing(t, "Chromium", "install it, on Debian with apt-get install chromium")
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(),
		chromedp.ExecPath(program),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox,
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.DisableGPU,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return &browser{ctx}
}

// A tab is a tab of the browser, on a site. Its methods fail the test when
// they do not succeed.
type tab struct {
	t    *testing.T
	ctx  context.Context
	site *published

	mu       sync.Mutex
	faults   []string // errors that the page has logged
	requests []string // addresses that the page has asked for
}

// newTab opens an empty tab that shares nothing with others.
func (b *browser) newTab(t *testing.T, s *published) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	tb := &tab{t: t, ctx: ctx, site: s}
	t.Cleanup(func() {
		cancel()
		for _, fault := range tb.takeFaults() {
			t.Error(fault)
		}
	})
	if err := chromedp.Listen(ctx, tb.hear); err != nil {
		t.Fatal(err)
	}
	call(tb, network.Enable, network.EnableParams{})
	call(tb, cdplog.Enable, cdp.Empty{})
	call(tb, audits.Enable, cdp.Empty{})
	call(tb, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	tb.show(1280, "light")
	return tb
}

// hear notes what must not happen on any page, and what it asks the network for.
func (tb *tab) hear(event any) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	fault := func(kind string, what any) {
		said, _ := json.Marshal(what)
		tb.faults = append(tb.faults, fmt.Sprintf("%s: %s", kind, said))
	}
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		tb.requests = append(tb.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		fault("exception", e.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "assert" {
			fault("console", e.Args)
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == "error" {
			fault("log", e.Entry)
		}
	case *audits.EventIssueAdded:
		if e.Issue.Code == "ContentSecurityPolicyIssue" {
			fault("security policy", e.Issue.Details)
		}
	}
}

// takeFaults returns what has been noted so far, and forgets it.
func (tb *tab) takeFaults() []string {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	faults := tb.faults
	tb.faults = nil
	return faults
}

// asked returns the addresses that the page has asked for so far.
func (tb *tab) asked() []string {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	return slices.Clone(tb.requests)
}

// call sends a command to the tab.
func call[P, R any](tb *tab, command cdp.Command[P, R], params P) R {
	tb.t.Helper()
	result, err := chromedp.Call(tb.ctx, command, params)
	if err != nil {
		tb.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// eval returns the value of a JavaScript expression, awaited if it is a promise.
func eval[T any](tb *tab, expression string) T {
	tb.t.Helper()
	value, err := chromedp.Run(tb.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		tb.t.Fatalf("%.300s: %v", expression, err)
	}
	return value
}

// until waits for a JavaScript expression to be true.
func (tb *tab) until(expression string) {
	tb.t.Helper()
	deadline := time.After(patience)
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		// While the tab turns to another page, there is nothing to ask.
		if ok, err := chromedp.Run(tb.ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		select {
		case <-look.C:
		case <-deadline:
			tb.t.Fatalf("never true: %s\nat %s", expression, eval[string](tb, "location.href + ' ' + document.title"))
		}
	}
}

// sees waits for an element to show.
func (tb *tab) sees(e element) {
	tb.t.Helper()
	tb.until("Boolean(" + e.js() + ")")
}

// open goes to an address of the site.
func (tb *tab) open(address string) {
	tb.t.Helper()
	if err := chromedp.Do(tb.ctx, chromedp.Navigate(tb.site.url+address)); err != nil {
		tb.t.Fatalf("open %s: %v", address, err)
	}
}

// arrived waits for the page at an address of the site to be loaded.
func (tb *tab) arrived(address string) {
	tb.t.Helper()
	tb.until(fmt.Sprintf("document.readyState === 'complete' && location.href.split('#')[0] === %q", tb.site.url+address))
}

// reload loads the page again.
func (tb *tab) reload() {
	tb.t.Helper()
	if err := chromedp.Do(tb.ctx, chromedp.Reload()); err != nil {
		tb.t.Fatal(err)
	}
}

// before runs a script before those of every page that is opened from now on.
func (tb *tab) before(script string) {
	tb.t.Helper()
	call(tb, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// show sets the width of the window and the colour scheme.
func (tb *tab) show(width int64, scheme string) {
	tb.t.Helper()
	call(tb, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	call(tb, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// click clicks an element in its middle, once nothing covers it.
func (tb *tab) click(e element) {
	tb.t.Helper()
	tb.sees(e)
	at := eval[struct {
		X, Y    float64
		Covered string
	}](tb, `(() => {
		const element = `+e.js()+`;
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const box = element.getClientRects()[0];
		const [X, Y] = [box.x + box.width / 2, box.y + box.height / 2];
		const top = document.elementFromPoint(X, Y);
		return { X, Y, Covered: element.contains(top) ? "" : String(top?.outerHTML) };
	})()`)
	if at.Covered != "" {
		tb.t.Fatalf("%s is covered by %.200s", e, at.Covered)
	}
	if err := chromedp.Do(tb.ctx, chromedp.MouseClickXY(at.X, at.Y)); err != nil {
		tb.t.Fatal(err)
	}
}

// press types text or presses keys.
func (tb *tab) press(keys string) {
	tb.t.Helper()
	if err := chromedp.Do(tb.ctx, chromedp.KeyEvent(keys)); err != nil {
		tb.t.Fatal(err)
	}
}
