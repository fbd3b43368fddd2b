/**
 * The order: what an applicant has written, judged and made an e-mail.
 *
 * A pure core, without a page. It is the second engine of one meaning: the
 * first is internal/order, where every rule is explained, and the two give the
 * same bytes for the same form and values.
 *
 * @module
 *
 * @typedef {Record<string, string>} Values what is written, by the fields' names
 * @typedef {{value: string, group?: string, label: string}} Choice
 * @typedef {{heading?: string, name?: string, label?: string, type?: string,
 *   optional?: boolean, maxLength?: number, differsFrom?: string,
 *   choices?: Choice[]}} Field
 * @typedef {{text: string, url: string, set: {field: string, from: string}[]}} Link
 * @typedef {{to: string, subject: string, statement?: string, fields: Field[],
 *   link?: Link, linked?: Field[], referenceLabel: string}} Form
 * @typedef {{field: string, rule: string}} Fault
 * @typedef {{to: string, subject: string, body: string}} Mail \n between lines
 */

const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const spaces = /[\0-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const limits = { text: 100, email: 254 };

/** @param {unknown} text */
const singleLine = (text) => String(text ?? "")
  .replace(/\p{Surrogate}/gu, "\ufffd")
  .replace(invisible, "")
  .replace(spaces, " ")
  .replace(/^ | $/g, "");

/** @param {Form} form */
const fieldsOf = (form) => form.fields.filter((field) => !field.heading);

/** @param {Field} field */
const typeOf = (field) => field.type || "text";

/**
 * The field's greatest number of characters, or undefined.
 *
 * @param {Field} field
 * @returns {number | undefined}
 */
export const limit = (field) => limits[typeOf(field)] && (field.maxLength || limits[typeOf(field)]);

/** @param {Choice} choice */
const words = ({ group, label }) => singleLine(group ? `${group}: ${label}` : label);

const normalizers = {
  "organisation-number": (line) => line.replace(/ /g, "").match(/^(?:no)?([0-9]+)(?:mva)?$/i)?.[1] ?? line,
  phone(line) {
    const number = line.replace(/[ .-]/g, "").replace(/^00/, "+");
    return /^\+?[0-9]+$/.test(number) ? number.replace(/^\+47([2-9][0-9]{7})$/, "$1") : line;
  },
};

/**
 * The values of exactly the form's fields, each in one spelling.
 *
 * @param {Form} form
 * @param {Values} values
 * @returns {Values}
 */
export function normalize(form, values) {
  const plain = {};
  for (const field of fieldsOf(form)) {
    const value = Object.hasOwn(values, field.name) ? values[field.name] : "";
    if (field.type === "choice") {
      plain[field.name] = field.choices.some((choice) => choice.value === value) ? value : "";
    } else {
      const line = singleLine(value);
      plain[field.name] = normalizers[field.type]?.(line) ?? line;
    }
  }
  return plain;
}

/**
 * A normalized value as people write it.
 *
 * @param {Field} field
 * @param {string} value
 * @returns {string}
 */
export function show(field, value) {
  switch (field.type) {
    case "organisation-number":
      return value.replace(/^(\d{3})(\d{3})(\d{3})$/, "$1 $2 $3");
    case "phone":
      return value
        .replace(/^([489]\d{2})(\d{2})(\d{3})$/, "$1 $2 $3")
        .replace(/^(\d{2})(\d{2})(\d{2})(\d{2})$/, "$1 $2 $3 $4");
    case "choice": {
      const choice = field.choices.find((choice) => choice.value === value);
      return choice ? words(choice) : "";
    }
  }
  return value;
}

const rules = {
  "organisation-number"(number) {
    if (!/^\d{9}$/.test(number)) return "organisation-number-length";
    if (/^[23]/.test(number)) return "organisation-number-synthetic";
    if (!/^[89]/.test(number)) return "organisation-number-start";
    const sum = [3, 2, 7, 6, 5, 4, 3, 2, 1].reduce((sum, weight, i) => sum + weight * number[i], 0);
    return sum % 11 ? "organisation-number-check" : "";
  },
  email: (address) =>
    /^[^ @<>()[\],;:\\"]+@[^ @<>()[\],;:\\".]+(?:\.[^ @<>()[\],;:\\".]+)+$/.test(address) ? "" : "email",
  phone: (number) => (/^(?:[2-9]\d{7}|\+(?!47)[1-9]\d{7,14})$/.test(number) ? "" : "phone"),
};

/**
 * What is wrong: in the form's order, at most one fault a field.
 *
 * @param {Form} form
 * @param {Values} values
 * @returns {Fault[]}
 */
export function validate(form, values) {
  const plain = normalize(form, values);
  const broken = (field) => {
    const value = plain[field.name];
    if (!value) return field.optional ? "" : field.type === "choice" ? "choice-required" : "required";
    if ([...value].length > limit(field)) return "too-long";
    return rules[field.type]?.(value)
      || (field.differsFrom && plain[field.differsFrom] === value ? "same" : "");
  };
  return fieldsOf(form)
    .map((field) => ({ field: field.name, rule: broken(field) }))
    .filter((fault) => fault.rule);
}

/**
 * The e-mail. The values need be neither normalized nor valid.
 *
 * @param {Form} form
 * @param {Values} values
 * @returns {Mail}
 */
export function compose(form, values) {
  const plain = normalize(form, values);
  const shown = new Map(fieldsOf(form).map((field) => [field.name, show(field, plain[field.name])]));
  const fill = (pattern) => singleLine(pattern.replace(/\{([^{}]*)\}/g, (match, name) => shown.get(name) ?? match));

  const lines = [];
  for (const field of form.fields) {
    if (field.heading) {
      if (lines.length) lines.push("");
      lines.push(singleLine(field.heading));
    } else {
      const value = shown.get(field.name);
      lines.push(`${singleLine(field.label)}:${value && " "}${value}`);
    }
  }
  const statement = singleLine(form.statement);
  if (statement) lines.push("", statement);
  if (form.link) lines.push("", `${singleLine(form.link.text)} ${form.link.url}${fragment(form.link, plain)}`);

  const mail = { to: fill(form.to), subject: fill(form.subject), body: lines.join("\n") };
  const name = reference(`${mail.to}\n${mail.subject}\n${mail.body}`);
  mail.body += `\n\n${singleLine(form.referenceLabel)}: ${name}`;
  return mail;
}

/**
 * What a link in another order's e-mail may bring to a form.
 *
 * @param {Form} form
 * @returns {Field[]}
 */
export const linkable = (form) => [...fieldsOf(form), ...(form.linked ?? [])]
  .filter((field) => field.type === "organisation-number");

/**
 * What the fragment of such a link brings, normalized. Whoever made the link,
 * it brings organisation numbers that are right, and nothing else.
 *
 * @param {Form} form
 * @param {URLSearchParams} pairs
 * @returns {Values}
 */
export function carried(form, pairs) {
  const fields = linkable(form).map((field) => ({ ...field, optional: false, differsFrom: "" }));
  const values = normalize({ fields }, Object.fromEntries(pairs));
  const faults = validate({ fields }, values).map((fault) => fault.field);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !faults.includes(name)));
}

/** What a link carries of normalized values. */
function fragment({ set }, plain) {
  const pairs = set
    .filter(({ from }) => plain[from])
    .map(({ field, from }) => `${escape(field)}=${escape(plain[from])}`);
  return pairs.length ? `#${pairs.join("&")}` : "";
}

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

/**
 * The name of a text: FNV-1a to the base 23, and a check character.
 *
 * @param {string} text
 */
function reference(text) {
  const letters = "34679ACDEFGHJKMNPQRTWXY";
  let hash = 2166136261;
  for (const byte of utf8(text)) hash = Math.imul(hash ^ byte, 16777619);
  hash >>>= 0;
  let code = "";
  let check = 0;
  for (let weight = 1; weight <= 7; weight++) {
    const digit = hash % 23;
    hash = (hash - digit) / 23;
    check += weight * digit;
    code += (weight === 5 ? "-" : "") + letters[digit];
  }
  return code + letters[check % 23];
}

/** @param {string} text */
const crlf = (text) => text.replace(/\n/g, "\r\n");

/** @param {string} text */
const escape = (text) => encodeURIComponent(text).replace(/['()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

/**
 * The e-mail as a mailto: address (RFC 6068).
 *
 * @param {Mail} mail
 * @returns {string}
 */
export function mailtoURL({ to, subject, body }) {
  const address = escape(to).replace(/%40/g, "@");
  return `mailto:${address}?subject=${escape(subject)}&body=${escape(crlf(body))}`;
}

/** @param {string} text */
const base64 = (text) => btoa(Array.from(utf8(text), (byte) => String.fromCharCode(byte)).join(""));

/**
 * The e-mail as a message file that mail programs open as a draft.
 *
 * @param {Mail} mail
 * @returns {string}
 */
export function eml({ to, subject, body }) {
  return [
    ...(to ? [`To: ${to}`] : []),
    `Subject: ${encodeHeader(subject)}`,
    "X-Unsent: 1",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    ...base64(crlf(body) + "\r\n").match(/.{1,76}/g),
    "",
  ].join("\r\n");
}

/**
 * A line as the value of a header (RFC 2047).
 *
 * @param {string} line
 */
function encodeHeader(line) {
  if (/^[\0-\x7f]{0,60}$/.test(line) && !line.includes("=?")) return line;
  const chunks = [""];
  for (const character of line) {
    const last = chunks.length - 1;
    if (utf8(chunks[last] + character).length > 39) chunks.push(character);
    else chunks[last] += character;
  }
  return chunks.map((chunk) => `=?UTF-8?B?${base64(chunk)}?=`).join("\r\n ");
}
