package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestSiteFolder holds it to the contract of a file system, and to its promise:
// what lies outside cannot be read.
func TestSiteFolder(t *testing.T) {
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	for name, text := range map[string]string{"site/content/_index.md": "Hjem", "site/static/css/a.css": "p{}", "secret.txt": "hemmelig", "folder/b.md": "hemmelig"} {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := fstest.TestFS(siteFolder(site), "content/_index.md", "static/css/a.css"); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{
		"out.txt": filepath.Join("..", "..", "secret.txt"), "absolute.txt": filepath.Join(dir, "secret.txt"),
		"folder": filepath.Join("..", "..", "folder"), "inside.md": "_index.md",
	} {
		if err := os.Symlink(to, filepath.Join(site, "content", name)); err != nil {
			t.Skip(err) // Windows, without the right to make links
		}
	}
	for name, open := range map[string]bool{"out.txt": false, "absolute.txt": false, "folder/b.md": false, "inside.md": true} {
		data, err := fs.ReadFile(siteFolder(site), "content/"+name)
		if open != (err == nil) || open != (string(data) == "Hjem") {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		if err != nil && !strings.Contains(err.Error(), filepath.Join(site, "content", name)) {
			t.Errorf("the error does not name %s as seen from here: %v", name, err)
		}
	}
	if _, err := fs.Stat(siteFolder(site), "content/folder"); err == nil {
		t.Error("a folder outside has a Stat")
	}
}
