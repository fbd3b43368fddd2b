package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"veiviser/internal/watch"
)

const (
	patience = 20 * time.Second       // for what must come, on a machine however slow
	silence  = 150 * time.Millisecond // for what must not come; many times what a wake-up takes
)

// A folder is a watched folder with what a site has, and the commands that
// tests do there.
type folder struct {
	*testing.T
	root string
	wake <-chan struct{}
	stop context.CancelFunc
}

func watched(t *testing.T) *folder {
	t.Helper()
	f := &folder{T: t, root: t.TempDir()}
	f.write("content/_index.md", "Hjem")
	f.write("content/del/under/side.md", "Side")
	f.write("layouts/page.html", "{{.}}")
	f.write("public/index.html", "Hjem")
	ctx, cancel := context.WithCancel(t.Context())
	f.stop = cancel
	t.Cleanup(cancel)
	wake, err := watch.Folder(ctx, f.root, []string{"content", "layouts", "static"})
	if err != nil {
		t.Fatal(err)
	}
	f.wake = wake
	return f
}

func (f *folder) path(name string) string { return filepath.Join(f.root, filepath.FromSlash(name)) }

func (f *folder) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *folder) write(name, text string) {
	f.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.path(name)), 0o755))
	f.must(os.WriteFile(f.path(name), []byte(text), 0o644))
}

func (f *folder) rename(from, to string) {
	f.Helper()
	f.must(os.Rename(f.path(from), f.path(to)))
}

func (f *folder) remove(name string) {
	f.Helper()
	f.must(os.RemoveAll(f.path(name)))
}

// quiet waits until nothing more comes of what was done before.
func (f *folder) quiet() {
	for {
		select {
		case <-f.wake:
		case <-time.After(silence):
			return
		}
	}
}

func (f *folder) mustWake(after string) {
	f.Helper()
	select {
	case _, open := <-f.wake:
		if !open {
			f.Fatalf("%s: the channel is closed", after)
		}
	case <-time.After(patience):
		f.Fatalf("%s: no wake-up", after)
	}
}

func (f *folder) mustSleep(after string) {
	f.Helper()
	select {
	case <-f.wake:
		f.Errorf("%s: a wake-up", after)
	case <-time.After(silence):
	}
}

