// Administration: what a role needs, links that are copied, steps and forms that are put together.

import { Away, LoggedOut } from "../phone/api.js";
import { alarm, call, htmx, logInAgain, say, t } from "./main.js";
import { keepForNextPage } from "./notices.js";

const TYPING_MS = 300;
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Show the place that the chosen role needs, and no other. */
function placeOf(select) {
  for (const part of all("[data-for]")) {
    const needed = part.dataset.for === select.value;
    part.hidden = !needed;
    for (const field of all("select", part)) {
      field.disabled = !needed;
      field.required = needed;
    }
  }
}

/** Send JSON; what is refused is said, and nothing is lost. */
async function put(path, version, body, told) {
  try {
    await call("PUT", path, body, { "If-Match": `"v${version}"` });
  } catch (error) {
    if (error instanceof LoggedOut) logInAgain();
    else if (error instanceof Away) alarm(t("The service cannot be reached. Nothing was changed; try again when it can."));
    else alarm([error.message, ...(error.problem?.errors ?? []).map((each) => each.message)].join(" "));
    return;
  }
  keepForNextPage(told);
  location.reload();
}

const value = (row, name) => one(`[data-name="${name}"]`, row)?.value ?? "";
const ticked = (row, name) => one(`[data-name="${name}"]`, row)?.checked ?? false;

function step(row) {
  const after = value(row, "after");
  const goesOn = after === "goes_on";
  return {
    decides: value(row, "decides"),
    alternatives: value(row, "alternatives") ? [value(row, "alternatives")] : [],
    within_hours: Number(value(row, "within_hours")) || 1,
    escalates_to: after && !goesOn ? after : null,
    from_size: Number(value(row, "from_size")) || 0,
    lead_hours: Number(value(row, "lead_hours")) || 0,
    second_person: ticked(row, "second_person"),
    goes_on: goesOn,
  };
}

const label = (row) => ({ code: value(row, "code"), en: value(row, "en"), zh: value(row, "zh") });

function choices(row) {
  if (value(row, "kind") !== "choice") return [];
  return value(row, "choices").split("\n").map((line) => line.split(/[=＝]/).map((part) => part.trim()))
    .filter((parts) => parts[0])
    .map(([zh, en = zh, code = en]) => ({ zh, en, code }));
}

function begunProcedure(form) {
  const steps = () => all("[data-step]", form).map(step);
  const { matter, version } = form.dataset;
  const csrf = one('meta[name="csrf"]').content;
  let waiting = 0;
  const explain = async () => {
    const answer = await fetch(`/desk/administration/procedures/${matter}/tried`, {
      method: "POST", body: JSON.stringify({ steps: steps() }), credentials: "same-origin",
      headers: { "content-type": "application/json", "x-csrf-token": csrf },
    }).catch(() => null);
    if (answer?.ok) htmx.swap("#explained", await answer.text(), { swapStyle: "innerHTML" });
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(explain, TYPING_MS); };
  form.addEventListener("input", later);
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-add-step]")) one("#step-list").append(one("#step-template").content.cloneNode(true));
    else if (event.target.closest("[data-remove]")) event.target.closest("[data-step]").remove();
    else if (event.target.closest("[data-default]")) set([], t("The product's steps hold again."));
    else return;
    later();
  });
  const set = (wanted, told) => put(`/approval-procedures/${matter}`, version, { steps: wanted, reason: one("#reason").value }, told);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    set(steps(), t("The steps are set. What is open already goes on by its own."));
  });
}

function begunForm(form) {
  const { trade, version } = form.dataset;
  const set = (body, told) => put(`/report-forms/${encodeURIComponent(trade)}`, version, { ...body, reason: one("#reason").value }, told);
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-field]");
    if (row) one('[data-name="choices"]', row).hidden = value(row, "kind") !== "choice";
  });
  form.addEventListener("click", (event) => {
    const adds = event.target.closest("[data-add]")?.dataset.add;
    if (adds) {
      const row = one(`#${adds}-template`).content.querySelector("tr").cloneNode(true);
      one(adds === "line" ? "#lines" : "#fields").append(row);
      one("input", row).focus();
    } else if (event.target.closest("[data-remove]")) event.target.closest("tr").remove();
    else if (event.target.closest("[data-default]")) set({ checklist: [], fields: [] }, t("The form before holds again."));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    set({
      checklist: all("[data-line]", one("#lines")).map((row) => ({
        label: label(row),
        purposes: all("[data-purpose]:checked", row).map((box) => box.dataset.purpose),
      })),
      fields: all("[data-field]", one("#fields")).map((row) => ({
        label: label(row), kind: value(row, "kind"), choices: choices(row), required: ticked(row, "required"),
      })),
    }, t("The form is set. Phones have it with their next pull."));
  });
}

document.addEventListener("click", async (event) => {
  const mover = event.target.closest("[data-move]");
  if (mover) {
    const dialog = one("#move");
    one('[name="rep_code"]', dialog).value = mover.dataset.move;
    one("#move-who", dialog).textContent = `${mover.dataset.name} (${mover.dataset.move})`;
    dialog.showModal();
  } else if (event.target.closest("[data-close]")) {
    event.target.closest("dialog").close();
  } else if (event.target.closest("[data-copy]")) {
    const field = one("[data-copied]");
    field.select();
    await navigator.clipboard?.writeText(field.value).then(() => say(t("Copied.")), () => undefined);
  }
});

// a service whose settings name no address of its own is reached where the page was
document.addEventListener("htmx:afterSettle", () => {
  const field = one("[data-copied]");
  if (field) field.value = new URL(field.value, location.origin).href;
});

const roles = one("[data-role]");
if (roles) {
  placeOf(roles);
  roles.addEventListener("change", () => placeOf(roles));
}
const procedure = one("#procedure");
if (procedure) begunProcedure(procedure);
const visitForm = one("#visit-form");
if (visitForm) begunForm(visitForm);
