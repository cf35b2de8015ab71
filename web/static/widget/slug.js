/**
 * Slugs: addresses as names of files. The twin of `web/static_site/slugs.py`, which tells the rule.
 */

/** What a host may hide or Windows takes for a device: the first character is encoded. */
const MEANT = /^_|^(CON|PRN|AUX|NUL|(COM|LPT)\d)$/;
const PIECES = /.{120}(?=.)/g; // the longest, each but the last

/** @param {string} character */
const percent = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * Return the slug of an address.
 *
 * @param {string} address
 */
export function slugOf(address) {
  let small = false;
  const slug = encodeURIComponent(address)
    .replace(/[_.!~*']/g, percent)
    .replaceAll("%2F", "_")
    .replace(/^./, (first, at, named) => (MEANT.test(named) ? percent(address) : first))
    .replaceAll("%", "=")
    .replace(/=..|[A-Za-z]/g, (token) => {
      if (token[0] === "=" || token >= "a" === small) return token;
      small = !small;
      return `!${token}`;
    });
  return slug.replace(PIECES, "$&/==");
}