// TestWakes: all the ways in which a site changes under the hands of editors,
// file managers and git. After each, the place is still watched.
func TestWakes(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*folder)
		then string // a file that is written afterwards
	}{
		{"a file is written", func(f *folder) { f.write("content/_index.md", "Ny") }, "content/_index.md"},
		{"a file far down is written", func(f *folder) { f.write("content/del/under/side.md", "Ny") }, "content/del/under/side.md"},
		{"a file is added", func(f *folder) { f.write("layouts/home.html", "") }, "layouts/home.html"},
		{"a file is removed", func(f *folder) { f.remove("content/del/under/side.md") }, "content/del/under/side.md"},
		{"a file is emptied and written", func(f *folder) { f.write("content/_index.md", ""); f.write("content/_index.md", "Ny") }, "content/_index.md"},
		{"Vim saves: the old file aside, a new one in its place", func(f *folder) {
			f.write("content/4913", "")
			f.remove("content/4913")
			f.rename("content/_index.md", "content/_index.md~")
			f.write("content/_index.md", "Ny")
			f.remove("content/_index.md~")
		}, "content/_index.md"},
		{"JetBrains saves: a new file over the old one", func(f *folder) {
			f.write("content/_index.md___jb_tmp___", "Ny")
			f.rename("content/_index.md", "content/_index.md___jb_old___")
			f.rename("content/_index.md___jb_tmp___", "content/_index.md")
			f.remove("content/_index.md___jb_old___")
		}, "content/_index.md"},
		{"VS Code and sed save: one rename", func(f *folder) {
			f.write("content/tmp123", "Ny")
			f.rename("content/tmp123", "content/_index.md")
		}, "content/_index.md"},
		{"a file comes from outside", func(f *folder) {
			f.write("utkast.md", "Ny")
			f.rename("utkast.md", "content/ny.md")
		}, "content/ny.md"},
		{"a folder is added", func(f *folder) { f.must(os.MkdirAll(f.path("content/ny/dyp"), 0o755)) }, "content/ny/dyp/side.md"},
		{"a folder with files comes from outside", func(f *folder) {
			f.write("utenfor/dyp/side.md", "Side")
			f.rename("utenfor", "content/inn")
		}, "content/inn/dyp/side.md"},
		{"a folder is renamed", func(f *folder) { f.rename("content/del", "content/annen") }, "content/annen/under/side.md"},
		{"a folder is removed", func(f *folder) { f.remove("content/del") }, "content/del/under/side.md"},
		{"a folder that was not there comes", func(f *folder) { f.write("static/css/egen.css", "p{}") }, "static/css/egen.css"},
		{"the folder itself is replaced", func(f *folder) {
			f.rename("content", "gammel")
			f.write("content/_index.md", "Ny")
		}, "content/_index.md"},
		{"the whole site is removed and made anew", func(f *folder) {
			f.must(os.RemoveAll(f.root))
			f.quiet()
			f.write("content/_index.md", "Ny")
		}, "content/_index.md"},
		{"the whole site is moved away and another takes its place", func(f *folder) {
			f.must(os.Rename(f.root, f.root+"-gammel"))
			f.quiet()
			f.write("content/ny/_index.md", "Ny")
		}, "content/ny/_index.md"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := watched(t)
			c.do(f)
			f.mustWake(c.name)
			f.quiet()
			f.write(c.then, "Enda nyere")
			f.mustWake("then " + c.then + " is written")
		})
	}
}

// TestSleeps: what does not change the site.
func TestSleeps(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*folder)
	}{
		{"nothing", func(*folder) {}},
		{"the finished site is written", func(f *folder) { f.write("public/index.html", "Ny"); f.write("public/ny/index.html", "Ny") }},
		{"a file beside the folders", func(f *folder) { f.write("README.md", "Ny"); f.write("content.md", "Ny"); f.remove("README.md") }},
		{"a folder beside them", func(f *folder) { f.write("contents/side.md", "Ny"); f.rename("contents", ".content") }},
		{"a file is read", func(f *folder) { _, err := os.ReadFile(f.path("content/_index.md")); f.must(err) }},
		{"only the mode changes", func(f *folder) { f.must(os.Chmod(f.path("content/_index.md"), 0o600)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := watched(t)
			c.do(f)
			f.mustSleep(c.name)
		})
	}
}

// TestManyChangesAreOneLook: a wake-up that nobody has taken stands for all
// that follow.
func TestManyChangesAreOneLook(t *testing.T) {
	f := watched(t)
	for range 20 {
		f.write("content/_index.md", strings.Repeat("x", 1000))
	}
	time.Sleep(silence) // long enough for all of them to have settled
	f.mustWake("20 changes")
	f.mustSleep("after the one look")
}

func TestEndsWithTheContext(t *testing.T) {
	before := runtime.NumGoroutine()
	f := watched(t)
	f.stop()
	deadline := time.After(patience)
	for open := true; open; {
		select {
		case _, open = <-f.wake:
		case <-deadline:
			t.Fatal("the channel is not closed")
		}
	}
	f.write("content/_index.md", "Ny")
	if _, open := <-f.wake; open {
		t.Error("a wake-up after the end")
	}
	for runtime.NumGoroutine() > before {
		select {
		case <-deadline:
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		case <-time.After(time.Millisecond):
		}
	}
}

func TestNoFolder(t *testing.T) {
	if _, err := watch.Folder(t.Context(), filepath.Join(t.TempDir(), "borte"), []string{"content"}); err == nil {
		t.Error("a folder that is not there is watched")
	}
}
