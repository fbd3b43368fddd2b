import { Memory } from "./memory.js";
import { carried, compose, limit, linkable, normalize, show, validate } from "./order.js";
import { Review } from "./review.js";

/** @typedef {import("./order.js").Values} Values */

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
 * - in the form, `[data-linked]` with a `dl`, for what a link in another order's
 *   e-mail has brought;
 * - `[data-review]`, the root of a {@link Review};
 * - `[role=status]`, `[data-clear]`, and a `template` for an answered field.
 *
 * Words stand in the HTML too: a receipt as `data-receipt` at its button.
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
  #answered;
  #set = {};
  #taken = {};
  #faulty = new Set();

  /**
   * @param {HTMLElement} root
   * @param {() => Values | undefined} [answered] the values that answers on the
   *   way set; asked again when the page is shown again or its fragment changes
   */
  constructor(root, answered = () => undefined) {
    this.#root = root;
    this.#answered = () => own(answered());
    const { form, messages } = JSON.parse(this.#find("script[type='application/json']").textContent);
    if (form.link) form.link.url = new URL(form.link.url, location.href).href; // a site need not know its host
    this.#order = { ...form, asked: form.fields.filter((field) => !field.heading) };
    this.#messages = messages;
    this.#form = this.#find("form");
    this.#summary = this.#find(".error-summary");
    this.#review = new Review(this.#find("[data-review]"), (receipt) => this.#say(receipt), () => this.#turn(false));
    for (const field of this.#order.asked) {
      this.#control(field.name);
      this.#part(field.name, ".field-control");
      this.#part(field.name, ".field-error");
    }
    this.#listen();

    // An entry of the history without a state is then one of a link within the page.
    history.replaceState({ review: Boolean(history.state?.review) }, "");
    this.#form.reset();
    this.#fill(this.#recall());
    this.#find("[data-fallback]").hidden = true;
    this.#find("[data-clear]").parentElement.hidden = false;
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
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener("input", () => {
      this.#remember();
      this.#showFaults(this.#faults().filter((fault) => this.#faulty.has(fault.field)));
    });
    const clear = this.#find("[data-clear]");
    clear.addEventListener("click", () => {
      const set = this.#answered();
      history.replaceState({ review: false }, "");
      this.#fill({ values: set, set, taken: own() }).focus();
      this.#say(clear.dataset.receipt);
    });
    const again = () => {
      const state = this.#recall();
      if (JSON.stringify(state) !== JSON.stringify(this.#state())) this.#fill(state);
    };
    addEventListener("hashchange", again);
    addEventListener("pageshow", ({ persisted }) => persisted && again());
    addEventListener("popstate", ({ state }) => state && this.#display().focus());
  }

  /** @returns {Values} what stands in the form, as it was written */
  #values() {
    return Object.fromEntries(this.#order.asked.map(({ name }) => [name, this.#control(name).value]));
  }

  #faults() {
    return validate(this.#order, this.#values());
  }

  /** What the form is to remember: what stands in it, and of that what was set and what a link has brought. */
  #state() {
    return { values: this.#values(), set: this.#set, taken: this.#taken };
  }

  #remember() {
    this.#memory.write(this.#state());
  }

  /**
   * The state that the form should have now. What was written wins over what is
   * set, until the setting changes; a link that is followed wins over both.
   */
  #recall() {
    const kept = this.#memory.read() ?? this.#state();
    const [written, before] = [own(kept.values), own(kept.set)];
    const brought = this.#take();
    const taken = own({ ...kept.taken, ...brought });
    const set = own({ ...this.#answered(), ...taken });
    const stands = (name) => written[name] !== undefined && written[name] !== (before[name] ?? "")
      && (set[name] === undefined || set[name] === before[name]);
    const values = this.#order.asked.map(({ name }) =>
      [name, brought[name] ?? (stands(name) ? written[name] : set[name] ?? "")]);
    return { values: Object.fromEntries(values), set, taken };
  }

  /**
   * Fills the form in.
   *
   * @returns {HTMLElement} where the focus belongs when that is new
   */
  #fill({ values, set, taken }) {
    this.#set = set;
    this.#taken = taken;
    this.#form.reset();
    for (const field of this.#order.asked) {
      const control = this.#control(field.name);
      const value = values[field.name] ?? "";
      control.value = value;
      if (control.selectedIndex < 0) control.selectedIndex = 0;
      this.#open(field);
      if (value && value === set[field.name]) this.#answer(field, value);
    }
    this.#showTaken();
    this.#remember();
    this.#showFaults([]);
    return this.#display();
  }

  /** Takes what a link in another order's e-mail has brought out of the address. */
  #take() {
    const pairs = new URLSearchParams(location.hash.slice(1));
    const taken = carried(this.#order, pairs);
    const names = linkable(this.#order).map(({ name }) => name).filter((name) => pairs.has(name));
    if (names.length) {
      for (const name of names) pairs.delete(name);
      history.replaceState({ review: false }, "", location.pathname + location.search + (pairs.size ? `#${pairs}` : ""));
    }
    return own(taken);
  }

  #showTaken() {
    const root = this.#find("[data-linked]");
    const rows = linkable(this.#order).filter(({ name }) => this.#taken[name]).flatMap((field) => {
      const [label, value] = ["dt", "dd"].map((tag) => document.createElement(tag));
      label.textContent = field.label;
      value.textContent = show(field, this.#taken[field.name]);
      return [label, value];
    });
    this.#find("dl", root).replaceChildren(...rows);
    root.hidden = !rows.length;
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
    this.#form.hidden = review;
    this.#review.show(review ? compose(this.#order, this.#values()) : undefined);
    this.#find("[role=status]").textContent = "";
    return review
      ? this.#review.heading
      : this.#find(".field-control:not([hidden]) :is(input, select), button", this.#form);
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

/** An object's own properties, with nothing behind them: a field may be named "constructor". */
function own(object) {
  return { __proto__: null, ...object };
}
