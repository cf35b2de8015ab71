/** Compares tables as they travel, from standard input, with those of the analysis. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { unpackTables } from "../../web/static/engine/packing.js";
import { Stemmer } from "../../web/static/engine/stemmer.js";
import { foldTables } from "../../web/static/engine/tables.js";

const raw = JSON.parse(
  readFileSync(new URL("../../index/analysis/tables.json", import.meta.url), "utf-8"),
);
const [before, after] = [raw, unpackTables(JSON.parse(readFileSync(0, "utf-8")))].map(foldTables);

assert.ok(before.kept.size > 500);
const unequal = { kept: null, roots: null, radical: null }; // told once, or not at all
assert.deepEqual({ ...after, ...unequal }, { ...before, ...unequal });
const known = [before, after].map((tables) => new Stemmer(tables));
assert.deepEqual(known[1].radical, known[0].radical);
for (const word of before.kept) assert.equal(known[1].known(word), known[0].known(word), word);
