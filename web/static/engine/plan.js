/**
 * The plan of a query: its tree in terms that can be matched. The twin of `search/plan.py`.
 *
 * Plain words, and alternatives of plain words, are required; everything else is a condition.
 */

import { queryTerms } from "./terms.js";

/**
 * @typedef {import("./terms.js").Term} Term
 * @typedef {{type: "phrase", surface: string, words: string[], slop: number | null}} PhraseTerm
 * @typedef {{type: "pattern", pattern: string}} PatternTerm
 * @typedef {{type: "restriction", field: string, values: (string | number)[]}} Restriction
 * @typedef {{type: "title", parts: Part[]}} TitlePart
 * @typedef {{type: "all", parts: Part[]}} AllOf
 * @typedef {{type: "any", parts: Part[]}} AnyOf
 * @typedef {{type: "none", part: Part}} NoneOf
 * @typedef {Term | PhraseTerm | PatternTerm} TextTerm
 * @typedef {TextTerm | Restriction | TitlePart | AllOf | AnyOf | NoneOf} Part
 *
 * @typedef {{required: (Term | AnyOf)[], conditions: Part[], neighbours: [string, string][],
 *   notices: import("./query.js").Notice[]}} Plan
 */

const SESSION = /^(es|s|داط|دا|د)?\s*-?\s*(\d{1,3})$/;
const YEARS = /^(?:(\d{1,4})|(\d{1,4})?\s*\.\.\s*(\d{1,4})?)$/;
/** @type {Record<string, string>} */
const ORGANS = {
  ga: "GA",
  الجمعيه: "GA",
  "الجمعيه العامه": "GA",
  sc: "SC",
  الامن: "SC",
  "مجلس الامن": "SC",
  hrc: "HRC",
  "مجلس حقوق الانسان": "HRC",
  ecosoc: "ECOSOC",
  الاقتصادي: "ECOSOC",
  "المجلس الاقتصادي والاجتماعي": "ECOSOC",
  chr: "CHR",
  "لجنه حقوق الانسان": "CHR",
  tc: "TC",
  الوصايه: "TC",
  "مجلس الوصايه": "TC",
};
/** @type {Record<string, string>} */
const KINDS = {
  عنوان: "title",
  ديباجه: "preambular",
  منطوق: "operative",
  فرعيه: "sub",
  ترويسه: "heading",
  مرفق: "annex",
  حاشيه: "footnote",
  ماده: "provision",
  title: "title",
  preambular: "preambular",
  operative: "operative",
  sub: "sub",
  heading: "heading",
  annex: "annex",
  footnote: "footnote",
  provision: "provision",
};

/**
 * Return what a query asks.
 *
 * @param {import("./query.js").Query} query
 * @param {import("./analyzer.js").Analyzer} analyzer
 * @returns {Plan}
 */
export function planQuery(query, analyzer) {
  const planner = new Planner(analyzer, [...query.notices]);
  /** @type {(Term | AnyOf)[]} */
  let required = [];
  /** @type {Term[]} */
  const stopWords = [];
  /** @type {Part[]} */
  const conditions = [];
  for (const node of query.parts) {
    if (node.type === "words") {
      const found = planner.words(node.text);
      required.push(...found.filter(({ stop }) => !stop));
      stopWords.push(...found.filter(({ stop }) => stop));
      continue;
    }
    const part = planner.part(node);
    if (part?.type === "any" && isOfWords(part)) required.push(part);
    else if (part) conditions.push(part);
  }
  // Nothing but stop words: then they are what is asked for.
  if (!required.length && !conditions.some(asksText)) required = stopWords;
  return {
    required: eachOnce(required, (part) =>
      JSON.stringify(part.type === "term" ? part.spellings : part),
    ),
    conditions: eachOnce(conditions, JSON.stringify),
    neighbours: eachOnce(planner.neighbours, JSON.stringify),
    notices: eachOnce(planner.notices, JSON.stringify),
  };
}

/**
 * Yield the words and phrases of a part that are not excluded.
 *
 * @param {Part} part
 * @returns {Generator<TextTerm>}
 */
export function* textTerms(part) {
  if (part.type === "all" || part.type === "any")
    for (const one of part.parts) yield* textTerms(one);
  else if (part.type === "term" || part.type === "phrase" || part.type === "pattern") yield part;
}

/**
 * Tell whether who answers a part must have something of it in its own text.
 *
 * @param {Part} part
 * @returns {boolean}
 */
export function isOwnText(part) {
  if (part.type === "all") return part.parts.some(isOwnText);
  if (part.type === "any") return part.parts.every(isOwnText);
  return part.type !== "restriction" && part.type !== "none" && part.type !== "title";
}

/** Turns nodes into parts, and keeps what is to be said about it. */
class Planner {
  /**
   * @param {import("./analyzer.js").Analyzer} analyzer
   * @param {import("./query.js").Notice[]} notices
   */
  constructor(analyzer, notices) {
    this.analyzer = analyzer;
    this.notices = notices;
    /** @type {[string, string][]} */
    this.neighbours = [];
  }

