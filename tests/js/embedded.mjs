/**
 * The engine as other sites fetch it, joined and shortened, gives what its modules give.
 *
 * Arguments: a folder of shards, and a file with a query in each line.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { Engine } from "../../web/static/engine/engine.js";
import { correction } from "../../web/static/engine/misspelling.js";
import "../../web/static/embed/fihris-engine.js";

const [shards, vectors] = process.argv.slice(2);
const fetchFile = async (name) => new Uint8Array(await readFile(`${shards}/${name}`));
const { engine: short } = globalThis.fihris;
const engine = await Engine.open(fetchFile);
const shortEngine = await short.Engine.open(fetchFile);
/** What a page of hits says to those who fetch it; a plan's own names are shortened. */
const answer = ({ plan, ...page }) => ({ ...page, notices: plan.notices });

for (const line of readFileSync(vectors, "utf-8").trim().split("\n")) {
  const { query } = JSON.parse(line);
  const [page, shortPage] = [await engine.search(query), await shortEngine.search(query)];
  assert.deepEqual(answer(shortPage), answer(page), query);
  if (page.total > 9) continue;
  const meant = await correction(query, page, engine, {});
  assert.deepEqual(await short.correction(query, shortPage, shortEngine, {}), meant, query);
}
