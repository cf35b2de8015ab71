/**
 * Misspellings: what a query with a word that the index does not have may have been.
 *
 * Narrower than `search/misspelling.py`: one edit, the first letters right, and few files of words
 * for each word, for a visitor pays for them.
 */

const FIRST_LETTERS = 2;
const SHORTEST = 3;
const MOST_FILES = 2;

/**
 * Return a query that finds something, and how many units have all its words; nothing where no
 * word is unknown or none is like it.
 *
 * @param {string} text
 * @param {import("./engine.js").Page} page what the query found
 * @param {import("./engine.js").Engine} engine
 * @param {import("./engine.js").Manner} manner
 * @returns {Promise<{query: string, total: number} | undefined>}
 */
export async function correction(text, page, engine, manner) {
  /** @type {Map<string, string>} */
  const replaced = new Map();
  for (const part of page.plan.required) {
    if (part.type !== "term" || part.stem === null || (await engine.store.group(part.stem)))
      continue;
    const [[word]] = part.spellings;
    const prefix = word.slice(0, engine.analyzer.prefixLength(word));
    const likely = await nearest(word.slice(prefix.length), engine.store);
    if (likely) replaced.set(part.surface, prefix + likely);
  }
  if (!replaced.size) return undefined;
  const query = [...replaced].reduce(
    (rewritten, [surface, likely]) => rewritten.replace(surface, () => likely),
    text,
  );
  const { total } = await engine.search(query, { ...manner, offset: 0, limit: 1 });
  return total ? { query, total } : undefined;
}

/**
 * Return the commonest word of the index that is one edit from a word without article and clitics,
 * as most texts write it.
 *
 * @param {string} bare
 * @param {import("./store.js").Store} store
 */
async function nearest(bare, store) {
  if (bare.length < SHORTEST || /\d/.test(bare)) return undefined;
  let begin = bare.slice(0, FIRST_LETTERS);
  if ((await store.wordFiles(begin)).length > MOST_FILES) begin = bare.slice(0, FIRST_LETTERS + 1);
  if ((await store.wordFiles(begin)).length > MOST_FILES) return undefined;
  /** @type {Map<string, number>} */
  const near = new Map();
  for await (const [known, form, frequency, spelled] of store.wordsFrom(begin)) {
    if (!known.startsWith(begin) || !isOneEdit(known, bare)) continue;
    const written = spelled.slice(form.length - known.length);
    near.set(written, (near.get(written) ?? 0) + frequency);
  }
  return [...near].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/**
 * Tell whether one letter more, less, other or changed for its neighbour makes a word another.
 *
 * @param {string} one
 * @param {string} other
 */
function isOneEdit(one, other) {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [left, right] = [one.slice(start), other.slice(start)];
  return (
    one !== other &&
    (left.slice(1) === right.slice(1) ||
      left.slice(1) === right ||
      left === right.slice(1) ||
      (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2)))
  );
}
