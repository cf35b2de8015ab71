/**
 * The query language: from what a person typed to a tree. The twin of `search/query_tokens.py` and
 * `search/query.py`, which tell why each rule is as it is; docs/query-language.md describes it.
 *
 * Reading a query never fails. Notices are codes with a detail, for the page to put into words.
 */

import { SPACE } from "./characters.js";

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
 * @typedef {"word" | "phrase" | "field" | "open" | "close" | "minus"} TokenKind
 * @typedef {{kind: TokenKind, start: number, end: number, text: string, name?: string,
 *   slop?: number | null, typed?: boolean, quoted?: boolean}} QueryToken
 *
 * @typedef {{node: Node, start: number, end: number, plain?: boolean}} Item
 */

const MOST_CHARACTERS = 10_000;
const MOST_PARTS = 300;
const DEEPEST = 20;
const WIDEST_SLOP = 50;

/** English and Arabic names of the fields; those left out need the server. @type {Record<string, string>} */
const FIELD_NAMES = {
  organ: "organ",
  هيئة: "organ",
  session: "session",
  دورة: "session",
  year: "year",
  سنة: "year",
  kind: "kind",
  نوع: "kind",
  title: "title",
  عنوان: "title",
  footnote: "footnote",
  حاشية: "footnote",
  symbol: "symbol",
  رمز: "symbol",
  verb: "verb",
  فعل: "verb",
  cites: "cites",
  استشهاد: "cites",
  root: "root",
  جذر: "root",
  family: "family",
  أسرة: "family",
};

/** @type {Record<string, string>} */
const CLOSING = { '"': '"', "«": "»", "“": "“”‟", "”": "“”‟", "„": "“”‟", "‟": "“”‟" };
const QUOTES = Object.keys(CLOSING).join("");
const SPACES = new RegExp(`[${SPACE}]`);
const ALPHANUMERIC = /[\p{L}\p{N}]/u;
const FIELD = new RegExp(`([\\p{L}\\p{Nl}\\p{No}]+):(?=[^${SPACE}:])`, "uy");
const SLOP = /~(\p{Nd}{1,9})/uy;
const NUMBER_WITH_YEAR = new RegExp(`\\p{Nd}+[${SPACE}]?\\(\\p{Nd}{4}\\)(?![\\p{L}\\p{N}_])`, "uy");
const RUN = new RegExp(`[^${SPACE}${QUOTES}]+|[${QUOTES}]`, "y");

/** Reads queries by the folding and the stop words of an index. */
export class QueryReader {
  /** @param {import("./analyzer.js").Analyzer} analyzer */
  constructor(analyzer) {
    this.analyzer = analyzer;
    this.fields = new Map(
      Object.entries(FIELD_NAMES).map(([name, english]) => [this.fold(name), english]),
    );
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
    let tokens = this.tokenize(text);
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

  /**
   * Return the tokens of a text in order.
   *
   * @param {string} text
   */
  tokenize(text) {
    /** @type {QueryToken[]} */
    const tokens = [];
    let begins = true; // whether a sign that only counts before a word may stand here
    for (let at = 0; at < text.length; ) {
      if (SPACES.test(text[at])) {
        at += 1;
        begins = true;
        continue;
      }
      const token = this.token(text, at, begins);
      tokens.push(token);
      at = token.end;
      begins = token.kind === "open" || token.kind === "minus";
    }
    return tokens;
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} begins
   * @returns {QueryToken}
   */
  token(text, at, begins) {
    const character = text[at];
    const following = text.slice(at + 1, at + 2).trim();
    const sign = (/** @type {TokenKind} */ kind) => ({
      kind,
      start: at,
      end: at + 1,
      text: character,
    });
    if (character === ")") return sign("close");
    if (begins && character === "(") return sign("open");
    if (begins && character === "-" && following && following !== "-") return sign("minus");
    return (
      phraseAt(text, at, begins) ??
      (begins ? this.fieldAt(text, at) : undefined) ??
      wordAt(text, at, begins)
    );
  }

  /**
   * Return the field that begins at a place, if a name of one stands there.
   *
   * @param {string} text
   * @param {number} at
   * @returns {QueryToken | undefined}
   */
  fieldAt(text, at) {
    const match = matchAt(FIELD, text, at);
    const name = match && this.fields.get(this.fold(match[1]));
    if (!match || !name) return undefined;
    const start = at + match[0].length;
    const inside = quotedAt(text, start);
    if (inside !== undefined) {
      const end = start + inside.length + 2;
      return { kind: "field", start: at, end, text: inside, name, quoted: true };
    }
    const closing = text[start] === "(" ? text.indexOf(")", start) : -1;
    if (closing > 0) {
      const value = text.slice(start + 1, closing);
      return { kind: "field", start: at, end: closing + 1, text: value, name };
    }
    const withYear = matchAt(NUMBER_WITH_YEAR, text, start);
    const end = withYear ? start + withYear[0].length : wordEnd(text, start);
    return { kind: "field", start: at, end, text: text.slice(start, end), name };
  }
}

/**
 * @param {RegExp} pattern a sticky one
 * @param {string} text
 * @param {number} at
 */
function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * @param {string} text
 * @param {number} at
 * @param {boolean} begins
 * @returns {QueryToken | undefined}
 */
function phraseAt(text, at, begins) {
  const typed = begins && text[at] === "=";
  const opening = at + Number(typed);
  const inside = quotedAt(text, opening);
  if (inside === undefined) return undefined;
  const end = opening + inside.length + 2;
  const slop = matchAt(SLOP, text, end);
  return {
    kind: "phrase",
    start: at,
    end: slop ? end + slop[0].length : end,
    text: inside,
    slop: slop ? decimal(slop[1]) : null,
    typed,
  };
}

/**
 * Return what stands between the quotation mark at a place and the one that closes it.
 *
 * @param {string} text
 * @param {number} at
 */
function quotedAt(text, at) {
  const closing = CLOSING[text[at]];
  if (!closing) return undefined;
  const ends = [...closing].map((mark) => text.indexOf(mark, at + 1)).filter((end) => end >= 0);
  return ends.length ? text.slice(at + 1, Math.min(...ends)) : undefined;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {boolean} begins
 * @returns {QueryToken}
 */
function wordAt(text, at, begins) {
  const withYear = begins ? matchAt(NUMBER_WITH_YEAR, text, at) : null;
  const end = withYear ? at + withYear[0].length : wordEnd(text, at);
  const typed = begins && text[at] === "=" && end - at > 1;
  return { kind: "word", start: at, end, text: text.slice(at + Number(typed), end), typed };
}

/**
 * Return where the run that begins at a place ends: before a space, a quotation mark that can open
 * a phrase, or a bracket that closes what was opened before the run.
 *
 * @param {string} text
 * @param {number} at
 */
function wordEnd(text, at) {
  const run = matchAt(RUN, text, at);
  const end = run ? at + run[0].length : at + 1;
  let depth = 0;
  for (let place = at; place < end; place++) {
    if (text[place] === "(") depth += 1;
    else if (text[place] === ")" && depth-- === 0) return Math.max(place, at + 1);
  }
  return end;
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

/**
 * Return the number that digits of any script write.
 *
 * @param {string} digits
 */
function decimal(digits) {
  // Decimal digits stand in runs of ten whose first has a code that ends in 0 or 6.
  return Number(
    Array.from(digits, (digit) => {
      let zero = /** @type {number} */ (digit.codePointAt(0));
      const code = zero;
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
      return code - zero;
    }).join(""),
  );
}
