/**
 * Hit links: where the hits of `<fihris-search>` lead on a site that `fihris export-site` wrote.
 *
 * Its pages are named by slugs of addresses; `web/static_site/slugs.py` tells the rule, and this is
 * its twin.
 */

/** What a host may hide or Windows takes for a device: its first character is encoded. */
const MEANT = /^_|^(CON|PRN|AUX|NUL|(COM|LPT)\d)$/;
const PIECES = /.{120}(?=.)/g; // the longest, each but the last

/** @param {string} character */
const percent = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * Return the slug of an address.
 *
 * @param {string} address
 */
function slugOf(address) {
  const encoded = encodeURIComponent(address)
    .replace(/[_.!~*']/g, percent)
    .replaceAll("%2F", "_");
  const named = MEANT.test(encoded) ? percent(address) + encoded.slice(1) : encoded;
  let small = false;
  return named
    .replaceAll("%", "=")
    .replace(/=..|[A-Za-z]/g, (token) => {
      if (token[0] === "=" || token >= "a" === small) return token;
      small = !small;
      return `!${token}`;
    })
    .replace(PIECES, "$&/==");
}

/** @type {NodeListOf<HTMLElement & {linkOf?: (hit: {address: string, fragment: string}) => string}>} */
const searches = document.querySelectorAll("fihris-search[data-documents]");
for (const search of searches) {
  search.linkOf = ({ address, fragment }) => {
    const place = fragment && `#${encodeURIComponent(fragment)}`;
    return `${search.dataset.documents}${slugOf(address)}.html${place}`;
  };
}
