package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"time"

	"veiviser/internal/diag"
	"veiviser/internal/preview"
	"veiviser/internal/watch"
)

func (t terminal) preview(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("preview", flag.ContinueOnError)
	addr := flags.String("addr", "localhost:1414", "serve at `host:port`")
	drafts := flags.Bool("drafts", false, "include drafts")
	folder, goOn, err := t.parse(flags, args)
	if err != nil || !goOn {
		return err
	}
	opts := options(folder)
	opts.Drafts = *drafts
	server, err := preview.New(ctx, opts)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("cannot serve at %s: %w", *addr, err)
	}
	wake, err := watch.Folder(ctx, folder, []string{"content", "layouts", "static"})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	t.print(folder, server.Problems())
	fmt.Fprintf(t.out, "%s at http://%s%s (stop with Ctrl-C)\n", count(server.Pages(), "page"), *addr, server.Base())
	web := &http.Server{Handler: server, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go t.follow(ctx, folder, server, wake)
	go func() {
		<-ctx.Done()
		web.Close()
	}()
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// follow updates the preview whenever something has changed, and prints what
// is wrong when that is something else than before.
func (t terminal) follow(ctx context.Context, folder string, server *preview.Server, wake <-chan struct{}) {
	var shown diag.List = server.Problems()
	for range wake {
		err := server.Update(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, fs.ErrNotExist):
			continue // a folder is being replaced; we shall be woken again
		case err != nil:
			fmt.Fprintf(t.err, "veiviser: %v\n", err)
			continue
		}
		if problems := server.Problems(); fmt.Sprint(problems) != fmt.Sprint(shown) {
			shown = problems
			t.print(folder, problems)
			if len(problems) == 0 {
				fmt.Fprintln(t.err, "veiviser: all mended")
			}
		}
	}
}
