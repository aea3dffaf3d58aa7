// Tools that need the service's geometry: merging, new ground that neighbours give up, areas.

import { alarm, t } from "../main.js";
import { ask } from "./asking.js";
import { el } from "./parts.js";

const SHAPES = "/desk/territories/shapes";
const $ = (selector) => document.querySelector(selector);
const shaped = (how, features) =>
  ask("POST", SHAPES, { how, geometries: features.map((one) => one.geometry) });

/** An unused code. */
export function unused(state) {
  const taken = new Set([...state.territories, ...state.removed].map((one) => one.code));
  let n = 1;
  while (taken.has(`NEW-${n}`)) n += 1;
  return `NEW-${n}`;
}

/** Let neighbours give up what a territory takes, as part of the last step. */
export async function cutNeighbours(code, { give, send }) {
  try {
    const [[own], others] = await Promise.all([give([code]), give(null, code)]);
    if (!own || !others.length) return;
    const { geometries, changed } = await shaped("cut", [own, ...others]);
    const smaller = others.flatMap((one, n) =>
      (changed[n + 1] && geometries[n + 1] ? [{ ...one, geometry: geometries[n + 1] }] : []));
    const gone = others.filter((_, n) => changed[n + 1] && !geometries[n + 1]).map((one) => one.properties.code);
    if (smaller.length || gone.length) send("lay", smaller, gone, { sameStep: true });
  } catch (error) {
    alarm(error.message);
  }
}

/** Ask with whom the chosen territory merges, and do it. */
export function listenToMerging({ state, give, send }) {
  const dialog = $("#merging");
  $("#merge").addEventListener("click", async () => {
    const { chosen, territories } = state();
    const one = territories.find(({ code }) => code === chosen);
    if (!one || territories.length < 2) { alarm(t("There are no two territories to merge.")); return; }
    const near = await give(null, chosen);
    const names = new Map(territories.map(({ code, name }) => [code, name]));
    $("#merging-about").textContent = t("{name} ({code}) stays, with its rep; the other one goes.", one);
    $("#other").replaceChildren(...near.map(({ properties: { code } }) => el("option", { value: code }, `${names.get(code)} · ${code}`)));
    dialog.showModal();
  });
  dialog.addEventListener("close", async () => {
    if (!dialog.returnValue || !$("#other").value) return;
    const { chosen } = state();
    const other = $("#other").value;
    dialog.returnValue = "";
    try {
      const both = await give([chosen, other]);
      const [own] = both.filter((one) => one.properties.code === chosen);
      const { geometries: [geometry] } = await shaped("join", both);
      send("lay", [{ ...own, geometry }], [other], { choose: chosen });
    } catch (error) {
      alarm(error.message);
    }
  });
}

const nameOf = ({ properties = {} }, n) =>
  String(properties.name ?? properties["name:en"] ?? properties.code ?? properties.id ?? n + 1);

/** Areas of a file chosen from a list, laid on the map as a new territory. */
export function listenToAdopting({ state, give, send }) {
  const dialog = $("#adopting");
  let areas = [];
  const chosen = () => [...document.querySelectorAll("#area-list input:checked")].map((box) => areas[Number(box.value)]);
  const told = (text) => $("#area-refusal").replaceChildren(...(text ? [el("p", { class: "error" }, text)] : []));
  $("#adopt").addEventListener("click", () => dialog.showModal());
  $("#area-list").addEventListener("change", () => { $("#adopt-now").disabled = !chosen().length; });
  $("#area-find").addEventListener("input", ({ target }) => {
    const wanted = target.value.trim().toLowerCase();
    for (const label of document.querySelectorAll("#area-list label"))
      label.hidden = Boolean(wanted) && !label.textContent.toLowerCase().includes(wanted);
  });
  $("#areas").addEventListener("change", async ({ target }) => {
    told("");
    areas = [];
    try {
      const found = JSON.parse(await target.files[0].text());
      areas = (found.features ?? []).filter((one) => /Polygon$/.test(one?.geometry?.type ?? ""));
      if (!areas.length) told(t("This file has no areas; a GeoJSON file of polygons is needed."));
    } catch {
      told(t("This file is no GeoJSON; a GeoJSON file of polygons is needed."));
    }
    $("#area-list").replaceChildren($("#area-list legend"), ...areas.map((one, n) =>
      el("label", { class: "tick" }, el("input", { type: "checkbox", value: n }), " ", nameOf(one, n))));
    for (const id of ["#area-list", "#area-search", "#area-cut"]) $(id).hidden = !areas.length;
    $("#adopt-now").disabled = true;
  });
  dialog.addEventListener("close", async () => {
    const wanted = chosen();
    if (!dialog.returnValue || !wanted.length) return;
    dialog.returnValue = "";
    const code = unused(state());
    const { territories, chosen: current } = state();
    const like = territories.find((one) => one.code === current);
    try {
      const { geometries: [geometry] } = await shaped("join", wanted);
      const name = wanted.map(nameOf).join(", ").slice(0, 200);
      const feature = { type: "Feature", geometry,
        properties: { code, name, rep_code: null, district_code: like?.district ?? null } };
      send("lay", [feature], [], { choose: code });
      if ($("#cut").checked) await cutNeighbours(code, { give, send });
      else await clip(feature, { give, send });
      send("choose", code);
    } catch (error) {
      alarm(error.message);
    }
  });
}

/** Leave an adopted area what no other territory has. */
async function clip(feature, { give, send }) {
  const { code } = feature.properties;
  const others = await give(null, code);
  if (!others.length) return;
  const { geometries: [taken] } = await shaped("join", others);
  const { geometries: [, left], changed } = await shaped("cut", [{ geometry: taken }, feature]);
  if (!changed[1]) return;
  if (left) send("lay", [{ ...feature, geometry: left }], [], { sameStep: true, choose: code });
  else {
    send("undo");
    alarm(t("Other territories have all of this ground; take it from them, or choose other areas."));
  }
}
