package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"veiviser/internal/build"
	"veiviser/internal/output"
	"veiviser/internal/site"
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
	if err := checkBaseURL(*baseURL); err != nil {
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

// checkBaseURL refuses what the site would not take for its base URL.
func checkBaseURL(base string) error {
	if base == "" || site.ParseBase(base) != nil {
		return nil
	}
	return usageError{fmt.Sprintf("--base-url %q is not an address", base), "write it like https://www.example.no/veiledning/"}
}
