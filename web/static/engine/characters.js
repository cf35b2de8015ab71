/**
 * Characters: what Python and JavaScript disagree about, settled the way the index was made.
 *
 * An engine that reads an index has to split and fold a query as the index was split and folded,
 * so these classes are Python's, to the character.
 */

/** What parts the chunks of a text; `\s` would leave out U+0085 and take in U+FEFF. */
export const SPACE =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/** What words are made of besides digits: letters, and numbers that are no decimal digits. */
export const LETTER = "\\p{L}\\p{Nl}\\p{No}";

/** What no word stops before: letters, digits and the low line. */
export const WORD = `${LETTER}\\p{Nd}_`;

/** @type {Map<string, boolean>} */
const combining = new Map();

/**
 * Tell whether a character has a canonical combining class.
 *
 * JavaScript does not give the class, but its normalization orders marks by it: U+0334 has the
 * lowest class and U+0345 the highest, and one of them changes places with any other mark.
 *
 * @param {string} character one code point
 */
export function isCombining(character) {
  let known = combining.get(character);
  if (known === undefined) {
    known =
      /^\p{M}$/u.test(character) &&
      (/^[\u0334\u0345]$/.test(character) ||
        changesPlaces(character, "\u0334") ||
        changesPlaces("\u0345", character));
    combining.set(character, known);
  }
  return known;
}

/**
 * @param {string} first
 * @param {string} second
 */
function changesPlaces(first, second) {
  return (first + second).normalize("NFD") !== first.normalize("NFD") + second.normalize("NFD");
}
