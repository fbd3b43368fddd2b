import { Memory } from "./memory.js";
import { compose, eml, limit, mailtoURL, normalize, show, validate } from "./order.js";

/** @typedef {import("./order.js").Values} Values */

/** Mail programs on Windows cut longer addresses without a word. */
const longestURL = 1800;

/**
 * The order form: asks, checks, and shows the e-mail for the applicant to send.
 * Nothing is sent from here.
 *
 * Its HTML is made by layouts/partials/order-form.html. The root holds
 * - a `<script type="application/json">` with the form and the messages;
 * - `[data-fallback]`, for visitors without script, and the hidden `form`: for
 *   each field a `[data-field]` with a `.field-control` around the controls, all
 *   named `field.` and the field's name (a control named "hidden" would hide the
 *   form's own), and a hidden `.field-error` with an id; then `.error-summary`;
 * - `[data-review]`: `[data-mail]` for each part of the e-mail, `[data-open]`,
 *   `[data-too-long]`, `[data-save]`, and buttons `[data-copy]`, `[data-print]`
 *   and `[data-edit]`;
 * - `[data-linked]` with a `dl`, for what a link in another order's e-mail brought;
 * - `[role=status]`, `[data-clear]`, and a `template` for an answered field.
 *
 * Words stand in the HTML too: receipts as `data-receipt` at their buttons.
 */
export class OrderForm {
  #root;
  #form;
  #summary;
  #review;
  #order;
  #messages;
  #title = document.title;
  #memory = new Memory(`veiviser-order:${location.pathname}`);
  #set = {};
  #taken = {};
  #faulty = new Set();
  #file;

  /**
   * @param {HTMLElement} root
   * @param {Values} [set] values that answers on the way have set
   */
  constructor(root, set = {}) {
    this.#root = root;
    const { form, messages } = JSON.parse(this.#find("script[type='application/json']").textContent);
    this.#order = { ...form, asked: form.fields.filter((field) => !field.heading) };
    if (form.link) form.link.url = new URL(form.link.url, location.href).href;
    this.#messages = messages;
    this.#form = this.#find("form");
    this.#summary = this.#find(".error-summary");
    this.#review = this.#find("[data-review]");
    for (const field of this.#order.asked) {
      this.#control(field.name);
      this.#part(field.name, ".field-control");
      this.#part(field.name, ".field-error");
    }
    this.#listen();

    const { values = {}, set: before = {}, taken = {} } = this.#memory.read() ?? {};
    this.#taken = { ...taken, ...this.#take() };
    this.#fill(values, before, set);
    this.#find("[data-fallback]").hidden = true;
    this.#find("[data-clear]").parentElement.hidden = false;
    // An entry of the history without a state is then one of a link within the page.
    history.replaceState({ review: Boolean(history.state?.review) }, "");
    this.#display();
  }

  /**
   * Takes over what the answers on the way say now.
   *
   * @param {Values} set
   */
  answered(set) {
    if (JSON.stringify({ ...set, ...this.#taken }) === JSON.stringify(this.#set)) {
      this.#remember();
    } else {
      this.#fill(this.#values(), this.#set, set);
      this.#display();
    }
  }

  #find(selector, within = this.#root) {
    const found = within.querySelector(selector);
    if (!found) throw new Error(`order form: no ${selector}`);
    return found;
  }

  #control(name) {
    const control = this.#form.elements.namedItem(`field.${name}`);
    if (!control) throw new Error(`order form: no field ${name}`);
    return control;
  }

  #part(name, selector) {
    return this.#find(`[data-field="${name}"] ${selector}`, this.#form);
  }

