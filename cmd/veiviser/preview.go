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
	if err := checkAddr(*addr); err != nil {
		return err
	}
	opts := options(folder)
	opts.Drafts = *drafts
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("cannot serve at %s: %w", *addr, err)
	}
	defer listener.Close()
	// The watch begins before the site is read, so that no change is missed.
	wake, err := watch.Folder(ctx, folder, []string{"content", "layouts", "static"})
	if err != nil {
		return err
	}
	server, err := preview.New(ctx, opts)
	if err != nil {
		return err
	}
	t.print(folder, server.Problems())
	fmt.Fprintf(t.out, "%s at http://%s%s (stop with Ctrl-C)\n", count(server.Pages(), "page"), shown(*addr, listener.Addr()), server.Base())
	web := &http.Server{Handler: handler(server, listener.Addr()), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
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

// checkAddr refuses an address without a port that can be served at.
func checkAddr(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil && port != "" {
		if _, err = net.LookupPort("tcp", port); err == nil {
			return nil
		}
	}
	return usageError{fmt.Sprintf("--addr %q is not a host and a port", addr), "write it like localhost:1414"}
}

// shown is the address to open of what listens at addr: the host as it was
// asked for, or this machine if all of its addresses are served, and the port
// that it got.
func shown(addr string, at net.Addr) string {
	host, _, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(at.String())
	return net.JoinHostPort(host, port)
}

// handler is what serves at an address: one that only this machine can reach
// is for this machine's names only.
func handler(server *preview.Server, at net.Addr) http.Handler {
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.IsLoopback() {
		return preview.Local(server)
	}
	return server
}

// patience is how long a folder may be away, as while it is replaced, before
// that is said.
const patience = time.Second

// follow updates the preview whenever something has changed, and prints what
// is wrong when that is something else than before.
func (t terminal) follow(ctx context.Context, folder string, server *preview.Server, wake <-chan struct{}) {
	before, away := server.Problems(), false
	late := time.NewTimer(patience)
	late.Stop()
	for {
		select {
		case _, open := <-wake:
			if !open {
				return
			}
		case <-late.C:
			away = true
		}
		err := server.Update(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, fs.ErrNotExist) && !away:
			late.Reset(patience)
			continue
		case err != nil:
			fmt.Fprintf(t.err, "veiviser: %v; the preview shows the site as it was\n", err)
			continue
		}
		late.Stop()
		problems := server.Problems()
		if changed := fmt.Sprint(problems) != fmt.Sprint(before); changed || away {
			t.print(folder, problems)
			if len(problems) == 0 {
				fmt.Fprintln(t.err, "veiviser: all mended")
			}
		}
		before, away = problems, false
	}
}
