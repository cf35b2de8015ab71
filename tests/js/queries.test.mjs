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

test("every query finds what the server finds", { skip: !shards || !vectors }, async () => {
  const store = new Store(async (name) => new Uint8Array(await readFile(`${shards}/${name}`)));
  const engine = new Engine(store, tables);
  const lines = readFileSync(String(vectors), "utf-8").trim().split("\n");
  assert.ok(lines.length >= 300);
  for (const line of lines) {
    const { query, total, hits } = JSON.parse(line);
    const page = await engine.search(query, { limit: 20 });
    const strict = page.hits.filter(({ partial }) => !partial);
    assert.equal(page.total, total, query);
    assert.deepEqual(strict.map(answer), hits.map(withoutScore), query);
    for (const [place, [, score]] of hits.entries()) {
      assert.ok(Math.abs(strict[place].score - score) <= AS_GOOD_AS_EQUAL, query);
    }
  }
});

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
