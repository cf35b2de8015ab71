/** The form: the box, the list of completions that belongs to it, and what is announced of that. */

import { attributed, element } from "./elements.js";

/**
 * Return a form and its parts. The box says from the beginning that it has a list: readers of
 * screens would not notice later.
 *
 * @param {import("./texts.js").Texts} texts
 * @param {string} name what is written above the box
 * @param {HTMLElement} menus
 */
export function formWithBox(texts, name, menus) {
  const box = attributed(element("input", "box"), {
    type: "search",
    id: "box",
    dir: "auto",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": "list",
    "aria-expanded": "false",
  });
  const list = attributed(element("ul", "completions"), {
    id: "list",
    role: "listbox",
    "aria-label": texts.completions,
  });
  list.hidden = true;
  const said = attributed(element("p", ""), { "aria-live": "polite" });
  const label = element("label", "label", name);
  label.htmlFor = "box";
  const form = element("form", "form", label, element("div", "", box, list), menus, said);
  return { form: attributed(form, { role: "search" }), box, list, said };
}
