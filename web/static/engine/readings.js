/**
 * Second readings: numbers, symbols, years and months that may be written in several ways.
 *
 * The twin of `index/analysis/readings.py`, which tells what each reading is for.
 */

import { SPACE, WORD } from "./characters.js";

/**
 * One or more alias terms for `text.slice(start, end)`.
 *
 * @typedef {{start: number, end: number, terms: string[]}} Reading
 */

const BLANK = "[ \\t\\xa0\\u202f]";
const DIGIT = /\p{Nd}/u;
/** The sources in which thousands stand in display order, as typists of Word files enter them. */
const DISPLAY_ORDER = ["tika", "docx", "doc"];
const YEAR = "(?:19|20)\\d\\d";
const NO_WORD_BEFORE = `(?<![${WORD}])`;
const NO_WORD_AFTER = `(?![${WORD}])`;

const GROUPS = pattern(`(?<![\\d/.,])\\d{1,3}(?:${BLANK}\\d{1,3})+(?![\\d/(]|${BLANK}\\()`);
const SEPARATED = pattern("(?<![\\d.,])\\d{1,3}(?:[,\\u066c]\\d{3})+(?![\\d.,])");
const BRACKETED_YEAR = pattern(
  `(?<!\\d)(\\d{1,4})${BLANK}?[()]${BLANK}?(${YEAR})${BLANK}?[()](?!\\d)` +
    `|(?<!\\d)[()](${YEAR})[()](\\d{1,4})(?!\\d)`,
);
const YEARS = pattern(`(?<![\\d/\\-])(${YEAR})${BLANK}?-${BLANK}?(${YEAR})(?![\\d/\\-])`);
const SPECIAL_SESSION = pattern(
  `${NO_WORD_BEFORE}د${BLANK}?(?<letters>ا?${BLANK}?ط?)${BLANK}?-${BLANK}?` +
    `(?<session>\\d{1,2})(?:${BLANK}?/${BLANK}?(?<number>\\d{1,3}))?${NO_WORD_AFTER}`,
);
const SYMBOL = pattern(`(?<![${WORD}/.])[A-Za-z][A-Za-z0-9.\\-]*(?:/[A-Za-z0-9][A-Za-z0-9.\\-]*)+`);

/**
 * @param {string} source with `\d` for any decimal digit, as in Python
 */
function pattern(source) {
  return new RegExp(
    source.replace(/\[([^\]]*)\\d/g, "[$1\\p{Nd}").replaceAll("\\d", "\\p{Nd}"),
    "gu",
  );
}

/** Finds second readings by the months of an index. */
export class Readings {
  /**
   * @param {import("./normalizer.js").Normalizer} normalizer
   * @param {import("./tables.js").Tables} tables
   */
  constructor(normalizer, tables) {
    this.normalizer = normalizer;
    this.months = tables.months;
    const names = [...tables.months.keys()]
      .sort((one, other) => other.length - one.length)
      .map((name) => name.replaceAll(" ", `${BLANK}+`))
      .join("|");
    this.month = pattern(
      `(?<=\\d)${BLANK}+(?<after>${names})${NO_WORD_AFTER}` +
        `|${NO_WORD_BEFORE}[وفبلك]?(?<before>${names})(?=${BLANK}+${YEAR}(?!\\d))` +
        `|${NO_WORD_BEFORE}[وفبلك]?(?<paired>${names})(?=${BLANK}?[/(]${BLANK}?(?:${names})${NO_WORD_AFTER})`,
    );
  }

  /**
   * Return the second readings in a text, in order of their start.
   *
   * @param {string} text
   * @param {import("./normalizer.js").Folded} folded the text, folded
   * @param {string} sourceKind
   * @returns {{start: number, end: number, terms: string[]}[]} places in the folded text
   */
  inFolded(text, folded, sourceKind) {
    if (!DIGIT.test(text)) return [];
    const plain = folded.text;
    /** @type {Reading[]} */
    const found = [];
    const add = (
      /** @type {number} */ start,
      /** @type {string} */ written,
      /** @type {string[]} */ terms,
    ) => found.push({ start, end: start + written.length, terms });
    for (const match of plain.matchAll(GROUPS)) {
      const terms = thousands(match[0].split(new RegExp(`[${SPACE}]+`)), sourceKind);
      if (terms.length) add(match.index, match[0], terms);
    }
    for (const match of plain.matchAll(SEPARATED)) {
      add(match.index, match[0], [`=${match[0].replace(/[^\p{Nd}]/gu, "")}`]);
    }
    for (const match of plain.matchAll(BRACKETED_YEAR)) {
      add(match.index, match[0], [`${match[1] ?? match[4]}(${match[2] ?? match[3]})`]);
    }
    for (const match of plain.matchAll(YEARS)) {
      add(match.index, match[0], [[match[1], match[2]].sort().join("-")]);
    }
    for (const match of plain.matchAll(SPECIAL_SESSION)) {
      const { letters, session, number } = /** @type {Record<string, string>} */ (match.groups);
      const prefix = letters.includes("ط") ? "es-" : "s-";
      add(match.index, match[0], [`${prefix}${session}${number ? `/${number}` : ""}`]);
    }
    for (const match of plain.matchAll(SYMBOL)) {
      add(match.index, match[0], [match[0].replace(/[.-]+$/, "")]);
    }
    for (const match of plain.matchAll(this.month)) {
      const { after, before, paired } = /** @type {Record<string, string>} */ (match.groups);
      const name = after ?? before ?? paired;
      const at = match.index + match[0].length - name.length;
      const number = this.months.get(name.split(new RegExp(`[${SPACE}]+`)).join(" "));
      add(at, name, [`month=${number}`]);
    }
    return found.sort(
      (one, other) => one.start - other.start || one.end - other.end || compare(one, other),
    );
  }
}

/**
 * @param {Reading} one
 * @param {Reading} other
 */
function compare(one, other) {
  const [left, right] = [one.terms.join(" "), other.terms.join(" ")];
  return left < right ? -1 : Number(left > right);
}

/**
 * Return the numbers that groups of digits may stand for, forward reading first.
 *
 * @param {string[]} groups
 * @param {string} sourceKind
 */
function thousands(groups, sourceKind) {
  const terms = [];
  if (groups.slice(1).every((group) => group.length === 3)) terms.push(`=${groups.join("")}`);
  if (
    DISPLAY_ORDER.includes(sourceKind) &&
    groups.slice(0, -1).every((group) => group.length === 3)
  ) {
    terms.push(`=${[...groups].reverse().join("")}`);
  }
  return [...new Set(terms)];
}
