// Package internal_test holds the rules of the house: who may import whom, and
// what no package may do.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows says which packages of ours each package may import.
var arrows = map[string]string{
	"diag":            "",
	"markdown":        "diag",
	"wizard":          "diag order",
	"order":           "diag",
	"order/ordertest": "diag order",
	"output":          "",
	"watch":           "",
	"content":         "diag markdown order wizard",
	"site":            "content diag markdown order wizard",
	"layout":          "content diag markdown order site wizard",
	"build":           "content diag layout markdown output site wizard",
	"preview":         "build diag wizard",
}

// owners says which single package may import a module.
var owners = map[string]string{
	"github.com/yuin/goldmark":     "markdown",
	"github.com/alecthomas/chroma": "markdown",
	"golang.org/x/net/html":        "markdown",
	"github.com/adrg/frontmatter":  "content",
	"html/template":                "layout",
	"github.com/tdewolff/minify":   "output",
	"github.com/fsnotify/fsnotify": "watch",
	"golang.org/x/text/collate":    "site",
	"github.com/pelletier/go-toml": "content",
}

// A source is a parsed Go file that is not a test.
type source struct {
	pkg  string // below internal/, or the folder from the root
	name string
	file *ast.File
}

var fset = token.NewFileSet()

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, root := range []string{".", "../cmd"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
			all = append(all, source{filepath.ToSlash(filepath.Dir(name)), name, file})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d source files found", len(all))
	}
	return all
}

func imports(f *ast.File) []string {
	var paths []string
	for _, spec := range f.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

func TestArrows(t *testing.T) {
	for _, s := range sources(t) {
		allowed, known := arrows[s.pkg]
		if !known && !strings.HasPrefix(s.pkg, "../cmd") {
			t.Errorf("%s: package %s has no place in the house: give it one in arrows", s.name, s.pkg)
			continue
		}
		for _, p := range imports(s.file) {
			below, ours := strings.CutPrefix(p, "veiviser/internal/")
			if ours && known && !slices.Contains(strings.Fields(allowed), below) {
				t.Errorf("%s imports %s, which the house does not allow", s.name, p)
			}
			for module, owner := range owners {
				if (p == module || strings.HasPrefix(p, module+"/")) && s.pkg != owner {
					t.Errorf("%s imports %s, which is for package %s alone", s.name, p, owner)
				}
			}
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	comments := map[string]int{}
	for _, s := range sources(t) {
		comments[s.pkg] += 0
		if s.file.Doc != nil {
			comments[s.pkg]++
		}
	}
	for pkg, n := range comments {
		if n != 1 {
			t.Errorf("package %s has %d package comments, want 1", pkg, n)
		}
	}
}

// forbidden is what only cmd may do: print and exit.
var forbidden = map[string][]string{
	"os":  {"Exit", "Stdout", "Stderr"},
	"fmt": {"Print", "Printf", "Println"},
	"log": {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln"},
}

func TestNoInitNoExitNoPrinting(t *testing.T) {
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s: func init", fset.Position(n.Pos()))
				}
			case *ast.SelectorExpr:
				pkg, ok := n.X.(*ast.Ident)
				if ok && !strings.HasPrefix(s.pkg, "../cmd") && slices.Contains(forbidden[pkg.Name], n.Sel.Name) {
					t.Errorf("%s: %s.%s outside cmd", fset.Position(n.Pos()), pkg.Name, n.Sel.Name)
				}
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "print" || id.Name == "println") {
					t.Errorf("%s: %s", fset.Position(n.Pos()), id.Name)
				}
			}
			return true
		})
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	for _, s := range sources(t) {
		for _, decl := range s.file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) && !wellKnown[d.Name.Name] {
					t.Errorf("%s: %s has no comment", fset.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
						t.Errorf("%s: %s has no comment", fset.Position(ts.Pos()), ts.Name.Name)
					}
				}
			}
		}
	}
}

// wellKnown methods are documented by the interface that they fulfil.
var wellKnown = map[string]bool{"String": true, "Error": true, "ServeHTTP": true, "Write": true, "WriteString": true, "WriteByte": true, "WriteRune": true, "Flush": true, "Available": true, "Buffered": true}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	expr := d.Recv.List[0].Type
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	id, ok := expr.(*ast.Ident)
	return ok && id.IsExported()
}

// TestNoForeignNames keeps catch-all packages out.
func TestNoForeignNames(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains([]string{"util", "utils", "common", "helpers", "misc", "types"}, path.Base(s.pkg)) {
			t.Errorf("package %s says nothing", s.pkg)
		}
	}
}
