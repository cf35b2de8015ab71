/**
 * Documents: what filters need to know of every document and unit.
 */

import { sums } from "./groups.js";

/**
 * @typedef {{first: number[], organs: string[], organ: number[], sessions: string[],
 *   session: number[], year: number[], kind_names: string[], kinds: number[]}} Columns
 */

/** The columns of an index, by unit. */
export class Documents {
  /** @param {Columns} columns */
  constructor(columns) {
    this.columns = columns;
    this.firsts = sums(columns.first);
    /** @type {number[]} */
    this.runEnds = [];
    let end = 0;
    for (let at = 1; at < columns.kinds.length; at += 2) {
      end += columns.kinds[at];
      this.runEnds.push(end);
    }
    this.of = this.of.bind(this);
  }

  /**
   * Return the number of the document that a unit belongs to.
   *
   * @param {number} unit
   */
  of(unit) {
    return after(this.firsts, unit) - 1;
  }

  /**
   * Return the kind of a unit.
   *
   * @param {number} unit
   */
  kindOf(unit) {
    return this.columns.kind_names[this.columns.kinds[2 * after(this.runEnds, unit)]];
  }

  /**
   * Tell whether a unit passes a restriction: any of the values will do; years are first and last.
   *
   * @param {number} unit
   * @param {string} field
   * @param {(string | number)[]} values
   */
  passes(unit, field, values) {
    const { organs, organ, sessions, session, year } = this.columns;
    if (field === "kind") return values.includes(this.kindOf(unit));
    const document = this.of(unit);
    if (field === "organ") return values.includes(organs[organ[document]]);
    if (field === "session") return values.includes(sessions[session[document]]);
    const [first, last] = values;
    return year[document] > 0 && Number(first) <= year[document] && year[document] <= Number(last);
  }
}

/**
 * Return the place of the first of rising numbers that is larger than a number.
 *
 * @param {number[]} numbers
 * @param {number} number
 */
function after(numbers, number) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
