/** The key `/` takes a reader to the search box, as on many sites; Escape is left alone. */

/**
 * Tell whether what is typed goes into `target`, where a slash is only a slash.
 *
 * @param {EventTarget | null} target
 */
function takesText(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || takesText(event.target)) return;
  const box = document.getElementById("ui-q");
  if (box instanceof HTMLInputElement) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
