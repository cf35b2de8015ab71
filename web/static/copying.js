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

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => copy(button.dataset.copy ?? ""));
}

if (page instanceof HTMLElement && page.dataset.citation) {
  const { citation, separator = ", ", cite = "" } = page.dataset;
  for (const unit of document.querySelectorAll(".unit[data-place]")) {
    const tools = unit.querySelector(".tools");
    if (!(unit instanceof HTMLElement) || !tools) continue;
    const place = unit.dataset.place ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cite;
    button.setAttribute("aria-label", `${cite}${separator}${place}`);
    button.addEventListener("click", () => copy(`${citation}${separator}${place}`));
    tools.append(" ", button);
  }
}
