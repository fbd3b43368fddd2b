package output_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"veiviser/internal/output"
)

// files makes files of texts by their paths.
func files(texts map[string]string) []output.File {
	var list []output.File
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		list = append(list, output.File{Path: name, Read: func() ([]byte, error) { return []byte(texts[name]), nil }})
	}
	return list
}

// contents returns the texts in a folder by their paths, without the list that
// Publish keeps for itself.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		below, _ := filepath.Rel(dir, name)
		if below != ".veiviser-files" {
			texts[filepath.ToSlash(below)] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func publish(t *testing.T, dir string, texts map[string]string) output.Report {
	t.Helper()
	report, err := output.Publish(t.Context(), dir, files(texts))
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestPublishWritesOnlyWhatDiffers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if got, want := publish(t, dir, map[string]string{"index.html": "a", "b/index.html": "b"}), (output.Report{Written: 2}); got != want {
		t.Errorf("first: %+v, want %+v", got, want)
	}
	before, err := os.Stat(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := publish(t, dir, map[string]string{"index.html": "a", "c/index.html": "c"}), (output.Report{Written: 1, Unchanged: 1, Removed: 1}); got != want {
		t.Errorf("second: %+v, want %+v", got, want)
	}
	after, err := os.Stat(filepath.Join(dir, "index.html"))
	if err != nil || !os.SameFile(before, after) {
		t.Errorf("an unchanged file was replaced (%v)", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "b")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the empty folder b is still there (%v)", err)
	}
}

func TestPublishLeavesOthersFilesAlone(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "CNAME"), []byte("theirs"), 0o644); err != nil {
		t.Fatal(err)
	}
	publish(t, dir, map[string]string{"a.html": "a"})
	publish(t, dir, map[string]string{"b.html": "b"})
	if got, want := contents(t, dir), map[string]string{"CNAME": "theirs", "b.html": "b"}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestPublishFailsWithoutDamage lets each file in turn be unreadable: the last
// good site must be there, whole.
func TestPublishFailsWithoutDamage(t *testing.T) {
	good := map[string]string{"index.html": "good", "a/index.html": "good", "css/x.css": "good"}
	for i := range 3 {
		dir := t.TempDir()
		publish(t, dir, good)
		bad := files(map[string]string{"index.html": "bad", "a/index.html": "bad", "css/x.css": "bad"})
		full := errors.New("no space left on device")
		bad[i].Read = func() ([]byte, error) { return nil, full }
		if _, err := output.Publish(t.Context(), dir, bad); !errors.Is(err, full) {
			t.Errorf("error %v, want %v", err, full)
		}
		if got := contents(t, dir); !maps.Equal(got, good) {
			t.Errorf("file %d unreadable: %v, want %v", i, got, good)
		}
	}
}

func TestPublishStopsWhenCancelled(t *testing.T) {
	dir := t.TempDir()
	good := map[string]string{"index.html": "good"}
	publish(t, dir, good)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := output.Publish(ctx, dir, files(map[string]string{"index.html": "bad"})); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if got := contents(t, dir); !maps.Equal(got, good) {
		t.Errorf("%v, want %v", got, good)
	}
}

// TestPublishAfterAKill starts from what a killed build leaves: a staging
// folder that has grown old, and a list that names both its files and those before.
func TestPublishAfterAKill(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, map[string]string{"old.html": "old"})
	for name, text := range map[string]string{".veiviser-files": "half.html\nold.html\n", "half.html": "half", ".veiviser-staging/0": "rest"} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(filepath.Join(dir, ".veiviser-staging"), long, long); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"new.html": "new"}
	publish(t, dir, want)
	if got := contents(t, dir); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestPublishNeverLeavesTheFolder gives it a list of files that points outside.
func TestPublishNeverLeavesTheFolder(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside.txt")
	site := filepath.Join(dir, "public")
	if err := errors.Join(os.Mkdir(site, 0o755), os.WriteFile(outside, []byte("safe"), 0o644),
		os.WriteFile(filepath.Join(site, ".veiviser-files"), []byte("../outside.txt\n/etc/passwd\n"), 0o644)); err != nil {
		t.Fatal(err)
	}
	publish(t, site, map[string]string{"a.html": "a"})
	if data, err := os.ReadFile(outside); err != nil || string(data) != "safe" {
		t.Errorf("%q, %v", data, err)
	}
}

// TestPublishAlwaysLeavesExactlyTheSite publishes random sites one over the
// other, in which files become folders and folders files.
func TestPublishAlwaysLeavesExactlyTheSite(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	names := []string{"a", "a/b", "a/b/c", "d/index.html", "d", "e.css", "a/f.html"}
	dir := t.TempDir()
	for step := range 200 {
		want := map[string]string{}
		for _, name := range names {
			inTheWay := slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(other string) bool {
				return strings.HasPrefix(name, other+"/") || strings.HasPrefix(other, name+"/")
			})
			if random.IntN(2) == 0 && !inTheWay {
				want[name] = strconv.Itoa(random.IntN(3))
			}
		}
		publish(t, dir, want)
		if got := contents(t, dir); !maps.Equal(got, want) {
			t.Fatalf("step %d: %v, want %v", step, got, want)
		}
	}
}

// TestTwoBuildsIntoOneFolder: while one build waits for its last file, others
// come and go; all succeed, and the last one to finish decides.
func TestTwoBuildsIntoOneFolder(t *testing.T) {
	dir := t.TempDir()
	slow := files(map[string]string{"a.html": "slow", "b.html": "slow"})
	slow[1].Read = func() ([]byte, error) {
		publish(t, dir, map[string]string{"a.html": "quick", "c/index.html": "quick"})
		return []byte("slow"), nil
	}
	if _, err := output.Publish(t.Context(), dir, slow); err != nil {
		t.Fatal(err)
	}
	if got, want := contents(t, dir), map[string]string{"a.html": "slow", "b.html": "slow"}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestManyBuildsIntoOneFolder lets builds of the same site run at once.
func TestManyBuildsIntoOneFolder(t *testing.T) {
	dir := t.TempDir()
	want := map[string]string{}
	for i := range 40 {
		want[strconv.Itoa(i)+"/index.html"] = "x"
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if _, err := output.Publish(t.Context(), dir, files(want)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := contents(t, dir); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
