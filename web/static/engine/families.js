/**
 * The family of a word: the keys by which words of one root find each other.
 *
 * The twin of `index/analysis/families.py`: a root with `r` before it, and a consonant skeleton
 * with `k`.
 */

import { root } from "./roots.js";

const WEAK = "اويىءؤئ";

/**
 * Return the consonant skeleton of a stem, empty when fewer than two letters remain.
 *
 * @param {string} stem
 */
export function skeleton(stem) {
  if (stem.length >= 4 && stem.endsWith("ه")) stem = stem.slice(0, -1);
  if (stem.length >= 6 && /^[اي]ست/.test(stem)) stem = stem.slice(3);
  else if (stem.length >= 4 && /^[اي]/.test(stem)) {
    stem = stem.slice(1);
    if (stem.length >= 4 && stem[1] === "ت") stem = stem[0] + stem.slice(2);
  }
  if (stem.length >= 4 && stem.startsWith("ت")) stem = stem.slice(1);
  let kept = "";
  for (const letter of stem) {
    if (!WEAK.includes(letter) && !kept.endsWith(letter)) kept += letter;
  }
  return [...kept].length >= 2 ? kept : "";
}

/** Gives words their family keys; the lexicon of roots comes before what a shape suggests. */
export class Families {
  /**
   * @param {import("./stemmer.js").Stemmer} stemmer
   * @param {import("./tables.js").Tables} tables
   */
  constructor(stemmer, tables) {
    this.stemmer = stemmer;
    this.byWord = tables.roots;
    /** @type {Map<string, string> | undefined} */
    this.byStem = undefined;
  }

  /**
   * Return the family keys of a folded word.
   *
   * @param {string} word
   * @param {string} stem its stem
   */
  keys(word, stem) {
    const found =
      this.byWord.get(word) ??
      this.rootsByStem().get(stem) ??
      root(this.stemmer.knows(stem) ? stem : word);
    const consonants = skeleton(stem);
    return consonants ? [`r${found}`, `k${consonants}`] : [`r${found}`];
  }

  /** The roots by the stems of their words, made when a family is first asked for. */
  rootsByStem() {
    if (!this.byStem) {
      this.byStem = new Map();
      for (const [word, rootOfWord] of this.byWord) {
        const stem = this.stemmer.stem(word);
        if (!this.byStem.has(stem)) this.byStem.set(stem, rootOfWord);
      }
    }
    return this.byStem;
  }
}
