/**
 * Roots by pattern: the root that a word's shape suggests, without a dictionary.
 *
 * The twin of `index/analysis/roots.py`, which names the source of the method.
 */

const PREFIXES_3 = ["كال", "بال", "ولل", "وال"];
const PREFIXES_2 = ["ال", "لل"];
const SUFFIXES_3 = ["تمل", "همل", "تان", "تين", "كمل"];
const SUFFIXES_2 = "ون ات ان ين تن كم هن نا يا ها تم كن ني وا ما هم".split(" ");
const SUFFIXES_1 = "هيكتان";
const PREFIXES_1 = "لبفسويتنا";

// Patterns by the length of the word they fit, in the order in which they are tried. A digit stands
// for a radical, any other letter for itself.
const OF_4 = compile("م123 1ا23 12ا3 12و3 12ي3 123ه");
const OF_5 = compile(
  "ا1ت23 ا1ا23 م12و3 م12ا3 م12ي3 ا123ه ت123ه م123ه " +
    "م1ت23 ي1ت23 ت1ت23 م1ا23 ت1ا23 12ا3ه 12و3ه ان123 من123 " +
    "ا12ا3 123ان ت12ي3 1ا2و3 1وا23 12ائ3 1ا23ه 12ا3ي",
);
const OF_5_QUADRILITERAL = compile("ت1234 ا1234 م1234 1234ه 12ا34");
const OF_6 = compile("است123 مست123 م12ا3ه ا1ت2ا3 ا12و23 ت1ا23ه ان12ا3");
const OF_6_QUADRILITERAL = compile("ا123ا4 مت1234");

/**
 * Return one expression that tries patterns in their order and captures the radicals. A radical
 * that a pattern names twice must be the same letter in both places.
 *
 * @param {string} patterns
 */
function compile(patterns) {
  let groups = 0;
  const alternatives = patterns.split(" ").map((pattern) => {
    /** @type {Map<string, number>} */
    const seen = new Map();
    return pattern.replace(/\d/g, (radical) => {
      const group = seen.get(radical);
      if (group) return `(?:\\${group})`;
      seen.set(radical, ++groups);
      return "(.)";
    });
  });
  return new RegExp(`^(?:${alternatives.join("|")})$`);
}

/**
 * Return the radicals of a word by the first pattern that it fits.
 *
 * @param {string} word
 * @param {RegExp} patterns
 */
function match(word, patterns) {
  return patterns.exec(word)?.slice(1).filter(Boolean).join("");
}

/**
 * Return a word without a one-letter suffix, or else without a one-letter prefix.
 *
 * @param {string} word
 */
function shorten(word) {
  if (SUFFIXES_1.includes(word.slice(-1))) return word.slice(0, -1);
  return PREFIXES_1.includes(word[0]) ? word.slice(1) : word;
}

/** @param {string} word */
function rootOf4(word) {
  return match(word, OF_4) ?? shorten(word);
}

/** @param {string} word */
function rootOf5(word) {
  const matched = match(word, OF_5);
  if (matched) return matched;
  const shorter = shorten(word);
  return shorter.length === 4 ? rootOf4(shorter) : (match(shorter, OF_5_QUADRILITERAL) ?? shorter);
}

/** @param {string} word */
function rootOf6(word) {
  const matched = match(word, OF_6);
  if (matched) return matched;
  const shorter = shorten(word);
  return shorter.length === 5 ? rootOf5(shorter) : (match(shorter, OF_6_QUADRILITERAL) ?? shorter);
}

/**
 * Return the root that the shape of a folded word suggests; short words return unchanged.
 *
 * @param {string} word
 */
export function root(word) {
  const begins = (/** @type {string} */ affix) => word.startsWith(affix);
  const ends = (/** @type {string} */ affix) => word.endsWith(affix);
  if (word.length >= 6 && PREFIXES_3.some(begins)) word = word.slice(3);
  else if (word.length >= 5 && PREFIXES_2.some(begins)) word = word.slice(2);
  if (word.length >= 6 && SUFFIXES_3.some(ends)) word = word.slice(0, -3);
  else if (word.length >= 5 && SUFFIXES_2.some(ends)) word = word.slice(0, -2);
  if (word.length >= 4 && word.startsWith("وو")) word = word.slice(1);
  if (word.length === 7) word = shorten(word);
  if (word.length === 4) return rootOf4(word);
  if (word.length === 5) return rootOf5(word);
  return word.length === 6 ? rootOf6(word) : word;
}
