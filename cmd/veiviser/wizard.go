package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"

	"veiviser/internal/build"
	"veiviser/internal/diag"
	"veiviser/internal/wizard"
)

func (t terminal) wizard(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("wizard", flag.ContinueOnError)
	format := flags.String("format", "text", "print a tree as `text`, a picture as svg, or a row for each path as csv")
	full := flags.Bool("full", false, "print every word that a visitor meets")
	folder, goOn, err := t.parse(flags, args)
	if err != nil || !goOn {
		return err
	}
	formats := map[string]func([]*wizard.Graph) error{
		"text": func(graphs []*wizard.Graph) error {
			return t.each(graphs, func(g *wizard.Graph) error { return g.WriteText(t.out) })
		},
		"svg": func(graphs []*wizard.Graph) error { return wizard.WriteSVG(t.out, graphs...) },
		"csv": func(graphs []*wizard.Graph) error { return wizard.WriteCSV(t.out, graphs...) },
	}
	write := formats[*format]
	if write == nil {
		return usageError{fmt.Sprintf("unknown format %q", *format), diag.DidYouMean(*format, []string{"text", "svg", "csv"}, "the formats are text, svg and csv")}
	}
	if *full && *format != "text" {
		return usageError{"--full is text, and cannot be " + *format, "leave out --full or --format"}
	}
	edition, err := build.Load(ctx, options(folder), nil)
	if err != nil {
		return err
	}
	if err := t.judge(folder, edition.Problems, false); err != nil {
		return err
	}
	if len(edition.Site.Wizards) == 0 {
		return usageError{"the site has no wizard", "write wizard: NAME and answers: in the front matter of the page where it starts"}
	}
	if *full {
		write = func(graphs []*wizard.Graph) error {
			return t.each(graphs, func(g *wizard.Graph) error {
				problems, err := edition.WriteWords(t.out, g)
				return cmp.Or(err, t.judge(folder, problems, false))
			})
		}
	}
	return write(edition.Site.Wizards)
}

// each writes graphs one after the other, with a blank line between them.
func (t terminal) each(graphs []*wizard.Graph, write func(*wizard.Graph) error) error {
	for i, g := range graphs {
		if i > 0 {
			fmt.Fprintln(t.out)
		}
		if err := write(g); err != nil {
			return err
		}
	}
	return nil
}
