/**
 * Unpacking: what a packed file of an index holds, by means of the browser's own unpacker. The twin
 * of `web/shards/packing.py`.
 */

import { StoreError } from "./errors.js";

const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
const NOTHING = new Uint8Array();

/**
 * Return what the root file holds: a gzip file, unless a host has said so and the browser has
 * unpacked it already.
 *
 * @param {string} name
 * @param {Uint8Array} bytes
 */
export async function unpackedRoot(name, bytes) {
  return bytes[0] === 0x1f ? gunzipped(name, [bytes]) : bytes;
}

/**
 * Return what a file holds that is packed as if a dictionary stood before it.
 *
 * The unpacker knows no dictionaries. So it is given one as the beginning of the content, in a
 * block that is not packed, and what it makes of it is left off.
 *
 * @param {string} name
 * @param {Uint8Array} bytes a stamp, and behind it what stands in a gzip file behind its header
 * @param {number} stamp the one that the file must have
 * @param {Uint8Array} [dictionary]
 */
export async function unpacked(name, bytes, stamp, dictionary = NOTHING) {
  if (bytes[0] !== stamp) throw new StoreError("damaged", name);
  const length = dictionary.length;
  const block = Uint8Array.of(0, length, length >> 8, ~length, ~length >> 8);
  const parts = [GZIP_HEADER, ...(length ? [block, dictionary] : []), bytes.subarray(1)];
  return (await gunzipped(name, parts)).subarray(length);
}

/**
 * @param {string} name
 * @param {Uint8Array[]} parts of a gzip file; its checksum is looked at
 */
async function gunzipped(name, parts) {
  if (typeof DecompressionStream === "undefined") throw new StoreError("browser", name);
  try {
    const { readable, writable } = new DecompressionStream("gzip");
    // Written by hand: the bytes of a Blob make a detour through another process of the browser.
    const writer = writable.getWriter();
    const written = /** @type {Uint8Array<ArrayBuffer>[]} */ (parts).map((one) =>
      writer.write(one),
    );
    // What is wrong with them shows when the result is read.
    for (const one of [...written, writer.close()]) one.catch(() => {});
    return new Uint8Array(await new Response(readable).arrayBuffer());
  } catch {
    throw new StoreError("damaged", name);
  }
}

/**
 * Return the value that JSON in single bytes is: from 80 on they are U+0600 and what follows, and
 * U+001A stands before a character in UTF-8.
 *
 * @param {string} name
 * @param {Uint8Array} bytes
 */
export function parse(name, bytes) {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== 0x1a) {
      units[length++] = byte < 0x80 ? byte : byte + 0x580;
      continue;
    }
    const lead = bytes[at + 1];
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const character = utf8.decode(bytes.subarray(at + 1, at + 1 + size));
    for (let unit = 0; unit < character.length; unit++)
      units[length++] = character.charCodeAt(unit);
    at += size;
  }
  try {
    return JSON.parse(new TextDecoder("utf-16").decode(units.subarray(0, length)));
  } catch {
    throw new StoreError("damaged", name);
  }
}
