/**
 * Matching: which units have the parts of a plan, and how they score. The twin of
 * `search/compiler.py`, whose queries Tantivy runs.
 */

import { patternTest } from "./highlight.js";
import { Phrases } from "./phrases.js";
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
    this.units = units;
    this.phrases = new Phrases(store, analyzer, new Field(units, exact));
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
        return this.phrases.phrase(part.words, part.slop);
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
      if (at || term.stem === null) ways.push(this.phrases.neighbours(spelling));
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
        this.phrases.form(
          /** @type {import("./terms.js").Term} */ (term).spellings[0][0],
          WEIGHTS.exact,
        ),
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
    return union(await Promise.all(commonest.map(([word]) => this.phrases.form(word))));
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
