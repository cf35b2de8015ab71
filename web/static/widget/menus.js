/**
 * Menus: what a visitor may restrict a search to. They are empty until somebody needs them; what
 * they offer is fetched then (`choices.js`).
 */

import { element } from "./elements.js";
import { allows } from "./options.js";

/**
 * @typedef {import("./options.js").Field} Field
 * @typedef {import("../engine/engine.js").Filters} Filters
 */

/** The menus of one widget. */
export class Menus {
  /**
   * @param {Field[]} fields
   * @param {import("./texts.js").Texts} texts
   */
  constructor(fields, texts) {
    this.fields = fields;
    this.selects = fields.map((field) => {
      const select = element("select", "menu", new Option(texts.all, ""));
      select.dataset.field = field;
      return select;
    });
    this.box = element(
      "div",
      "menus",
      ...this.selects.map((select, at) =>
        element("label", "menu-label", texts[fields[at]], select),
      ),
    );
    this.box.hidden = !fields.length;
  }

  /** What is chosen, by field; empty where nothing is. */
  get chosen() {
    return Object.fromEntries(this.selects.map(({ value }, at) => [this.fields[at], value]));
  }

  /**
   * Choose what is said of each field, whether or not it is known already.
   *
   * @param {Record<string, string>} values
   */
  choose(values) {
    for (const [at, select] of this.selects.entries()) {
      const value = values[this.fields[at]];
      select.value = value;
      if (select.value === value) continue;
      select.add(new Option(value, value));
      select.value = value;
    }
  }

  /**
   * Return the restrictions of the site with those that were chosen within them.
   *
   * @param {Filters} fixed
   * @returns {Filters}
   */
  within(fixed) {
    const filters = { ...fixed };
    for (const [at, { value }] of this.selects.entries()) {
      const field = this.fields[at];
      if (!value || !allows(fixed, field, value)) continue;
      if (field === "year") filters.year = [Number(value), Number(value)];
      else filters[field] = [value];
    }
    return filters;
  }
}
