/**
 * The store: the files of an index, fetched once each, unpacked and read.
 *
 * The format is described in docs/static-index.md.
 */

import { Documents } from "./documents.js";
import { readGroups } from "./groups.js";
import { unpackTables } from "./packing.js";

/**
 * What keeps an answer from being given. The code tells what happened: `offline` (nothing could be
 * fetched), `missing` (a file is not there), `damaged` (it is not what it was), `version` (another
 * version of the exporter made the index), `browser` (this browser cannot unpack).
 */
export class StoreError extends Error {
  /**
   * @param {"offline" | "missing" | "damaged" | "version" | "browser"} code
   * @param {string} file
   */
  constructor(code, file) {
    super(`${code}: ${file}`);
    this.code = code;
    this.file = file;
  }
}

export const FORMAT = 2;
export const ANALYZER = 1;
const ROOT = "fihris.json.gz";
const DOCUMENTS = "documents.gz";
const TABLES = "tables.gz";

/**
 * Gives the bytes of a file of the index, as they are; raises a StoreError.
 *
 * @typedef {(name: string) => Promise<Uint8Array>} FetchFile
 *
 * @typedef {object} Root
 * @property {number} format
 * @property {number} analyzer
 * @property {number} documents check
 * @property {number} tables check
 * @property {number} block units in a file of texts
 * @property {string} [pages] where documents are pages: what their addresses are relative to,
 *   itself relative to the index
 * @property {[number, number, number, number]} totals units; terms in exact, stem and alias
 * @property {string} texts checks
 * @property {[string, string]} postings first keys, and checks
 * @property {[string, string]} words first keys, and checks
 *
 * @typedef {[string, string, string, (number | number[])?]} StoredUnit fragment, kind, text, and
 *   the units of the same wording (all of them on the first, the first on the others)
 * @typedef {[number, string, string, string, string, string, string?]} StoredDocument number of
 *   its first unit, address, title, date, organ, session, language
 * @typedef {{documents: StoredDocument[], units: StoredUnit[]}} Block
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
      const root = parse(ROOT, await this.unpacked(ROOT));
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
    const root = await this.root();
    const number = lastNotAfter(root.postingKeys, key);
    if (number < 0) return undefined;
    const name = `postings/${number}.gz`;
    const groups = await this.once(name, async () => {
      const bytes = await this.unpacked(name, checkOf(root.postings[1], number));
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      return readGroups(parse(name, bytes.subarray(4, 4 + length)), bytes.subarray(4 + length));
    });
    return groups.get(key);
  }

  /** Give the tables of the analysis. */
  async tables() {
    // Every answer needs both: the root tells only whether these are the right ones.
    const fetched = this.fetchFile(TABLES);
    fetched.catch(() => {}); // what is wrong with the root explains more
    const { tables } = await this.root();
    return unpackTables(parse(TABLES, await unpacked(TABLES, await fetched, tables)));
  }

  /** Give what filters need to know of documents and units. */
  async documents() {
    const root = await this.root();
    return this.once(
      DOCUMENTS,
      async () => new Documents(parse(DOCUMENTS, await this.unpacked(DOCUMENTS, root.documents))),
    );
  }

  /**
   * Give the texts among which a unit stands.
   *
   * @param {number} unit
   * @returns {Promise<Block>}
   */
  async block(unit) {
    const root = await this.root();
    const number = Math.floor(unit / root.block);
    const name = `texts/${number}.gz`;
    return this.once(name, async () =>
      parse(name, await this.unpacked(name, checkOf(root.texts, number))),
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
    const root = await this.root();
    for (const number of await this.wordFiles(prefix)) {
      const name = `words/${number}.gz`;
      yield* await this.once(name, async () =>
        wordsIn(parse(name, await this.unpacked(name, checkOf(root.words[1], number)))),
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
   * @param {number} [check] the lowest byte of the checksum that the file must have
   */
  async unpacked(name, check) {
    return unpacked(name, await this.fetchFile(name), check);
  }
}

/**
 * Return what a packed file holds. A host that says it is packed makes the browser unpack it; then
 * the checksum is counted.
 *
 * @param {string} name
 * @param {Uint8Array} bytes
 * @param {number} [check]
 */
async function unpacked(name, bytes, check) {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const found = packed ? bytes[bytes.length - 8] : lowestOfChecksum(bytes);
  if (check !== undefined && found !== check) throw new StoreError("damaged", name);
  if (!packed) return bytes;
  if (typeof DecompressionStream === "undefined") throw new StoreError("browser", name);
  try {
    const stream = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]).stream();
    const whole = new Response(stream.pipeThrough(new DecompressionStream("gzip")));
    return new Uint8Array(await whole.arrayBuffer());
  } catch {
    throw new StoreError("damaged", name);
  }
}

/**
 * Return the lowest byte of the CRC-32 of some bytes.
 *
 * @param {Uint8Array} bytes
 */
function lowestOfChecksum(bytes) {
  let check = -1;
  for (const byte of bytes) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit++) check = (check >>> 1) ^ (check & 1 ? 0xedb88320 : 0);
  }
  return ~check & 255;
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
 * Return the value that JSON in single bytes is: from 80 on they are U+0600 and what follows, and
 * U+001A stands before a character in UTF-8.
 *
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function parse(name, bytes) {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  let text = "";
  const utf8 = new TextDecoder();
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== 0x1a) {
      units[length++] = byte < 0x80 ? byte : byte + 0x580;
      continue;
    }
    const lead = bytes[at + 1];
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (const unit of utf8.decode(bytes.subarray(at + 1, at + 1 + size)).split("")) {
      units[length++] = unit.charCodeAt(0);
    }
    at += size;
  }
  for (let at = 0; at < length; at += 8192) {
    text += String.fromCharCode(...units.subarray(at, Math.min(at + 8192, length)));
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new StoreError("damaged", name);
  }
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
  for (const one of written ? written.split(" ") : []) {
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
 * @param {string} checks two hexadecimal digits for each file
 * @param {number} number
 */
function checkOf(checks, number) {
  return parseInt(checks.slice(2 * number, 2 * number + 2), 16);
}
