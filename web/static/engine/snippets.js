/**
 * Snippets: the part of a long text that is worth showing first.
 *
 * One window, where `search/snippets.py` may show two: a widget has less room than a page.
 */

/** UTF-16 units that a snippet takes. */
const LENGTH = 240;

/**
 * Return the part of a text around the marks that shows most different marked words, whole words
 * only; a short text is shown whole.
 *
 * @param {string} text
 * @param {[number, number][]} spans in order and apart
 * @param {number} [length]
 * @returns {[number, number]}
 */
export function bestSnippet(text, spans, length = LENGTH) {
  if (text.length <= length) return [0, text.length];
  let best = 0;
  let first = 0;
  for (const [at, [start]] of spans.entries()) {
    const within = spans.slice(at).filter(([, end]) => end <= start + (length * 3) / 4);
    const words = new Set(within.map(([from, to]) => text.slice(from, to))).size;
    if (words > best) [best, first] = [words, start];
  }
  // A reader wants to see what comes before the first mark, too.
  let from = Math.max(0, Math.min(first - Math.floor(length / 4), text.length - length));
  let to = Math.min(from + length, text.length);
  // Words that go on without end, as broken files hold them, are cut anywhere.
  const before = text.lastIndexOf(" ", from - 1);
  if (from > 0 && from - before <= length) from = before + 1;
  const after = text.indexOf(" ", to);
  if (to < text.length && after >= 0 && after - to <= length) to = after;
  return [from, to];
}
