/**
 * `<fihris-search>`: a search box and its results, from the files of an index, with no server.
 *
 * docs/widget.md tells of its attributes, parts, variables and events.
 */

import { Widget } from "./widget.js";

const NAME = "fihris-search";

/** The element; it becomes a widget once it stands in a page. */
class FihrisSearch extends HTMLElement {
  connectedCallback() {
    if (!this.shadowRoot) new Widget(this);
  }
}

// A page may hold the script twice.
if (!customElements.get(NAME)) customElements.define(NAME, FihrisSearch);
