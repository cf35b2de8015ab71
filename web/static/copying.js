/**
 * Buttons that copy: the citation of a document or of one of its paragraphs, and its link.
 *
 * They stay hidden where there is no script. The page says in `data-` attributes what is copied
 * and what is said about it, so no sentence stands here.
 */

const page = document.querySelector("[data-copied]");
const status = document.querySelector(".copied");

/**
 * Copy `text` and say so; where the browser refuses, show it for the reader to copy.
 *
 * @param {string} text
 */
async function copy(text) {
  if (!(page instanceof HTMLElement) || !(status instanceof HTMLElement)) return;
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = page.dataset.copied ?? "";
  } catch {
    const box = document.createElement("input");
    box.className = "field";
    box.readOnly = true;
    box.dir = "auto";
    box.value = text;
    box.setAttribute("aria-label", page.dataset.failed ?? "");
    status.replaceChildren(page.dataset.failed ?? "", " ", box);
    box.select();
  }
}

for (const button of document.querySelectorAll("button[data-copy], button[data-copy-link]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  const { copy: text = "", copyLink: link } = button.dataset;
  button.addEventListener("click", () => {
    copy(link === undefined ? text : new URL(link, location.href).href);
  });
}

const tools = [...document.querySelectorAll("details.tools")];

if (page instanceof HTMLElement && page.dataset.citation) {
  const { citation, separator = ", ", cite = "" } = page.dataset;
  for (const tool of tools) {
    const unit = tool.closest(".unit");
    if (!(unit instanceof HTMLElement)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cite;
    button.addEventListener("click", () => copy(`${citation}${separator}${unit.dataset.place}`));
    const entry = document.createElement("li");
    entry.append(button);
    tool.querySelector("ul")?.append(entry);
  }
}

/** @param {Node | null} kept what stays open */
function closeTools(kept) {
  for (const tool of tools) {
    if (tool instanceof HTMLDetailsElement && tool.open && !tool.contains(kept)) tool.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeTools(event.target instanceof Node ? event.target : null);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeTools(null);
});
