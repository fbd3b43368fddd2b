/**
 * The answers that led here, and the way to change them.
 *
 * An answer is a link whose fragment says what was answered: #rolle=egen. This
 * script remembers answers for as long as the tab lives, and passes all of them
 * on in the links, so that the way is known in a new tab too, and where the
 * browser keeps nothing.
 *
 * @module
 *
 * @typedef {{label: string, next: string, set?: Record<string, string>}} Answer
 * @typedef {{title: string, url: string, answers: Record<string, Answer>}} Question
 * @typedef {{starts: {key: string, name: string}[], here: string,
 *   questions: Record<string, Question>}} Wizard the wizards that this page is
 *   part of, each with the key that it is remembered by and its first question's
 *   name, this page's address, and all their questions by name
 * @typedef {Record<string, string>} Answers the chosen value, by the question's name
 */

import { Memory } from "./memory.js";

/**
 * The steps from a question to this page, or none if the answers lead elsewhere.
 *
 * @param {Wizard} wizard
 * @param {string} start the question's name
 * @param {Answers} answers
 * @returns {{name: string, value: string, question: Question, answer: Answer}[]}
 */
export function walk({ here, questions }, start, answers) {
  const names = new Map(Object.entries(questions).map(([name, { url }]) => [url, name]));
  const steps = [];
  let name = start;
  while (name && steps.length < names.size && questions[name].url !== here) {
    const answer = questions[name].answers[answers[name]];
    if (!answer) return [];
    steps.push({ name, value: answers[name], question: questions[name], answer });
    if (answer.next === here) return steps;
    name = names.get(answer.next);
  }
  return questions[name]?.url === here ? steps : [];
}

/**
 * "Dine svar". The root is `<aside hidden>` and holds a
 * `<script type="application/json">` with the {@link Wizard}, an `<ol>` or
 * `<ul>`, and a `<template>` of one item of it: `[data-question]` and
 * `[data-answer]` for the words, and a link to change the answer, in which
 * `[data-label]` says which.
 */
export class Answers {
  #root;
  #wizard;
  #memories;
  #last = new Memory("veiviser-wizard");
  #answers = {};
  #steps = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#wizard = JSON.parse(this.#find("script[type='application/json']").textContent);
    this.#memories = this.#wizard.starts.map(({ key }) => new Memory(`veiviser-answers:${key}`));
    this.#update();
    addEventListener("hashchange", () => this.#update());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#update());
  }

  /** The values that the answers on the way set in an order. */
  get set() {
    return Object.assign({}, ...this.#steps.map(({ answer }) => answer.set));
  }

  #find(selector, within = this.#root) {
    const found = within.querySelector(selector);
    if (!found) throw new Error(`answers: no ${selector}`);
    return found;
  }

  #update() {
    const remembered = [this.#answers, ...this.#memories.map((memory) => memory.read() ?? {})];
    this.#answers = this.#known([...remembered.flatMap(Object.entries), ...new URLSearchParams(location.hash.slice(1))]);
    for (const memory of this.#memories) memory.write(this.#answers);
    this.#steps = this.#way();
    this.#list();
    this.#passOn();
  }

  /** The steps of the wizard that the visitor is in: the last one seen, where several lead here. */
  #way() {
    const { starts } = this.#wizard;
    if (starts.length === 1) this.#last.write(starts[0].key);
    const last = this.#last.read();
    const ways = starts
      .toSorted((a, b) => (b.key === last) - (a.key === last))
      .map(({ name }) => walk(this.#wizard, name, this.#answers));
    return ways.find((steps) => steps.length) ?? [];
  }

  /** The pairs that are a question and one of its answers, as an object. */
  #known(pairs) {
    const { questions } = this.#wizard;
    return Object.fromEntries(pairs.filter(([name, value]) =>
      Object.hasOwn(questions, name) && Object.hasOwn(questions[name].answers, value)));
  }

  #fragment(more = {}) {
    return new URLSearchParams({ ...this.#answers, ...more }).toString();
  }

  #list() {
    const template = this.#find("template");
    this.#find("ol, ul").replaceChildren(...this.#steps.map(({ question, answer }) => {
      const item = template.content.cloneNode(true);
      this.#find("[data-question]", item).textContent = question.title;
      this.#find("[data-answer]", item).textContent = answer.label;
      this.#find("[data-label]", item).textContent = `: ${question.title}`;
      this.#find("a", item).href = `${question.url}#${this.#fragment()}`;
      return item;
    }));
    this.#root.hidden = !this.#steps.length;
  }

  /** Lets the links that answer this page's question carry the earlier answers, and marks the one chosen before. */
  #passOn() {
    const [name] = Object.entries(this.#wizard.questions).find(([, { url }]) => url === this.#wizard.here) ?? [];
    if (!name) return;
    for (const link of document.links) {
      const answer = this.#known([...new URLSearchParams(link.hash.slice(1))])[name];
      if (!answer || this.#root.contains(link)) continue;
      link.hash = this.#fragment({ [name]: answer });
      link.ariaCurrent = answer === this.#answers[name] ? "true" : null;
    }
  }
}
