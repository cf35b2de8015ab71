/**
 * Ranking: BM25 as Tantivy counts it, in 32-bit numbers, so that a browser orders hits as the
 * server does (`search/compiler.py`, `search/ranking.py`).
 */

const { fround } = Math;

const K1 = fround(1.2);
const B = 0.75;
/** Scores are compared to this many decimals. */
const DECIMALS = 4;
const UNIT_OF_SCORE = 10 ** DECIMALS;
const MOST_UNITS = 2 ** 28;
const EXACT_BELOW = 24;

/** How much each kind of evidence counts beside the stem, which counts 1. */
export const WEIGHTS = { exact: 0.4, adjacency: 0.5 };

/**
 * Units in rising order, each with its score.
 *
 * @typedef {{units: number[], scores: number[]}} Scored
 */

/**
 * Return the length that the byte of a norm stands for.
 *
 * @param {number} norm
 */
function lengthOf(norm) {
  if (norm < EXACT_BELOW) return norm;
  const rest = norm - EXACT_BELOW;
  return EXACT_BELOW + (rest < 8 ? rest : ((rest & 7) | 8) << ((rest >> 3) - 1));
}

const LENGTHS = Array.from({ length: 256 }, (_, norm) => lengthOf(norm));

/**
 * Return the norm of the field of stems that a unit of this exact norm has in the mean.
 *
 * @param {number} exactNorm
 */
function expectedStemNorm(exactNorm) {
  const length = (LENGTHS[exactNorm] * 199) >> 8;
  let norm = 0;
  while (norm < 255 && LENGTHS[norm + 1] <= length) norm += 1;
  return norm;
}

const EXPECTED_STEM_NORMS = LENGTHS.map((_, norm) => expectedStemNorm(norm));

/**
 * Return the norms of the field of stems of a group's units.
 *
 * @param {import("./groups.js").Group} group
 */
export function stemNorms(group) {
  return group.exactNorms.map(
    (norm, at) => (EXPECTED_STEM_NORMS[norm] + group.stemNormSurprises[at]) & 255,
  );
}

/** Scores what one field says. */
export class Field {
  /**
   * @param {number} units in the index
   * @param {number} terms in this field of all of them
   */
  constructor(units, terms) {
    this.units = units;
    const average = fround(fround(terms) / fround(units));
    this.norms = LENGTHS.map((length) =>
      fround(K1 * fround(1 - B + fround(fround(B * length) / average))),
    );
  }

  /**
   * Return the weight of terms that so many units have, each; boosted.
   *
   * @param {number[]} units
   * @param {number} [boost]
   */
  weight(units, boost = 1) {
    const rarity = units.reduce((sum, one) => fround(sum + this.rarity(one)), 0);
    return fround(fround(rarity * fround(1 + K1)) * fround(boost));
  }

  /** @param {number} units */
  rarity(units) {
    return fround(
      Math.log(fround(1 + fround(fround(this.units - units + 0.5) / fround(units + 0.5)))),
    );
  }

  /**
   * Return what a term adds to the score of a unit.
   *
   * @param {number} weight
   * @param {number} frequency
   * @param {number} norm
   */
  score(weight, frequency, norm) {
    return fround(weight * fround(frequency / fround(frequency + this.norms[norm])));
  }
}

/** @type {Scored} */
export const NOTHING = { units: [], scores: [] };

/**
 * Return the units of any of some lists, with the sums of their scores.
 *
 * @param {Scored[]} lists
 * @returns {Scored}
 */
export function union(lists) {
  return lists.reduce(
    (one, other) => merge(one, other, true, true),
    /** @type {Scored} */ (NOTHING),
  );
}

/**
 * Return the units of both lists, with the sums of their scores.
 *
 * @param {Scored} one
 * @param {Scored} other
 */
export function intersection(one, other) {
  return merge(one, other, false, false);
}

/**
 * Return a list with the scores of another added to the units that are in both.
 *
 * @param {Scored} list
 * @param {Scored} bonus
 */
export function withBonus(list, bonus) {
  return merge(list, bonus, true, false);
}

/**
 * Return a list without the units of another.
 *
 * @param {Scored} list
 * @param {Scored} excluded
 * @returns {Scored}
 */
export function without(list, excluded) {
  const gone = new Set(excluded.units);
  return kept(list, (unit) => !gone.has(unit));
}

/**
 * Return what of a list passes a test.
 *
 * @param {Scored} list
 * @param {(unit: number) => boolean} passes
 * @returns {Scored}
 */
export function kept(list, passes) {
  /** @type {Scored} */
  const left = { units: [], scores: [] };
  for (const [at, unit] of list.units.entries()) {
    if (!passes(unit)) continue;
    left.units.push(unit);
    left.scores.push(list.scores[at]);
  }
  return left;
}

/**
 * Return a list without a share in the score.
 *
 * @param {Scored} list
 * @returns {Scored}
 */
export function silent(list) {
  return { units: list.units, scores: list.units.map(() => 0) };
}

/**
 * Return units in the order of a list of hits: the best first, of equals the earlier.
 *
 * @param {Scored} list
 */
export function ranked({ units, scores }) {
  // Rank and unit are one number, so that they are sorted without a function that compares.
  const keys = Float64Array.from(units, (unit, at) => unit - rounded(scores[at]) * MOST_UNITS);
  keys.sort();
  return Array.from(keys, (key) => {
    const score = 0 - Math.floor(key / MOST_UNITS);
    return { unit: key + score * MOST_UNITS, score: score / UNIT_OF_SCORE };
  });
}

/**
 * Return a score as it is compared, in units of its last decimal.
 *
 * @param {number} score
 */
function rounded(score) {
  const exact = score * UNIT_OF_SCORE;
  const whole = Math.round(exact);
  // Near the middle between two the product itself may be rounded to the wrong side.
  if (Math.abs(exact - whole) < 0.499) return whole;
  return Math.round(Number(score.toFixed(DECIMALS)) * UNIT_OF_SCORE);
}

/**
 * @param {Scored} one
 * @param {Scored} other
 * @param {boolean} onlyOne whether units of the first list alone stay
 * @param {boolean} onlyOther whether units of the second list alone stay
 * @returns {Scored}
 */
function merge(one, other, onlyOne, onlyOther) {
  /** @type {Scored} */
  const merged = { units: [], scores: [] };
  let left = 0;
  let right = 0;
  while (left < one.units.length || right < other.units.length) {
    const first = one.units[left] ?? Infinity;
    const second = other.units[right] ?? Infinity;
    if (first === second) {
      merged.units.push(first);
      merged.scores.push(fround(one.scores[left++] + other.scores[right++]));
    } else if (first < second) {
      if (onlyOne) {
        merged.units.push(first);
        merged.scores.push(one.scores[left]);
      }
      left += 1;
    } else {
      if (onlyOther) {
        merged.units.push(second);
        merged.scores.push(other.scores[right]);
      }
      right += 1;
    }
  }
  return merged;
}
