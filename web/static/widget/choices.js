/**
 * Choices: what the menus offer, from what an index knows of its documents, by the names that the
 * pages of `fihris serve` call it (`web/texts`).
 */

import { allows } from "./options.js";

/**
 * @typedef {import("./texts.js").Language} Language
 * @typedef {import("./options.js").Field} Field
 */

/** Organs and kinds in the order in which they are offered. @type {Record<Language, Record<string, string>>} */
export const NAMES = {
  ar: {
    GA: "الجمعية العامة",
    SC: "مجلس الأمن",
    HRC: "مجلس حقوق الإنسان",
    ECOSOC: "المجلس الاقتصادي والاجتماعي",
    CHR: "لجنة حقوق الإنسان",
    TC: "مجلس الوصاية",
    title: "عنوان",
    preambular: "ديباجة",
    operative: "منطوق",
    sub: "فقرة فرعية",
    heading: "ترويسة",
    annex: "مرفق",
    footnote: "حاشية",
    provision: "مادة",
    "": "الدورة {number}",
    S: "الدورة الاستثنائية {number}",
    ES: "الدورة الاستثنائية الطارئة {number}",
  },
  en: {
    GA: "General Assembly",
    SC: "Security Council",
    HRC: "Human Rights Council",
    ECOSOC: "Economic and Social Council",
    CHR: "Commission on Human Rights",
    TC: "Trusteeship Council",
    title: "title",
    preambular: "preambular",
    operative: "operative",
    sub: "sub-paragraph",
    heading: "heading",
    annex: "annex",
    footnote: "footnote",
    provision: "provision",
    "": "Session {number}",
    S: "Special session {number}",
    ES: "Emergency special session {number}",
  },
};

/**
 * Offer what a field may be restricted to; what is chosen stays so, where it is allowed.
 *
 * @param {HTMLSelectElement} menu
 * @param {Field} field
 * @param {import("../engine/documents.js").Documents} documents
 * @param {import("../engine/engine.js").Filters} fixed what the site restricts every query to
 * @param {Language} language
 */
export function fillMenu(menu, field, documents, fixed, language) {
  const { value } = menu;
  const known = valuesOf(field, documents, fixed).filter((one) => allows(fixed, field, one));
  if (value && !known.includes(value) && allows(fixed, field, value)) known.push(value);
  const names = NAMES[language];
  menu.replaceChildren(
    menu.options[0],
    ...inOrder(field, known).map((one) => new Option(nameOf(field, one, names), one)),
  );
  menu.value = known.includes(value) ? value : "";
}

/**
 * Return the values of a field among the documents that the site restricts every query to.
 *
 * @param {Field} field
 * @param {import("../engine/documents.js").Documents} documents
 * @param {import("../engine/engine.js").Filters} fixed
 */
function valuesOf(field, documents, fixed) {
  const { organs, organ, sessions, session, year, kind_names, kinds } = documents.columns;
  if (field === "kind")
    return [...new Set(kinds.filter((_, at) => at % 2 === 0))].map((at) => kind_names[at]);
  const restrictions = Object.entries(fixed).filter(([name]) => name !== "kind");
  /** @type {Set<string>} */
  const values = new Set();
  for (const [at, first] of documents.firsts.entries()) {
    if (!restrictions.every(([name, allowed]) => documents.passes(first, name, allowed))) continue;
    const of = { organ: organs[organ[at]], session: sessions[session[at]], year: year[at] };
    if (of[field]) values.add(String(of[field]));
  }
  return [...values];
}

/**
 * Return values in the order of their names above, or the latest session and year first; special
 * sessions stand behind the others.
 *
 * @param {Field} field
 * @param {string[]} values
 */
function inOrder(field, values) {
  const order = Object.keys(NAMES.ar);
  const place = (/** @type {string} */ value) =>
    field === "organ" || field === "kind"
      ? order.indexOf(value)
      : order.indexOf(sessionParts(value)[0]) * 1e6 - Number(sessionParts(value)[1]);
  return values.sort((one, other) => place(one) - place(other));
}

/**
 * Return the type of a session and its number, of a year the number.
 *
 * @param {string} label as symbols write it
 */
function sessionParts(label) {
  const [, type = "", number = ""] = /^(?:(E?S)-)?(\d+)$/.exec(label) ?? [];
  return [type, number];
}

/**
 * @param {Field} field
 * @param {string} value
 * @param {Record<string, string>} names
 */
function nameOf(field, value, names) {
  if (field !== "session") return names[value] ?? value;
  const [type, number] = sessionParts(value);
  return number ? names[type].replace("{number}", number) : value;
}
