// What if: the form that makes one, and what becomes of one that is open.

import { t } from "../main.js";
import { ask } from "./asking.js";
import { keeper } from "./kept.js";
import { el } from "./parts.js";

const SCENARIOS = "/api/v1/scenarios";
const PAGE = "/desk/territories/what-ifs";
const SECOND_MS = 1000;
const $ = (selector) => document.querySelector(selector);
const refused = (error) => $("#refusal").replaceChildren(
  ...[error.message, ...(error.problem?.errors ?? []).map((one) => one.message)]
    .map((line) => el("p", { class: "error" }, line)));
const go = (text, to) => document.dispatchEvent(new CustomEvent("notice", { detail: { text, to } }));

const form = $("#make");
if (form) {
  const kept = keeper(form.dataset.person, form.dataset.unit).read();
  const drawn = kept?.features ?? [];
  $("#drawn").disabled = !drawn.length;
  $("#drawn-about").textContent = drawn.length
    ? t("{n} territories, drawn until {at}", { n: drawn.length, at: new Date(kept.at).toLocaleString(document.documentElement.lang) })
    : t("Nothing is drawn; draw first, then come back.");
  const ofDistrict = () => {
    const district = $("#district").value;
    for (const one of form.querySelectorAll("[data-district]")) one.hidden = one.dataset.district !== district;
    $("#like").value = [...$("#like").options].find((one) => !one.hidden)?.value ?? "";
  };
  $("#district").addEventListener("change", ofDistrict);
  ofDistrict();

  const reps = () => Array.from({ length: Number($("#more").value) }, (_, n) =>
    ({ code: `NEW-R${n + 1}`, name: t("New rep {n}", { n: n + 1 }), like: $("#like").value }));
  const hours = () => {
    const weekdays = [...form.querySelectorAll("#weekdays input:checked")].map((box) => box.value).join("");
    return {
      ...($("#begin").value ? { day_begin: $("#begin").value } : {}),
      ...($("#end").value ? { day_end: $("#end").value } : {}),
      ...(weekdays ? { work_weekdays: weekdays } : {}),
      ...($("#lunch").value ? { lunch_minutes: Number($("#lunch").value) } : {}),
    };
  };
  const body = () => ({
    name: $("#name").value, district_code: $("#district").value, weeks: Number($("#weeks").value),
    territories: $("#drawn").checked ? drawn.map(({ geometry, properties: own }) => ({
      code: own.code, name: own.name, geometry, ...("rep_code" in own ? { rep_code: own.rep_code } : {}) })) : [],
    reps_more: reps(),
    reps_fewer: [...form.querySelectorAll("#fewer label:not([hidden]) input:checked")].map((box) => box.value),
    divide_anew: $("#anew").checked,
    intervals: Object.fromEntries([...form.querySelectorAll(".interval")].filter((one) => one.value)
      .map((one) => [one.dataset.grade, Number(one.value)])),
    hours: hours(), with_plan: $("#plan").checked,
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const stopping = new AbortController();
    const began = Date.now();
    const words = $("#plan").checked
      ? t("Hours are reckoned and the cycle is planned both ways …") : t("Hours are reckoned both ways …");
    const tick = setInterval(() => {
      const past = t("{n} s", { n: Math.round((Date.now() - began) / SECOND_MS) });
      $("#progress").textContent = `${words} ${past}`;
    }, SECOND_MS);
    $("#progress").textContent = words;
    $("#refusal").replaceChildren();
    $("#stop").hidden = false;
    $("#reckon").disabled = true;
    $("#stop").onclick = () => stopping.abort();
    try {
      const made = await ask("POST", SCENARIOS, body(), { signal: stopping.signal });
      go(t("Reckoned."), `${PAGE}?what=${made.id}`);
    } catch (error) {
      if (!stopping.signal.aborted) refused(error);
    } finally {
      clearInterval(tick);
      $("#progress").textContent = "";
      $("#stop").hidden = true;
      $("#reckon").disabled = false;
    }
  });
}

const applying = $("#apply");
applying?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await ask("POST", `${SCENARIOS}/${applying.dataset.scenario}/apply`, {
      reason: $("#reason").value, ...($("#effect").value ? { takes_effect_on: $("#effect").value } : {}) });
    go(t("Sent; it waits for approval."), "/desk/territories/waiting");
  } catch (error) {
    refused(error);
  }
});
$("#drop")?.addEventListener("click", async () => {
  try {
    await ask("DELETE", `${SCENARIOS}/${applying.dataset.scenario}`);
    go(t("Dropped; its name is free again."), PAGE);
  } catch (error) {
    refused(error);
  }
});
