/**
 * The front page of a static site: `/` leads to the search box, and what the page offers before
 * anything is asked steps aside for an answer.
 */

const search = document.querySelector("fihris-search");
const front = document.querySelector(".front");

/** Return the box, once the widget has made it. */
function searchBox() {
  const box = search?.shadowRoot?.querySelector("input");
  return box instanceof HTMLInputElement ? box : undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = searchBox();
  if (event.defaultPrevented || !box || event.target === search) return;
  event.preventDefault();
  box.focus();
  box.select();
});

search?.addEventListener("fihris-results", () => {
  front?.classList.toggle("answered", Boolean(searchBox()?.value.trim()));
});
search?.addEventListener("input", () => {
  if (!searchBox()?.value.trim()) front?.classList.remove("answered");
});
