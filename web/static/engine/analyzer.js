/**
 * The analyzer: a text in, its tokens with all their forms out.
 *
 * The twin of `index/analysis/analyzer.py`: both give the same tokens, to the letter, which
 * `tests/vectors/analysis.jsonl` proves.
 */

import { LETTER, SPACE } from "./characters.js";
import { Normalizer, spanOf } from "./normalizer.js";
import { Readings } from "./readings.js";
import { Stemmer } from "./stemmer.js";
import { foldTables } from "./tables.js";

/**
 * A word, a number or a part of a symbol, with the forms that it can be found by. `start` and `end`
 * are UTF-16 units into the original text, end exclusive.
 *
 * @typedef {{exact: string, stem: string, family: string[], alias: string[], stop: boolean,
 *   start: number, end: number}} Token
 */

/**
 * What is known of one folded word; the family is worked out when it is asked for.
 *
 * @typedef {{exact: string, stem: string, stop: boolean, readonly family: string[]}} WordForms
 */

/** @typedef {{keys(word: string, stem: string): string[]}} Keys */

/**
 * A run of text without white space: its words with their places in it, and how it joins its
 * neighbours: not at all ("0"), perhaps ("1"), or it has readings by itself ("2").
 *
 * @typedef {{words: [WordForms, number, number][], joins: string}} Chunk
 */

/**
 * Gives, for the chunks of a line and how each joins its neighbours, the readings that cover a part
 * of each, by its number.
 *
 * @typedef {(chunks: RegExpExecArray[], joins: string) =>
 *   Map<number, import("./readings.js").Reading[]>} ReadingsIn
 */

const CHUNK = new RegExp(`[^${SPACE}]+`, "g");
// A word is a run of letters or a run of digits: "1971م" is two, so that 1971 finds it.
const TERM = new RegExp(`[0-9]+|[${LETTER}]+`, "gu");
const MAY_JOIN = /[0-9]|^[-/()]+$/;
const ATTACHED_CLITICS = "وفبلك";
const WINDOW = /[12]{2,}|2/g;
const LARGEST_MEMO = 50_000;
/** @type {ReturnType<ReadingsIn>} */
const NO_READINGS = new Map();

/** Turns texts into tokens. */
export class Analyzer {
  /**
   * @param {any} tables what `tables.json` holds
   * @param {(stemmer: Stemmer, tables: import("./tables.js").Tables) => Keys} [familiesOf] makes
   *   what gives words their families; a browser ranks without them and does not fetch it
   */
  constructor(tables, familiesOf = () => ({ keys: () => [] })) {
    const folded = foldTables(tables);
    this.normalizer = new Normalizer(folded);
    this.stemmer = new Stemmer(folded);
    this.families = familiesOf(this.stemmer, folded);
    this.readings = new Readings(this.normalizer, folded);
    this.stopWords = folded.stopWords;
    /** What may be written together with a word, before it. */
    this.prefixes = [
      "",
      ...folded.articles,
      ..."وفبلكس",
      ...["و", "ف"].flatMap((one) => [..."بلكس"].map((two) => one + two)),
    ];
    const months = [...folded.months.keys()].flatMap((name) => name.split(" "));
    this.joiningWords = new Set(
      ["", ...ATTACHED_CLITICS].flatMap((clitic) =>
        [...months, "د", "دا", "داط", "ا", "ط", "اط"].map((word) => clitic + word),
      ),
    );
    /** @type {Map<string, WordForms>} */
    this.words = new Map();
    /** @type {Map<string, Chunk>} */
    this.chunks = new Map();
  }

  /**
   * Return the tokens of a text in order, with their places in it.
   *
   * @param {string} text
   * @param {string} [sourceKind] the kind of source, on which the reading of numbers depends
   * @returns {Token[]}
   */
  tokens(text, sourceKind = "text") {
    return this.read(text, (chunks, joins) => this.spread(chunks, joins, sourceKind));
  }

  /**
   * Return the tokens of a text without second readings, for whom none was asked: the patterns
   * that find them take longer to make than all else on a page.
   *
   * @param {string} text
   * @returns {Token[]}
   */
  wordTokens(text) {
    return this.read(text, () => NO_READINGS);
  }

  /**
   * @param {string} text
   * @param {ReadingsIn} readingsIn
   */
  read(text, readingsIn) {
    /** @type {Token[]} */
    const tokens = [];
    let base = 0;
    for (const line of text.split("\n")) {
      this.readLine(line, base, readingsIn, tokens);
      base += line.length + 1;
    }
    return tokens;
  }

  /**
   * Return the forms of one word that is folded already.
   *
   * @param {string} word
   */
  wordForms(word) {
    let forms = this.words.get(word);
    if (!forms) {
      forms = this.analyzeWord(word);
      remember(this.words, word, forms);
    }
    return forms;
  }

