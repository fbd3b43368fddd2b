package e2e

import (
	"testing"
	"testing/fstest"
)

// shared is a site with two wizards, whose ways meet in one question.
var shared = fstest.MapFS{
	"content/_index.md": {Data: []byte("---\ntitle: Prøve\n---\n")},
	"content/soek/_index.md": {Data: []byte(`---
title: Hva søker du om?
wizard: Søk
answers: [{value: penger, label: Penger, next: ../felles/alder.md}]
---
`)},
	"content/klag/_index.md": {Data: []byte(`---
title: Hva klager du på?
wizard: Klag
answers: [{value: vedtak, label: Et vedtak, next: ../felles/alder.md}]
---
`)},
	"content/felles/alder.md": {Data: []byte(`---
title: Hvor gammel er du?
answers: [{value: ung, label: Under 18 år, next: ferdig.md}]
---
`)},
	"content/felles/ferdig.md": {Data: []byte("---\ntitle: Ferdig\n---\n")},
}

// waysThatMeet goes both ways in one tab: what is shown is the way that the
// visitor came.
func waysThatMeet(t *testing.T, b *browser, _ *published) {
	tb := b.newTab(t, publish(t, shared))
	tb.open("soek/")
	tb.click(answer("Penger"))
	tb.arrived("felles/alder/")
	tb.hasAnswers("Hva søker du om?", "Penger")
	tb.open("klag/")
	tb.click(answer("Et vedtak"))
	tb.arrived("felles/alder/")
	tb.hasAnswers("Hva klager du på?", "Et vedtak")
	tb.click(answer("Under 18 år"))
	tb.arrived("felles/ferdig/")
}
