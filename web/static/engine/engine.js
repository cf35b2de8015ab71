/**
 * The engine: a query in, a page of hits out, from the files of one index.
 *
 * Strict hits, which have every word, come first and in the order of the server; where they are
 * few, partial hits follow.
 */

import { Analyzer } from "./analyzer.js";
import { highlight } from "./highlight.js";
import { Matcher } from "./matching.js";
import { planQuery } from "./plan.js";
import { QueryReader } from "./query.js";
import { intersection, ranked } from "./ranking.js";
import { bestSnippet } from "./snippets.js";
import { Store } from "./store.js";

const ENOUGH_STRICT_HITS = 10;

/**
 * @typedef {{organ?: string[], session?: string[], kind?: string[], year?: [number, number]}} Filters
 * @typedef {{limit?: number, offset?: number, filters?: Filters, collapse?: boolean,
 *   signal?: AbortSignal}} Manner
 *
 * @typedef {object} Hit
 * @property {number} unit
 * @property {number} score
 * @property {boolean} partial whether it lacks a word
 * @property {string} address of its document
 * @property {string} fragment of the unit; empty for a title
 * @property {string} kind
 * @property {string} text
 * @property {string} title of its document
 * @property {string} date as far as it is known
 * @property {string} language of its document, where the index says so
 * @property {[number, number][]} spans what matched, in UTF-16 units
 * @property {[number, number]} snippet the part worth showing first
 * @property {number} sameWording how many more hits have this wording
 *
 * @typedef {{total: number, partialTotal: number, hits: Hit[], plan: import("./plan.js").Plan,
 *   pages?: string | undefined}} Page
 */

/** Answers queries from one index. */
export class Engine {
  /**
   * @param {Store} store
   * @param {any} tables what `tables.json` holds
   */
  constructor(store, tables) {
    this.store = store;
    this.analyzer = new Analyzer(tables);
    this.reader = new QueryReader(this.analyzer);
  }

  /**
   * Open an index.
   *
   * @param {import("./store.js").FetchFile} fetchFile
   */
  static async open(fetchFile) {
    const store = new Store(fetchFile);
    store.dictionary().catch(() => {}); // so early that no text has to wait for it
    return new Engine(store, await store.tables());
  }

  /**
   * Return a page of hits.
   *
   * @param {string} text
   * @param {Manner} [manner]
   * @returns {Promise<Page>}
   */
  async search(text, { limit = 10, offset = 0, filters = {}, collapse = true, signal } = {}) {
    const plan = planQuery(this.reader.read(text), this.analyzer);
    if (!plan.required.length && !plan.conditions.length) {
      return { total: 0, partialTotal: 0, hits: [], plan };
    }
    const { totals, pages } = await this.store.root();
    const matcher = new Matcher(this.store, this.analyzer, totals);
    const strict = ranked(await this.filtered(await matcher.strict(plan), matcher, filters));
    // Between the steps: what was fetched is kept for the query that took the place of this one.
    signal?.throwIfAborted();
    /** @type {{unit: number, score: number}[]} */
    let partial = [];
    if (strict.length < ENOUGH_STRICT_HITS && plan.required.length > 1) {
      partial = ranked(await this.filtered(await matcher.partial(plan), matcher, filters));
    }
    signal?.throwIfAborted();
    const found = [...strict, ...partial];
    const units = await this.hits(found, strict.length, collapse, offset + limit);
    const hits = units.slice(offset).map((hit) => {
      const spans = highlight(plan, hit.text, this.analyzer);
      return { ...hit, spans, snippet: bestSnippet(hit.text, spans) };
    });
    return { total: strict.length, partialTotal: partial.length, hits, plan, pages };
  }

  /**
   * @param {import("./ranking.js").Scored} found
   * @param {Matcher} matcher
   * @param {Filters} filters
   */
  async filtered(found, matcher, filters) {
    for (const [field, values] of Object.entries(filters)) {
      if (!values.length) continue;
      found = intersection(found, await matcher.restricted({ type: "restriction", field, values }));
    }
    return found;
  }

  /**
   * Return the first hits, those of one wording as one.
   *
   * @param {{unit: number, score: number}[]} found strict ones first
   * @param {number} strict how many are
   * @param {boolean} collapse
   * @param {number} wanted
   */
  async hits(found, strict, collapse, wanted) {
    const among = new Set(found.slice(0, strict).map(({ unit }) => unit));
    const amongPartial = new Set(found.slice(strict).map(({ unit }) => unit));
    /** @type {Set<number>} */
    const shown = new Set();
    /** @type {Omit<Hit, "spans" | "snippet">[]} */
    const hits = [];
    for (let at = 0; at < found.length && hits.length < wanted; ) {
      const next = [];
      for (; at < found.length && next.length < wanted - hits.length; at++) {
        if (!shown.has(found[at].unit)) next.push({ ...found[at], partial: at >= strict });
      }
      const read = await Promise.all(next.map(({ unit }) => this.store.unit(unit)));
      for (const [place, { unit, score, partial }] of next.entries()) {
        if (shown.has(unit)) continue;
        const { alike, ...stored } = read[place];
        const others = collapse ? await this.othersLike(unit, alike) : [];
        for (const other of others) shown.add(other);
        const stage = partial ? amongPartial : among;
        hits.push({
          unit,
          score,
          partial,
          ...stored,
          sameWording: others.filter((other) => stage.has(other)).length,
        });
      }
    }
    return hits;
  }

  /**
   * Return the other units of the same wording.
   *
   * @param {number} unit
   * @param {number[] | number} alike as it is stored
   * @returns {Promise<number[]>}
   */
  async othersLike(unit, alike) {
    if (Array.isArray(alike)) return alike;
    return (await this.store.wording(alike)).filter((other) => other !== unit);
  }
}
