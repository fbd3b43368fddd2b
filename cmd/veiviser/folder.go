package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A siteFolder is the path of a site's folder, and the file system of what is
// in it. What lies outside cannot be read through it: a link that leads out of
// it is an error. It is opened anew for each file, so that a folder which takes
// the place of another is seen. Its errors name files as seen from where one
// stands.
type siteFolder string

func (f siteFolder) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, err := root.FS().Open(name)
	return file, f.named(err)
}

// Stat does not open the file: one that is no file at all, but a pipe, would
// make that last for ever.
func (f siteFolder) Stat(name string) (fs.FileInfo, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := fs.Stat(root.FS(), name)
	return info, f.named(err)
}

// named gives an error the path of its file as seen from where one stands.
func (f siteFolder) named(err error) error {
	if wrong, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: wrong.Op, Path: filepath.Join(string(f), filepath.FromSlash(wrong.Path)), Err: wrong.Err}
	}
	return err
}

// checkOut refuses an output folder that is, or is inside, what the site is
// made of, or that the site's folder is inside. Links are followed.
func checkOut(out, folder string) error {
	if _, err := os.Stat(out); errors.Is(err, fs.ErrNotExist) {
		if to, err := os.Readlink(out); err == nil {
			return fmt.Errorf("--out %s is a link to %s, which is not there", out, to)
		}
	}
	target, err := resolve(out)
	if err != nil {
		return err
	}
	for _, part := range []string{"content", "layouts", "static"} {
		source, err := resolve(filepath.Join(folder, part))
		if err != nil {
			return err
		}
		if within(target, source) {
			return usageError{fmt.Sprintf("--out %s is inside the site's %s/", out, part), "choose another folder, such as public"}
		}
	}
	site, err := resolve(folder)
	if err != nil {
		return err
	}
	if within(site, target) {
		return usageError{fmt.Sprintf("the site's folder is inside --out %s", out), "choose another folder, such as public"}
	}
	return nil
}

// resolve returns the absolute path that a path leads to, through all links in
// the part of it that is there.
func resolve(path string) (string, error) {
	there, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rest := ""
	for {
		real, err := filepath.EvalSymlinks(there)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(there) == there {
			return "", err
		}
		there, rest = filepath.Dir(there), filepath.Join(filepath.Base(there), rest)
	}
}

// within reports whether a path is a folder or below it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
}
