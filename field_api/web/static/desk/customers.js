// The list of customers: short addresses, rows chosen one by one or all that are found, and the
// fields that belong to what is changed.

import { t } from "./main.js";

const SHOWN = 'input[name="code"][form="bulk"]';
let everything = false;

const boxes = () => [...document.querySelectorAll(SHOWN)];
const found = () => Number(document.querySelector("#list").dataset.found);

/** Show how many are chosen, and what can be done with them. */
function tell() {
  const bulk = document.querySelector("#bulk");
  const all = boxes();
  const chosen = everything ? found() : all.filter((box) => box.checked).length;
  bulk.hidden = chosen === 0;
  bulk.elements.everything.value = everything ? "true" : "";
  document.querySelector("#chosen").textContent = t("{n} chosen", { n: chosen.toLocaleString("en") });
  const whole = all.length > 0 && all.every((box) => box.checked);
  document.querySelector("#choose-found").hidden = everything || !whole || found() === all.length;
  const page = document.querySelector("#choose-page");
  if (page) {
    page.checked = whole;
    page.indeterminate = chosen > 0 && !whole;
  }
}

/** Choose the rows shown, or none. */
function choose(wanted) {
  everything = false;
  for (const box of boxes()) box.checked = wanted;
  tell();
}

/** Show the field of the kind that is changed, and send no other. */
function fit(kind) {
  for (const label of document.querySelectorAll("#bulk [data-kind]")) {
    label.hidden = label.dataset.kind !== kind;
    for (const field of label.querySelectorAll("input, select")) field.disabled = label.hidden;
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.id === "choose-page") choose(target.checked);
  if (target.matches(SHOWN)) {
    everything = false;
    tell();
  }
  if (target.matches('#bulk select[name="kind"]')) fit(target.value);
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("#choose-none")) choose(false);
  if (target.closest("#choose-found")) {
    everything = true;
    tell();
  }
});

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  const { parameters } = event.detail;
  for (const name of [...Object.keys(parameters)]) {
    if (parameters[name] === "") delete parameters[name];
  }
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "list") everything = false;
  if (everything) for (const box of boxes()) box.checked = true;
  tell();
});

tell();
fit(document.querySelector('#bulk select[name="kind"]').value);
