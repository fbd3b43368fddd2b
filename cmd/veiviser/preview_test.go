package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A previewing is a preview that runs on a site of one page.
type previewing struct {
	*testing.T
	site, address string
	said          *bufio.Reader // what it prints to stderr
}

func startPreview(t *testing.T) *previewing {
	t.Helper()
	p := &previewing{T: t, site: filepath.Join(t.TempDir(), "site")}
	p.write("Hjem")
	outReader, out := io.Pipe()
	errReader, err := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"preview", "--addr", "localhost:0", p.site}, out, err)
		out.Close()
		err.Close()
	}()
	t.Cleanup(func() {
		stop()
		go io.Copy(io.Discard, errReader)
		if code := <-ended; code != exitOK {
			t.Errorf("preview exits %d", code)
		}
	})
	p.said = bufio.NewReader(errReader)
	line, _ := bufio.NewReader(outReader).ReadString('\n')
	m := regexp.MustCompile(`^1 page at (http://localhost:[1-9]\d*/) \(stop with Ctrl-C\)\n$`).FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("it says %q", line)
	}
	p.address = m[1]
	return p
}

func (p *previewing) write(text string) {
	p.Helper()
	folder := filepath.Join(p.site, "content")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "_index.md"), []byte("---\ntitle: Hjem\n---\n"+text), 0o644); err != nil {
		p.Fatal(err)
	}
}

// get asks for the home page as that of a host.
func (p *previewing) get(host string) (int, string) {
	p.Helper()
	r, err := http.NewRequestWithContext(p.Context(), http.MethodGet, p.address, nil)
	if err != nil {
		p.Fatal(err)
	}
	r.Host = host
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		p.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		p.Fatal(err)
	}
	return w.StatusCode, string(body)
}

// mustSay reads the next line that the preview prints to stderr.
func (p *previewing) mustSay(want string) {
	p.Helper()
	line := make(chan string, 1)
	go func() {
		text, _ := p.said.ReadString('\n')
		line <- text
	}()
	select {
	case got := <-line:
		if !strings.Contains(got, want) {
			p.Errorf("it says %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		p.Fatalf("it does not say %q", want)
	}
}

// TestPreviewIsForThisMachine: a name that somebody else has made lead here
// shows nothing.
func TestPreviewIsForThisMachine(t *testing.T) {
	p := startPreview(t)
	for host, want := range map[string]int{"": 200, "localhost": 200, "evil.example": 403} {
		if code, body := p.get(host); code != want {
			t.Errorf("%q: %d %s, want %d", host, code, body, want)
		}
	}
}

// TestPreviewOfWhatGoesAway: a site, or its content/, that goes away is
// mentioned, the last of it is shown, and it is seen when it comes back.
func TestPreviewOfWhatGoesAway(t *testing.T) {
	p := startPreview(t)
	for _, gone := range []string{filepath.Join(p.site, "content"), p.site} {
		if err := os.RemoveAll(gone); err != nil {
			t.Fatal(err)
		}
		p.mustSay("; the preview shows the site as it was")
		if code, body := p.get(""); code != 200 || !strings.Contains(body, "Hjem") {
			t.Errorf("%d %s", code, body)
		}
		p.write("Tilbake fra " + filepath.Base(gone))
		p.mustSay("veiviser: all mended")
		if _, body := p.get(""); !strings.Contains(body, "Tilbake fra "+filepath.Base(gone)) {
			t.Errorf("after %s came back: %s", gone, body)
		}
	}
}

func TestShownAddress(t *testing.T) {
	at := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1600}
	for addr, want := range map[string]string{
		"localhost:0":    "localhost:1600",
		":1600":          "localhost:1600",
		"0.0.0.0:1600":   "localhost:1600",
		"[::]:1600":      "localhost:1600",
		"[::1]:0":        "[::1]:1600",
		"veiviser.lan:0": "veiviser.lan:1600",
	} {
		if got := shown(addr, at); got != want {
			t.Errorf("%s is shown as %s, want %s", addr, got, want)
		}
	}
}

// TestInterrupted: whoever stops a build is told that it stopped.
func TestInterrupted(t *testing.T) {
	site := t.TempDir()
	if err := os.Mkdir(filepath.Join(site, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, err bytes.Buffer
	if code := run(ctx, []string{"check", site}, &out, &err); code != exitMachine || err.String() != "veiviser: interrupted\n" {
		t.Errorf("exits %d, says %q", code, &err)
	}
}
