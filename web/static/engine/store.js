/**
 * The store: the files of an index, fetched once each, unpacked and read.
 *
 * The format is described in docs/static-index.md.
 */

import { Documents } from "./documents.js";
import { StoreError } from "./errors.js";
import { readGroups, sums } from "./groups.js";
import { unpackTables } from "./packing.js";
import { readUnits } from "./texts.js";
import { parse, unpacked, unpackedRoot } from "./unpacking.js";

const FORMAT = 3;
const ANALYZER = 1;
const ROOT = "fihris.json.gz";
const DOCUMENTS = "documents.bin";
const TABLES = "tables.bin";
const DICTIONARY = "dictionary.bin";
/** Files that follow each other and have one stamp (`web/shards/output.py`). */
const RUN = 8;

/**
 * Gives the bytes of a file of the index, as they are; raises a StoreError.
 *
 * @typedef {(name: string) => Promise<Uint8Array>} FetchFile
 *
 * @typedef {object} Root
 * @property {number} format
 * @property {number} analyzer
 * @property {number} documents stamp
 * @property {number} tables stamp
 * @property {number} dictionary stamp
 * @property {number} block units in a file of texts
 * @property {string} [pages] where documents are pages: what their addresses are relative to,
 *   itself relative to the index
 * @property {[number, number, number, number]} totals units; terms in exact, stem and alias
 * @property {string} texts stamps
 * @property {string} wordings stamps
 * @property {[string, string]} postings first keys, and stamps
 * @property {[string, string]} words first keys, and stamps
 *
 * @typedef {[string, string, number, string]} Word bare form, whole form, the number of units that
 *   have it, and how most texts write it
 */

