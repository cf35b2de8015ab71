/**
 * The widget: a box, what is said of an answer, and the results. What fails is said in words inside
 * it; nothing is thrown at the page around it.
 */

import { element, hitElement, linkByTemplate, pieces, placeOf } from "./elements.js";
import { filesBelow, loadEngine } from "./files.js";
import { engineAddress, filtersOf, indexAddress, languageOf, resultsOf } from "./options.js";
import { adoptStyles } from "./styles.js";
import { Speaker } from "./texts.js";

/** @typedef {import("../engine/engine.js").Page} Page */

const PAUSE = 250; // milliseconds without a key before a query is asked
const FEW = 10; // with fewer hits it is worth asking what was meant
const TITLE = "[part~=title]";

/** Searches and shows what it finds. */
export class Widget {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    const language = languageOf(host);
    this.speaker = new Speaker(language);
    const { texts } = this.speaker;
    this.root = host.attachShadow({ mode: "open" });
    adoptStyles(this.root);

    this.box = element("input", "box");
    Object.assign(this.box, { type: "search", id: "box", dir: "auto", autocomplete: "off" });
    Object.assign(this.box, { spellcheck: false, enterKeyHint: "search" });
    const label = element("label", "label", host.getAttribute("label") || texts.label);
    label.htmlFor = "box";
    const form = element("form", "form", label, this.box);
    form.setAttribute("role", "search");
    this.status = element("p", "status");
    this.status.setAttribute("role", "status");
    this.notes = element("div", "notices");
    this.list = element("ol", "results");
    this.list.setAttribute("role", "list"); // Safari knows none without its bullets
    this.list.setAttribute("aria-label", texts.results);
    this.more = this.button("more", [texts.more], () => this.search(this.shown));
    const widget = element("div", "widget", form, this.status, this.notes, this.list, this.more);
    widget.lang = language;
    widget.dir = language === "ar" ? "rtl" : "ltr";
    this.root.append(widget);
    this.clear();

