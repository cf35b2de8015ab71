/**
 * The tokens of the query language: words, phrases, fields, brackets and operators in a text. The
 * twin of `search/query_tokens.py`, which tells why each rule is as it is.
 *
 * Every character of a query belongs to a token or is a space between two.
 */

import { SPACE } from "./characters.js";

/**
 * @typedef {"word" | "phrase" | "field" | "open" | "close" | "minus"} TokenKind
 *
 * A part of the query between two places in it, in UTF-16 units, end exclusive.
 *
 * @typedef {object} QueryToken
 * @property {TokenKind} kind `minus` touches what it excludes
 * @property {number} start
 * @property {number} end
 * @property {string} text what stands inside the quotation marks, or the value of a field
 * @property {string} [name] the English name of a field
 * @property {number | null} [slop] words that a phrase allows among its own; null when none is said
 * @property {boolean} [typed] whether an equals sign asks for the spelling as typed
 * @property {boolean} [quoted] whether the value of a field is a phrase
 */

/** English and Arabic names of the fields; those left out need the server. @type {Record<string, string>} */
const FIELD_NAMES = {
  organ: "organ",
  هيئة: "organ",
  session: "session",
  دورة: "session",
  year: "year",
  سنة: "year",
  kind: "kind",
  نوع: "kind",
  title: "title",
  عنوان: "title",
  footnote: "footnote",
  حاشية: "footnote",
  symbol: "symbol",
  رمز: "symbol",
  verb: "verb",
  فعل: "verb",
  cites: "cites",
  استشهاد: "cites",
  root: "root",
  جذر: "root",
  family: "family",
  أسرة: "family",
};

/** @type {Record<string, string>} */
const CLOSING = { '"': '"', "«": "»", "“": "“”‟", "”": "“”‟", "„": "“”‟", "‟": "“”‟" };
const QUOTES = Object.keys(CLOSING).join("");
const SPACES = new RegExp(`[${SPACE}]`);
const FIELD = new RegExp(`([\\p{L}\\p{Nl}\\p{No}]+):(?=[^${SPACE}:])`, "uy");
const SLOP = /~(\p{Nd}{1,9})/uy;
const NUMBER_WITH_YEAR = new RegExp(`\\p{Nd}+[${SPACE}]?\\(\\p{Nd}{4}\\)(?![\\p{L}\\p{N}_])`, "uy");
const RUN = new RegExp(`[^${SPACE}${QUOTES}]+|[${QUOTES}]`, "y");

/** Finds tokens by the folding of an index, for names of fields are folded as words are. */
export class QueryTokenizer {
  /** @param {(text: string) => string} fold */
  constructor(fold) {
    this.fold = fold;
    this.fields = new Map(
      Object.entries(FIELD_NAMES).map(([name, english]) => [fold(name), english]),
    );
  }

  /**
   * Return the English name of the field that a word names, if it names one.
   *
   * @param {string} word
   */
  fieldNamed(word) {
    return this.fields.get(this.fold(word));
  }

  /**
   * Return the tokens of a text in order.
   *
   * @param {string} text
   */
  tokenize(text) {
    /** @type {QueryToken[]} */
    const tokens = [];
    let begins = true; // whether a sign that only counts before a word may stand here
    for (let at = 0; at < text.length; ) {
      if (SPACES.test(text[at])) {
        at += 1;
        begins = true;
        continue;
      }
      const token = this.token(text, at, begins);
      tokens.push(token);
      at = token.end;
      begins = token.kind === "open" || token.kind === "minus";
    }
    return tokens;
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} begins
   * @returns {QueryToken}
   */
  token(text, at, begins) {
    const character = text[at];
    const following = text.slice(at + 1, at + 2).trim();
    const sign = (/** @type {TokenKind} */ kind) => ({
      kind,
      start: at,
      end: at + 1,
      text: character,
    });
    if (character === ")") return sign("close");
    if (begins && character === "(") return sign("open");
    if (begins && character === "-" && following && following !== "-") return sign("minus");
    return (
      phraseAt(text, at, begins) ??
      (begins ? this.fieldAt(text, at) : undefined) ??
      wordAt(text, at, begins)
    );
  }

