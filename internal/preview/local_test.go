package preview_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"veiviser/internal/preview"
)

// TestLocal: only the names of this machine reach what Local guards.
func TestLocal(t *testing.T) {
	guarded := preview.Local(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "inside") }))
	for host, want := range map[string]int{
		"localhost:1414":                http.StatusOK,
		"LOCALHOST:1414":                http.StatusOK,
		"localhost":                     http.StatusOK,
		"127.0.0.1:1414":                http.StatusOK,
		"127.0.0.2:80":                  http.StatusOK,
		"[::1]:1414":                    http.StatusOK,
		"[::1]":                         http.StatusOK,
		"evil.example:1414":             http.StatusForbidden,
		"localhost.evil.example:1414":   http.StatusForbidden,
		"127.0.0.1.evil.example":        http.StatusForbidden,
		"192.168.1.2:1414":              http.StatusForbidden,
		"[2001:db8::1]:1414":            http.StatusForbidden,
		"":                              http.StatusForbidden,
		"localhost:1414@evil.example:1": http.StatusForbidden,
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		guarded.ServeHTTP(w, r)
		body := "inside"
		if want == http.StatusForbidden {
			body = "This preview is for the machine that it runs on: open it at localhost.\n"
		}
		if w.Code != want || w.Body.String() != body {
			t.Errorf("%q: %d %q, want %d %q", host, w.Code, w.Body, want, body)
		}
	}
}
