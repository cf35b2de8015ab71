/**
 * Texts: what is shown of units and their documents, read from one file. The twin of
 * `web/shards/texts.py`.
 */

import { sums } from "./groups.js";

/**
 * @typedef {[number, string, string, string, string?]} StoredDocument number of its first unit,
 *   address, title, date, language
 * @typedef {[StoredDocument[], (string | 0)[], string[], string[], (number | number[])[]]} Stored
 *   documents; of units fragments (0 counts on), kinds (empty: as before) and texts; places and
 *   what they have in common with others
 *
 * @typedef {object} Unit
 * @property {string} fragment
 * @property {string} kind
 * @property {string} text
 * @property {number[] | number} alike the other units of this wording, or the number of the wording
 * @property {string} address of its document
 * @property {string} title of its document
 * @property {string} date as far as it is known
 * @property {string} language of its document, where the index says so
 */

/**
 * Return the units of a file.
 *
 * @param {Stored} stored
 * @param {number} first the number of the first one
 * @returns {Unit[]}
 */
export function readUnits([documents, fragments, kinds, texts, alike], first) {
  let fragment = "";
  let kind = "";
  return texts.map((text, place) => {
    const written = fragments[place];
    fragment =
      written === 0
        ? fragment.replace(/\d{1,9}$/, (number) => String(Number(number) + 1))
        : written;
    kind = kinds[place] || kind;
    const document = documents.findLast(([one]) => one <= first + place) ?? documents[0];
    const [, address, title, date, language = ""] = document;
    return { fragment, kind, text, alike: others(alike, place), address, title, date, language };
  });
}

/**
 * @param {(number | number[])[]} alike
 * @param {number} place
 */
function others(alike, place) {
  for (let at = 0; at < alike.length; at += 2) {
    if (alike[at] !== place) continue;
    const written = alike[at + 1];
    return Array.isArray(written) ? sums(written) : written;
  }
  return [];
}