  /**
   * Return the terms of plain words that stand together.
   *
   * @param {string} text
   */
  words(text) {
    const found = queryTerms(text, this.analyzer);
    const content = found.filter(({ stop }) => !stop).map(({ stem }) => stem);
    for (let at = 1; at < content.length; at++) {
      const [before, after] = [content[at - 1], content[at]];
      if (before !== null && after !== null && before !== after)
        this.neighbours.push([before, after]);
    }
    return found;
  }

  /**
   * Return what a node asks, nothing when that is nothing.
   *
   * @param {import("./query.js").Node} node
   * @returns {Part | undefined}
   */
  part(node) {
    switch (node.type) {
      case "words":
        return together(this.contentWords(node.text));
      case "phrase":
        return this.phrase(node.text, node.slop);
      case "pattern":
        return { type: "pattern", pattern: node.text };
      case "field":
        return this.field(node);
      case "not": {
        const part = this.part(node.node);
        return part && { type: "none", part };
      }
      default: {
        const parts = node.nodes.map((one) => this.part(one)).filter((part) => part !== undefined);
        return node.type === "or" && parts.length > 1 ? { type: "any", parts } : together(parts);
      }
    }
  }

  /** @param {string} text */
  contentWords(text) {
    const found = queryTerms(text, this.analyzer);
    const content = found.filter(({ stop }) => !stop);
    return content.length ? content : found;
  }

  /**
   * @param {string} text
   * @param {number | null} slop
   * @returns {PhraseTerm | undefined}
   */
  phrase(text, slop) {
    const words = this.analyzer.wordTokens(text).map(({ exact }) => exact);
    if (words.length) return { type: "phrase", surface: text.trim(), words, slop };
    this.notices.push({ code: "no-word", detail: text });
    return undefined;
  }

  /**
   * @param {Extract<import("./query.js").Node, {type: "field"}>} node
   * @returns {Part | undefined}
   */
  field({ name, value, written, quoted }) {
    if (name === "title" || name === "footnote") {
      const phrase = quoted ? this.phrase(value, null) : undefined;
      /** @type {Part[]} */
      const parts = quoted ? (phrase ? [phrase] : []) : this.contentWords(value);
      if (!parts.length) return this.ignore(written);
      if (name === "title") return { type: "title", parts };
      return {
        type: "all",
        parts: [{ type: "restriction", field: "kind", values: ["footnote"] }, ...parts],
      };
    }
    const folded = this.analyzer.normalizer.fold(value).text.split(/\s+/).filter(Boolean).join(" ");
    const values = readValues(name, folded);
    return values ? { type: "restriction", field: name, values } : this.ignore(written);
  }

  /**
   * @param {string} written
   * @returns {undefined}
   */
  ignore(written) {
    this.notices.push({ code: "field-ignored", detail: written });
  }
}

/**
 * Return the values that a field is restricted to, nothing when they make no sense here.
 *
 * @param {string} name
 * @param {string} folded
 * @returns {(string | number)[] | undefined}
 */
function readValues(name, folded) {
  if (name === "organ") return ORGANS[folded] ? [ORGANS[folded]] : undefined;
  if (name === "kind") {
    const kind = KINDS[folded] ?? KINDS[folded.replace(/^ال/, "")];
    return kind ? [kind] : undefined;
  }
  if (name === "session") {
    const session = SESSION.exec(folded);
    if (!session) return undefined;
    const type = session[1] ?? "";
    const prefix = type === "es" || type === "داط" ? "ES-" : type ? "S-" : "";
    return [`${prefix}${Number(session[2])}`];
  }
  return name === "year" ? readYears(folded) : undefined;
}

/**
 * Return the first and the last year of `2021`, `2019..2021`, `2019..` or `..2021`.
 *
 * @param {string} text
 * @returns {[number, number] | undefined}
 */
function readYears(text) {
  const years = YEARS.exec(text.trim());
  if (!years || !(years[1] ?? years[2] ?? years[3])) return undefined;
  if (years[1]) return [Number(years[1]), Number(years[1])];
  const [first, last] = [Number(years[2] ?? 0), Number(years[3] ?? 9999)];
  return [Math.min(first, last), Math.max(first, last)];
}

/**
 * @param {Part[]} parts
 * @returns {Part | undefined}
 */
function together(parts) {
  return parts.length > 1 ? { type: "all", parts } : parts[0];
}

/**
 * @param {Part} part
 * @returns {boolean}
 */
function isOfWords(part) {
  return part.type === "any" || part.type === "all"
    ? part.parts.every(isOfWords)
    : part.type === "term";
}

/** @param {Part} part */
function asksText(part) {
  return !textTerms(part).next().done;
}

/**
 * @template Value
 * @param {Value[]} values
 * @param {(value: Value) => string} key
 */
function eachOnce(values, key) {
  /** @type {Map<string, Value>} */
  const firsts = new Map();
  for (const value of values) if (!firsts.has(key(value))) firsts.set(key(value), value);
  return [...firsts.values()];
}
