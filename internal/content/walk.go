package content

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"veiviser/internal/diag"
)

// Walk calls visit with the name of every file in a folder of a site, in
// lexical order, without files and folders whose names are ignored. What is
// neither a folder nor a file is not published: links that lead nowhere, to a
// folder or out of the site, and devices. It returns what its author should
// know of that. A folder that is not there is empty,
// and a file that cannot be opened is an error of the file system.
func Walk(site fs.FS, dir string, ignored func(name string) bool, visit func(name string) error) (diag.List, error) {
	var problems diag.List
	err := fs.WalkDir(site, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case d != nil && !utf8.ValidString(d.Name()):
			problems = append(problems, diag.Problem{
				Pos: diag.Pos{File: strings.ToValidUTF8(name, "\ufffd")}, Msg: "the name is not UTF-8", Hint: "rename it",
			})
			return skip(d)
		case errors.Is(err, fs.ErrNotExist):
			return nil // it went away while we looked
		case err != nil:
			return err
		case name == dir:
			return nil
		case ignored(d.Name()):
			return skip(d)
		case d.IsDir():
			return nil
		}
		reason, err := unpublishable(site, name, d)
		if reason != "" {
			problems = append(problems, diag.Problem{
				Pos: diag.Pos{File: name}, Severity: diag.Warning,
				Msg: "not published: " + reason, Hint: "put a file in its place, or remove it",
			})
		}
		if reason != "" || err != nil {
			return err
		}
		return visit(name)
	})
	return problems, err
}

// skip leaves out an entry and what is below it.
func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// unpublishable returns why an entry that is no folder is not published, or
// "". The error is that of a file that cannot be opened.
func unpublishable(site fs.FS, name string, d fs.DirEntry) (reason string, err error) {
	mode := d.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := fs.Stat(site, name)
		if err != nil {
			return "a link that leads nowhere, or out of the site", nil
		}
		if info.IsDir() {
			return "a link to a folder", nil
		}
		mode = info.Mode().Type()
	}
	if mode != 0 {
		return fmt.Sprintf("not a file (%v)", mode), nil
	}
	f, err := site.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return "", f.Close()
}

// Temporary reports whether a name is one that editors and systems make for
// themselves.
func Temporary(name string) bool {
	return strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") || name == ".DS_Store" ||
		strings.HasPrefix(name, ".") && (strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".swx") || strings.HasPrefix(name, ".#"))
}

// ignored reports whether a file or folder of content/ is passed over.
func ignored(name string) bool { return strings.HasPrefix(name, ".") || Temporary(name) }

// PagePath returns the path by which a page of a Markdown file is known: with
// .md at its end, where the file may have .MD or .markdown. It reports whether
// the file is Markdown at all.
func PagePath(name string) (string, bool) {
	ext := path.Ext(name)
	if !strings.EqualFold(ext, ".md") && !strings.EqualFold(ext, ".markdown") {
		return name, false
	}
	return strings.TrimSuffix(name, ext) + ".md", true
}
