package order_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"veiviser/internal/order/ordertest"
)

// The browser's engine gives the same bytes as this one.
func TestVectorsInNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("node is missing; this test needs it")
		}
		t.Skip("node is missing")
	}
	suite, err := ordertest.NewSuite()
	if err != nil {
		t.Fatal(err)
	}
	if len(suite.Vectors) < 2000 {
		t.Fatalf("%d vectors are too few", len(suite.Vectors))
	}
	data, err := json.Marshal(suite)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "vectors.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(node, "testdata/vectors.mjs", file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if want := fmt.Sprintln(len(suite.Vectors)); string(out) != want {
		t.Errorf("the script differs in %d places, first:\n%.3000s", strings.Count(string(out), "\n")-1, out)
	}
}

// The vectors would prove nothing if they met only some of the rules.
func TestVectorsMeetEveryRule(t *testing.T) {
	suite, err := ordertest.NewSuite()
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]int{}
	for _, v := range suite.Vectors {
		for _, fault := range v.Faults {
			met[string(fault.Rule)]++
		}
		if len(v.Faults) == 0 {
			met["none"]++
		}
	}
	for _, rule := range append(ruleNames(), "none") {
		if met[rule] == 0 {
			t.Errorf("no vector has the fault %q", rule)
		}
	}
}
