// Something changed today: what it is, one tap each.

import { Away, call, Refused } from "../api.js";
import { happened } from "../changes.js";
import { now } from "../clock.js";
import { el, fill } from "../dom.js";
import { field } from "../fields.js";
import { empty, heading, part } from "../parts.js";
import * as store from "../store.js";
import { t } from "../texts.js";
import { clockTime, secondsOf } from "../times.js";

const LATE_MIN = [15, 30, 45, 60];
const HALF_HOUR_S = 30 * 60;
const MOST_TIMES = 4;
const MOST_FOUND = 8;
const TYPED_MS = 300;

export async function show(day) {
  const route = await store.get("days", day);
  const title = t("Something changed");
  const head = heading(title, "#/");
  if (!route?.stops.length) return { title, page: [head, empty(t("No visit is planned on this day."))] };
  const told = el("p", { role: "status" });
  const tell = teller(day, told);
  const ahead = route.stops.filter((stop) => stop.reports.length === 0 && !stop.cancelled);
  return {
    title,
    page: [
      head,
      el("p", { class: "muted" },
        t("One tap: you see the rest of the day before anything is changed.")),
      told,
      part(t("I am running late by"), el("div", { class: "taps" }, LATE_MIN.map((minutes) =>
        tap(t("{m} min", { m: minutes }),
          () => tell({ kind: "running_late", minutes_late: minutes }))))),
      ahead.length > 0 && part(ahead[0].customer.name, absent(ahead[0], tell)),
      urgent(route, tell),
      part(t("I have to be home by"), el("div", { class: "taps" }, homeTimes(route).map((time) =>
        tap(time, () => tell({ kind: "finish_early", home_by: time }))))),
    ],
  };
}

/** The two buttons of a customer who cannot be visited. */
export const absent = (stop, tell) => el("div", { class: "taps" },
  tap(t("Closed"), () => tell({ kind: "customer_closed", planned_visit_id: stop.planned_visit_id })),
  tap(t("Nobody there"), () => tell({ kind: "no_show", planned_visit_id: stop.planned_visit_id })));

/** The button of a customer who is reported closed, or not there. */
export const plannedAgain = (stop, tell) => el("div", { class: "taps" },
  tap(t("Plan the rest of the day again"), () => tell({
    kind: stop.reports.at(-1).outcome === "closed" ? "customer_closed" : "no_show",
    planned_visit_id: stop.planned_visit_id })));

/** A function that tells the service what happened and shows the rest of the day; `told` says how
 * far it is. */
export function teller(day, told) {
  let busy = false;
  return async (what, card) => {
    if (busy) return;
    busy = true;
    told.className = "";
    told.textContent = t("The rest of the day is being planned …");
    try {
      await happened(day, what, card);
      location.hash = `#/rest/${day}`;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.className = "error";
      told.textContent = error.message;
    } finally {
      busy = false;
    }
  };
}

const tap = (words, onclick) => el("button", { type: "button", class: "button", onclick }, words);

/** Half hours from soon until the planned way home, the latest few. */
function homeTimes(route) {
  const soonest = secondsOf(now(), route.timezone);
  const latest = Math.ceil(route.back_s / HALF_HOUR_S - 1) * HALF_HOUR_S;
  return Array.from({ length: MOST_TIMES }, (_, n) => latest - n * HALF_HOUR_S)
    .filter((time) => time > soonest).reverse().map(clockTime);
}

function urgent(route, tell) {
  const today = new Set(route.stops.map((stop) => stop.customer.code));
  const list = el("ul", { class: "found" });
  let typed = 0;
  const search = async (words) => {
    const number = typed += 1;
    await new Promise((resolve) => { setTimeout(resolve, TYPED_MS); });
    if (number !== typed) return;
    const found = words.trim() ? await customersLike(words.trim()) : [];
    if (number !== typed) return;
    const shown = found.filter((card) => !today.has(card.code)).slice(0, MOST_FOUND);
    fill(list, shown.map((card) => el("li", {}, el("button", { type: "button", class: "button wide",
      onclick: () => tell({ kind: "urgent", customer_code: card.code }, card) },
    el("span", {}, card.name, el("small", {}, [card.code, card.city].filter(Boolean).join(" · ")))))),
    words.trim() && shown.length === 0 && el("li", { class: "muted" },
      t("No customer of yours is found, or the visit is on this day already.")));
  };
  return part(t("An urgent customer"),
    field({ name: "urgent", title: t("Name or code"), write: (words) => void search(words) }), list);
}

/** The rep's own customers by a part of name or code; without a network those of the days here. */
async function customersLike(words) {
  try {
    const query = new URLSearchParams({ q: words, status: "active", limit: MOST_FOUND * 2 });
    return (await call("GET", `/customers?${query}`)).body.items;
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    const days = await store.all("days");
    const cards = new Map(days.flatMap((day) => day.stops)
      .map(({ customer }) => [customer.code, customer]));
    const wanted = words.toLowerCase();
    return [...cards.values()].filter(({ name, code }) =>
      name.toLowerCase().includes(wanted) || code.toLowerCase().includes(wanted));
  }
}
