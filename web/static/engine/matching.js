/**
 * Matching: which units have the parts of a plan, and how they score. The twin of
 * `search/compiler.py`, whose queries Tantivy runs.
 */

import { patternTest } from "./highlight.js";
import { isOwnText, textTerms } from "./plan.js";
import {
  Field,
  intersection,
  kept,
  NOTHING,
  silent,
  stemNorms,
  union,
  WEIGHTS,
  withBonus,
  without,
} from "./ranking.js";

/**
 * @typedef {import("./ranking.js").Scored} Scored
 * @typedef {import("./plan.js").Part} Part
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./groups.js").Group} Group
 *
 * Units that have something, with their norms, and where in each.
 *
 * @typedef {{units: number[], norms: number[], positions: number[][]}} Places
 */

const MOST_WORDS = 200;

/** Matches parts against the files of an index. */
export class Matcher {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./analyzer.js").Analyzer} analyzer
   * @param {[number, number, number, number]} totals
   */
  constructor(store, analyzer, [units, exact, stem, alias]) {
    this.store = store;
    this.analyzer = analyzer;
    this.units = units;
    this.exact = new Field(units, exact);
    this.stem = new Field(units, stem);
    this.alias = new Field(units, alias);
  }

  /**
   * Return the units that have every word of a plan.
   *
   * @param {Plan} plan
   * @returns {Promise<Scored>}
   */
  async strict(plan) {
    /** @type {Promise<Scored>[]} */
    let must = plan.required.map((part) => this.had(part));
    if (!plan.conditions.some(isOwnText)) {
      // Title and chapeau may lend words, not all of them; a phrase is always the unit's own.
      if (must.length === 1) must = [this.own(plan.required[0])];
      else if (must.length) must.push(this.someOwn(plan));
    }
    return this.all(await Promise.all(must), plan);
  }

  /**
   * Return the units that have some words of a plan, not all.
   *
   * @param {Plan} plan
   * @returns {Promise<Scored>}
   */
  async partial(plan) {
    const had = await Promise.all(plan.required.map((part) => this.had(part)));
    const some = await Promise.all(leaves(plan).map((term) => this.own(term)));
    return this.all([without(union(some), had.reduce(intersection))], plan);
  }

  /**
   * @param {Scored[]} must
   * @param {Plan} plan
   */
  async all(must, plan) {
    const conditions = await Promise.all(
      plan.conditions.filter(({ type }) => type !== "none").map((part) => this.own(part)),
    );
    const lists = [...must, ...conditions];
    let found = lists.length ? lists.reduce(intersection) : this.everything();
    for (const part of plan.conditions) {
      if (part.type === "none") found = without(found, await this.own(part.part));
    }
    for (const bonus of await this.bonus(plan)) found = withBonus(found, bonus);
    return found;
  }

  /** @returns {Scored} */
  everything() {
    const units = Array.from({ length: this.units }, (_, unit) => unit);
    return { units, scores: units.map(() => 0) };
  }

  /**
   * Return the units that have a part, by their own text or by their context.
   *
   * @param {Part} part
   * @returns {Promise<Scored>}
   */
  async had(part) {
    if (part.type === "any")
      return union(await Promise.all(part.parts.map((one) => this.had(one))));
    if (part.type === "all") {
      return (await Promise.all(part.parts.map((one) => this.had(one)))).reduce(intersection);
    }
    const own = await this.own(part);
    if (part.type !== "term" || part.stem === null) return own;
    const group = await this.store.group(part.stem);
    const units = group?.borrowers ?? [];
    return union([own, { units, scores: units.map(() => 0) }]);
  }

  /**
   * Return the units whose own text has a part.
   *
   * @param {Part} part
   * @returns {Promise<Scored>}
   */
  async own(part) {
    switch (part.type) {
      case "term":
        return union(await Promise.all(this.ways(part)));
      case "phrase":
        return this.phrase(part.words, part.slop);
      case "pattern":
        return this.pattern(part.pattern);
      case "any":
        return union(await Promise.all(part.parts.map((one) => this.own(one))));
      case "all":
        return (await Promise.all(part.parts.map((one) => this.own(one)))).reduce(intersection);
      case "none":
        return without(this.everything(), await this.own(part.part));
      case "title":
        return this.titled(part.parts);
      default:
        return this.restricted(part);
    }
  }

  /** @param {Plan} plan */
  async someOwn(plan) {
    return silent(union(await Promise.all(leaves(plan).map((term) => this.own(term)))));
  }

  /** @param {import("./terms.js").Term} term */
  ways(term) {
    const ways = term.readings.map((reading) => this.reading(reading));
    if (term.stem !== null) ways.push(this.inflected(term.stem));
    for (const [at, spelling] of term.spellings.entries()) {
      if (at || term.stem === null) ways.push(this.neighbours(spelling));
    }
    return ways;
  }

