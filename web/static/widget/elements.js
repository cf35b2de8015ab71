/**
 * Elements: the parts of the widget. Whatever came from an index or a visitor becomes text, and
 * never markup.
 */

/**
 * Return an element called `part` by style sheets, with some content.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} part
 * @param {...(Node | string)} content
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, part, ...content) {
  const made = document.createElement(name);
  if (part) made.setAttribute("part", part);
  made.append(...content);
  return made;
}

/**
 * Give an element attributes, and return it.
 *
 * @template {Element} Made
 * @param {Made} made
 * @param {Record<string, string>} attributes
 */
export function attributed(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/**
 * Return a text in its own direction, whatever stands around it.
 *
 * @param {string} text
 */
export function isolated(text) {
  return element("bdi", "", text);
}

/**
 * Return the language of a text, as far as its letters tell it; empty where they do not.
 *
 * @param {string} text
 */
export function languageIn(text) {
  return /[\u0600-\u06ff]/.test(text) ? "ar" : "";
}

/**
 * Return the pieces of a sentence, what is put in isolated.
 *
 * @param {string} sentence with `{query}` and the like left in it
 * @param {Record<string, string>} values
 */
export function pieces(sentence, values) {
  return sentence.split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? isolated(values[piece]) : piece));
}

/**
 * Return the part of a text that is shown, with its words marked.
 *
 * @param {Pick<import("../engine/engine.js").Hit, "text" | "spans" | "snippet">} hit
 */
export function marked({ text, spans, snippet: [first, last] }) {
  /** @type {(Node | string)[]} */
  const shown = [first > 0 ? "… " : ""];
  let at = first;
  for (const [start, end] of spans) {
    if (start < first || end > last) continue;
    shown.push(text.slice(at, start), element("mark", "mark", text.slice(start, end)));
    at = end;
  }
  shown.push(text.slice(at, last), last < text.length ? " …" : "");
  return shown;
}

/**
 * Return the address that a template gives a hit: each part percent-encoded, slashes kept.
 *
 * @param {string} template
 * @param {{address: string, fragment: string}} hit
 */
export function linkByTemplate(template, { address, fragment }) {
  const encoded = (/** @type {string} */ text) => encodeURIComponent(text).replaceAll("%2F", "/");
  return template
    .replaceAll("{address}", () => encoded(address))
    .replaceAll("{fragment}", () => encoded(fragment))
    .replace(/#$/, "");
}

/**
 * Return what tells a reader where a hit stands: the address of a page without percent signs, any
 * other address with its fragment.
 *
 * @param {{address: string, fragment: string}} hit
 * @param {string | undefined} pages what addresses of pages are relative to
 */
export function placeOf({ address, fragment }, pages) {
  if (pages === undefined) return fragment ? `${address}#${fragment}` : address;
  try {
    return decodeURI(address);
  } catch {
    return address; // of a name that is no text
  }
}

/**
 * Return a hit as a list shows it.
 *
 * @param {import("../engine/engine.js").Hit} hit
 * @param {string} place
 * @param {string} link
 * @param {string} same how many more have its wording; empty when none has
 */
export function hitElement(hit, place, link, same) {
  const title = link ? element("a", "title") : element("span", "title");
  if (title instanceof HTMLAnchorElement) title.href = String(link);
  else title.tabIndex = -1;
  title.append(isolated(hit.title || hit.address));
  title.dir = "auto";
  const text = element("p", "text", ...marked(hit));
  text.dir = "auto";
  text.lang = title.lang = hit.language || languageIn(hit.text);
  const item = element("li", hit.partial ? "hit partial-hit" : "hit");
  item.append(element("p", "", title), element("p", "place", isolated(place)), text);
  if (hit.date) item.children[1].append(" · ", isolated(hit.date));
  if (same) item.append(element("p", "note", same));
  return item;
}
