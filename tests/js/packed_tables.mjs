/** Compares tables as they travel, from standard input, with those of the analysis. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { unpackTables } from "../../web/static/engine/packing.js";
import { foldTables } from "../../web/static/engine/tables.js";

const raw = JSON.parse(
  readFileSync(new URL("../../index/analysis/tables.json", import.meta.url), "utf-8"),
);
delete raw.roots; // a browser ranks without them
const travelled = foldTables(unpackTables(JSON.parse(readFileSync(0, "utf-8"))));
assert.deepEqual(travelled, foldTables(raw));
assert.ok(travelled.nouns.size > 1000);
