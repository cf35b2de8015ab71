/**
 * Facets, pages and choices without a full reload, with the history kept.
 *
 * Every one of them is a link or a form that works by itself. Here the same address is fetched, its
 * answer put in the place of the old one, and the address bar told. Whatever goes wrong, the browser
 * is sent to the address instead.
 */

const ANSWER = "ui-answer";
const form = document.getElementById("ui-search");

/** @type {AbortController | undefined} */
let running;

/** What the page shows: a step to one of its own anchors asks nothing new. */
let shown = withoutAnchor(location.href);

/** @param {string} address */
function withoutAnchor(address) {
  return address.replace(/#.*$/, "");
}

/**
 * Show the answer at `address`.
 *
 * @param {URL} address
 * @param {boolean} moves whether this is a step that the back button undoes
 */
async function show(address, moves) {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const answer = document.getElementById(ANSWER);
  answer?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, {
      headers: { Accept: "text/html" },
      signal: controller.signal,
    });
    const fetched = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = fetched.getElementById(ANSWER);
    if (!response.ok || !answer || !fresh) throw new Error("no answer to show");
    if (moves) history.pushState(null, "", address);
    shown = withoutAnchor(address.href);
    document.title = fetched.title;
    renewHead(fetched);
    renewForm(fetched);
    answer.replaceWith(fresh);
    if (moves) {
      fresh.focus({ preventScroll: true });
      fresh.scrollIntoView({ block: "nearest" });
      announce(fresh);
    }
  } catch {
    if (!controller.signal.aborted) location.assign(address);
  }
}

/**
 * Say the new count: a live region that was there from the start is heard, a new one is not.
 *
 * @param {HTMLElement} fresh
 */
function announce(fresh) {
  const said = document.getElementById("ui-said") ?? document.createElement("p");
  said.id = "ui-said";
  said.className = "unseen";
  said.setAttribute("role", "status");
  if (!said.isConnected) form?.append(said);
  const count = fresh.querySelector("#ui-results")?.textContent ?? "";
  setTimeout(() => {
    said.textContent = count;
  }, 100);
}

/**
 * Let the links of head, menu and foot follow: the other language has its own address.
 *
 * @param {Document} fetched
 */
function renewHead(fetched) {
  const places = "link[rel=canonical], link[rel=alternate], .tongue, .foot";
  const old = document.querySelectorAll(places);
  const fresh = fetched.querySelectorAll(places);
  for (const [at, element] of old.entries()) {
    const other = fresh[at];
    if (other) element.replaceWith(document.adoptNode(other));
  }
}

/**
 * Give the form the state of the answer, but leave alone what is being typed.
 *
 * @param {Document} fetched
 */
function renewForm(fetched) {
  const fresh = fetched.getElementById("ui-search");
  if (!(form instanceof HTMLFormElement) || !(fresh instanceof HTMLFormElement)) return;
  const box = form.elements.namedItem("q");
  const other = fresh.elements.namedItem("q");
  if (box instanceof HTMLInputElement && other instanceof HTMLInputElement) box.value = other.value;
  for (const hidden of form.querySelectorAll("input[type=hidden]")) hidden.remove();
  for (const hidden of fresh.querySelectorAll("input[type=hidden]")) {
    form.append(document.adoptNode(hidden));
  }
  for (const name of ["level", "sort", "group"]) {
    const field = form.elements.namedItem(name);
    const value = new FormData(fresh).get(name);
    if (field instanceof RadioNodeList || field instanceof HTMLSelectElement) {
      field.value = String(value ?? "");
    }
  }
}

/**
 * Return the address that `asked` leads to, without the choices that are what they are anyway.
 *
 * @param {HTMLFormElement} asked
 */
function addressOf(asked) {
  const address = new URL(asked.action);
  const usual = new Set(
    [...asked.querySelectorAll("[data-default]")].map((choice) => {
      const name =
        choice instanceof HTMLOptionElement
          ? choice.closest("select")?.name
          : choice.getAttribute("name");
      return `${name}=${choice.getAttribute("value")}`;
    }),
  );
  for (const [name, value] of new FormData(asked)) {
    if (typeof value === "string" && value && !usual.has(`${name}=${value}`)) {
      address.searchParams.append(name, value);
    }
  }
  return address;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.closest(".facets, .chosen, .pages")) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(new URL(link.href), true);
});

if (form instanceof HTMLFormElement) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOf(form), true);
  });
  form.addEventListener("change", (event) => {
    const changed = event.target;
    if (
      changed instanceof HTMLSelectElement ||
      (changed instanceof HTMLInputElement && changed.type === "radio")
    ) {
      show(addressOf(form), true);
    }
  });
  addEventListener("popstate", () => {
    if (withoutAnchor(location.href) !== shown) show(new URL(location.href), false);
  });
}
