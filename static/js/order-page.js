import { Answers } from "./answers.js";
import { OrderForm } from "./order-form.js";

/** Constructs a component if its root is on the page; the page works without. */
function start(module, construct) {
  const root = document.querySelector(`[data-module=${module}]`);
  try {
    return root && construct(root);
  } catch (error) {
    console.error(error);
  }
}

// The answers first: the form asks them again on events that both listen to.
const answers = start("answers", (root) => new Answers(root));
start("order-form", (root) => new OrderForm(root, () => answers?.set));
