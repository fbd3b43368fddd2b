package markdown

import (
	"html"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
)

// renderCode writes a code block. Its language is highlighted by classes, so
// that the stylesheet decides and nothing runs in the browser. The box can be
// scrolled by keyboard.
func renderCode(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	language := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		language = string(unescape(fenced.Language(w.source())))
	}
	var code strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		code.Write(line.Value(w.source()))
	}
	w.WriteString(`<pre tabindex="0"><code`)
	if language != "" {
		w.WriteString(` class="language-` + html.EscapeString(language) + `"`)
	}
	w.WriteString(">")
	w.highlight(language, code.String())
	w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren
}

// highlight writes code with its tokens in spans of chroma's classes, which
// are Pygments' short names. Code with a shortcode in it, or in a language
// that is not known, is written plain.
func (w *writer) highlight(language, code string) {
	var lexer chroma.Lexer
	if language != "" && strings.IndexByte(code, markOpen) < 0 {
		lexer = lexers.Get(language)
	}
	if lexer == nil {
		w.WriteString(html.EscapeString(code))
		return
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		w.WriteString(html.EscapeString(code))
		return
	}
	for token := tokens(); token != chroma.EOF; token = tokens() {
		text := html.EscapeString(token.Value)
		if class := tokenClass(token.Type); class != "" {
			w.WriteString(`<span class="` + class + `">` + text + "</span>")
		} else {
			w.WriteString(text)
		}
	}
}

// tokenClass returns the class of a token, or "" where it would change
// nothing: text, white space, and what the lexer did not recognise.
func tokenClass(t chroma.TokenType) string {
	switch {
	case t == chroma.Error, t.InCategory(chroma.Text), t == chroma.Other, t == chroma.None:
		return ""
	}
	return chroma.StandardTypes[t]
}
