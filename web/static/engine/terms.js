/**
 * Terms: the words of a query as the index knows them. The twin of `search/terms.py`.
 */

import { SPACE } from "./characters.js";

/**
 * One word of a query, or a number, date or symbol that is written with several. A text has it by
 * its stem, by one of the spellings (each a run of neighbouring exact forms), or by a reading.
 *
 * @typedef {{type: "term", surface: string, spellings: string[][], readings: string[],
 *   stem: string | null, stop: boolean}} Term
 */

/**
 * Return the terms of words that stand together in a query, stop words among them.
 *
 * @param {string} text
 * @param {import("./analyzer.js").Analyzer} analyzer
 * @returns {Term[]}
 */
export function queryTerms(text, analyzer) {
  /** @type {import("./analyzer.js").Token[][]} */
  const groups = [];
  for (const token of analyzer.tokens(text)) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && belongTogether(text, before, token, analyzer)) group.push(token);
    else groups.push([token]);
  }
  return groups.map((group) => termOf(text, group, analyzer));
}

/**
 * Tell whether two neighbours are one term: by a reading that covers both, by a number that nothing
 * but punctuation joins to the other ("46/28"), or by the name of a month.
 *
 * @param {string} text
 * @param {import("./analyzer.js").Token} before
 * @param {import("./analyzer.js").Token} after
 * @param {import("./analyzer.js").Analyzer} analyzer
 */
function belongTogether(text, before, after, analyzer) {
  if (before.alias.some((term) => after.alias.includes(term))) return true;
  if (analyzer.readings.months.has(`${before.exact} ${after.exact}`)) return true;
  const between = text.slice(before.end, after.start);
  const joined = between !== "" && !new RegExp(`[${SPACE}]`).test(between);
  return joined && (isNumber(before.exact) || isNumber(after.exact));
}

/**
 * @param {string} text
 * @param {import("./analyzer.js").Token[]} group
 * @param {import("./analyzer.js").Analyzer} analyzer
 * @returns {Term}
 */
function termOf(text, group, analyzer) {
  const spelling = group.map(({ exact }) => exact);
  const spellings = [spelling];
  const readings = group.flatMap(({ alias }) => alias);
  const month = analyzer.readings.months.get(spelling.join(" "));
  if (month) readings.push(`month=${month}`);
  for (const reading of readings) {
    const number = reading.slice(1);
    if (reading.startsWith("=") && !spellings.some((one) => one.join(" ") === number)) {
      spellings.push([number]); // "1 730" is also found as 1730
    }
  }
  const [first] = group;
  const single = group.length === 1;
  if (single && isNumber(first.exact)) readings.push(`=${first.exact}`);
  return {
    type: "term",
    surface: text.slice(first.start, group[group.length - 1].end),
    spellings,
    readings: [...new Set(readings)],
    stem: single && !first.stop ? first.stem : null,
    stop: single && first.stop,
  };
}

/** @param {string} word */
function isNumber(word) {
  return /^\p{Nd}+$/u.test(word);
}
