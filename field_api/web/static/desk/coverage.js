// The map in its frame says what was clicked; the page leads there.

const CODE_LONGEST = 64;
const frame = document.querySelector("#map");

function heard(event) {
  if (!frame || event.source !== frame.contentWindow) return;
  const { callcycle: kind, code } = event.data ?? {};
  if (typeof code !== "string" || !code || code.length > CODE_LONGEST) return;
  if (kind === "customer") location.assign(`/desk/customers/${encodeURIComponent(code)}`);
  if (kind === "territory") mark(code);
}

/** The row of a territory whose figures the map shows. */
function mark(code) {
  for (const row of document.querySelectorAll("#parts tbody tr")) {
    const chosen = row.dataset.code === code;
    row.setAttribute("aria-selected", String(chosen));
    if (chosen) row.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}

function stepped(event) {
  if (event.target.matches?.("input, select, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
  const way = { ArrowLeft: "#earlier", ArrowRight: "#later" }[event.key];
  if (way && !event.target.closest?.(".scroll")) document.querySelector(way)?.click();
}

/** A district in whose map the customers stand one by one: chosen as in the header. */
function narrowed(event) {
  const key = event.target.closest?.("[data-unit]")?.dataset.unit;
  const header = document.querySelector("#unit");
  if (!key || !header) return;
  header.value = key;
  header.dispatchEvent(new Event("change", { bubbles: true }));
}

window.addEventListener("message", heard);
document.addEventListener("click", narrowed);
document.addEventListener("keydown", stepped);
