/**
 * The tables of the analysis, from the form in which they stand in `tables.json` to that in which
 * they are used. The twin of `index/analysis/tables.py`, which tells what each table is for.
 */

/**
 * @typedef {object} Tables
 * @property {Set<string>} dropped
 * @property {Map<string, string>} characters
 * @property {Map<string, string>} letters
 * @property {string[]} articles longest first
 * @property {string} clitics
 * @property {string[]} pronouns
 * @property {string[]} endings
 * @property {Set<string>} radical
 * @property {Set<string>} kept
 * @property {Set<string>} whole names among them
 * @property {Set<string>} names
 * @property {Map<string, string>} nouns
 * @property {Map<string, string>} verbs
 * @property {Map<string, string>} roots
 * @property {Set<string>} stopWords
 * @property {Map<string, string>} months from the folded name to its number
 */

/**
 * Return the tables, folded.
 *
 * @param {any} raw what `tables.json` holds; the roots may be left out of it
 * @returns {Tables}
 */
export function foldTables(raw) {
  const letters = new Map(Object.entries(/** @type {Record<string, string>} */ (raw.letters)));
  // Tables that travelled are folded already: then there is nothing to call.
  const unfolded = new RegExp(`[${[...letters.keys()].join("")}]`, "gu");
  const fold = (/** @type {string} */ text) =>
    text.replace(unfolded, (letter) => letters.get(letter) ?? letter);
  const split = (/** @type {string} */ text) => fold(text).split(" ").filter(Boolean);
  const words = (/** @type {string[]} */ lines) => new Set(split(lines.join(" ")));
  /** @type {(table: Record<string, string>) => [string, string[]][]} */
  const entries = (table) => Object.entries(table).map(([key, value]) => [fold(key), split(value)]);

  /** @type {Map<string, string>} */
  const nouns = new Map();
  for (const [written, forms] of [...entries(raw.broken_plurals), ...entries(raw.spellings)]) {
    for (const lemma of written.split(" ")) {
      for (const form of [lemma, ...forms]) nouns.set(form, lemma);
    }
  }
  /** @type {Map<string, string>} */
  const roots = new Map();
  for (const [root, group] of entries(raw.roots ?? {})) {
    for (const word of group) roots.set(word, root);
  }
  /** @type {Map<string, string>} */
  const months = new Map();
  for (const [number, names] of Object.entries(raw.months)) {
    for (const name of names) months.set(fold(name), number);
  }
  const names = words(raw.names);
  return {
    dropped: expandRanges(raw.dropped),
    characters: new Map(
      Object.entries(/** @type {Record<string, string>} */ (raw.characters)).map(
        ([code, written]) => [String.fromCodePoint(parseInt(code, 16)), written],
      ),
    ),
    letters,
    articles: raw.articles,
    clitics: raw.clitics,
    pronouns: raw.pronouns,
    endings: raw.endings,
    radical: words(Object.values(raw.radical).flat()),
    kept: words(raw.kept),
    whole: new Set([...words(raw.whole), ...names]),
    names,
    nouns,
    verbs: conjugate(entries(raw.verbs), words(raw.not_verbs)),
    roots,
    stopWords: words(raw.stop_words),
    months,
  };
}

/**
 * Return every character of the inclusive ranges, which are written as hexadecimal numbers.
 *
 * @param {[string, string][]} ranges
 */
function expandRanges(ranges) {
  /** @type {Set<string>} */
  const characters = new Set();
  for (const [first, last] of ranges) {
    for (let code = parseInt(first, 16); code <= parseInt(last, 16); code++) {
      characters.add(String.fromCodePoint(code));
    }
  }
  return characters;
}

/**
 * Return the lemma of every regular person and number of the verbs, and of what is listed.
 *
 * @param {[string, string[]][]} verbs
 * @param {Set<string>} notVerbs
 */
function conjugate(verbs, notVerbs) {
  /** @type {Map<string, string>} */
  const lemmas = new Map();
  // What is listed comes before what follows from another verb.
  for (const [lemma, forms] of verbs) {
    for (const form of [lemma, ...forms]) {
      if (!form.endsWith("-")) lemmas.set(form.replace(/=$/, ""), lemma);
    }
  }
  for (const [lemma, forms] of verbs) {
    for (const inflected of [lemma, ...forms].flatMap(persons)) {
      if (!notVerbs.has(inflected) && !lemmas.has(inflected)) lemmas.set(inflected, lemma);
    }
  }
  return lemmas;
}

/**
 * Return what a form as it stands in the table of verbs stands for.
 *
 * @param {string} form
 */
function persons(form) {
  if (form.endsWith("=")) return [form.slice(0, -1)];
  if (form.startsWith("ي")) {
    const rest = form.slice(1);
    const endings = ["", "ون", "وا", "ان"];
    return [
      ...["ي", "ت"].flatMap((person) => endings.map((ending) => person + rest + ending)),
      `ن${rest}`,
      `${form}ن`,
    ];
  }
  const past = form.replace(/-$/, "");
  const inflected = ["ت", "وا", "نا"].map((ending) => past + ending);
  return form.endsWith("-") ? inflected : [past, ...inflected];
}
