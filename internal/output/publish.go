// Package output puts generated files on disk: minified, compared with what is
// there, and published so that a failure never damages the last good site.
//
// [Publish] works in three steps. First every file that differs from what is
// there is written to a staging folder inside the output folder; a full disk,
// a lost network drive or a file where a folder must be shows here, and
// nothing has been touched. Then the staged files are renamed into place, each
// in one step, pages last, so that a page never names a stylesheet that is not
// there yet. Last, the files of the build before this one that are no longer
// wanted are removed.
//
// Publish removes only what it has published itself: it keeps a list in the
// output folder. Files that somebody else put there stay.
//
// Each build has a staging folder of its own, so two builds into one folder at
// the same time both succeed. If they are not of the same site, the next build
// puts right what they mix.
package output

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A File is a file to be published.
type File struct {
	Path string                 // below the output folder, with slashes
	Read func() ([]byte, error) // is called once
}

// A Report says what Publish did.
type Report struct {
	Written, Unchanged, Removed int
}

const (
	reserved = ".veiviser-" // begins the names that no published file may have
	manifest = reserved + "files"
	staging  = reserved + "staging"
)

// abandoned is the age at which a staging folder is taken to be left behind by
// a build that was killed.
const abandoned = time.Hour

// Publish makes the folder dir hold the files. It makes dir if it is not
// there.
func Publish(ctx context.Context, dir string, files []File) (Report, error) {
	var report Report
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return report, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return report, err
	}
	defer root.Close()
	p := publisher{root: root, staging: staging + "-" + rand.Text(), report: &report}
	defer root.RemoveAll(p.staging)
	if err := p.stage(ctx, files); err != nil {
		return report, fmt.Errorf("nothing was published: %w", err)
	}
	p.before = readManifest(root)
	if err := p.clash(); err != nil {
		return report, fmt.Errorf("nothing was published: %w", err)
	}
	return report, p.commit()
}

type publisher struct {
	root    *os.Root
	staging string   // the folder for this build's files, until all are there
	before  []string // what the last build published
	now     []string
	staged  []string // paths of the files in the staging folder, by number
	placed  []string // those that have been renamed into place
	report  *Report
}

// readManifest returns the files of the last build, or none.
func readManifest(root *os.Root) []string {
	data, err := root.ReadFile(manifest)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(strings.Split(string(data), "\n"), func(name string) bool { return !filepath.IsLocal(name) })
}

func (p *publisher) writeManifest(lists ...[]string) error {
	names := slices.Concat(lists...)
	slices.Sort(names)
	data := strings.Join(slices.Compact(names), "\n") + "\n"
	if old, err := p.root.ReadFile(manifest); err == nil && string(old) == data {
		return nil
	}
	next := p.staging + "/" + manifest
	if err := p.root.WriteFile(next, []byte(data), 0o644); err != nil {
		return err
	}
	return p.root.Rename(next, manifest)
}

// stage writes the files that differ to the staging folder.
func (p *publisher) stage(ctx context.Context, files []File) error {
	p.removeAbandoned()
	if err := p.root.Mkdir(p.staging, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := f.Read()
		if err != nil {
			return err
		}
		p.now = append(p.now, f.Path)
		if old, err := p.root.ReadFile(f.Path); err == nil && bytes.Equal(old, data) {
			p.report.Unchanged++
			continue
		}
		if err := p.root.WriteFile(p.stagedName(len(p.staged)), data, 0o644); err != nil {
			return err
		}
		p.staged = append(p.staged, f.Path)
	}
	return nil
}

func (p *publisher) stagedName(i int) string { return fmt.Sprintf("%s/%d", p.staging, i) }

// removeAbandoned removes the staging folders that killed builds have left.
// One that cannot be removed is in nobody's way.
func (p *publisher) removeAbandoned() {
	entries, _ := fs.ReadDir(p.root.FS(), ".")
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && e.IsDir() && strings.HasPrefix(e.Name(), staging) && time.Since(info.ModTime()) > abandoned {
			_ = p.root.RemoveAll(e.Name())
		}
	}
}

// commit renames the staged files into place and removes what is left over.
// The manifest names both old and new files until all is done, so that a
// killed build leaves nothing behind that the next one would not know.
func (p *publisher) commit() error {
	if err := p.writeManifest(p.before, p.now); err != nil {
		return err
	}
	if err := p.replace(); err != nil {
		return errors.Join(err, p.writeManifest(p.before, p.placed))
	}
	return p.writeManifest(p.now)
}

func (p *publisher) replace() error {
	stale := p.stale()
	if err := p.removeInTheWay(stale); err != nil {
		return err
	}
	order := make([]int, len(p.staged))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank(p.staged[a]), rank(p.staged[b])) })
	for _, i := range order {
		name := p.staged[i]
		if err := p.root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return err
		}
		if err := p.root.Rename(p.stagedName(i), name); err != nil {
			return err
		}
		p.placed = append(p.placed, name)
		p.report.Written++
	}
	for name := range stale {
		if err := p.remove(name); err != nil {
			return err
		}
	}
	return nil
}

// rank puts pages after what they need.
func rank(name string) int {
	if path.Ext(name) == ".html" {
		return 1
	}
	return 0
}

// stale returns the files of the last build that this one does not have.
func (p *publisher) stale() map[string]bool {
	stale := make(map[string]bool)
	for _, name := range p.before {
		stale[name] = true
	}
	for _, name := range p.now {
		delete(stale, name)
	}
	return stale
}

// removeInTheWay removes stale files where a folder must be, and those in a
// folder where a file must be.
func (p *publisher) removeInTheWay(stale map[string]bool) error {
	wanted := make(map[string]bool, len(p.staged))
	for _, name := range p.staged {
		wanted[name] = true
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if stale[dir] {
				if err := p.remove(dir); err != nil {
					return err
				}
				delete(stale, dir)
			}
		}
	}
	for name := range stale {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if wanted[dir] {
				if err := p.remove(name); err != nil {
					return err
				}
				delete(stale, name)
				break
			}
		}
	}
	return nil
}

// remove removes a file and the folders that it leaves empty. A folder of its
// name, or a file where its folder was, is not ours and is passed over.
func (p *publisher) remove(name string) error {
	info, err := p.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || err == nil && info.IsDir() {
		return nil
	}
	if err != nil {
		return err
	}
	if err := p.root.Remove(name); err != nil {
		return err
	}
	p.report.Removed++
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if p.root.Remove(dir) != nil {
			break // not empty
		}
	}
	return nil
}
