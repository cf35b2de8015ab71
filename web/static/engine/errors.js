/** Errors: what keeps an answer from being given. */

/**
 * The code tells what happened: `offline` (nothing could be fetched), `missing` (a file is not
 * there), `damaged` (it is not what it was), `version` (another version of the exporter made the
 * index), `browser` (this browser cannot unpack).
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
