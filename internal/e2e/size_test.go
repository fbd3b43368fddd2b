package e2e

import (
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	scriptTag  = regexp.MustCompile(`<script[^>]* src="?([^" >]+)`)
	importFrom = regexp.MustCompile(`(?:from|import)\s*"(\.[^"]+)"`)
)

// TestSize holds the script of each page to its limit, in bytes as they are
// sent: 8 kB for an order, 2 kB for everything else.
func TestSize(t *testing.T) {
	s := publish(t, os.DirFS("../.."))
	for _, p := range s.Pages {
		most := 2000
		if p.Order != nil {
			most = 8000
		}
		names := map[string]bool{}
		for _, tag := range scriptTag.FindAllStringSubmatch(s.file(t, p.Address+"index.html"), -1) {
			s.addModules(t, strings.TrimPrefix(tag[1], s.Base), names)
		}
		size := 0
		for name := range names {
			size += gzipped(t, s.file(t, name))
		}
		if size > most {
			t.Errorf("%s needs %d bytes of script, %d at most: %v", p.Address, size, most, names)
		}
		if p.Wizard != nil && size == 0 {
			t.Errorf("%s has no script", p.Address)
		}
		if p.Order != nil {
			t.Logf("%s: %d bytes", p.Address, size)
		}
	}
}

// file returns a published file.
func (s *published) file(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// addModules adds a module and all that it imports.
func (s *published) addModules(t *testing.T, name string, names map[string]bool) {
	t.Helper()
	if names[name] {
		return
	}
	names[name] = true
	for _, m := range importFrom.FindAllStringSubmatch(s.file(t, name), -1) {
		s.addModules(t, path.Join(path.Dir(name), m[1]), names)
	}
}

func gzipped(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(text))
	w.Close()
	return b.Len()
}
