/**
 * The query language: from what a person typed to a tree. The twin of `search/query.py`, which
 * tells why each rule is as it is; docs/query-language.md describes it.
 *
 * Reading a query never fails. Notices are codes with a detail, for the page to put into words.
 */

import { SPACE } from "./characters.js";
import { QueryTokenizer } from "./query_tokens.js";

/**
 * @typedef {{type: "words", text: string}
 *   | {type: "phrase", text: string, slop: number | null}
 *   | {type: "pattern", text: string}
 *   | {type: "field", name: string, value: string, written: string, quoted: boolean}
 *   | {type: "not", node: Node}
 *   | {type: "or", nodes: Node[]}
 *   | {type: "and", nodes: Node[]}} Node
 *
 * @typedef {{code: string, detail: string}} Notice
 * @typedef {{parts: Node[], notices: Notice[]}} Query
 *
 * @typedef {import("./query_tokens.js").QueryToken} QueryToken
 *
 * @typedef {{node: Node, start: number, end: number, plain?: boolean}} Item
 */

const MOST_CHARACTERS = 10_000;
const MOST_PARTS = 300;
const DEEPEST = 20;
const WIDEST_SLOP = 50;

const ALPHANUMERIC = /[\p{L}\p{N}]/u;

/** Reads queries by the folding and the stop words of an index. */
export class QueryReader {
  /** @param {import("./analyzer.js").Analyzer} analyzer */
  constructor(analyzer) {
    this.analyzer = analyzer;
    this.tokenizer = new QueryTokenizer((text) => this.fold(text));
  }

  /** @param {string} text */
  fold(text) {
    return this.analyzer.normalizer.fold(text).text;
  }

  /**
   * Read a text as a query.
   *
   * @param {string} text
   * @returns {Query}
   */
  read(text) {
    /** @type {Notice[]} */
    const notices = [];
    if (text.length > MOST_CHARACTERS) {
      text = text.slice(0, MOST_CHARACTERS).replace(new RegExp(`[^${SPACE}]*$`), "");
      notices.push({ code: "shortened", detail: String(text.length) });
    }
    let tokens = this.tokenizer.tokenize(text);
    const operands = [...tokens.keys()].filter((at) =>
      ["word", "phrase", "field"].includes(tokens[at].kind),
    );
    if (operands.length > MOST_PARTS) {
      notices.push({ code: "too-many-words", detail: String(MOST_PARTS) });
      tokens = tokens.slice(0, operands[MOST_PARTS]);
    }
    const parser = new Parser(this, text, pairBrackets(tokens, notices), notices);
    return { parts: parser.parts(), notices };
  }
}

/**
 * Return the tokens with brackets that have no partner, or stand too deep, made words.
 *
 * @param {QueryToken[]} tokens
 * @param {Notice[]} notices
 * @returns {QueryToken[]}
 */
function pairBrackets(tokens, notices) {
  /** @type {Set<number>} */
  const paired = new Set();
  /** @type {number[]} */
  const opened = [];
  for (const [at, { kind }] of tokens.entries()) {
    if (kind === "open") opened.push(at);
    const opening = kind === "close" ? opened.pop() : undefined;
    if (opening === undefined) continue;
    if (opened.length >= DEEPEST) notices.push({ code: "too-deep", detail: String(DEEPEST) });
    else if (at > opening + 1) paired.add(opening).add(at);
  }
  return tokens.map((token, at) =>
    (token.kind === "open" || token.kind === "close") && !paired.has(at)
      ? { ...token, kind: "word" }
      : token,
  );
}

/** Reads tokens by recursive descent; brackets bound how deep it goes. */
class Parser {
  /**
   * @param {QueryReader} reader
   * @param {string} text
   * @param {QueryToken[]} tokens
   * @param {Notice[]} notices
   */
  constructor(reader, text, tokens, notices) {
    this.reader = reader;
    this.text = text;
    this.tokens = tokens;
    this.notices = notices;
    this.at = 0;
  }

  /** Return the parts of the sequence that begins here and ends at its closing bracket. */
  parts() {
    return this.joined(this.items()).map(({ node }) => node);
  }

  items() {
    /** @type {Item[]} */
    const items = [];
    for (
      let token = this.tokens[this.at];
      token && token.kind !== "close";
      token = this.tokens[this.at]
    ) {
      const last = items.at(-1);
      if (last && this.joinsAlternatives(token)) {
        this.at += 1;
        items[items.length - 1] = alternatives(last, this.item());
      } else if (last && isWord(token, "AND") && this.partFollows()) {
        this.at += 1; // parts that stand together are joined so already
      } else {
        items.push(this.item());
      }
    }
    return items;
  }

