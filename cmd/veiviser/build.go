package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"veiviser/internal/build"
	"veiviser/internal/output"
)

func (t terminal) build(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	out := flags.String("out", "public", "write the site to the `folder`, relative to where you stand")
	baseURL := flags.String("base-url", "", "the `address` that the site will have, in place of its own baseURL")
	drafts := flags.Bool("drafts", false, "include drafts")
	strict := flags.Bool("strict", false, "treat warnings as errors")
	keepGoing := flags.Bool("keep-going", false, "write what can be rendered though there are errors")
	folder, goOn, err := t.parse(flags, args)
	if err != nil || !goOn {
		return err
	}
	if err := checkOut(*out, folder); err != nil {
		return err
	}
	started := time.Now()
	opts := options(folder)
	opts.BaseURL, opts.Drafts = *baseURL, *drafts
	edition, err := build.Load(ctx, opts, nil)
	if err != nil {
		return err
	}
	files, problems, err := edition.Render(ctx)
	if err != nil {
		return err
	}
	faults := t.judge(folder, problems, *strict)
	if faults != nil && !*keepGoing {
		fmt.Fprintln(t.err, "veiviser: nothing was written")
		return faults
	}
	report, err := output.Publish(ctx, *out, files)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s in %s: %s written, %d unchanged, %d removed (%d ms)\n",
		count(len(edition.Site.Pages), "page"), *out, count(report.Written, "file"), report.Unchanged, report.Removed,
		time.Since(started).Milliseconds())
	return faults
}

// checkOut refuses an output folder that is, or is inside, what the site is
// made of, or that the site's folder is inside.
func checkOut(out, folder string) error {
	target, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	site, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	for _, source := range []string{"content", "layouts", "static"} {
		if within(target, filepath.Join(site, source)) {
			return usageError{fmt.Sprintf("--out %s is inside the site's %s/", out, source), "choose another folder, such as public"}
		}
	}
	if within(site, target) {
		return usageError{fmt.Sprintf("the site's folder is inside --out %s", out), "choose another folder, such as public"}
	}
	return nil
}

// within reports whether a path is a folder or below it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
}
