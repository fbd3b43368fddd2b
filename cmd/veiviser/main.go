// Veiviser turns a folder of Markdown guidance into a static site, with a
// wizard in it that ends in an order e-mail.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"strings"

	"veiviser"
	"veiviser/internal/build"
	"veiviser/internal/content"
	"veiviser/internal/diag"
)

// The exit codes. They are part of the command line's contract.
const (
	exitOK      = 0
	exitFaults  = 1 // errors in the site
	exitUsage   = 2
	exitMachine = 3 // errors that no author can mend
)

const usage = `usage: veiviser COMMAND [OPTIONS] [SITE]

  veiviser build    make the finished site
  veiviser preview  show the site in the browser while it is being written
  veiviser check    say what is wrong with the site, and write nothing
  veiviser wizard   print every way through the site's wizards

SITE is a folder with a folder content/ in it; without one it is the folder
where you stand. "veiviser COMMAND --help" explains the options.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program: it reads the command line, and returns the exit
// code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	t := terminal{out: stdout, err: stderr}
	err := t.dispatch(ctx, args)
	var wrong usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFaults):
		return exitFaults
	case errors.As(err, &wrong):
		fmt.Fprintf(t.err, "veiviser: %s\n", wrong.msg)
		if wrong.hint != "" {
			fmt.Fprintf(t.err, "veiviser: hint: %s\n", wrong.hint)
		}
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(t.err, "veiviser: interrupted")
		return exitMachine
	default:
		fmt.Fprintf(t.err, "veiviser: %v\n", err)
		return exitMachine
	}
}

// A terminal is where the program writes: what was asked for to out, all else
// to err.
type terminal struct{ out, err io.Writer }

// errFaults says that the site has errors, which have been printed.
var errFaults = errors.New("the site has errors")

// A usageError is a wrong command line.
type usageError struct{ msg, hint string }

func (e usageError) Error() string { return e.msg }

func (t terminal) dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usageError{"no command", `try "veiviser preview", or "veiviser help"`}
	}
	switch command, args := args[0], args[1:]; command {
	case "build":
		return t.build(ctx, args)
	case "preview":
		return t.preview(ctx, args)
	case "check":
		return t.check(ctx, args)
	case "wizard":
		return t.wizard(ctx, args)
	case "help", "-h", "-help", "--help":
		_, err := io.WriteString(t.out, usage)
		return err
	default:
		return usageError{fmt.Sprintf("unknown command %q", command), diag.DidYouMean(command, []string{"build", "preview", "check", "wizard", "help"}, `try "veiviser help"`)}
	}
}

// parse reads the options of a command, which may stand before or after SITE,
// and returns the site's folder. It reports whether the command should go on:
// after --help it should not.
func (t terminal) parse(flags *flag.FlagSet, args []string) (folder string, goOn bool, err error) {
	flags.SetOutput(io.Discard)
	var operands []string
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			fmt.Fprintf(t.out, "usage: veiviser %s [OPTIONS] [SITE]\n\n", flags.Name())
			flags.SetOutput(t.out)
			flags.PrintDefaults()
			return "", false, nil
		} else if err != nil {
			return "", false, usageError{err.Error(), fmt.Sprintf(`try "veiviser %s --help"`, flags.Name())}
		}
		if flags.NArg() == 0 {
			break
		}
		operands, args = append(operands, flags.Arg(0)), flags.Args()[1:]
	}
	switch len(operands) {
	case 0:
		folder = "."
	case 1:
		folder = filepath.Clean(filepath.FromSlash(strings.ReplaceAll(operands[0], `\`, string(filepath.Separator))))
	default:
		return "", false, usageError{fmt.Sprintf("%d folders are too many", len(operands)), "name one SITE"}
	}
	if _, err := os.Stat(filepath.Join(folder, content.Dir)); errors.Is(err, fs.ErrPermission) {
		return "", false, err
	}
	if err := build.Check(siteFolder(folder)); err != nil {
		return "", false, usageError{fmt.Sprintf("%s: %v", folder, err), "stand in the site's folder, or name it"}
	}
	return folder, true, nil
}

// options returns what to build of a folder.
func options(folder string) build.Options {
	return build.Options{Site: siteFolder(folder), Theme: veiviser.Theme}
}

// print writes problems, with their places as seen from where one stands.
func (t terminal) print(folder string, problems diag.List) {
	for _, p := range problems {
		p.File = filepath.FromSlash(path.Join(filepath.ToSlash(folder), p.File))
		fmt.Fprintln(t.err, p)
	}
}

// judge prints the problems of a site and their number, and returns errFaults
// if it must not be published. With strict, a warning is enough for that.
func (t terminal) judge(folder string, problems diag.List, strict bool) error {
	t.print(folder, problems)
	errors, warnings := problems.Count()
	if errors+warnings > 0 {
		fmt.Fprintf(t.err, "veiviser: %s, %s\n", count(errors, "error"), count(warnings, "warning"))
	}
	if errors > 0 || strict && warnings > 0 {
		return errFaults
	}
	return nil
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