  /**
   * Return how many letters of a folded word are the article and its like.
   *
   * @param {string} word
   */
  prefixLength(word) {
    return this.stopWords.has(word) ? 0 : this.stemmer.prefixLength(word);
  }

  /**
   * @param {string} line
   * @param {number} base
   * @param {ReadingsIn} readingsIn
   * @param {Token[]} tokens
   */
  readLine(line, base, readingsIn, tokens) {
    const chunks = [...line.matchAll(CHUNK)];
    const read = chunks.map(([chunk]) => this.chunk(chunk));
    const marked = readingsIn(chunks, read.map(({ joins }) => joins).join(""));
    for (const [number, { words }] of read.entries()) {
      const at = base + chunks[number].index;
      for (const [forms, start, end] of words) {
        const alias = (marked.get(number) ?? [])
          .filter((reading) => reading.start <= start && end <= reading.end)
          .flatMap((reading) => reading.terms);
        tokens.push({
          exact: forms.exact,
          stem: forms.stem,
          get family() {
            return forms.family;
          },
          alias,
          stop: forms.stop,
          start: at + start,
          end: at + end,
        });
      }
    }
  }

  /**
   * Return, by the number of the chunk, the readings that cover a part of it.
   *
   * @param {RegExpExecArray[]} chunks
   * @param {string} joins
   * @param {string} sourceKind
   */
  spread(chunks, joins, sourceKind) {
    /** @type {Map<number, import("./readings.js").Reading[]>} */
    const marked = new Map();
    for (const window of joins.matchAll(WINDOW)) {
      const covered = chunks.slice(window.index, window.index + window[0].length);
      const text = covered.map(([chunk]) => chunk).join(" ");
      const folded = this.normalizer.fold(text);
      for (const reading of this.readings.inFolded(text, folded, sourceKind)) {
        const [first, last] = spanOf(folded, reading.start, reading.end);
        let at = 0;
        for (const [number, [chunk]] of covered.entries()) {
          const start = Math.max(first - at, 0);
          const end = Math.min(last - at, chunk.length);
          if (start < end) {
            const place = window.index + number;
            marked.set(place, [...(marked.get(place) ?? []), { start, end, terms: reading.terms }]);
          }
          at += chunk.length + 1;
        }
      }
    }
    return marked;
  }

  /**
   * @param {string} text
   * @returns {Chunk}
   */
  chunk(text) {
    let chunk = this.chunks.get(text);
    if (!chunk) {
      chunk = this.analyzeChunk(text);
      remember(this.chunks, text, chunk);
    }
    return chunk;
  }

  /**
   * @param {string} text
   * @returns {Chunk}
   */
  analyzeChunk(text) {
    const folded = this.normalizer.fold(text);
    /** @type {[WordForms, number, number][]} */
    const words = [];
    for (const match of folded.text.matchAll(TERM)) {
      if (isAttachedClitic(folded.text, match)) continue;
      const [start, end] = spanOf(folded, match.index, match.index + match[0].length);
      words.push([this.wordForms(match[0]), start, end]);
    }
    let joins = words.some(([{ exact }]) => this.joiningWords.has(exact)) ? "1" : "0";
    if (MAY_JOIN.test(folded.text)) {
      joins = this.readings.inFolded(text, folded, "text").length ? "2" : "1";
    }
    return { words, joins };
  }

  /**
   * @param {string} word
   * @returns {WordForms}
   */
  analyzeWord(word) {
    const stop = this.stopWords.has(word);
    if (stop || word[0] < "ء" || word[0] > "ي")
      return { exact: word, stem: word, stop, family: [] };
    const stem = this.stemmer.stem(word);
    const { families } = this;
    /** @type {string[] | undefined} */
    let family;
    return {
      exact: word,
      stem,
      stop,
      get family() {
        family ??= families.keys(word, stem);
        return family;
      },
    };
  }
}

/**
 * Keep a value; a memo that is full begins anew.
 *
 * @template Value
 * @param {Map<string, Value>} memo
 * @param {string} key
 * @param {Value} value
 */
function remember(memo, key, value) {
  if (memo.size >= LARGEST_MEMO) memo.clear();
  memo.set(key, value);
}

/**
 * Tell whether a match is the conjunction or preposition of a number ("و5/2").
 *
 * @param {string} folded
 * @param {RegExpExecArray} match
 */
function isAttachedClitic(folded, match) {
  const end = match.index + match[0].length;
  return (
    match[0].length === 1 &&
    ATTACHED_CLITICS.includes(match[0]) &&
    /^\p{Nd}/u.test(folded.slice(end)) &&
    !new RegExp(`[${LETTER}\\p{Nd}]$`, "u").test(folded.slice(0, match.index))
  );
}
