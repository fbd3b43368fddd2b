import { Answers } from "./answers.js";

for (const root of document.querySelectorAll("[data-module=answers]")) {
  try {
    new Answers(root);
  } catch (error) {
    console.error(error);
  }
}
