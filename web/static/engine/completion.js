/**
 * Completion: the words of the index that what is being typed may become. The twin of the words of
 * `search/completion.py`, which also heeds the words before and offers titles.
 */

import { SPACE } from "./characters.js";

const SHORTEST = 2;
/** Files of words that one beginning may cost; the next letter needs fewer. */
const MOST_FILES = 2;
/** Fields whose values are words of the texts. */
const WORDY = ["title", "footnote"];

// What opens a quotation or a group, or leaves a word out, is no part of the word.
const OPENING = '(=\\-"«“„”‟';
const LAST_WORD = new RegExp(
  `(?:^|[${SPACE}])[${OPENING}]*(?:(\\p{L}+):[${OPENING}]*)?([\\p{L}\\p{M}]+)$`,
  "u",
);

/**
 * Return the words that the last word of a text may become, the most frequent first, as the index
 * spells them; none where no word of the texts is being typed.
 *
 * @param {string} text up to where somebody types
 * @param {import("./engine.js").Engine} engine
 * @param {number} most
 * @returns {Promise<{start: number, words: string[]}>} where the last word begins, in UTF-16 units
 */
export async function completions(text, engine, most) {
  const [, field, typed = ""] = LAST_WORD.exec(text) ?? [];
  const start = text.length - typed.length;
  const { reader, analyzer } = engine;
  const begun = reader.fold(typed);
  const name = field && reader.tokenizer.fieldNamed(field);
  if (field && !WORDY.includes(name ?? "")) return { start, words: [] };
  let found = await beginningWith(begun, engine);
  if (!found.length) {
    // The texts may have it only without the article that was typed.
    const article = analyzer.stemmer.articles.find((one) => begun.startsWith(one)) ?? begun;
    found = await beginningWith(begun.slice(article.length), engine);
  }
  return { start, words: found.slice(0, most) };
}

/**
 * Return the words that begin so, or do so behind an article or clitics, the most frequent first.
 * What differs by these alone is one word, in its own form if there is one, else in the commonest.
 *
 * @param {string} begun
 * @param {import("./engine.js").Engine} engine
 */
async function beginningWith(begun, { analyzer, store }) {
  /** @type {Map<string, {count: number, most: number, form: string, written: string}>} */
  const found = new Map();
  if (begun.length < SHORTEST || (await store.wordFiles(begun)).length > MOST_FILES) return [];
  for await (const [bare, form, frequency, written] of store.wordsFrom(begun)) {
    if (!bare.startsWith(begun) || !/^\p{L}+$/u.test(bare) || analyzer.wordForms(form).stop)
      continue;
    const word = found.get(bare) ?? { count: 0, most: 0, form, written };
    const rank = form === bare ? Infinity : frequency;
    found.set(bare, word);
    word.count += frequency;
    if (rank > word.most || (rank === word.most && form > word.form))
      Object.assign(word, { most: rank, form, written });
  }
  return [...found.values()]
    .sort((one, other) => other.count - one.count || (one.form < other.form ? -1 : 1))
    .map(({ written }) => written);
}
