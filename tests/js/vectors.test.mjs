/** The analyzer of the browser gives what Python's gives: every token of every vector. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Analyzer } from "../../web/static/engine/analyzer.js";
import { Families } from "../../web/static/engine/families.js";

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf-8");

/**
 * Count the code points before a place that is given in UTF-16 units.
 *
 * @param {string} text
 * @param {number} at
 */
const codePoints = (text, at) => [...text.slice(0, at)].length;

const analyzer = new Analyzer(
  JSON.parse(read("index/analysis/tables.json")),
  (stemmer, tables) => new Families(stemmer, tables),
);

/**
 * @param {string} text
 * @param {string} source
 */
function tokensOf(text, source) {
  return analyzer
    .tokens(text, source)
    .map((token, position) => [
      token.exact,
      token.stem,
      token.family.join(" "),
      token.alias.join(" "),
      position,
      codePoints(text, token.start),
      codePoints(text, token.end),
    ]);
}

test("every token of every vector is Python's", () => {
  const vectors = read("tests/vectors/analysis.jsonl").trim().split("\n");
  assert.ok(vectors.length > 2000);
  for (const line of vectors) {
    const { text, source, tokens } = JSON.parse(line);
    assert.deepEqual(tokensOf(text, source), tokens, text);
  }
});

test("what a memo has seen it gives again", () => {
  const text = "والقرار 1325 (2000)";
  assert.deepEqual(tokensOf(text, "text"), tokensOf(text, "text"));
});

test("marks of any script belong to the letter before them", () => {
  const [first] = analyzer.tokens("كِتابٌ قديم");
  assert.deepEqual([first.exact, first.start, first.end], ["كتاب", 0, 6]);
});
