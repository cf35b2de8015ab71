/**
 * Options: what the attributes of the element say.
 */

const YEARS = /^(\d*)(\.\.)?(\d*)$/;
const SCRIPT = "fihris-search.js";
const MOST_RESULTS = 100;
const FIELDS = /** @type {const} */ (["organ", "session", "kind", "year"]);

/** What a query may be restricted by. @typedef {typeof FIELDS[number]} Field */

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
 * Return the address of a script that belongs to this one: beside it, else beside the index.
 *
 * @param {Element} host
 * @param {string} part
 */
export function partAddress(host, part) {
  return new URL(`fihris-${part}.js`, scriptOr(indexAddress(host)));
}

/**
 * Return the language of the interface: the element's own, else the page's, else Arabic.
 *
 * @param {Element} host
 * @returns {import("./texts.js").Language}
 */
export function languageOf(host) {
  const around = host.closest("[lang]") ?? document.documentElement; // of a page that has shadows
  const wanted = host.getAttribute("language") || around.getAttribute("lang") || "ar";
  return /^ar\b/i.test(wanted) ? "ar" : "en";
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
 * Return the fields for which a visitor is shown menus, each once.
 *
 * @param {Element} host
 */
export function menusOf(host) {
  const wanted = new Set(host.getAttribute("menus")?.split(/[\s,]+/));
  return [...wanted].filter(isField);
}

/**
 * @param {string} name
 * @returns {name is Field}
 */
function isField(name) {
  return FIELDS.includes(/** @type {any} */ (name));
}

/**
 * Tell whether restrictions leave a value of a field.
 *
 * @param {import("../engine/engine.js").Filters} filters
 * @param {Field} field
 * @param {string} value
 */
export function allows(filters, field, value) {
  const { [field]: values, year } = filters;
  if (!values || !year || field !== "year")
    return !values?.length || values.some((one) => one === value);
  return year[0] <= Number(value) && Number(value) <= year[1];
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
