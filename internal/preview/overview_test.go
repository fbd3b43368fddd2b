package preview_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"veiviser"
	"veiviser/internal/build"
	"veiviser/internal/preview"
)

// TestOverview asks for the maps of our own wizard.
func TestOverview(t *testing.T) {
	s, err := preview.New(t.Context(), build.Options{Site: os.DirFS("../.."), Theme: veiviser.Theme})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path   string
		status int
		kind   string
		holds  string
	}{
		{"/_veiviser/", http.StatusOK, "text/html", "<h2>Wizard: Bestill tilgang</h2>"},
		{"/_veiviser/", http.StatusOK, "text/html", "Errors: 0. Warnings: 0."},
		{"/_veiviser/wizard-0.svg", http.StatusOK, "image/svg+xml", ">Testmiljøet</tspan>"},
		{"/_veiviser/wizard-0.csv", http.StatusOK, "text/csv", "Bestill tilgang,"},
		{"/_veiviser/wizard-0.txt", http.StatusOK, "text/plain", "=== bestill/direkte.md ==="},
		{"/_veiviser/wizard-1.svg", http.StatusNotFound, "text/plain", "no such map"},
		{"/_veiviser/wizard-0.pdf", http.StatusNotFound, "text/plain", "no such map"},
		{"/_veiviser/../index.html", http.StatusNotFound, "text/plain", "no such map"},
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
		if w.Code != c.status || !strings.HasPrefix(w.Header().Get("Content-Type"), c.kind) || !strings.Contains(w.Body.String(), c.holds) {
			t.Errorf("%s: %d %s, without %q:\n%.500s", c.path, w.Code, w.Header().Get("Content-Type"), c.holds, w.Body)
		}
	}
}
