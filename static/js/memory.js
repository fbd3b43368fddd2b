/**
 * A value that is kept for as long as the tab lives, if the browser allows.
 * Where it does not, nothing is remembered and nothing fails.
 */
export class Memory {
  #key;

  /** @param {string} key */
  constructor(key) {
    this.#key = key;
  }

  /** @returns {any} what was written last, or undefined */
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key)) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {any} value undefined forgets */
  write(value) {
    try {
      if (value === undefined) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Denied, or full.
    }
  }
}
