/**
 * Options: what the attributes of the element say.
 */

const YEARS = /^(\d*)(\.\.)?(\d*)$/;
const SCRIPT = "fihris-search.js";
const ENGINE = "fihris-engine.js";
const MOST_RESULTS = 100;

/**
 * Return the address of the script that this is, or another when it came by another way.
 *
 * @param {string | URL} other
 */
function scriptOr(other) {
  const script = document.querySelector(`script[src*="${SCRIPT}"]`);
  return script instanceof HTMLScriptElement ? script.src : other;
}

/**
 * Return the address of the engine: beside the script that this is, else beside the index.
 *
 * @param {Element} host
 */
export function engineAddress(host) {
  return new URL(ENGINE, scriptOr(indexAddress(host)));
}

/**
 * Return the language of the interface: the element's own, else the page's, else Arabic.
 *
 * @param {Element} host
 * @returns {import("./texts.js").Language}
 */
export function languageOf(host) {
  const wanted = host.getAttribute("language") || host.closest("[lang]")?.getAttribute("lang");
  return /^ar\b/i.test(wanted || "ar") ? "ar" : "en";
}

/**
 * Return where the files of the index are: beside the script unless the site says otherwise.
 *
 * @param {Element} host
 */
export function indexAddress(host) {
  const folder = host.getAttribute("index");
  if (!folder) return new URL(".", scriptOr(document.baseURI));
  return new URL(folder.replace(/\/?$/, "/"), document.baseURI);
}

/**
 * Return how many results are shown at once.
 *
 * @param {Element} host
 */
export function resultsOf(host) {
  return Math.min(MOST_RESULTS, Math.max(1, Number(host.getAttribute("results")) || 10));
}

/**
 * Return what the site restricts every query to.
 *
 * @param {Element} host
 * @returns {import("../engine/engine.js").Filters}
 */
export function filtersOf(host) {
  /** @type {import("../engine/engine.js").Filters} */
  const filters = {};
  for (const field of /** @type {const} */ (["organ", "session", "kind"])) {
    const values = host
      .getAttribute(field)
      ?.split(/[\s,]+/)
      .filter(Boolean);
    if (values?.length) filters[field] = values;
  }
  const [, first, range, last] = YEARS.exec(host.getAttribute("year")?.trim() ?? "") ?? [];
  if (first || last) filters.year = [Number(first), Number(range ? last || 9999 : first)];
  return filters;
}
