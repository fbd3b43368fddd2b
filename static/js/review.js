import { eml, mailtoURL } from "./order.js";

/** @typedef {import("./order.js").Mail} Mail */

/** Mail programs on Windows cut longer addresses without a word. */
const longestURL = 1800;

/**
 * The finished e-mail, for the applicant to read and send.
 *
 * The root, `[data-review]`, holds an `h2` that can have the focus, `[data-mail]`
 * for each part of the e-mail, `[data-open]`, `[data-too-long]`, `[data-save]`,
 * and buttons `[data-copy]`, `[data-print]` and `[data-edit]`. Its receipts are
 * `data-receipt` at the buttons, or else its own `data-copy-denied`.
 */
export class Review {
  #root;
  #say;
  #file;

  /**
   * @param {HTMLElement} root
   * @param {(receipt: string) => void} say
   * @param {() => void} edit goes back to the form
   */
  constructor(root, say, edit) {
    this.#root = root;
    this.#say = say;
    this.#find("[data-edit]").addEventListener("click", edit);
    this.#find("[data-print]").addEventListener("click", () => print());
    for (const button of root.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", () => this.#copy(button));
    }
  }

  /** Where the focus belongs when the e-mail is new. */
  get heading() {
    return this.#find("h2");
  }

  #find(selector) {
    const found = this.#root.querySelector(selector);
    if (!found) throw new Error(`review: no ${selector}`);
    return found;
  }

  /** @param {Mail | undefined} mail undefined hides the review */
  show(mail) {
    this.#root.hidden = !mail;
    if (!mail) return;
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
}
