// Package watch says when to look at a site's folder again.
//
// It watches folders, never files, because editors save by renaming a new file
// over the old one. It says nothing of what has changed: whoever is woken
// looks for themselves, and compares bytes. So an event too many costs a look,
// and an event that is read twice costs nothing.
//
// This package is the only importer of fsnotify.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a folder must be quiet before it is looked at: an editor
// writes, renames and removes within a few milliseconds of each other.
const settle = 10 * time.Millisecond

// search is how often a root that has gone away is looked for.
const search = 200 * time.Millisecond

// Folder watches the named folders directly below root, with all that is below
// them, until ctx is done. A value on the channel means that something may
// have changed since the last one; the channel is closed at the end. A folder
// that is not there is watched when it comes.
func Folder(ctx context.Context, root string, names []string) (<-chan struct{}, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := watcher{notify: notify, root: filepath.Clean(root), names: names}
	if err := w.start(); err != nil {
		return nil, errors.Join(err, notify.Close())
	}
	wake := make(chan struct{}, 1)
	go w.run(ctx, wake)
	return wake, nil
}

type watcher struct {
	notify *fsnotify.Watcher
	root   string
	names  []string
}

// start watches the root and the named folders in it.
func (w *watcher) start() error {
	if err := w.notify.Add(w.root); err != nil {
		return err
	}
	for _, name := range w.names {
		if err := w.add(filepath.Join(w.root, name)); err != nil {
			return err
		}
	}
	return nil
}

// add watches a folder and all folders below it. One that goes away meanwhile
// is passed over.
func (w *watcher) add(folder string) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.IsDir() {
			return err
		}
		if err := w.notify.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

func (w *watcher) run(ctx context.Context, wake chan<- struct{}) {
	defer close(wake)
	defer w.notify.Close()
	timer := time.NewTimer(settle)
	timer.Stop()
	lost := time.NewTimer(search)
	lost.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-w.notify.Events:
			if event.Name == w.root && event.Has(fsnotify.Remove|fsnotify.Rename) {
				lost.Reset(search)
			} else if !w.concerns(event) {
				continue
			}
			if info, err := os.Stat(event.Name); event.Has(fsnotify.Create) && err == nil && info.IsDir() {
				// A new folder may have files already: looking again finds them.
				_ = w.add(event.Name)
			}
			timer.Reset(settle)
		case <-w.notify.Errors:
			timer.Reset(settle) // events may have been lost
		case <-lost.C:
			if w.start() != nil {
				lost.Reset(search)
				continue
			}
			timer.Reset(settle)
		case <-timer.C:
			select {
			case wake <- struct{}{}:
			default: // one is waiting already
			}
		}
	}
}

// concerns reports whether an event is about the watched folders.
func (w *watcher) concerns(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	below, err := filepath.Rel(w.root, event.Name)
	if err != nil {
		return false
	}
	top, _, _ := strings.Cut(filepath.ToSlash(below), "/")
	return slices.Contains(w.names, top)
}
