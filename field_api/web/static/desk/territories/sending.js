// A drawing sent for approval: what changes, why and from when; and what is done when somebody else
// changed the same territories meanwhile.

import { t } from "../main.js";
import { ask } from "./asking.js";
import { count, el } from "./parts.js";

const CHANGED = 412;
const MOST_SHOWN = 200;
const TERRITORIES = "/api/v1/territories.geojson";

const $ = (selector) => document.querySelector(selector);

/** Show what is drawn otherwise; with nothing the panel goes. */
export function showChanges(state, customers) {
  const codes = [...state.territories.filter((one) => one.changed).map((one) => one.code),
    ...state.removed.map((one) => one.code)];
  $("#sending").hidden = !codes.length;
  if (!codes.length) return;
  $("#changes").textContent = t("{n} territories drawn anew ({codes}); {customers} customers change territory.", {
    n: count(codes.length), codes: codes.slice(0, 8).join(", ") + (codes.length > 8 ? ", …" : ""),
    customers: count(state.moves.length),
  });
  $("#moves").hidden = !state.moves.length;
  $("#moves ul").replaceChildren(...state.moves.slice(0, MOST_SHOWN).map(([n, before, after]) => el("li", {},
    el("a", { href: `/desk/customers/${encodeURIComponent(customers[n].code)}` }, customers[n].name), " ",
    el("small", {}, `${before ?? "–"} → ${after ?? "–"}`))));
}

/** Who changed these territories last, and why. */
export async function whoChanged(codes) {
  const stories = await Promise.all(codes.slice(0, 8).map(async (code) => {
    try {
      const [last] = await ask("GET", `/api/v1/territories/${encodeURIComponent(code)}/history`);
      const at = last.since ? new Date(last.since).toLocaleString(document.documentElement.lang) : "";
      return el("li", {}, t("{code} was changed by {who} on {at}: {why}",
        { code, who: last.by || "–", at, why: last.reason || "–" }));
    } catch {
      return el("li", {}, t("{code} is there no more, or is not yours any more.", { code }));
    }
  }));
  return stories;
}

/** Tell of a conflict; `over` lays the drawing over the newer state, `newer` takes that alone. */
export async function showConflict(codes, { over, newer }) {
  const box = $("#conflict");
  const lines = await whoChanged(codes);
  box.replaceChildren(
    el("p", {}, el("b", {}, t("Somebody else changed what you are drawing.")), " ",
      t("Your drawing is safe; nothing was sent.")),
    el("ul", {}, lines),
    el("div", { class: "row" },
      el("button", { type: "button", class: "main", onclick: over }, t("Lay my drawing over the newer state")),
      el("button", { type: "button", onclick: newer }, t("Take the newer state, drop mine"))),
  );
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}

/** Listen to the form. `state()` is what is drawn; `sent()` runs when it waits for approval,
 * `conflict()` when another was first. */
export function listenToSending({ state, sent, conflict }) {
  $("#send").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { features, removed } = state();
    const refusal = $("#refusal");
    refusal.replaceChildren();
    $("#ask").disabled = true;
    try {
      const told = await ask("PUT", TERRITORIES, {
        type: "FeatureCollection", features, removed, reason: $("#reason").value,
        ...($("#effect").value ? { takes_effect_on: $("#effect").value } : {}),
      });
      sent(told);
    } catch (error) {
      if (error.status === CHANGED) await conflict();
      const lines = [error.message, ...(error.problem?.errors ?? []).slice(0, 20).map((one) => one.message)];
      refusal.replaceChildren(...lines.map((line) => el("p", { class: "error" }, line)));
    } finally {
      $("#ask").disabled = false;
    }
  });
}
