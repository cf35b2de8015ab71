/**
 * Highlights: what of a text made it a hit, as places in the author's own spelling. The twin of
 * `search/highlight.py`.
 */

import { textTerms } from "./plan.js";

/**
 * @typedef {import("./analyzer.js").Token} Token
 * @typedef {[number, number]} Span UTF-16 units, end exclusive
 */

/**
 * Return the spans of a text that show how it answers a plan, in order and apart.
 *
 * @param {import("./plan.js").Plan} plan
 * @param {string} text
 * @param {import("./analyzer.js").Analyzer} analyzer
 */
export function highlight(plan, text, analyzer) {
  const terms = [...plan.required, ...plan.conditions].flatMap((part) => [...textTerms(part)]);
  const asksReadings = terms.some((term) => term.type === "term" && term.readings.length);
  const tokens = asksReadings ? analyzer.tokens(text) : analyzer.wordTokens(text);
  /** @type {Span[]} */
  const spans = [];
  for (const term of terms) {
    for (const [first, last] of places(term, tokens, analyzer)) {
      spans.push([tokens[first].start, tokens[last - 1].end]);
    }
  }
  return mergeSpans(spans);
}

/**
 * Yield the tokens, from the first up to the last, that have a term.
 *
 * @param {import("./plan.js").TextTerm} term
 * @param {Token[]} tokens
 * @param {import("./analyzer.js").Analyzer} analyzer
 * @returns {Iterable<Span>}
 */
function places(term, tokens, analyzer) {
  if (term.type === "phrase") return phrasePlaces(term, tokens);
  if (term.type === "pattern") return patternPlaces(term.pattern, tokens, analyzer);
  return wordPlaces(term, tokens);
}

/**
 * @param {import("./terms.js").Term} term
 * @param {Token[]} tokens
 * @returns {Generator<Span>}
 */
function* wordPlaces({ spellings, readings, stem }, tokens) {
  for (const [at, token] of tokens.entries()) {
    const had =
      (stem !== null && token.stem === stem && !token.stop) ||
      token.alias.some((reading) => readings.includes(reading));
    if (had) yield [at, at + 1];
    for (const spelling of spellings) {
      if (standsAt(spelling, tokens, at)) yield [at, at + spelling.length];
    }
  }
}

/**
 * @param {import("./plan.js").PhraseTerm} phrase
 * @param {Token[]} tokens
 * @returns {Generator<Span>}
 */
function* phrasePlaces({ words, slop }, tokens) {
  if (slop === null || words.length === 1) {
    for (let at = 0; at < tokens.length; at++) {
      if (standsAt(words, tokens, at)) yield [at, at + words.length];
    }
    return;
  }
  const places = tokens.flatMap(({ exact }, at) => (words.includes(exact) ? [at] : []));
  const wanted = new Set(words).size;
  for (const at of places) {
    const near = places.filter((place) => Math.abs(place - at) < words.length + slop);
    const together = near.some((start) => {
      const window = near.filter((place) => place >= start && place < start + words.length + slop);
      return (
        window.includes(at) &&
        window.length >= words.length &&
        new Set(window.map((place) => tokens[place].exact)).size === wanted
      );
    });
    if (together) yield [at, at + 1];
  }
}

/**
 * @param {string} pattern
 * @param {Token[]} tokens
 * @param {import("./analyzer.js").Analyzer} analyzer
 * @returns {Generator<Span>}
 */
function* patternPlaces(pattern, tokens, analyzer) {
  const fits = patternTest(pattern);
  for (const [at, { exact }] of tokens.entries()) {
    const longest = analyzer.prefixLength(exact);
    for (const prefix of analyzer.prefixes) {
      if (
        prefix.length <= longest &&
        exact.startsWith(prefix) &&
        fits(exact.slice(prefix.length))
      ) {
        yield [at, at + 1];
        break;
      }
    }
  }
}

/**
 * Return a test that tells whether a word, without clitics, fits a pattern.
 *
 * @param {string} pattern
 * @returns {(word: string) => boolean}
 */
export function patternTest(pattern) {
  const literal = pattern.split("*").map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${literal.join(".*")}$`, "u");
  return (word) => expression.test(word);
}

/**
 * @param {string[]} spelling
 * @param {Token[]} tokens
 * @param {number} at
 */
function standsAt(spelling, tokens, at) {
  return spelling.every((word, ahead) => tokens[at + ahead]?.exact === word);
}

/**
 * Return spans in order, those that overlap as one.
 *
 * @param {Span[]} spans
 */
function mergeSpans(spans) {
  /** @type {Span[]} */
  const merged = [];
  for (const [start, end] of spans.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = merged.at(-1);
    if (last && start < last[1]) last[1] = Math.max(end, last[1]);
    else merged.push([start, end]);
  }
  return merged;
}
