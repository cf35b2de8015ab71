/** The source of answers: the scripts of a widget, and the index that its attributes name now. */

import { filesBelow, load } from "./files.js";
import { indexAddress, partAddress } from "./options.js";

/** @typedef {import("../engine/engine.js").Manner} Manner */

/** Opens what is needed when it is needed, and once. */
export class Source {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.openedAt = "";
    /** @type {ReturnType<Source["open"]> | undefined} */
    this.opening = undefined;
  }

  /**
   * @template {"engine" | "assistance"} Part
   * @param {Part} part
   */
  load(part) {
    return load(part, partAddress(this.host, part));
  }

  /**
   * Ask the engine; once more, past what the browser keeps, when files do not fit together or are
   * gone: a new upload may have taken the place of an older one.
   *
   * @param {string} query
   * @param {Manner} manner
   */
  async answer(query, manner) {
    try {
      return await this.ask(query, manner, "default");
    } catch (error) {
      if (!["damaged", "missing"].includes(/** @type {any} */ (error).code)) throw error;
      return this.ask(query, manner, "reload");
    }
  }

  /**
   * @param {string} query
   * @param {Manner} manner
   * @param {RequestCache} cache
   */
  async ask(query, manner, cache) {
    try {
      const opened = await this.opened(cache);
      return { ...opened, page: await opened.engine.search(query, manner) };
    } catch (error) {
      // What failed may succeed later: a visitor may have been offline.
      if (!manner.signal?.aborted) this.opening = undefined;
      throw error;
    }
  }

  /**
   * Give the engine with the index that is named now.
   *
   * @param {RequestCache} [cache]
   */
  opened(cache = "default") {
    const { href } = indexAddress(this.host);
    if (!this.opening || href !== this.openedAt) {
      const opening = this.open(cache);
      this.opening = opening;
      this.openedAt = href;
      opening.catch(() => {
        if (this.opening === opening) this.opening = undefined;
      });
    }
    return this.opening;
  }

  /** @param {RequestCache} cache */
  async open(cache) {
    const loaded = await this.load("engine");
    const files = filesBelow(indexAddress(this.host), cache, loaded);
    return { correction: loaded.correction, engine: await loaded.Engine.open(files) };
  }
}
