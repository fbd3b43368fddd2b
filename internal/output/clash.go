package output

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// clash reports the first file that cannot be put where it belongs: because
// the name is one of ours, because another file needs a folder of that name,
// or because somebody else has put something else there.
func (p *publisher) clash() error {
	now := make(map[string]bool, len(p.now))
	for _, name := range p.now {
		if top, _, _ := strings.Cut(name, "/"); strings.HasPrefix(top, reserved) {
			return fmt.Errorf("%s: names that begin with %s are veiviser's own", name, reserved)
		}
		if now[name] {
			return fmt.Errorf("%s: two files have this path", name)
		}
		now[name] = true
	}
	stale, ours := p.stale(), p.stale()
	for name := range stale {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			ours[dir] = true
		}
	}
	free := map[string]bool{} // folders that are looked at already
	for _, name := range p.now {
		for dir := path.Dir(name); dir != "." && !free[dir]; dir = path.Dir(dir) {
			if now[dir] {
				return fmt.Errorf("%s: %s is a file too, and cannot be a folder", name, dir)
			}
			if info, err := p.root.Stat(dir); err == nil && !info.IsDir() && !stale[dir] {
				return inTheWay(name, dir)
			}
			free[dir] = true
		}
	}
	for _, name := range p.staged {
		if err := p.folderInTheWay(name, ours); err != nil {
			return err
		}
	}
	return nil
}

// folderInTheWay reports a folder with the name of a file, unless all that is
// in it is ours and will be removed.
func (p *publisher) folderInTheWay(name string, ours map[string]bool) error {
	if info, err := p.root.Lstat(name); err != nil || !info.IsDir() {
		return nil // what else may be wrong shows when it is replaced
	}
	return fs.WalkDir(p.root.FS(), name, func(inside string, _ fs.DirEntry, err error) error {
		if err == nil && !ours[inside] {
			return inTheWay(name, inside)
		}
		return err
	})
}

func inTheWay(name, other string) error {
	return fmt.Errorf("%s: %s is in the way, and veiviser has not made it; move it away", name, other)
}
