// The keyboard: `/` searches, j and k move through [data-rows], Enter opens, Esc closes, ? lists,
// g and a letter lead to a page.

const GO_MS = 1200;
const TYPED_IN = "input, select, textarea, [contenteditable]";
let going = 0;

const rows = () => [...document.querySelectorAll("[data-rows] > tr:not(.more), [data-rows] > li")];

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const now = all.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  all[now]?.removeAttribute("aria-current");
  next.setAttribute("aria-current", "true");
  (next.querySelector("a, button") ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    if (event.target.matches?.(TYPED_IN)) event.target.blur();
    return;
  }
  if (event.target.matches?.(TYPED_IN) || document.querySelector("dialog[open]")) return;
  if (going && Date.now() - going < GO_MS) {
    going = 0;
    document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
    return;
  }
  const does = {
    "/": () => document.querySelector("[data-search], input[type=search]")?.focus(),
    "?": () => document.querySelector("#keys")?.showModal(),
    j: () => move(1),
    k: () => move(-1),
    g: () => { going = Date.now(); },
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
}

/** Listen from now on. */
export function listen() {
  document.addEventListener("keydown", pressed);
  document.querySelector("#keys-button")?.addEventListener("click", () => {
    document.querySelector("#keys").showModal();
  });
}
