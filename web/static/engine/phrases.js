/**
 * Phrases: where words stand in their very forms, alone, side by side or near each other. With
 * `matching.js` the twin of `search/compiler.py`, whose queries Tantivy runs.
 */

import { intersection, kept, NOTHING, union } from "./ranking.js";

/**
 * @typedef {import("./ranking.js").Scored} Scored
 *
 * Units that have something, in order, with their norms, and where in each: positions count words.
 *
 * @typedef {{units: number[], norms: number[], positions: number[][]}} Places
 */

/** Finds and scores words and phrases by the postings of an index. */
export class Phrases {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./analyzer.js").Analyzer} analyzer
   * @param {import("./ranking.js").Field} exact the field of the forms that are looked for
   */
  constructor(store, analyzer, exact) {
    this.store = store;
    this.analyzer = analyzer;
    this.exact = exact;
  }

  /**
   * Return the group of a word, if the index has it, and the number of the word among its forms.
   *
   * @param {string} word
   */
  async groupOf(word) {
    const { stem, stop } = this.analyzer.wordForms(word);
    const group = await this.store.group(stop ? `!${word}` : stem);
    const form = group ? group.forms.indexOf(word) : -1;
    return { group: form < 0 ? undefined : group, form };
  }

  /**
   * Return the places of two stop words side by side, and how many units have each of them.
   *
   * @param {string} pair both, a space between them
   * @returns {Promise<Places & {unitsOfEach: number[]}>}
   */
  async pairPlaces(pair) {
    const group = await this.store.group(`!${pair}`);
    if (!group) return { units: [], norms: [], positions: [], unitsOfEach: [0, 0] };
    const { starts } = group.occurrences;
    const { positions } = group.places;
    return {
      units: group.units,
      norms: [...group.exactNorms],
      positions: group.units.map((_, at) => [...positions.subarray(starts[at], starts[at + 1])]),
      unitsOfEach: group.unitsOfEach,
    };
  }

  /**
   * Return the places of a word in its very form, unit by unit.
   *
   * @param {string} word
   * @returns {Promise<Places>}
   */
  async places(word) {
    const { group, form } = await this.groupOf(word);
    /** @type {Places} */
    const places = { units: [], norms: [], positions: [] };
    if (!group) return places;
    const { starts, forms } = group.occurrences;
    const { positions } = group.places;
    for (const [at, unit] of group.units.entries()) {
      /** @type {number[]} */
      const inUnit = [];
      for (let one = starts[at]; one < starts[at + 1]; one++) {
        if (forms[one] === form) inUnit.push(positions[one]);
      }
      if (!inUnit.length) continue;
      places.units.push(unit);
      places.norms.push(group.exactNorms[at]);
      places.positions.push(inUnit);
    }
    return places;
  }

  /**
   * Return the units that have a word in its very form.
   *
   * @param {string} word
   * @param {number} boost
   * @returns {Promise<Scored>}
   */
  async form(word, boost = 1) {
    const { group, form } = await this.groupOf(word);
    if (!group) return NOTHING;
    const counts = group.countsOf(form);
    const units = group.units.filter((_, at) => counts[at]);
    const weight = this.exact.weight([units.length], boost);
    /** @type {number[]} */
    const scores = [];
    for (const [at, count] of counts.entries()) {
      if (count) scores.push(this.exact.score(weight, count, group.exactNorms[at]));
    }
    return { units, scores };
  }

  /**
   * Return the units that have words side by side.
   *
   * @param {string[]} words
   * @returns {Promise<Scored>}
   */
  async neighbours(words) {
    if (words.length === 1) return this.form(words[0]);
    const stop = words.map((word) => this.analyzer.wordForms(word).stop);
    /** @type {Promise<Places>[]} */
    const parts = [];
    /** @type {number[]} */
    const offsets = [];
    // How many units have each of the words.
    /** @type {number[]} */
    const counts = [];
    for (const [at, word] of words.entries()) {
      // Stop words stand nearly everywhere, two certain ones side by side in few units.
      const paired = stop[at] && stop[at + 1];
      if (!paired && stop[at] && stop[at - 1]) continue;
      offsets.push(at);
      parts.push(
        paired
          ? this.pairPlaces(`${word} ${words[at + 1]}`).then((places) => {
              [counts[at], counts[at + 1]] = places.unitsOfEach;
              return places;
            })
          : this.places(word).then((places) => {
              counts[at] = places.units.length;
              return places;
            }),
      );
    }
    return this.aligned(await Promise.all(parts), offsets, counts);
  }

  /**
   * Return the units that have all of some places, each so far behind the first.
   *
   * @param {Places[]} places
   * @param {number[]} offsets
   * @param {number[]} counts of units that have each of the words
   * @returns {Scored}
   */
  aligned(places, offsets, counts) {
    const weight = this.exact.weight(counts);
    const rarest = places.reduce((one, other) =>
      other.units.length < one.units.length ? other : one,
    );
    const numbers = places.map(({ units }) => new Map(units.map((unit, at) => [unit, at])));
    /** @type {Scored} */
    const found = { units: [], scores: [] };
    for (const [number, unit] of rarest.units.entries()) {
      const inUnit = numbers.map((byUnit) => byUnit.get(unit));
      if (inUnit.includes(undefined)) continue;
      const positions = places.map((one, at) => one.positions[/** @type {number} */ (inUnit[at])]);
      const count = positions[0].filter((first) =>
        positions.every((those, at) => those.includes(first + offsets[at] - offsets[0])),
      ).length;
      if (!count) continue;
      found.units.push(unit);
      found.scores.push(this.exact.score(weight, count, rarest.norms[number]));
    }
    return found;
  }

  /**
   * Return the units that have a phrase: words side by side, or near each other.
   *
   * @param {string[]} words
   * @param {number | null} slop
   * @returns {Promise<Scored>}
   */
  async phrase(words, slop) {
    if (slop === null || words.length === 1) return this.neighbours(words);
    if (words.length === 2 && slop <= 10) {
      const [first, second] = words;
      const orders = first === second ? [words] : [words, [second, first]];
      const apart = Array.from({ length: slop + 1 }, (_, at) => at + 1);
      return union(
        await Promise.all(
          apart.flatMap((distance) => orders.map((order) => this.apart(order, distance))),
        ),
      );
    }
    return this.near([...new Set(words)], words.length, slop);
  }

  /**
   * Return the units that have two words, the second so far behind the first.
   *
   * @param {string[]} words
   * @param {number} distance
   */
  async apart(words, distance) {
    const places = await Promise.all(words.map((word) => this.places(word)));
    const counts = places.map(({ units }) => units.length);
    return this.aligned(places, [0, distance], counts);
  }

  /**
   * @param {string[]} words each once
   * @param {number} length of the phrase
   * @param {number} slop
   */
  async near(words, length, slop) {
    const places = await Promise.all(words.map((word) => this.places(word)));
    const scored = (await Promise.all(words.map((word) => this.form(word)))).reduce(intersection);
    const numbers = places.map(({ units }) => new Map(units.map((unit, at) => [unit, at])));
    return kept(scored, (unit) => {
      const hits = places.flatMap(({ positions }, word) =>
        positions[/** @type {number} */ (numbers[word].get(unit))].map((at) => ({ at, word })),
      );
      hits.sort((one, other) => one.at - other.at);
      return hits.some(({ at }) => {
        const window = hits.filter((hit) => hit.at >= at && hit.at < at + length + slop);
        return (
          window.length >= length && new Set(window.map(({ word }) => word)).size === words.length
        );
      });
    });
  }
}
