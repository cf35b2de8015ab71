/**
 * The combobox: a list of completions below the box, by the pattern of the ARIA Authoring Practices
 * (editable, list autocompletion, manual selection).
 *
 * The box stays a box: Enter asks what was typed unless an entry was chosen with the arrow keys,
 * Escape closes the list, Tab leaves, and what fails here is no harm to anybody.
 */

import { attributed, element, isolated, languageIn } from "./elements.js";

const WAIT = 120; // milliseconds without a key before words are looked up
const QUIET = 1000; // and before their number is announced, behind that of the results
const MOST = 6;

/**
 * @typedef {object} Parts
 * @property {HTMLInputElement} box
 * @property {HTMLElement} list
 * @property {HTMLElement} said what is announced
 * @property {(text: string, most: number) => Promise<{start: number, words: string[]}>} lookUp
 * @property {(count: number) => string} inWords
 * @property {() => void} taken
 */

/** Shows completions and lets one be taken. */
export class Combobox {
  /** @param {Parts} parts */
  constructor(parts) {
    const { box, list } = parts;
    this.parts = parts;
    this.before = ""; // what stands before the word that is being completed
    this.chosen = -1;
    this.turn = 0;
    this.stale = false; // whether the list belongs to what was typed before
    this.waiting = 0;
    this.announcing = 0;
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || !this.handles(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    box.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", ({ target }) => {
      const option = target instanceof Element && target.closest("[role=option]");
      if (option) this.take(option);
    });
  }

  /** What is typed, up to the cursor. */
  get text() {
    const { value, selectionStart } = this.parts.box;
    return value.slice(0, selectionStart ?? value.length);
  }

  /** Look up what the word that is being typed may become, once the keys pause. */
  typed() {
    const { text } = this;
    if (!text.startsWith(this.before) || /\s/.test(text.slice(this.before.length))) this.close();
    else this.choose(-1);
    clearTimeout(this.waiting);
    this.stale = true;
    this.waiting = window.setTimeout(() => this.open(), WAIT);
  }

  async open() {
    const { text } = this;
    const { box, lookUp } = this.parts;
    const turn = ++this.turn;
    clearTimeout(this.waiting);
    if (/^\S/.test(box.value.slice(text.length))) return this.close(); // inside a word
    const { start, words } = await lookUp(text, MOST).catch(() => ({ start: 0, words: [] }));
    if (turn !== this.turn || !box.matches(":focus")) return;
    const others = words.filter((word) => word !== text.slice(start));
    if (!others.length) return this.close();
    this.before = text.slice(0, start);
    this.show(others);
  }

  /** @param {string[]} words */
  show(words) {
    const { box, list, said, inWords } = this.parts;
    const options = words.map((word, at) => {
      const option = element("li", "completion", isolated(word));
      return attributed(option, { id: `option-${at}`, role: "option", lang: languageIn(word) });
    });
    list.replaceChildren(...options);
    list.hidden = false;
    this.stale = false;
    box.setAttribute("aria-expanded", "true");
    this.choose(-1);
    clearTimeout(this.announcing);
    this.announcing = window.setTimeout(() => {
      said.textContent = inWords(words.length);
    }, QUIET);
  }

  close() {
    const { box, list, said } = this.parts;
    this.turn += 1; // what is on its way comes too late
    clearTimeout(this.waiting);
    clearTimeout(this.announcing);
    this.choose(-1);
    list.hidden = true;
    list.replaceChildren();
    said.textContent = "";
    box.setAttribute("aria-expanded", "false");
  }

  /** @param {number} at the entry to choose; -1 is what was typed */
  choose(at) {
    const { box, list } = this.parts;
    this.chosen = at;
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(place === at));
      option.setAttribute("part", place === at ? "completion chosen" : "completion");
    }
    const option = list.children[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** @param {Element} option */
  take(option) {
    const { box, taken } = this.parts;
    const text = this.before + option.textContent;
    box.value = text + box.value.slice(this.text.length);
    box.setSelectionRange(text.length, text.length);
    this.close();
    taken();
  }

  /**
   * Do what a key means to the list; tell whether it meant anything.
   *
   * @param {KeyboardEvent} event
   */
  handles({ key, altKey }) {
    const { hidden, children } = this.parts.list;
    const option = children[this.chosen];
    if (!hidden && key === "Enter" && option) this.take(option);
    else if (!hidden && (key === "Escape" || (key === "ArrowUp" && altKey))) this.close();
    else if (!hidden && /^Arrow(Up|Down)$/.test(key)) this.move(key === "ArrowDown");
    else if (key === "ArrowDown" && altKey) this.open();
    else {
      // Elsewhere in the text, or out of the box, another word is meant; Enter needs no more help.
      if (/^(Enter|Tab|Home|End|Arrow.*)$/.test(key)) this.close();
      return false;
    }
    return true;
  }

  /**
   * Choose the next entry or the one before, and what was typed between the last and the first.
   *
   * @param {boolean} down
   */
  async move(down) {
    if (this.stale) await this.open(); // what was shown so far is not what is meant now
    const { length } = this.parts.list.children;
    const next = this.chosen + (down ? 1 : -1);
    this.choose(next < -1 ? length - 1 : next < length ? next : -1);
  }
}
