/**
 * The widget: a box, what is said of an answer, and the results. What fails is said in words inside
 * it; nothing is thrown at the page around it.
 */

import { PageAddress } from "./address.js";
import { attributed, element, hitElement, linkByTemplate, pieces, placeOf } from "./elements.js";
import { formWithBox } from "./form.js";
import { Menus } from "./menus.js";
import { filtersOf, indexAddress, languageOf, menusOf, resultsOf } from "./options.js";
import { Source } from "./source.js";
import { adoptStyles } from "./styles.js";
import { Speaker } from "./texts.js";

/** @typedef {import("../engine/engine.js").Page} Page */

const PAUSE = 250; // milliseconds without a key before a query is asked
const FEW = 10; // with fewer hits it is worth asking what was meant
const TITLE = "[part~=title]";

/** Searches and shows what it finds. */
export class Widget {
  /**
   * @param {HTMLElement} host
   * @param {import("./address.js").Asked} [before] what the widget that this one follows was asked
   */
  constructor(host, before = {}) {
    this.host = host;
    this.source = new Source(host);
    const language = languageOf(host);
    this.speaker = new Speaker(language);
    const { texts } = this.speaker;
    this.menus = new Menus(menusOf(host), texts);
    const label = host.getAttribute("label") || texts.label;
    this.form = formWithBox(texts, label, this.menus.box);
    this.box = this.form.box;
    this.status = attributed(element("p", "status"), { role: "status" });
    this.notes = element("div", "notices");
    this.list = attributed(element("ol", "results"), {
      role: "list", // Safari knows none without its bullets
      "aria-label": texts.results,
    });
    this.more = this.button("more", [texts.more], () => this.search(this.shown));
    const { form } = this.form;
    const parts = [form, this.status, this.notes, this.list, this.more];
    const widget = element("div", "widget", ...parts);
    widget.lang = language;
    widget.dir = language === "ar" ? "rtl" : "ltr";
    this.root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.root.replaceChildren(widget);
    adoptStyles(this.root);
    this.clear();

    this.shown = 0;
    this.timer = 0;
    this.filledFor = "";
    /** @type {AbortController | undefined} */
    this.running = undefined;
    /** @type {ReturnType<Widget["makeCombobox"]> | undefined} */
    this.combobox = undefined;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.soon(0);
    });
    // Also what is being composed: the keyboards of phones compose every word.
    this.box.addEventListener("input", () => {
      this.soon(PAUSE);
      this.complete();
    });
    widget.addEventListener("keydown", (event) => this.steer(event));
    const { box: menus } = this.menus;
    menus.addEventListener("change", () => this.soon(0));
    for (const name of ["pointerenter", "focusin"])
      menus.addEventListener(name, () => this.fillMenus().catch((error) => this.tellError(error)));

    this.address = new PageAddress(host.getAttribute("parameter") ?? "");
    const asked = this.address.read(this.menus.fields);
    for (const field of Object.keys(asked)) asked[field] = before[field] || asked[field];
    this.take(asked);
    /** Goes back and forward with the page. */
    this.follow = () => {
      const held = this.address.read(this.menus.fields);
      if (this.address.parameter && JSON.stringify(held) !== JSON.stringify(this.asked()))
        this.take(held);
    };
  }

  /** Follow the page in which the element stands, and ask what was left unasked. */
  start() {
    window.addEventListener("popstate", this.follow);
    if (this.box.value && !this.status.textContent) this.soon(0);
  }

  /** Leave the page alone, until the element stands in one again. */
  stop() {
    window.removeEventListener("popstate", this.follow);
    clearTimeout(this.timer);
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

  /** What is asked, as the address of the page holds it. */
  asked() {
    return { "": this.box.value.trim(), ...this.menus.chosen };
  }

  /**
   * Ask what an address held.
   *
   * @param {import("./address.js").Asked} asked
   */
  take(asked) {
    this.box.value = asked[""];
    this.menus.choose(asked);
    if (asked[""] || this.status.textContent) this.soon(0);
  }

  /** Complete the word that is being typed; without completions the box works as well. */
  async complete() {
    const { timer, box, host } = this;
    if (host.getAttribute("completion") === "off" || (box.value.length < 2 && !this.combobox))
      return;
    this.combobox ??= this.makeCombobox();
    try {
      const combobox = await this.combobox;
      if (timer === this.timer) combobox.typed(); // else more was typed, or it was asked
    } catch {
      this.combobox = undefined; // a visitor may have been offline
    }
  }

  async makeCombobox() {
    const { box, list, said } = this.form;
    const { Combobox, completions } = await this.source.load("assistance");
    return new Combobox({
      box,
      list,
      said,
      lookUp: async (text, most) => completions(text, (await this.source.opened()).engine, most),
      inWords: (count) => this.speaker.count("completed", count),
      taken: () => this.soon(0),
    });
  }

  /** Fill the menus, unless they are: with what is left by the restrictions of the site. */
  async fillMenus() {
    const { menus, host } = this;
    const fixed = filtersOf(host);
    const wanted = indexAddress(host).href + JSON.stringify(fixed);
    if (!menus.fields.length || this.filledFor === wanted) return;
    const [{ fillMenu }, { engine }] = await Promise.all([
      this.source.load("assistance"),
      this.source.opened(),
    ]);
    const documents = await engine.store.documents();
    for (const [at, select] of menus.selects.entries())
      fillMenu(select, menus.fields[at], documents, fixed, languageOf(host));
    this.filledFor = wanted;
  }

  /** @param {number} pause none where a visitor has settled on what is asked */
  soon(pause) {
    clearTimeout(this.timer);
    this.running?.abort(); // an answer to what is no longer asked would mislead
    this.timer = window.setTimeout(() => {
      this.address.tell(this.asked(), !pause);
      this.search();
    }, pause);
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
    if (!query) return this.clear();
    const waiting = window.setTimeout(
      () => signal.aborted || this.tell(this.speaker.texts.searching),
      PAUSE,
    );
    const manner = {
      limit: resultsOf(this.host),
      offset,
      filters: this.menus.within(filtersOf(this.host)),
      signal,
    };
    try {
      const { page, engine, correction } = await this.source.answer(query, manner);
      signal.throwIfAborted();
      clearTimeout(waiting);
      this.show(page, manner);
      const { total, partialTotal } = page;
      this.dispatch("fihris-results", { query, total, partialTotal });
      // Conveniences: what fails here takes nothing from the answer.
      this.fillMenus().catch(() => {});
      if (offset || total >= FEW) return;
      const meant = await correction(query, page, engine, manner).catch(() => undefined);
      if (meant && !signal.aborted) this.propose(meant);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    } finally {
      clearTimeout(waiting);
    }
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
    const others = speaker.count("others", partialTotal);
    return partialTotal ? speaker.say("some", { all, others }) : all;
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
   * Say what went wrong with a search.
   *
   * @param {any} error
   */
  fail(error) {
    this.clear();
    const code = this.tellError(error);
    const { retry } = this.speaker.texts;
    if (code !== "browser" && code !== "version")
      this.notes.append(this.button("retry", [retry], () => this.search()));
    this.dispatch("fihris-error", { code, file: error.file ?? "", error });
  }

  /**
   * Put into words what went wrong, and return its code.
   *
   * @param {any} error
   */
  tellError({ code }) {
    const { texts } = this.speaker;
    const known = texts[code] ? code : "unknown";
    this.tell(texts[known]);
    return known;
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
