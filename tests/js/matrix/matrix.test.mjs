/** Every case of the Arabic matrix, asked of shards of its texts in the folder FIHRIS_SHARDS. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Engine } from "../../../web/static/engine/engine.js";
import { Store } from "../../../web/static/engine/store.js";

const read = (/** @type {string} */ path) => readFileSync(new URL(path, import.meta.url), "utf-8");
const { FIHRIS_SHARDS: shards } = process.env;

const store = new Store(async (name) => new Uint8Array(await readFile(`${shards}/${name}`)));
const engine = new Engine(store, JSON.parse(read("../../../index/analysis/tables.json")));
const [, ...cases] = read("cases.tsv").trim().split("\n").filter((line) => !line.startsWith("#"));

for (const [place, line] of cases.entries()) {
  const [rule, query, text, expect] = line.split("\t");
  test(`${rule}: ${query} | ${text} | ${expect}`, { skip: !shards }, async () => {
    const { hits } = await engine.search(query, { limit: 200, collapse: false });
    const found = hits.some(({ address, partial }) => !partial && address === `case-${place + 1}`);
    assert.equal(found, expect === "meet");
  });
}