    this.shown = 0;
    this.timer = 0;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    /** @type {ReturnType<Widget["open"]> | undefined} */
    this.opening = undefined;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.soon(0);
    });
    this.box.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.soon(PAUSE);
    });
    this.box.addEventListener("compositionend", () => this.soon(PAUSE));
    widget.addEventListener("keydown", (event) => this.steer(event));

    /** The name under which the page's address holds the query. */
    this.parameter = host.getAttribute("parameter") ?? "";
    this.box.value = new URLSearchParams(location.search).get(this.parameter) ?? "";
    if (this.box.value) this.soon(0);
  }

  /**
   * @param {string} part
   * @param {(Node | string)[]} content
   * @param {() => void} act
   */
  button(part, content, act) {
    const button = element("button", part, ...content);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  /** @param {number} pause */
  soon(pause) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.search(), pause);
  }

  /**
   * Search for what stands in the box, and show it; with an offset, add what follows.
   *
   * @param {number} [offset]
   */
  async search(offset = 0) {
    this.running?.abort();
    const controller = new AbortController();
    this.running = controller;
    const { signal } = controller;
    const query = this.box.value.trim();
    this.tellAddress(query);
    if (!query) return this.clear();
    const waiting = window.setTimeout(() => this.tell(this.speaker.texts.searching), PAUSE);
    const manner = {
      limit: resultsOf(this.host),
      offset,
      filters: filtersOf(this.host),
      signal,
    };
    try {
      const { page, engine, correction } = await this.answer(query, manner);
      signal.throwIfAborted();
      clearTimeout(waiting);
      this.show(page, manner);
      const { total, partialTotal } = page;
      this.dispatch("fihris-results", { query, total, partialTotal });
      if (offset || total >= FEW) return;
      // A convenience: what fails here takes nothing from the answer.
      const meant = await correction(query, page, engine, manner).catch(() => undefined);
      if (meant && !signal.aborted) this.propose(meant);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    } finally {
      clearTimeout(waiting);
    }
  }

  /**
   * Ask the engine; once more, past what the browser keeps, when files do not fit together: a new
   * upload may have taken the place of an older one.
   *
   * @param {string} query
   * @param {import("../engine/engine.js").Manner} manner
   */
  async answer(query, manner) {
    try {
      return await this.ask(query, manner, "default");
    } catch (error) {
      if (/** @type {any} */ (error).code !== "damaged") throw error;
      this.opening = undefined;
      return this.ask(query, manner, "reload");
    }
  }

  /**
   * @param {string} query
   * @param {import("../engine/engine.js").Manner} manner
   * @param {RequestCache} cache
   */
  async ask(query, manner, cache) {
    this.opening ??= this.open(cache);
    try {
      const opened = await this.opening;
      return { ...opened, page: await opened.engine.search(query, manner) };
    } catch (error) {
      // What failed may succeed later: a visitor may have been offline.
      if (!manner.signal?.aborted) this.opening = undefined;
      throw error;
    }
  }

  /** @param {RequestCache} cache */
  async open(cache) {
    const loaded = await loadEngine(engineAddress(this.host));
    const files = filesBelow(indexAddress(this.host), cache, loaded);
    return { correction: loaded.correction, engine: await loaded.Engine.open(files) };
  }

  /**
   * @param {Page} page
   * @param {{limit: number, offset: number, filters: object}} manner
   */
  show(page, { limit, offset, filters }) {
    const { list, speaker } = this;
    this.tell(this.counted(page, Object.keys(filters).length > 0));
    if (!offset) {
      list.replaceChildren();
      this.notes.replaceChildren(...page.plan.notices.flatMap((notice) => this.notice(notice)));
    }
    const items = page.hits.map((hit) => {
      const same = hit.sameWording ? speaker.count("same", hit.sameWording) : "";
      return hitElement(hit, placeOf(hit, page.pages), this.linkTo(hit, page.pages), same);
    });
    const first = items[0] ?? list.lastElementChild;
    const partial = page.hits.findIndex((hit) => hit.partial);
    if (partial >= 0 && !list.querySelector("[part=partial]"))
      items.splice(partial, 0, element("li", "partial", speaker.texts.partial));
    list.append(...items);
    this.shown = offset + page.hits.length;
    list.hidden = !list.children.length;
    this.more.hidden = page.hits.length < limit;
    const title = offset && first?.querySelector(TITLE);
    if (title instanceof HTMLElement) title.focus();
  }

  /**
   * Return the link to a hit: by the function of the page, by the template, or by the address that
   * is a page's own; empty when it has none.
   *
   * @param {import("../engine/engine.js").Hit} hit
   * @param {string | undefined} pages what addresses of pages are relative to
   */
  linkTo(hit, pages) {
    /** @type {HTMLElement & {linkOf?: (hit: object) => string}} */
    const host = this.host;
    const base = indexAddress(host);
    const template = host.getAttribute("link");
    // A browser without text directives would take one for a part of the id.
    const fragment =
      "fragmentDirective" in document ? hit.fragment : hit.fragment.replace(/:~:.*/, "");
    const address = fragment ? `${hit.address}#${fragment}` : hit.address;
    if (host.linkOf) return host.linkOf(hit);
    if (template) return new URL(linkByTemplate(template, hit), base).href;
    return pages === undefined ? "" : new URL(address, new URL(pages, base)).href;
  }

  /**
   * Return how much was found, in words.
   *
   * @param {Page} page
   * @param {boolean} restricted
   */
  counted({ total, partialTotal }, restricted) {
    const { speaker } = this;
    const { texts } = speaker;
    if (!total && !partialTotal) return texts.nothing + (restricted ? ` ${texts.filtered}` : "");
    const all = speaker.count("paragraphs", total);
    const n = speaker.numbers.format(partialTotal);
    return partialTotal ? speaker.say("some", { all, n }) : all;
  }

  /** @param {import("../engine/query.js").Notice} notice */
  notice({ code, detail }) {
    const sentence = this.speaker.texts[code];
    return sentence ? [element("p", "notice", ...pieces(sentence, { detail }))] : [];
  }

  /**
   * Offer another query.
   *
   * @param {{query: string, total: number}} meant
   */
  propose({ query, total }) {
    const n = this.speaker.numbers.format(total);
    const content = pieces(this.speaker.texts.meant, { query, n });
    this.notes.append(
      this.button("suggestion", content, () => {
        this.box.value = query;
        this.box.focus();
        this.soon(0);
      }),
    );
  }

  /**
   * Say what went wrong.
   *
   * @param {any} error
   */
  fail(error) {
    const { texts } = this.speaker;
    const code = texts[error.code] ? error.code : "unknown";
    this.clear();
    this.tell(texts[code]);
    if (code !== "browser" && code !== "version")
      this.notes.append(this.button("retry", [texts.retry], () => this.search()));
    this.dispatch("fihris-error", { code, file: error.file ?? "", error });
  }

  clear() {
    this.tell("");
    this.notes.replaceChildren();
    this.list.replaceChildren();
    this.list.hidden = this.more.hidden = true;
  }

  /** @param {string} text for eyes, and for who listens */
  tell(text) {
    this.status.textContent = text;
  }

  /** @param {string} query */
  tellAddress(query) {
    const address = new URL(location.href);
    const { searchParams } = address;
    if (!this.parameter || (searchParams.get(this.parameter) ?? "") === query) return;
    if (query) searchParams.set(this.parameter, query);
    else searchParams.delete(this.parameter);
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // A page from a disk may not change its address; that is no reason not to search.
    }
  }

  /**
   * Move between the box and the results by the arrow keys; Escape leads back to the box.
   *
   * @param {KeyboardEvent} event
   */
  steer(event) {
    const places = [this.box, ...this.list.querySelectorAll(TITLE)];
    const at = places.indexOf(/** @type {HTMLInputElement} */ (this.root.activeElement));
    const steps = /** @type {Record<string, number>} */ ({
      ArrowDown: 1,
      ArrowUp: -1,
      Escape: -at,
    });
    const place = at < 0 || event.isComposing ? undefined : places[at + (steps[event.key] || NaN)];
    if (!(place instanceof HTMLElement)) return;
    event.preventDefault();
    place.focus();
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  dispatch(name, detail) {
    this.host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}
