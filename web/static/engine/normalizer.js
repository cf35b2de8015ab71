/**
 * Folding: from the author's spelling to the one spelling that is matched, with the way back.
 *
 * The twin of `index/analysis/normalizer.py`. Offsets are UTF-16 units, as JavaScript counts.
 */

import { isCombining, SPACE } from "./characters.js";

/**
 * A folded copy with the way back: `offsets[i]` is the place in `original` of what gave character
 * `i` of `text`, and the last offset is the length of `original`. Offsets never decrease.
 *
 * @typedef {{original: string, text: string, offsets: number[]}} Folded
 */

const PLAIN = "!-~\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a";
const UNDISTURBED = new RegExp(`^[\\t\\n ${PLAIN}]*$`);
const FOLDING = new RegExp(`[${PLAIN}]?[^\\t\\n ${PLAIN}]+`, "gu");
// A tatweel that stands where a dash would: after a digit, with or without a space ("٢ ـ").
const TATWEEL_DASH = new RegExp(`(?<=\\p{Nd})([ \\t\\xa0]*)(\\u0640+)(?=[${SPACE}]|\\n?$)`, "gu");
const ALL_SPACE = new RegExp(`^[${SPACE}]+$`);

/** Folds texts by the tables of an index. */
export class Normalizer {
  /** @param {import("./tables.js").Tables} tables */
  constructor(tables) {
    this.dropped = tables.dropped;
    this.characters = tables.characters;
    this.letters = tables.letters;
    /** @type {Map<string, string>} */
    this.clusters = new Map();
  }

  /**
   * Fold what no reader would call a difference of spelling: compatibility forms, vowel marks,
   * tatweel, invisible controls, digit sets, dashes and spaces.
   *
   * @param {string} text
   * @returns {Folded}
   */
  foldCharacters(text) {
    const source = text.replace(
      TATWEEL_DASH,
      (_, blanks, dashes) => blanks + dashes.replace(/./gu, "-"),
    );
    let folded = "";
    /** @type {number[]} */
    const offsets = [];
    let done = 0;
    for (const run of source.matchAll(FOLDING)) {
      for (; done < run.index; done++) {
        folded += source[done];
        offsets.push(done);
      }
      for (const [cluster, at] of clustersOf(run[0])) {
        const written = this.foldCluster(cluster);
        folded += written;
        for (let unit = 0; unit < written.length; unit++) offsets.push(run.index + at);
      }
      done = run.index + run[0].length;
    }
    folded += source.slice(done);
    for (; done <= text.length; done++) offsets.push(done);
    return { original: text, text: folded, offsets };
  }

  /**
   * Return the folded form of a base character with the marks that follow it.
   *
   * @param {string} cluster
   */
  foldCluster(cluster) {
    const known = this.characters.get(cluster) ?? this.clusters.get(cluster);
    if (known !== undefined) return known;
    let written = "";
    for (const character of cluster.normalize("NFKC")) {
      if (!this.dropped.has(character)) written += this.characters.get(character) ?? character;
    }
    // U+FE70..FE7F and the like decompose to a space that carries a mark; the space is no space.
    if (ALL_SPACE.test(written) && !ALL_SPACE.test(cluster[0])) written = "";
    this.clusters.set(cluster, written);
    return written;
  }

  /**
   * Fold the letters that writers leave out or confuse; the length stays the same.
   *
   * @param {string} text
   */
  foldLetters(text) {
    const lower = text.includes("\u0130")
      ? Array.from(text, (character) => [...character.toLowerCase()][0]).join("")
      : text.toLowerCase();
    return lower.replace(/[^\0-\u0620]/g, (letter) => this.letters.get(letter) ?? letter);
  }

  /**
   * Fold a text as search does: characters, then letters.
   *
   * @param {string} text
   * @returns {Folded}
   */
  fold(text) {
    const { text: characters, offsets } = this.foldCharacters(text);
    return { original: text, text: this.foldLetters(characters), offsets };
  }

  /**
   * Return the text of {@link fold} alone; several times faster where there is little to fold.
   *
   * @param {string} text
   */
  foldText(text) {
    return UNDISTURBED.test(text) ? this.foldLetters(text) : this.fold(text).text;
  }
}

/**
 * Return where `folded.text.slice(start, end)` stands in the original, end exclusive.
 *
 * Marks that follow the last letter belong to it.
 *
 * @param {Folded} folded
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function spanOf(folded, start, end) {
  const { original, offsets, text } = folded;
  const first = offsets[start];
  if (start >= end) return [first, first];
  const lastPlace = offsets[end - 1];
  let last = lastPlace + characterAt(original, lastPlace).length;
  const limit = end < text.length ? offsets[end] : original.length;
  while (last < limit) {
    const mark = characterAt(original, last);
    if (!isCombining(mark)) break;
    last += mark.length;
  }
  return [first, Math.max(last, first)];
}

/**
 * @param {string} text
 * @param {number} at
 */
function characterAt(text, at) {
  return String.fromCodePoint(/** @type {number} */ (text.codePointAt(at)));
}

/**
 * Yield each character of a run with the marks that follow it, and its place in the run.
 *
 * @param {string} run
 * @returns {Generator<[string, number]>}
 */
function* clustersOf(run) {
  let cluster = "";
  let start = 0;
  let at = 0;
  for (const character of run) {
    if (cluster && !isCombining(character)) {
      yield [cluster, start];
      cluster = "";
      start = at;
    }
    cluster += character;
    at += character.length;
  }
  if (cluster) yield [cluster, start];
}
