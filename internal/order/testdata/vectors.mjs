// Runs static/js/order.js against vectors: node vectors.mjs FILE. Prints what
// differs as JSON, one a line, and then the number of vectors.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { compose, eml, mailtoURL, normalize, validate } from "../../../static/js/order.js";

const { forms, vectors } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [index, vector] of vectors.entries()) {
  const form = forms[vector.form];
  const mail = compose(form, vector.values);
  const got = {
    normalized: normalize(form, vector.values),
    faults: validate(form, vector.values),
    mail,
    url: mailtoURL(mail),
    eml: eml(mail),
  };
  for (const [part, value] of Object.entries(got)) {
    if (!isDeepStrictEqual(value, vector[part])) {
      console.log(JSON.stringify({ index, part, values: vector.values, got: value, want: vector[part] }));
    }
  }
}
console.log(vectors.length);