  /**
   * Return the smallest part that begins here, with what excludes it.
   *
   * @returns {Item}
   */
  item() {
    const token = this.tokens[this.at++];
    const following = this.tokens[this.at];
    const excludes = token.kind === "minus" || isWord(token, "NOT");
    if (excludes && following && mayBeginPart(following)) {
      const item = this.item();
      // What is excluded from an exclusion is asked for.
      /** @type {Node} */
      const node = item.node.type === "not" ? item.node.node : { type: "not", node: item.node };
      return { node, start: token.start, end: item.end };
    }
    return token.kind === "open" ? this.group(token) : this.operand(token);
  }

  /**
   * @param {QueryToken} opening
   * @returns {Item}
   */
  group(opening) {
    const joined = this.joined(this.items());
    const { end } = this.tokens[this.at++]; // its bracket: those without a partner are words
    if (joined.length === 1) return { ...joined[0], start: opening.start, end };
    return {
      node: { type: "and", nodes: joined.map(({ node }) => node) },
      start: opening.start,
      end,
    };
  }

  /**
   * @param {QueryToken} token
   * @returns {Item}
   */
  operand(token) {
    const { start, end, text, name = "", quoted = false } = token;
    const written = this.text.slice(start, end);
    if (token.kind === "phrase") {
      const slop =
        token.slop === null || token.slop === undefined ? null : Math.min(token.slop, WIDEST_SLOP);
      return { node: { type: "phrase", text, slop }, start, end };
    }
    if (token.kind === "field") {
      return { node: { type: "field", name, value: text, written, quoted }, start, end };
    }
    const pattern = text.includes("*") ? this.pattern(text) : undefined;
    if (pattern) return { node: pattern, start, end };
    if (token.typed && ALPHANUMERIC.test(text)) {
      return { node: { type: "phrase", text, slop: null }, start, end };
    }
    return { node: { type: "words", text: written }, start, end, plain: true };
  }

  /**
   * Return the pattern that a word with `*` in it is, if it is one.
   *
   * @param {string} text
   * @returns {Node | undefined}
   */
  pattern(text) {
    const folded = this.reader
      .fold(text)
      .replace(/^[()[\]{}،؛,;.:!?؟'=]+|[()[\]{}،؛,;.:!?؟'=]+$/g, "");
    const letters = folded.replaceAll("*", "");
    if (!ALPHANUMERIC.test(letters) || /^\p{Nd}+$/u.test(letters)) return undefined;
    if (/[^\p{L}\p{N}]/u.test(letters) || folded.startsWith("*") || letters.length < 2) {
      this.notices.push({ code: "star-ignored", detail: text });
      return undefined;
    }
    return { type: "pattern", text: folded };
  }

  /**
   * Return the items with neighbouring plain ones made one clause of words.
   *
   * @param {Item[]} items
   */
  joined(items) {
    /** @type {Item[]} */
    const joined = [];
    for (const item of items) {
      const before = joined.at(-1);
      if (before?.plain && item.plain && !this.text.slice(before.end, item.start).trim()) {
        const written = this.text.slice(before.start, item.end);
        joined[joined.length - 1] = {
          node: {
            type: "words",
            text: written
              .split(new RegExp(`[${SPACE}]+`))
              .filter(Boolean)
              .join(" "),
          },
          start: before.start,
          end: item.end,
          plain: true,
        };
      } else {
        joined.push(item);
      }
    }
    return joined;
  }

  /**
   * Tell whether a token is an OR between two parts. `أو` is a word of the language before it is an
   * operator: beside a stop word it stays one.
   *
   * @param {QueryToken} token
   */
  joinsAlternatives(token) {
    if (!this.partFollows()) return false;
    if (isWord(token, "OR")) return true;
    if (token.kind !== "word" || token.typed || this.reader.fold(token.text) !== "او") return false;
    return !this.isStopWord(this.tokens[this.at - 1]) && !this.isStopWord(this.tokens[this.at + 1]);
  }

  partFollows() {
    const following = this.tokens[this.at + 1];
    return following !== undefined && mayBeginPart(following);
  }

  /** @param {QueryToken} token */
  isStopWord(token) {
    return (
      token.kind === "word" && this.reader.analyzer.stopWords.has(this.reader.fold(token.text))
    );
  }
}

/**
 * @param {Item} first
 * @param {Item} second
 * @returns {Item}
 */
function alternatives(first, second) {
  const nodes = [first.node, second.node].flatMap((node) =>
    node.type === "or" ? node.nodes : [node],
  );
  return { node: { type: "or", nodes }, start: first.start, end: second.end };
}

/**
 * @param {QueryToken} token
 * @param {string} word
 */
function isWord(token, word) {
  return token.kind === "word" && token.text === word && !token.typed;
}

/**
 * Tell whether a token can begin what an operator needs beside it.
 *
 * @param {QueryToken} token
 */
function mayBeginPart(token) {
  if (token.kind === "close" || isWord(token, "OR") || isWord(token, "AND")) return false;
  return token.kind !== "word" || ALPHANUMERIC.test(token.text);
}
