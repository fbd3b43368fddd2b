package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"veiviser/internal/output"
)

const staticDir = "static"

// A static is the files of static/. Stylesheets and scripts are assets: they
// are published in one folder named by a hash of them all, so that they can be
// cached for ever and still refer to each other. Everything else is published
// at its own path.
type static struct {
	folder string            // of the assets, with a slash at the end
	assets map[string][]byte // by published path
	files  map[string]fs.FS  // where each other file is, by published path
}

// loadStatic reads the folder static/ of each file system; a file in a later
// one takes the place of one of the same name.
func loadStatic(small *output.Minifier, systems ...fs.FS) (*static, error) {
	assets := map[string][]byte{}
	s := &static{files: map[string]fs.FS{}, assets: map[string][]byte{}}
	for _, fsys := range systems {
		err := fs.WalkDir(fsys, staticDir, func(name string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() || d.Name() == ".DS_Store" {
				return err
			}
			below := strings.TrimPrefix(name, staticDir+"/")
			if top, _, _ := strings.Cut(below, "/"); top != "css" && top != "js" {
				s.files[below] = fsys
				return nil
			}
			data, err := fs.ReadFile(fsys, name)
			assets[below] = small.Minify(name, data)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	hash := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(assets)) {
		hash.Write([]byte(name + "\x00"))
		hash.Write(assets[name])
		hash.Write([]byte{0})
	}
	s.folder = "assets/" + hex.EncodeToString(hash.Sum(nil))[:12] + "/"
	for name, data := range assets {
		s.assets[path.Join(s.folder, name)] = data
	}
	return s, nil
}

// addresses returns the published path of every file.
func (s *static) addresses() []string {
	return slices.Concat(slices.Sorted(maps.Keys(s.assets)), slices.Sorted(maps.Keys(s.files)))
}

// read returns the file that is published at a path, and whether there is one.
func (s *static) read(name string) ([]byte, bool, error) {
	if data, ok := s.assets[name]; ok {
		return data, true, nil
	}
	fsys, ok := s.files[name]
	if !ok {
		return nil, false, nil
	}
	data, err := fs.ReadFile(fsys, staticDir+"/"+name)
	return data, true, err
}
