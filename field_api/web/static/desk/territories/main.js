// The drawing of territories: the map in its frame, and around it tools, figures and the sending.

import { dayInWords } from "../../phone/times.js";
import { alarm, say, t } from "../main.js";
import { ask } from "./asking.js";
import { listenToBalance } from "./balance.js";
import { chosenPanel } from "./chosen.js";
import { framed } from "./frame.js";
import { keeper } from "./kept.js";
import { listOf } from "./list.js";
import { count, el, percent } from "./parts.js";
import { listenToSending, showChanges, showConflict } from "./sending.js";
import { cutNeighbours, listenToAdopting, listenToMerging } from "./shaping.js";
import { troublePanel } from "./trouble.js";

const GROUND_AFTER_MS = 350;
const HINTS = {
  corners: t("Choose a territory and drag its corners; neighbours follow. Small dots add corners, a double-click takes one away."),
  new: t("Click corner after corner, then Finish. Neighbours give up what it takes."),
  split: t("Click a line across the chosen territory, from outside to outside, then Finish."),
};

const $ = (selector) => document.querySelector(selector);
const root = $("#drawing");
const BOARD = `/desk/territories/board${root.dataset.asked}`;
const GROUND = `/desk/territories/ground${root.dataset.asked}`;
const kept = keeper(root.dataset.person, root.dataset.unit);
const reps = new Map();
const given = new Map(); // asked of the map, by number
let board = null;
let customers = [];
let state = null;
let faces = [];
let restoring = false;
let conflictTold = "";
let timer = 0;
let asked = 0;

const send = framed($("#map"), hear);
const list = listOf((code) => send("choose", code));
const showChosen = chosenPanel(send);
const showTrouble = troublePanel(send);
const changedCodes = () => [...state.territories.filter((one) => one.changed), ...state.removed].map((one) => one.code);

function give(codes, around) {
  asked += 1;
  const number = asked;
  return new Promise((resolve) => {
    given.set(number, resolve);
    send("give", number, codes, around ?? null);
  });
}

function hear(event, values) {
  if (event === "state") { state = values; shown(); }
  else if (event === "moving") {
    list.figures(state.territories, values.figures, reps);
    summed(values);
  } else if (event === "said") say(values.text);
  else if (event === "drawn") void cutNeighbours(values.code, { give, send });
  else if (event === "given") { given.get(values.number)?.(values.features); given.delete(values.number); }
  else if (event === "key") pressed(values.key);
}

/** How even the hours are, and how many customers there are. */
function summed(values) {
  const needed = [...list.loads(state.territories, values.figures, reps).values()];
  const mean = needed.reduce((a, b) => a + b, 0) / needed.length;
  const parts = [t("{n} customers", { n: count(customers.length) })];
  if (needed.length > 1 && mean) parts.push(t("imbalance {share}", { share: percent((Math.max(...needed) - Math.min(...needed)) / mean) }));
  $("#sum").textContent = parts.join(" · ");
}

function shown() {
  list.state(state, reps);
  summed(state);
  showChosen(state, reps);
  showTrouble(state, customers, faces);
  showChanges(state, customers);
  for (const button of document.querySelectorAll("[data-tool]"))
    button.setAttribute("aria-pressed", String(button.dataset.tool === state.mode));
  $("#hint").textContent = HINTS[state.mode];
  $("#finish").hidden = state.mode === "corners";
  $("#finish").disabled = state.corners < (state.mode === "new" ? 3 : 2);
  $("#undo").disabled = !state.canUndo;
  $("#redo").disabled = !state.canRedo;
  root.dataset.steps = String(Number(root.dataset.steps ?? 0) + 1);
  keep();
  clearTimeout(timer);
  timer = setTimeout(light, GROUND_AFTER_MS);
}

function keep() {
  if (restoring) return;
  if (!changedCodes().length) kept.forget();
  else if (!kept.keep({ features: state.features, removed: state.removed, versions: versionsOf(board) }))
    $("#hint").textContent = t("This browser has no room to keep the drawing; do not leave before it is sent.");
}

const versionsOf = (found) => Object.fromEntries(found.territories.map((one) => [one.code, one.version]));

/** Gaps and overlaps, as the service sees them; and whether somebody changed what is drawn. */
async function light() {
  const drawn = { features: state.features, removed: state.removed };
  try {
    const told = await ask("POST", GROUND, drawn);
    faces = told.faces;
    send("lit", faces);
    showTrouble(state, customers, faces);
    root.dataset.lit = root.dataset.steps;
    const before = versionsOf(board);
    const others = changedCodes().filter((code) => code in before && told.versions[code] !== before[code]);
    if (others.length) await conflicted(others);
  } catch (error) {
    if (error.status === 422) { faces = []; $("#hint").textContent = error.problem.errors?.[0]?.message ?? error.message; }
  }
}

async function conflicted(codes) {
  const now = codes.join(" ");
  if (conflictTold === now) return;
  conflictTold = now;
  await showConflict(codes, { over: () => reopen(state), newer: () => { kept.forget(); void reopen(null); } });
}

