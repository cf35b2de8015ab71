/**
 * `<fihris-search>`: a search box and its results, from the files of an index, with no server.
 *
 * docs/widget.md tells of its attributes, parts, variables and events.
 */

import { Widget } from "./widget.js";

const NAME = "fihris-search";

/** The element; it becomes a widget once it stands in a page. */
class FihrisSearch extends HTMLElement {
  /** What the widget is built by; it reads all other attributes when it needs them. */
  static observedAttributes = ["label", "language", "menus", "parameter"];

  /** @type {Widget | undefined} */
  widget;

  connectedCallback() {
    this.widget ??= new Widget(this);
    this.widget.start();
  }

  disconnectedCallback() {
    this.widget?.stop();
  }

  attributeChangedCallback() {
    if (!this.widget) return;
    this.widget.stop();
    this.widget.running?.abort();
    this.widget = new Widget(this, this.widget.asked());
    if (this.isConnected) this.widget.start();
  }
}

// A page may hold the script twice.
if (!customElements.get(NAME)) customElements.define(NAME, FihrisSearch);
