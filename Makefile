# make test      everything that must hold before a commit: the one test command
# make fuzz      every fuzzer for FUZZTIME each
# make bench     the speed of parsing, linking, rendering and the whole build
# make preview   the guidance site at http://localhost:1414

GO       ?= go
FUZZTIME ?= 60s
AXE      := internal/e2e/node_modules/axe-core

.PHONY: test tools vet unit fuzz bench preview

test: tools vet unit

# What the tests need besides Go, make and node. The tests say so themselves
# if it is missing.
tools: $(AXE)
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium; }

$(AXE): internal/e2e/package-lock.json
	cd internal/e2e && npm ci --no-audit --no-fund --silent
	@touch $@

vet:
	@test -z "$$(gofmt -l cmd internal embed.go)" || { gofmt -l cmd internal embed.go; echo "run gofmt -w on these"; exit 1; }
	$(GO) vet ./...
	GOOS=windows $(GO) vet ./...
	GOOS=darwin $(GO) vet ./...

unit:
	$(GO) test -timeout 15m $(TESTFLAGS) ./...

fuzz:
	@for pkg in $$($(GO) list ./internal/...); do \
		for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg || exit 1; \
		done; \
	done

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./internal/markdown ./internal/build

preview:
	$(GO) run ./cmd/veiviser preview
