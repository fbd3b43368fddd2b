package preview

import (
	"net"
	"net/http"
	"strings"
)

// Local lets only those requests through to next that call this machine by a
// name of its own: localhost, or a loopback address (RFC 6890), at any port. A
// page from elsewhere whose name has been made to lead here is refused.
func Local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLocal(r.Host) {
			http.Error(w, "This preview is for the machine that it runs on: open it at localhost.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isLocal reports whether the host of a request, with or without a port, is a
// name of this machine's own.
func isLocal(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