/** Gives the parts of one index. */
export class Store {
  /** @param {FetchFile} fetchFile */
  constructor(fetchFile) {
    this.fetchFile = fetchFile;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /** Give the root file and what follows from it. */
  root() {
    return this.once(ROOT, async () => {
      /** @type {Root} */
      const root = parse(ROOT, await unpackedRoot(ROOT, await this.fetchFile(ROOT)));
      if (root.format !== FORMAT || root.analyzer !== ANALYZER)
        throw new StoreError("version", ROOT);
      return {
        ...root,
        postingKeys: readBoundaries(root.postings[0]),
        wordKeys: readBoundaries(root.words[0]),
      };
    });
  }

  /**
   * Give the group of a key, if the index has it.
   *
   * @param {string} key
   * @returns {Promise<import("./groups.js").Group | undefined>}
   */
  async group(key) {
    const { postingKeys, postings } = await this.root();
    const number = lastNotAfter(postingKeys, key);
    if (number < 0) return undefined;
    const name = `postings/${number}.bin`;
    const groups = await this.once(name, async () => {
      const bytes = await this.unpacked(name, stampOf(postings[1], number));
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      return readGroups(parse(name, bytes.subarray(4, 4 + length)), bytes.subarray(4 + length));
    });
    return groups(key);
  }

  /** Give the tables of the analysis. */
  async tables() {
    return unpackTables(parse(TABLES, await this.besideRoot(TABLES, "tables")));
  }

  /** Give what all texts are packed with. */
  dictionary() {
    return this.once(DICTIONARY, () => this.besideRoot(DICTIONARY, "dictionary"));
  }

  /**
   * Give a file that every answer needs: the root tells only whether it is the right one.
   *
   * @param {string} name
   * @param {"tables" | "dictionary"} part what the root calls it
   */
  async besideRoot(name, part) {
    const fetched = this.fetchFile(name);
    fetched.catch(() => {}); // what is wrong with the root explains more
    const root = await this.root();
    return unpacked(name, await fetched, root[part]);
  }

  /** Give what filters need to know of documents and units. */
  async documents() {
    const { documents } = await this.root();
    return this.once(
      DOCUMENTS,
      async () => new Documents(parse(DOCUMENTS, await this.unpacked(DOCUMENTS, documents))),
    );
  }

  /**
   * Give what is shown of a unit.
   *
   * @param {number} unit
   * @returns {Promise<import("./texts.js").Unit>}
   */
  async unit(unit) {
    const { block, texts } = await this.root();
    const number = Math.floor(unit / block);
    const name = `texts/${number}.bin`;
    const units = await this.once(name, async () => {
      const fetched = this.fetchFile(name);
      fetched.catch(() => {}); // without the dictionary it is not asked for
      const dictionary = await this.dictionary();
      const bytes = await unpacked(name, await fetched, stampOf(texts, number), dictionary);
      return readUnits(parse(name, bytes), number * block);
    });
    return units[unit % block];
  }

  /**
   * Give the units of a wording that many have.
   *
   * @param {number} number
   * @returns {Promise<number[]>}
   */
  async wording(number) {
    const { wordings } = await this.root();
    const name = `wordings/${number}.bin`;
    return this.once(name, async () =>
      sums(parse(name, await this.unpacked(name, stampOf(wordings, number)))),
    );
  }

  /**
   * Give the numbers of the files that hold the words with a prefix.
   *
   * @param {string} prefix
   */
  async wordFiles(prefix) {
    const { wordKeys } = await this.root();
    const first = Math.max(lastNotAfter(wordKeys, prefix), 0);
    let end = first;
    while (end < wordKeys.length && (wordKeys[end] <= prefix || wordKeys[end].startsWith(prefix)))
      end += 1;
    return Array.from({ length: end - first }, (_, at) => first + at);
  }

  /**
   * Give the words of the index in the files that hold those with a prefix.
   *
   * @param {string} prefix
   * @returns {AsyncGenerator<Word>}
   */
  async *wordsFrom(prefix) {
    const { words } = await this.root();
    for (const number of await this.wordFiles(prefix)) {
      const name = `words/${number}.bin`;
      yield* await this.once(name, async () =>
        wordsIn(parse(name, await this.unpacked(name, stampOf(words[1], number)))),
      );
    }
  }

  /**
   * @template Made
   * @param {string} name
   * @param {() => Promise<Made>} make
   * @returns {Promise<Made>}
   */
  once(name, make) {
    let made = this.files.get(name);
    if (!made) {
      made = make();
      this.files.set(name, made);
      // What failed may succeed later: a visitor may have been offline.
      made.catch(() => this.files.delete(name));
    }
    return made;
  }

  /**
   * @param {string} name
   * @param {number} stamp the one that the file must have
   */
  async unpacked(name, stamp) {
    return unpacked(name, await this.fetchFile(name), stamp);
  }
}

/**
 * Return a function that fetches files below an address.
 *
 * @param {string | URL} base
 * @param {RequestCache} [cache] `reload` where what the browser kept may be of another upload
 * @returns {FetchFile}
 */
export function fetchFrom(base, cache = "default") {
  return async (name) => {
    /** @type {Response} */
    let response;
    try {
      response = await fetch(new URL(name, base), { cache });
    } catch {
      throw new StoreError("offline", name);
    }
    // Some hosts answer with a page of theirs, and as if it were what was asked for.
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || type.includes("html")) throw new StoreError("missing", name);
    return new Uint8Array(await response.arrayBuffer());
  };
}

/**
 * Return the words of a file.
 *
 * @param {[string, ...(string | number)[]][]} entries each a bare form, behind it what stands
 *   before it in each word, and the frequency, and last how it is written, unless that is the same
 */
function wordsIn(entries) {
  /** @type {Word[]} */
  const words = [];
  for (const [bare, ...rest] of entries) {
    const written = rest.length % 2 ? rest.pop() : bare;
    for (let at = 0; at < rest.length; at += 2) {
      words.push([bare, rest[at] + bare, Number(rest[at + 1]), `${rest[at]}${written}`]);
    }
  }
  return words;
}

/**
 * Return the keys that are written each less what it shares with the one before.
 *
 * @param {string} written
 */
function readBoundaries(written) {
  /** @type {string[]} */
  const keys = [];
  for (const one of written ? written.split("\x7f") : []) {
    keys.push((keys.at(-1) ?? "").slice(0, Number(one[0])) + one.slice(1));
  }
  return keys;
}

/**
 * Return the place of the last of sorted keys that does not stand after a key, or -1.
 *
 * @param {string[]} keys
 * @param {string} key
 */
function lastNotAfter(keys, key) {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * @param {string} stamps two hexadecimal digits for each run of files
 * @param {number} number of a file
 */
function stampOf(stamps, number) {
  const at = 2 * Math.floor(number / RUN);
  return parseInt(stamps.slice(at, at + 2), 16);
}
