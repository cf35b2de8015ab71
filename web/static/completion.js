/**
 * Completion as you type: a combobox with a list, by the pattern of the ARIA Authoring Practices.
 *
 * The box stays a box: Enter searches for what was typed unless an entry was chosen with the arrow
 * keys, Escape closes the list, and without a script there is no list at all.
 *
 * @typedef {{ text: string, kind: string, count: number }} Completion
 */

const WAIT = 120; // milliseconds of silence before the server is asked
const MOST = 8;

/**
 * Give `box` a list of completions.
 *
 * @param {HTMLInputElement} box
 */
function complete(box) {
  const address = box.dataset.suggestions;
  if (!address) return;

  const list = document.createElement("ul");
  list.id = "ui-completions";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.completions ?? "");
  box.after(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  let chosen = -1;
  let typed = box.value;
  let timer = 0;
  /** @type {AbortController | undefined} */
  let running;

  function close() {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  /** @param {Completion[]} completions */
  function open(completions) {
    list.replaceChildren(...completions.map(entry));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = completions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  /**
   * @param {Completion} completion
   * @param {number} at
   */
  function entry(completion, at) {
    const option = document.createElement("li");
    option.id = `ui-completion-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.text = completion.text;
    const text = document.createElement("bdi");
    text.textContent = completion.text;
    const count = document.createElement("bdi");
    count.className = "number";
    count.textContent = completion.count.toLocaleString("en");
    option.append(text, count);
    option.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps focus
    option.addEventListener("click", () => {
      box.value = completion.text;
      close();
      box.form?.requestSubmit();
    });
    return option;
  }

  /** @param {number} at the entry to choose; -1 is what was typed */
  function choose(at) {
    const options = [...list.children];
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = at;
    const option = options[at];
    if (option instanceof HTMLElement) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", option.id);
      box.value = option.dataset.text ?? "";
    } else {
      box.removeAttribute("aria-activedescendant");
      box.value = typed;
    }
  }

  async function ask() {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const asked = new URL(address ?? "", location.href);
    asked.searchParams.set("q", typed);
    asked.searchParams.set("limit", String(MOST));
    try {
      const response = await fetch(asked, { signal: controller.signal });
      if (!response.ok) return;
      const answer = await response.json();
      if (document.activeElement === box) open(answer.completions);
    } catch {
      // No completion is no harm: the box works as it did.
    }
  }

  box.addEventListener("input", () => {
    typed = box.value;
    clearTimeout(timer);
    if (typed.trim()) timer = window.setTimeout(ask, WAIT);
    else close();
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (event.key === "ArrowDown" && box.value.trim()) {
          typed = box.value;
          ask();
        }
        return;
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = chosen + step;
      choose(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      choose(-1);
      close();
    } else if (event.key === "Enter" || event.key === "Tab") {
      close();
    }
  });

  box.addEventListener("blur", close);
  box.form?.addEventListener("submit", close);
}

const box = document.getElementById("ui-q");
if (box instanceof HTMLInputElement) complete(box);
