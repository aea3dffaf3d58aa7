// Territories balanced: worked out beside, laid over the drawing as one step, told in figures.

import { alarm, t } from "../main.js";
import { ask } from "./asking.js";
import { count, el, hours, percent } from "./parts.js";

const BALANCE = "/desk/territories/balance";
const LOOK_MS = 700;
const HUNDRED = 100;
const $ = (selector) => document.querySelector(selector);

const short = (judged) => judged.territories.reduce((sum, one) => sum + one.short_s, 0);
const LINES = [
  [t("Imbalance (largest − smallest) ÷ mean"), (one) => percent(one.imbalance)],
  [t("Farthest from the mean"), (one) => percent(one.widest)],
  [t("Hours missing"), (one) => hours(short(one))],
  [t("Travel between customers"), (one) => hours(one.travel_s)],
];

/** Before and after, figure by figure. */
function compared({ before, after }) {
  return el("table", { class: "compare" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Figure")),
      el("th", { scope: "col", class: "number" }, t("Today")), el("th", { scope: "col", class: "number" }, t("Then")))),
    el("tbody", {}, LINES.map(([name, of]) => el("tr", {}, el("th", { scope: "row" }, name),
      el("td", { class: "number" }, before ? of(before) : "–"), el("td", { class: "number" }, of(after))))));
}

export function listenToBalance({ board, send, state }) {
  const dialog = $("#balancing");
  const panel = $("#work");
  let timer = 0;
  $("#district").replaceChildren(...board.districts.map((one) => el("option", { value: one.code }, one.name)));
  $("#district-field").hidden = board.districts.length < 2;
  $("#balance").addEventListener("click", () => {
    const own = state().territories.find((one) => one.code === state().chosen);
    if (own?.district) $("#district").value = own.district;
    dialog.showModal();
  });

  const close = () => { clearTimeout(timer); panel.hidden = true; panel.replaceChildren(); };
  const show = (...parts) => {
    panel.replaceChildren(el("h2", {}, t("Balance")), ...parts);
    panel.hidden = false;
  };
  const going = (job) => show(
    el("p", { role: "status" }, job.state === "queued" ? t("It waits for its turn.") : t("Hours, ways and borders are weighed up …")),
    el("progress", {}),
    el("p", { class: "muted" }, t("You may leave this page; what comes of it is offered here when you are back.")),
    el("div", { class: "row" }, el("button", { type: "button", onclick: () => {
      close();
      void ask("DELETE", `${BALANCE}/${job.id}`).catch(() => undefined);
    } }, t("Stop"))));
  const found = (job) => {
    const { result } = job;
    const lay = () => {
      send("lay", result.features, result.left_over);
      send("mode", "corners");
    };
    const seen = () => { close(); void ask("DELETE", `${BALANCE}/${job.id}`).catch(() => undefined); };
    show(
      el("p", {}, t("{n} customers would change the rep.", { n: count(result.moves.length) })),
      compared(result),
      el("div", { class: "row" },
        el("button", { type: "button", class: "main", id: "lay", onclick: ({ target }) => {
          lay();
          target.replaceWith(el("button", { type: "button", onclick: () => { send("undo"); found(job); } }, t("Take it back")));
        } }, t("Lay it over the drawing")),
        el("button", { type: "button", class: "quiet", onclick: seen }, t("Close"))));
  };
  const told = (job) => {
    clearTimeout(timer);
    if (job.state === "done") found(job);
    else if (["queued", "running"].includes(job.state)) {
      going(job);
      timer = setTimeout(() => look(job.id), LOOK_MS);
    } else {
      close();
      if (job.state === "failed") alarm(job.error);
    }
  };
  const look = async (id) => {
    try {
      told(await ask("GET", `${BALANCE}/${id}`));
    } catch (error) {
      if (error.status) { close(); alarm(error.message); } else timer = setTimeout(() => look(id), 4 * LOOK_MS);
    }
  };
  dialog.addEventListener("close", async () => {
    if (!dialog.returnValue) return;
    dialog.returnValue = "";
    const task = document.querySelector("input[name=task]:checked").value;
    const limit = Number($("#limit").value) / HUNDRED;
    try {
      told(await ask("POST", BALANCE, {
        task, district_code: $("#district").value,
        ...(task === "repair" ? { limit } : { tolerance: Math.max(limit / 2, 0.005) }),
      }));
    } catch (error) {
      alarm(error.message);
    }
  });
  void ask("GET", BALANCE).then((jobs) => { if (jobs.length) told(jobs[0]); }).catch(() => undefined);
}
