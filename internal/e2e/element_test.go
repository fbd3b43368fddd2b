package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
)

// An element is found by an XPath: the first that is visible.
type element string

// link and button are found by what they say.
func link(name string) element {
	return element(fmt.Sprintf(`//a[normalize-space(.)=%q]`, name))
}

func button(name string) element {
	return element(fmt.Sprintf(`//button[normalize-space(.)=%q]`, name))
}

// answer is the link that answers a question.
func answer(label string) element {
	return element(fmt.Sprintf(`//a[span[@class="answer-label"][.=%q]]`, label))
}

// field is what one writes in or chooses from, by its name in the order.
func field(name string) element {
	return element(fmt.Sprintf(`//form//*[@name="field.%s"]`, name))
}

// radio is the label of a radio button.
func radio(label string) element {
	return element(fmt.Sprintf(`//form//label[@class="choice"][normalize-space(.)=%q]`, label))
}

// answered is a field that shows an answer in place of its control.
func answered(words string) element {
	return element(fmt.Sprintf(`//form//*[@data-value][.=%q]`, words))
}

// js is a JavaScript expression for the element, or undefined.
func (e element) js() string {
	return strings.ReplaceAll(`(() => {
		const found = document.evaluate(XPATH, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
		for (let i = 0; i < found.snapshotLength; i++) {
			if (found.snapshotItem(i).checkVisibility({ visibilityProperty: true })) return found.snapshotItem(i);
		}
	})()`, "XPATH", quote(string(e)))
}

// quote returns a text as a JavaScript expression.
func quote(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted)
}
