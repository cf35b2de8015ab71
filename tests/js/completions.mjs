/**
 * The completions of each line of a file, as JSON, from a folder of shards.
 *
 * Arguments: the folder, the file, and how many completions of each.
 */

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { completions } from "../../web/static/engine/completion.js";
import { Engine } from "../../web/static/engine/engine.js";

const [shards, lines, most] = process.argv.slice(2);
const engine = await Engine.open(async (name) => new Uint8Array(await readFile(`${shards}/${name}`)));
for (const text of readFileSync(lines, "utf-8").split("\n")) {
  const { start, words } = await completions(text, engine, Number(most));
  console.log(JSON.stringify(words.map((word) => text.slice(0, start) + word)));
}