  #listen() {
    const click = (selector, act) => {
      for (const element of this.#root.querySelectorAll(selector)) {
        element.addEventListener("click", () => act(element));
      }
    };
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener("input", () => {
      this.#remember();
      this.#showFaults(this.#faults().filter((fault) => this.#faulty.has(fault.field)));
    });
    click("[data-copy]", (button) => this.#copy(button));
    click("[data-print]", () => print());
    click("[data-edit]", () => this.#turn(false));
    click("[data-clear]", (button) => {
      const set = Object.entries(this.#set).filter(([name]) => !(name in this.#taken));
      this.#taken = {};
      this.#fill({}, {}, Object.fromEntries(set));
      this.#memory.write(undefined);
      history.replaceState({ review: false }, "");
      this.#display().focus();
      this.#say(button.dataset.receipt);
    });
    addEventListener("popstate", ({ state }) => state && this.#display().focus());
  }

  /** @returns {Values} what stands in the form, as it was written */
  #values() {
    return Object.fromEntries(this.#order.asked.map(({ name }) => [name, this.#control(name).value]));
  }

  #faults() {
    return validate(this.#order, this.#values());
  }

  #remember() {
    this.#memory.write({ values: this.#values(), set: this.#set, taken: this.#taken });
  }

  /** Fills the form. What was written wins over what is set, until the setting changes. */
  #fill(values, before, set) {
    [values, before, set] = [values, before, { ...set, ...this.#taken }].map((own) => ({ __proto__: null, ...own }));
    this.#form.reset();
    this.#set = set;
    for (const field of this.#order.asked) {
      const { name } = field;
      const untouched = values[name] === undefined || (name in before && values[name] === before[name]);
      const changed = name in set && set[name] !== before[name];
      const value = changed || untouched ? set[name] ?? "" : values[name];
      const control = this.#control(name);
      control.value = value;
      if (control.selectedIndex < 0) control.selectedIndex = 0;
      this.#open(field);
      if (value && value === set[name]) this.#answer(field, value);
    }
    this.#showTaken();
    this.#remember();
    this.#showFaults([]);
  }

  /** Takes the organisation numbers that a link in another order's e-mail has brought, out of the address. */
  #take() {
    const pairs = new URLSearchParams(location.hash.slice(1));
    const taken = {};
    for (const field of this.#linkable()) {
      const alone = { fields: [{ ...field, differsFrom: undefined }] };
      const values = { [field.name]: pairs.get(field.name) ?? "" };
      if (!pairs.has(field.name)) continue;
      pairs.delete(field.name);
      if (!validate(alone, values).length) Object.assign(taken, normalize(alone, values));
      history.replaceState(history.state, "", location.pathname + (pairs.size ? `#${pairs}` : ""));
    }
    return taken;
  }

  #linkable() {
    const { asked, linked = [] } = this.#order;
    return [...asked, ...linked].filter((field) => field.type === "organisation-number");
  }

  #showTaken() {
    const taken = this.#find("[data-linked]");
    const rows = this.#linkable().filter(({ name }) => name in this.#taken).flatMap((field) => {
      const [label, value] = ["dt", "dd"].map((tag) => document.createElement(tag));
      label.textContent = field.label;
      value.textContent = show(field, this.#taken[field.name]);
      return [label, value];
    });
    this.#find("dl", taken).replaceChildren(...rows);
    taken.hidden = !rows.length;
  }

  /** Shows a field as answered, with a way to change it. */
  #answer(field, value) {
    const control = this.#part(field.name, ".field-control");
    const answer = this.#find("template").content.cloneNode(true);
    this.#find("[data-value]", answer).textContent = show(field, normalize(this.#order, { [field.name]: value })[field.name]);
    this.#find("[data-label]", answer).textContent = inSentence(field.label);
    this.#find("button", answer).addEventListener("click", () => {
      this.#open(field);
      this.#focus(field.name);
    });
    control.before(answer);
    control.hidden = true;
  }

  #open({ name }) {
    const control = this.#part(name, ".field-control");
    control.parentElement.querySelector(".field-set")?.remove();
    control.hidden = false;
  }

  #focus(name) {
    const control = this.#control(name);
    (control.focus ? control : [...control].find((radio) => radio.checked) ?? control[0]).focus();
  }

  #submit() {
    const faults = this.#faults();
    this.#faulty = new Set(faults.map((fault) => fault.field));
    this.#showFaults(faults);
    if (faults.length) this.#summary.focus();
    else this.#turn(true);
  }

  /** Turns to the review or to the form; Back turns back. */
  #turn(review) {
    history.pushState({ review }, "");
    this.#display().focus();
  }

  /** Shows the faults, in the summary and at the fields, and no others. */
  #showFaults(faults) {
    this.#faulty = new Set(faults.map((fault) => fault.field));
    const items = [];
    for (const field of this.#order.asked) {
      const fault = faults.find((fault) => fault.field === field.name);
      const message = fault ? this.#message(fault.rule, field) : "";
      this.#mark(field, message);
      if (message) items.push(this.#item(field, message));
    }
    this.#find("ul", this.#summary).replaceChildren(...items);
    this.#summary.hidden = !items.length;
    document.title = (items.length ? this.#root.dataset.errorTitle : "") + this.#title;
  }

  /** Sets or takes away the message at a field. */
  #mark(field, message) {
    const error = this.#part(field.name, ".field-error");
    error.textContent = message;
    error.hidden = !message;
    const control = this.#control(field.name);
    const target = control.focus ? control : error.parentElement;
    const described = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
    if (message) {
      this.#open(field);
      described.push(error.id);
      target.setAttribute("aria-invalid", "true");
    } else {
      target.removeAttribute("aria-invalid");
    }
    if (described.length) target.setAttribute("aria-describedby", described.join(" "));
    else target.removeAttribute("aria-describedby");
  }

  #item(field, message) {
    const link = document.createElement("a");
    link.href = `#order-${field.name}`;
    link.textContent = message;
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address holds the applicant's answers
      this.#focus(field.name);
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  /** The message of a rule: {label}, {other} and {max} filled in. */
  #message(rule, field) {
    const other = this.#order.asked.find(({ name }) => name === field.differsFrom);
    const words = { label: field.label, other: other?.label, max: String(limit(field)) };
    return this.#messages[rule].replace(/\{(\w+)\}/g, (_, word, at) => (at ? inSentence(words[word]) : words[word]));
  }

  /**
   * Shows the e-mail if the page's history says so and it can be sent, else the form.
   *
   * @returns {HTMLElement} where the focus belongs when that is new
   */
  #display() {
    const review = Boolean(history.state?.review) && !this.#faults().length;
    if (review) this.#compose();
    this.#form.hidden = review;
    this.#review.hidden = !review;
    this.#find("[role=status]").textContent = "";
    return review
      ? this.#find("h2", this.#review)
      : this.#find(".field-control:not([hidden]) :is(input, select), button", this.#form);
  }

  #compose() {
    const mail = compose(this.#order, this.#values());
    for (const part of ["to", "subject", "body"]) {
      this.#find(`[data-mail=${part}]`).textContent = mail[part];
    }
    const url = mailtoURL(mail);
    const tooLong = url.length > longestURL;
    const open = this.#find("[data-open]");
    open.hidden = tooLong;
    if (tooLong) open.removeAttribute("href");
    else open.href = url;
    this.#find("[data-too-long]").hidden = !tooLong;

    URL.revokeObjectURL(this.#file);
    this.#file = URL.createObjectURL(new Blob([eml(mail)], { type: "message/rfc822" }));
    this.#find("[data-save]").href = this.#file;
  }

  async #copy(button) {
    const part = this.#find(`[data-mail=${button.dataset.copy}]`);
    try {
      await navigator.clipboard.writeText(part.textContent);
      this.#say(button.dataset.receipt);
    } catch {
      getSelection().selectAllChildren(part);
      this.#say(this.#root.dataset.copyDenied);
    }
  }

  /** Says something to those who see and to those who hear, also the second time. */
  #say(text) {
    const status = this.#find("[role=status]");
    status.textContent = "";
    setTimeout(() => (status.textContent = text), 100);
  }
}

/** A label inside a sentence: "Navn" is "navn", but "NAV-kontor" stays. */
function inSentence(label) {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
