/**
 * The engine of the browser gives the hits that the server gives, in the same order.
 *
 * FIHRIS_SHARDS names a folder of shards, FIHRIS_VECTORS the queries of the same index.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Engine } from "../../web/static/engine/engine.js";
import { Store } from "../../web/static/engine/store.js";

const { FIHRIS_SHARDS: shards, FIHRIS_VECTORS: vectors } = process.env;
/** 32-bit sums differ with the order of what is added. */
const AS_GOOD_AS_EQUAL = 2e-4;

const tables = JSON.parse(
  readFileSync(new URL("../../index/analysis/tables.json", import.meta.url), "utf-8"),
);

const lines = shards && vectors ? readFileSync(vectors, "utf-8").trim().split("\n") : [];
const asked = lines.map((line) => JSON.parse(line));
const fetchFile = async (name) => new Uint8Array(await readFile(`${shards}/${name}`));
const opened = () => new Engine(new Store(fetchFile), tables);

test("every query finds what the server finds", { skip: !lines.length }, async () => {
  const engine = opened();
  assert.ok(asked.length >= 300);
  for (const vector of asked) compare(vector, await engine.search(vector.query, { limit: 20 }));
});

test("queries that are asked at once do not disturb each other", { skip: !lines.length }, async () => {
  const engine = opened();
  // A host answers in any order.
  engine.store.fetchFile = async (name) => {
    await new Promise((resolve) => setTimeout(resolve, name.length % 7));
    return fetchFile(name);
  };
  const pages = asked.map(({ query }) => engine.search(query, { limit: 20 }));
  for (const [place, page] of (await Promise.all(pages)).entries()) compare(asked[place], page);
});

/**
 * @param {{query: string, total: number, hits: [string, number, number, [number, number][]][]}} vector
 * @param {import("../../web/static/engine/engine.js").Page} page
 */
function compare({ query, total, hits }, page) {
  const strict = page.hits.filter(({ partial }) => !partial);
  assert.equal(page.total, total, query);
  assert.deepEqual(strict.map(answer), hits.map(withoutScore), query);
  for (const [place, [, score]] of hits.entries()) {
    assert.ok(Math.abs(strict[place].score - score) <= AS_GOOD_AS_EQUAL, query);
  }
}

/**
 * Return a hit as vectors have it, its score aside: spans are counted in code points.
 *
 * @param {import("../../web/static/engine/engine.js").Hit} hit
 */
function answer({ address, fragment, sameWording, spans, text }) {
  const codePoints = (/** @type {number} */ at) => [...text.slice(0, at)].length;
  return [
    fragment ? `${address}#${fragment}` : address,
    sameWording,
    spans.map((span) => span.map(codePoints)),
  ];
}

/** @param {[string, number, number, [number, number][]]} hit */
function withoutScore([address, , sameWording, spans]) {
  return [address, sameWording, spans];
}