  /**
   * Return the field that begins at a place, if a name of one stands there.
   *
   * @param {string} text
   * @param {number} at
   * @returns {QueryToken | undefined}
   */
  fieldAt(text, at) {
    const match = matchAt(FIELD, text, at);
    const name = match && this.fieldNamed(match[1]);
    if (!match || !name) return undefined;
    const start = at + match[0].length;
    const inside = quotedAt(text, start);
    if (inside !== undefined) {
      const end = start + inside.length + 2;
      return { kind: "field", start: at, end, text: inside, name, quoted: true };
    }
    const closing = text[start] === "(" ? text.indexOf(")", start) : -1;
    if (closing > 0) {
      const value = text.slice(start + 1, closing);
      return { kind: "field", start: at, end: closing + 1, text: value, name };
    }
    const withYear = matchAt(NUMBER_WITH_YEAR, text, start);
    const end = withYear ? start + withYear[0].length : wordEnd(text, start);
    return { kind: "field", start: at, end, text: text.slice(start, end), name };
  }
}

/**
 * @param {RegExp} pattern a sticky one
 * @param {string} text
 * @param {number} at
 */
function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * @param {string} text
 * @param {number} at
 * @param {boolean} begins
 * @returns {QueryToken | undefined}
 */
function phraseAt(text, at, begins) {
  const typed = begins && text[at] === "=";
  const opening = at + Number(typed);
  const inside = quotedAt(text, opening);
  if (inside === undefined) return undefined;
  const end = opening + inside.length + 2;
  const slop = matchAt(SLOP, text, end);
  return {
    kind: "phrase",
    start: at,
    end: slop ? end + slop[0].length : end,
    text: inside,
    slop: slop ? decimal(slop[1]) : null,
    typed,
  };
}

/**
 * Return what stands between the quotation mark at a place and the one that closes it.
 *
 * @param {string} text
 * @param {number} at
 */
function quotedAt(text, at) {
  const closing = CLOSING[text[at]];
  if (!closing) return undefined;
  const ends = [...closing].map((mark) => text.indexOf(mark, at + 1)).filter((end) => end >= 0);
  return ends.length ? text.slice(at + 1, Math.min(...ends)) : undefined;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {boolean} begins
 * @returns {QueryToken}
 */
function wordAt(text, at, begins) {
  const withYear = begins ? matchAt(NUMBER_WITH_YEAR, text, at) : null;
  const end = withYear ? at + withYear[0].length : wordEnd(text, at);
  const typed = begins && text[at] === "=" && end - at > 1;
  return { kind: "word", start: at, end, text: text.slice(at + Number(typed), end), typed };
}

/**
 * Return where the run that begins at a place ends: before a space, a quotation mark that can open
 * a phrase, or a bracket that closes what was opened before the run.
 *
 * @param {string} text
 * @param {number} at
 */
function wordEnd(text, at) {
  const run = matchAt(RUN, text, at);
  const end = run ? at + run[0].length : at + 1;
  let depth = 0;
  for (let place = at; place < end; place++) {
    if (text[place] === "(") depth += 1;
    else if (text[place] === ")" && depth-- === 0) return Math.max(place, at + 1);
  }
  return end;
}

/**
 * Return the number that digits of any script write.
 *
 * @param {string} digits
 */
function decimal(digits) {
  // Decimal digits stand in runs of ten whose first has a code that ends in 0 or 6.
  return Number(
    Array.from(digits, (digit) => {
      let zero = /** @type {number} */ (digit.codePointAt(0));
      const code = zero;
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
      return code - zero;
    }).join(""),
  );
}
