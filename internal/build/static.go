package build

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"veiviser/internal/content"
	"veiviser/internal/diag"
	"veiviser/internal/output"
	"veiviser/internal/site"
)

const staticDir = "static"

// A static is the files of static/. Stylesheets and scripts are assets: they
// are published in one folder named by a hash of them all, so that they can be
// cached for ever and still refer to each other. Everything else is published
// at its own path.
type static struct {
	folder   string            // of the assets, with a slash at the end
	assets   map[string][]byte // by published path
	sources  []site.File       // all files
	from     map[string]fs.FS  // where each file that is no asset is, by published path
	problems diag.List         // of what cannot be published
}

// loadStatic reads the folder static/ of the theme and of a site; a file of
// the site takes the place of one of the same name.
func loadStatic(small *output.Minifier, theme, own fs.FS) (*static, error) {
	assets := map[string][]byte{}
	files := map[string]site.File{}
	s := &static{from: map[string]fs.FS{}, assets: map[string][]byte{}}
	for i, fsys := range [...]fs.FS{theme, own} {
		problems, err := content.Walk(fsys, staticDir, content.Temporary, func(name string) error {
			below := strings.TrimPrefix(name, staticDir+"/")
			files[below] = site.File{Address: below, Source: name, Theme: i == 0}
			if !isAsset(below) {
				s.from[below] = fsys
				return nil
			}
			data, err := fs.ReadFile(fsys, name)
			assets[below] = small.Minify(name, data)
			return err
		})
		if err != nil {
			return nil, err
		}
		s.problems = append(s.problems, problems...)
	}
	hash := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(assets)) {
		hash.Write([]byte(name + "\x00"))
		hash.Write(assets[name])
		hash.Write([]byte{0})
	}
	s.folder = "assets/" + hex.EncodeToString(hash.Sum(nil))[:12] + "/"
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		if isAsset(name) {
			f.Address = path.Join(s.folder, name)
			s.assets[f.Address] = assets[name]
		}
		s.sources = append(s.sources, f)
	}
	return s, nil
}

// isAsset reports whether a file below static/ is a stylesheet, a script, or
// something that stands beside them.
func isAsset(below string) bool {
	top, _, inside := strings.Cut(below, "/")
	return inside && (top == "css" || top == "js")
}

// list returns all files, those of the theme first.
func (s *static) list() []site.File {
	list := slices.Clone(s.sources)
	slices.SortStableFunc(list, func(a, b site.File) int {
		switch {
		case a.Theme == b.Theme:
			return 0
		case a.Theme:
			return -1
		}
		return 1
	})
	return list
}

// read returns the file that is published at a path, and whether there is one.
func (s *static) read(name string) ([]byte, bool, error) {
	if data, ok := s.assets[name]; ok {
		return data, true, nil
	}
	fsys, ok := s.from[name]
	if !ok {
		return nil, false, nil
	}
	data, err := fs.ReadFile(fsys, staticDir+"/"+name)
	return data, true, err
}
