/**
 * The address of the page: it holds what is asked, for links and for going back and forward.
 *
 * What a visitor has settled on stays among the addresses to go back to. What is on the way, with
 * each pause in typing, takes the place of what was on the way before.
 */

/**
 * What is asked: the query under the empty name, and what is chosen from menus by their fields.
 *
 * @typedef {Record<string, string>} Asked
 */

/** The part of the address that belongs to one widget. */
export class PageAddress {
  /** @param {string} parameter the name under which the query stands; empty where it does not */
  constructor(parameter) {
    this.parameter = parameter;
    this.settled = true; // the page as it was opened
  }

  /** @param {string} field */
  named(field) {
    return field ? `${this.parameter}-${field}` : this.parameter;
  }

  /**
   * Return what the address holds.
   *
   * @param {string[]} fields
   * @returns {Asked}
   */
  read(fields) {
    const held = new URLSearchParams(location.search);
    this.settled = true;
    return Object.fromEntries(
      ["", ...fields].map((field) => [
        field,
        (this.parameter && held.get(this.named(field))) || "",
      ]),
    );
  }

  /**
   * Make the address hold what is asked.
   *
   * @param {Asked} asked
   * @param {boolean} settled whether one may go back to it
   */
  tell(asked, settled) {
    const address = new URL(location.href);
    const { searchParams } = address;
    const changed = Object.entries(asked).filter(
      ([field, value]) => (searchParams.get(this.named(field)) ?? "") !== value,
    );
    if (this.parameter && changed.length) {
      for (const [field, value] of changed) {
        if (value) searchParams.set(this.named(field), value);
        else searchParams.delete(this.named(field));
      }
      try {
        history[this.settled ? "pushState" : "replaceState"](history.state, "", address);
      } catch {
        // A page from a disk may not change its address; that is no reason not to search.
      }
      this.settled = false;
    }
    this.settled ||= settled;
  }
}