/** Read what is in force anew, and lay a drawing over it: what was not drawn otherwise, names and
 * reps, is as the newer state has it. */
async function reopen(drawing) {
  const before = new Map(board.territories.map((one) => [one.code, one]));
  if (!(await open())) return;
  if (drawing) {
    const now = new Map(board.territories.map((one) => [one.code, one]));
    const merged = drawing.features.map(withoutVersion).map((one) => {
      const { code, name, rep_code: rep } = one.properties;
      const [was, is] = [before.get(code), now.get(code)];
      if (!was || !is) return one;
      return { ...one, properties: { ...one.properties,
        name: name === was.name ? is.name : name,
        ...(rep === undefined ? {} : { rep_code: rep === was.rep ? is.rep : rep }) } };
    });
    send("lay", merged, drawing.removed.map((one) => one.code).filter((code) => now.has(code)));
  }
  await give([]); // until the map has said how it is now
  $("#conflict").hidden = true;
  conflictTold = "";
}

function withoutVersion({ properties: { version: _, ...properties }, ...feature }) {
  return { ...feature, properties };
}

async function open() {
  root.setAttribute("aria-busy", "true");
  try {
    board = await ask("GET", BOARD);
  } catch (error) {
    $("#sum").textContent = "";
    alarm(error.message);
    return false;
  }
  reps.clear();
  for (const rep of board.reps) reps.set(rep.code, rep);
  customers = board.customers.map(([code, name, lat, lon, grade, visits, needed_s, sales]) =>
    ({ code, name, at: [lat, lon], grade, visits, needed_s, sales, state: "not_due", details: [] }));
  $("#basis").textContent = [
    t("Hours of {first} to {last}: visits due, their length and straight-line ways, of the hours there are.",
      { first: dayInWords(board.first_day), last: dayInWords(board.last_day) }),
    board.sales_year ? t("Sales of {year}.", { year: board.sales_year }) : "",
  ].join(" ");
  send("open", { territories: board.territories, customers });
  root.removeAttribute("aria-busy");
  return true;
}

/** Offer what was left unsaved. */
function offer() {
  const found = kept.read();
  if (!found?.features?.length) return;
  restoring = true;
  const box = $("#kept");
  const now = versionsOf(board);
  const newer = Object.keys(found.versions ?? {}).filter((code) =>
    found.features.some((one) => one.properties.code === code) && now[code] !== found.versions[code]);
  const close = () => { box.hidden = true; restoring = false; };
  box.replaceChildren(
    el("span", {}, t("An unsaved drawing of {at} is kept here.", { at: new Date(found.at).toLocaleString(document.documentElement.lang) }),
      newer.length ? " " : "",
      newer.length ? t("Meanwhile {codes} was changed by somebody else.", { codes: newer.join(", ") }) : ""),
    el("button", { type: "button", class: "main", onclick: () => {
      close();
      send("lay", found.features.map(withoutVersion), found.removed.map((one) => one.code));
    } }, t("Go on with it")),
    el("button", { type: "button", onclick: () => { close(); kept.forget(); } }, t("Throw it away")),
  );
  box.hidden = false;
}

const KEYS = {
  b: () => send("mode", "corners"), n: () => send("mode", "new"), s: () => send("mode", "split"),
  m: () => $("#merge").click(), u: () => send("undo"), U: () => send("redo"),
};
function pressed(key) {
  KEYS[key]?.();
}
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("input, select, textarea") || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    send(event.shiftKey ? "redo" : "undo");
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.key === "Escape") send("mode", "corners");
    else pressed(event.key);
  }
});
for (const button of document.querySelectorAll("[data-tool]"))
  button.addEventListener("click", () => send("mode", button.dataset.tool));
$("#finish").addEventListener("click", () => send("finish"));
$("#undo").addEventListener("click", () => send("undo"));
$("#redo").addEventListener("click", () => send("redo"));
$("#discard").addEventListener("click", () => {
  const drawing = { features: state.features, removed: state.removed };
  send("lay", [], []);
  void reopen(null).then(() => {
    const box = $("#kept");
    box.replaceChildren(el("span", {}, t("The drawing was discarded.")),
      el("button", { type: "button", onclick: () => { box.hidden = true; void reopen(drawing); } }, t("Bring it back")));
    box.hidden = false;
  });
});
$("#drawn-district")?.addEventListener("change", ({ target }) =>
  location.assign(`?district=${encodeURIComponent(target.value)}`));
listenToMerging({ state: () => state, give, send });
listenToAdopting({ state: () => state, give, send });
listenToSending({
  state: () => state,
  sent: () => {
    kept.forget();
    restoring = true;
    document.dispatchEvent(new CustomEvent("notice", {
      detail: { text: t("Sent; it waits for approval."), to: "/desk/territories/waiting" } }));
  },
  conflict: async () => {
    const now = versionsOf(await ask("GET", BOARD));
    const before = versionsOf(board);
    await conflicted(changedCodes().filter((code) => code in before && now[code] !== before[code]));
  },
});

if (await open()) {
  listenToBalance({ board, send, state: () => state });
  offer();
}
