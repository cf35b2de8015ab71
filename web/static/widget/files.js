/**
 * Files: the ways in which the widget gets the engine and the files of an index.
 *
 * A page that was opened from a disk may not fetch. There each file stands as a script as well,
 * which hands its content over (`web/shards/scripts.py`).
 */

/**
 * @typedef {typeof import("../engine/engine.js").Engine} EngineClass
 * @typedef {typeof import("../engine/misspelling.js").correction} Correction
 * @typedef {typeof import("../engine/store.js").fetchFrom} FetchFrom
 * @typedef {typeof import("../engine/errors.js").StoreError} StoreErrorClass
 *
 * What scripts that belong together know of each other.
 *
 * @typedef {object} Shared
 * @property {Record<string, string>} held the content of files that came as scripts
 * @property {{Engine: EngineClass, correction: Correction, fetchFrom: FetchFrom,
 *   StoreError: StoreErrorClass}} [engine]
 * @property {typeof import("./assistance.js")} [assistance]
 */

const page = /** @type {any} */ (globalThis);
page.fihris ??= { held: {} };

/** @type {Shared} */
export const shared = page.fihris;

/** What went wrong before there was an engine to tell. */
class LoadError extends Error {
  /**
   * @param {"offline" | "missing" | "browser"} code
   * @param {URL} address
   */
  constructor(code, address) {
    super(code);
    this.code = code;
    this.file = address.pathname.replace(/.*\//, "");
  }
}

// No literal: where it is not known, this very script could not be read.
const LOOK_BEHIND = "(?<=a)b";

/**
 * Tell whether the engine can run here: files are unpacked, and letters looked at from behind.
 */
function isAble() {
  try {
    return (
      "ab".replace(new RegExp(LOOK_BEHIND), "") === "a" &&
      typeof DecompressionStream === "function" &&
      "throwIfAborted" in AbortSignal.prototype
    );
  } catch {
    return false;
  }
}

// A browser remembers the address of a module that it could not load, and does not try it again.
let failures = 0;

/**
 * Load a script that belongs to this one, once for all widgets of a page, and give what it holds.
 *
 * @template {"engine" | "assistance"} Part
 * @param {Part} part
 * @param {URL} address
 * @returns {Promise<NonNullable<Shared[Part]>>}
 */
export async function load(part, address) {
  if (!isAble()) throw new LoadError("browser", address);
  if (!shared[part]) {
    const fromDisk = address.protocol === "file:";
    try {
      await (fromDisk
        ? runScript(address)
        : import(address.href + (failures ? `?${failures}` : "")));
    } catch {
      failures += 1;
      const reached = fromDisk || (await fetch(address).catch(() => undefined));
      throw new LoadError(reached ? "missing" : "offline", address);
    }
  }
  const loaded = shared[part];
  if (!loaded) throw new LoadError("browser", address);
  return loaded;
}

/**
 * Return what gives the files of an index.
 *
 * @param {URL} base
 * @param {RequestCache} cache
 * @param {NonNullable<Shared["engine"]>} engine
 * @returns {import("../engine/store.js").FetchFile}
 */
export function filesBelow(base, cache, { fetchFrom, StoreError }) {
  if (base.protocol !== "file:") return fetchFrom(base, cache);
  return async (name) => {
    try {
      await runScript(new URL(`${name}.js`, base));
    } catch {
      throw new StoreError("missing", name);
    }
    const written = shared.held[name];
    delete shared.held[name];
    try {
      return Uint8Array.from(atob(written), (byte) => byte.charCodeAt(0));
    } catch {
      throw new StoreError("damaged", name);
    }
  };
}

/**
 * Run a script.
 *
 * @param {URL} address
 * @returns {Promise<void>}
 */
function runScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address.href;
    script.charset = "utf-8"; // or it would be read in the encoding of the page
    script.onload = () => resolve(script.remove());
    script.onerror = () => reject(script.remove());
    document.head.append(script);
  });
}
