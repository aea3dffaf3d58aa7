// Bringing the days and lists onto the phone, so that they are there without a network.

import { call, Refused } from "./api.js";
import { now } from "./clock.js";
import { ETAG, withReport } from "./reported.js";
import { tell } from "./signals.js";
import * as store from "./store.js";
import { TICKS } from "./preparing.js";
import { dayOf, plusDays } from "./times.js";

const DAYS_AHEAD = 7;
const UNCHANGED = 304;
const LISTS = {
  promises: "/promises?limit=200&state=open",
  requests: "/my/requests?limit=50",
  sent_back: "/visit-reports?reviewed=sent_back&limit=20",
  forms: "/my/report-forms",
  figures: "/my/figures?before=3",
  messages: "/my/messages",
  plans: "/approvals?matter=plan&limit=20",
};
const PLAN_AT = "plan pulled "; // a fact: when, and as the list told of it
const PLAN_FRESH_MS = 15 * 60 * 1000; // a manager may still move its visits
const MAPS = "callcycle-maps";
const MAP_OF = "map of "; // a fact: by which plan the day's map was drawn
const PATIENCE_MS = 20_000; // with a map

let running = null;
let maps = Promise.resolve();
let ended = false;

/** Pull everything; the same pull serves all who ask meanwhile. Rejects with `Away`, `LoggedOut`. */
export function pull() {
  if (ended) return Promise.resolve();
  running ??= pullAll().finally(() => { running = null; });
  return running;
}

/** Pull nothing more; resolved when nothing is under way that would still write. */
export async function endPulling() {
  ended = true;
  await Promise.allSettled([running]);
  await Promise.allSettled([maps]);
}

/** Pull again: the rep stays. */
export function pullAgain() {
  ended = false;
}

async function pullAll() {
  const me = await store.get("facts", "owner"); // as the login was just taken up
  const today = dayOf(now(), me.timezone);
  if (await pullDays(today)) tell("days");
  for (const [name, path] of Object.entries(LISTS)) {
    if (await pullList(name, path)) tell("lists");
  }
  await forgetPast(today);
  await forgetStories();
  await pullPlans();
  await store.put("facts", now().getTime(), "pulled_at");
  maps = maps.then(() => keepMap(today)).then(() => keepMap(plusDays(today, 1)));
}

/** The week in one request, which costs nothing where the phone has it already. Whether a day is
 * another than the one on the phone. Reports that still wait here stay on their day: the service
 * does not know them yet. */
async function pullDays(today) {
  const known = await store.get("facts", ETAG);
  const headers = known ? { "if-none-match": known } : {};
  const path = `/my/days?from=${today}&days=${DAYS_AHEAD}`;
  const { status, body, headers: got } = await call("GET", path, undefined, headers);
  if (status === UNCHANGED) return false;
  const waiting = (await store.all("outbox")).filter((letter) => letter.kind === "report");
  const days = body.days.map((day) => waiting.reduce(withReport, day));
  return store.together(["days", "facts"], async (of) => {
    const before = JSON.stringify(await of("days").getAll());
    await of("days").clear();
    for (const day of days) await of("days").put(day, day.date);
    await of("facts").put(got.get("etag"), ETAG);
    return before !== JSON.stringify(days);
  });
}

async function pullList(name, path) {
  try {
    const { body } = await call("GET", path);
    return await keepIfOther("lists", body.items ?? body, name);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false;
  }
}

/** Ticks and maps of days gone by are of no use, and need not lie on a phone. */
async function forgetPast(today) {
  for (const key of await store.keys("facts")) {
    const past = [TICKS, MAP_OF].some((name) => key.startsWith(name) && key < name + today);
    if (past) await store.remove("facts", key);
  }
  const kept = await globalThis.caches?.open(MAPS);
  for (const { url } of await kept?.keys() ?? []) {
    if (new URL(url).pathname < mapOf(today)) await kept.delete(url);
  }
}

/** The plans that wait for the rep's word, to be read without a network, too. */
async function pullPlans() {
  const plans = (await store.get("lists", "plans")) ?? [];
  for (const plan of plans.filter((one) => one.i_may_decide)) {
    const told = JSON.stringify(plan);
    const known = await store.get("facts", PLAN_AT + plan.id);
    if (known?.told === told && Math.abs(Date.now() - known.at) < PLAN_FRESH_MS) continue;
    const pulled = await Promise.all(storiesOf(plan).map((path) => pullList(path, path)));
    await store.put("facts", { told, at: Date.now() }, PLAN_AT + plan.id);
    if (pulled.includes(true)) tell("lists");
  }
}

/** Where a plan and what was said on it are read. */
export const storiesOf = (asked) => [`/plans/${asked.subject}`, `/approvals/${asked.id}`];

/** Plans that wait no more. */
async function forgetStories() {
  const plans = (await store.get("lists", "plans")) ?? [];
  const ids = new Set(plans.map((one) => PLAN_AT + one.id));
  for (const key of await store.keys("facts")) {
    if (key.startsWith(PLAN_AT) && !ids.has(key)) await store.remove("facts", key);
  }
  const wanted = new Set(plans.flatMap(storiesOf));
  for (const key of await store.keys("lists")) {
    if (key.startsWith("/") && !wanted.has(key)) await store.remove("lists", key);
  }
}

async function keepIfOther(where, value, key) {
  const before = await store.get(where, key);
  if (before && JSON.stringify(before) === JSON.stringify(value)) return false;
  await store.put(where, value, key);
  return true;
}

/** The address of a day's map. */
export const mapOf = (day) => `/my-day/map/${day}`;

/** Keep a day's map for when there is no network; another plan is another map. */
async function keepMap(day) {
  const route = await store.get("days", day);
  if (!globalThis.caches || !route?.stops.length) return;
  const cache = await caches.open(MAPS);
  const known = await store.get("facts", MAP_OF + day);
  if (ended || (known === route.plan_id && (await cache.match(mapOf(day))))) return;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(mapOf(day), { credentials: "same-origin", signal });
    if (!response.ok) return;
    await cache.put(mapOf(day), response);
    await store.put("facts", route.plan_id, MAP_OF + day);
  } catch { /* without a network there is no map yet */ }
}
