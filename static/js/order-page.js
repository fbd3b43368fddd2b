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

let form;
const answers = start("answers", (root) => new Answers(root, (set) => form?.answered(set)));
form = start("order-form", (root) => new OrderForm(root, answers?.set));
