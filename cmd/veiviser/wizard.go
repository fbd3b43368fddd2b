package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"veiviser/internal/build"
	"veiviser/internal/diag"
	"veiviser/internal/wizard"
)

// mostPaths is how many paths the table lists: as many as somebody reads.
const mostPaths = 10_000

func (t terminal) wizard(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("wizard", flag.ContinueOnError)
	format := flags.String("format", "text", "print a tree as `text`, a picture as svg, or a row for each path as csv")
	full := flags.Bool("full", false, "print every word that a visitor meets")
	folder, goOn, err := t.parse(flags, args)
	if err != nil || !goOn {
		return err
	}
	formats := map[string]func(*wizard.Graph) error{
		"text": func(g *wizard.Graph) error { return g.WriteText(t.out) },
		"svg":  func(g *wizard.Graph) error { return g.WriteSVG(t.out) },
		"csv": func(g *wizard.Graph) error {
			left, err := g.WriteCSV(t.out, mostPaths)
			if left != "" {
				fmt.Fprintf(t.err, "veiviser: %s: %s\n", g.Name, left)
			}
			return err
		},
	}
	write := formats[*format]
	if write == nil {
		return usageError{fmt.Sprintf("unknown format %q", *format), diag.DidYouMean(*format, []string{"text", "svg", "csv"}, "the formats are text, svg and csv")}
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
		write = func(g *wizard.Graph) error { return t.words(edition, g) }
	}
	for i, g := range edition.Site.Wizards {
		if i > 0 {
			fmt.Fprintln(t.out)
		}
		if err := write(g); err != nil {
			return err
		}
	}
	return nil
}

// words prints the words of every page of a wizard, in the order of a first
// walk.
func (t terminal) words(edition *build.Edition, g *wizard.Graph) error {
	if err := g.WriteText(t.out); err != nil {
		return err
	}
	for _, n := range g.Nodes {
		text, problems := edition.Words(edition.Site.Page(n.ID))
		if problems.HasErrors() {
			return t.judge("", problems, false)
		}
		if _, err := io.WriteString(t.out, "\n=== "+n.ID+" ===\n"+text+"\n"); err != nil {
			return err
		}
	}
	return nil
}