  /**
   * Return what ranks hits with the same words: their very forms, and adjacency.
   *
   * @param {Plan} plan
   */
  async bonus(plan) {
    const words = leaves(plan).filter((term) => term.type === "term" && term.stem !== null);
    return Promise.all([
      ...words.map((term) =>
        this.form(/** @type {import("./terms.js").Term} */ (term).spellings[0][0], WEIGHTS.exact),
      ),
      ...plan.neighbours.map((pair) => this.adjacent(pair)),
    ]);
  }

  /**
   * @param {string} reading
   * @returns {Promise<Scored>}
   */
  async reading(reading) {
    const group = await this.store.group(`=${reading}`);
    if (!group) return NOTHING;
    const weight = this.alias.weight([group.units.length]);
    return {
      units: group.units,
      scores: group.units.map((_, at) => this.alias.score(weight, 1, group.exactNorms[at])),
    };
  }

  /**
   * Return the units that have a stem.
   *
   * @param {string} stem
   * @returns {Promise<Scored>}
   */
  async inflected(stem) {
    const group = await this.store.group(stem);
    if (!group) return NOTHING;
    const norms = stemNorms(group);
    const { starts } = group.occurrences;
    const weight = this.stem.weight([group.units.length]);
    return {
      units: group.units,
      scores: group.units.map((_, at) =>
        this.stem.score(weight, starts[at + 1] - starts[at], norms[at]),
      ),
    };
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

  /**
   * Return what two stems that stand side by side, stop words aside, add to a score.
   *
   * @param {[string, string]} pair
   * @returns {Promise<Scored>}
   */
  async adjacent([before, after]) {
    const [first, second] = await Promise.all([this.store.group(before), this.store.group(after)]);
    if (!first || !second) return NOTHING;
    const weight = this.stem.weight([first.units.length, second.units.length], WEIGHTS.adjacency);
    const norms = stemNorms(second);
    const numbers = new Map(first.units.map((unit, at) => [unit, at]));
    const [leftStarts, rightStarts] = [first.occurrences.starts, second.occurrences.starts];
    const [left, right] = [first.places, second.places];
    /** @type {Scored} */
    const found = { units: [], scores: [] };
    for (const [at, unit] of second.units.entries()) {
      const number = numbers.get(unit);
      if (number === undefined) continue;
      const ahead = left.positions.subarray(leftStarts[number], leftStarts[number + 1]);
      let count = 0;
      for (let one = rightStarts[at]; one < rightStarts[at + 1]; one++) {
        if (ahead.includes(right.positions[one] - 1 - right.partings[one])) count += 1;
      }
      if (!count) continue;
      found.units.push(unit);
      found.scores.push(this.stem.score(weight, count, norms[at]));
    }
    return found;
  }

  /**
   * Return the units that have a word that fits a pattern, clitics and article aside.
   *
   * @param {string} pattern
   */
  async pattern(pattern) {
    const begin = pattern.slice(0, pattern.indexOf("*"));
    const fits = patternTest(pattern);
    /** @type {Map<string, number>} */
    const found = new Map();
    for await (const [bare, form, frequency] of this.store.wordsFrom(begin)) {
      if (bare.startsWith(begin) && fits(bare)) found.set(form, frequency);
    }
    const commonest = [...found]
      .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
      .slice(0, MOST_WORDS);
    return union(await Promise.all(commonest.map(([word]) => this.form(word))));
  }

  /**
   * Return the units of the documents whose titles have all parts.
   *
   * @param {Part[]} parts
   */
  async titled(parts) {
    const documents = await this.store.documents();
    const titles = (await Promise.all(parts.map((part) => this.own(part)))).reduce(intersection);
    const meant = new Set(
      titles.units.filter((unit) => documents.kindOf(unit) === "title").map(documents.of),
    );
    return kept(this.everything(), (unit) => meant.has(documents.of(unit)));
  }

  /**
   * Return the units that a restriction leaves.
   *
   * @param {import("./plan.js").Restriction} restriction
   */
  async restricted({ field, values }) {
    const documents = await this.store.documents();
    return kept(this.everything(), (unit) => documents.passes(unit, field, values));
  }
}

/**
 * Return the required words and what may stand for them, each once.
 *
 * @param {Plan} plan
 */
function leaves(plan) {
  /** @type {Map<string, import("./plan.js").TextTerm>} */
  const once = new Map();
  for (const part of plan.required) {
    for (const term of textTerms(part)) once.set(JSON.stringify(term), term);
  }
  return [...once.values()];
}
