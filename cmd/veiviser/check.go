package main

import (
	"context"
	"flag"
	"fmt"

	"veiviser/internal/build"
)

func (t terminal) check(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	strict := flags.Bool("strict", false, "treat warnings as errors")
	folder, goOn, err := t.parse(flags, args)
	if err != nil || !goOn {
		return err
	}
	edition, err := build.Load(ctx, options(folder), nil)
	if err != nil {
		return err
	}
	files, problems, err := edition.Render(ctx)
	if err != nil {
		return err
	}
	for _, f := range files { // those that are published as they are have not been read yet
		if _, err := f.Read(); err != nil {
			return err
		}
	}
	if err := t.judge(folder, problems, *strict); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s without errors\n", count(len(edition.Site.Pages), "page"))
	return nil
}
