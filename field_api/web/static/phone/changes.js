// The day that changes while the rep is under way: the service plans the rest of it again; without
// a network the phone reckons it, and says that this is provisional.

import { Away, call } from "./api.js";
import { now } from "./clock.js";
import * as drafts from "./drafts.js";
import { newId } from "./ids.js";
import * as outbox from "./outbox.js";
import { roughly, whereAtOnce } from "./position.js";
import { restOf } from "./rest.js";
import * as store from "./store.js";
import { secondsOf } from "./times.js";
import { mark } from "./texts.js";
import { troubleOf } from "./troubles.js";

const MINUTE_S = 60;
const FACT = "change"; // the one that is looked at
export const HAPPENINGS = {
  running_late: mark("Running late"),
  customer_closed: mark("Customer closed"),
  no_show: mark("Nobody there"),
  urgent: mark("Urgent customer"),
  finish_early: mark("Finish early"),
};
const OUTCOMES = { customer_closed: "closed", no_show: "not_met" }; // what the report says of them

/** Tell that something happened on a day, `{kind, …}` as the service takes it; `urgent` is the card
 * of an urgent customer. Kept to be looked at. Rejects with `Refused` and `LoggedOut`. */
export async function happened(day, what, urgent) {
  const route = await store.get("days", day);
  const done = route.stops.filter((stop) => stop.reports.length > 0)
    .map((stop) => stop.planned_visit_id);
  const now_s = secondsOf(now(), route.timezone);
  const lunch_taken = route.lunch_s !== null
    && now_s >= route.lunch_s + route.lunch_minutes * MINUTE_S;
  const place = await whereAtOnce();
  const position = roughly(place.position, route.stops.map((stop) => stop.customer));
  const body = { ...what, standing: { done, lunch_taken, ...(position && { position }) } };
  const stop = route.stops.find((one) => one.planned_visit_id === what.planned_visit_id);
  const change = { id: newId(), day, body, card: urgent,
    title: urgent?.name ?? stop?.customer.name ?? "", report: reportOf(stop, what, route, place) };
  const answer = await asked(change);
  change.shown = answer.trouble ? { ...reckoned(route, change, urgent, now_s), ...answer } : answer;
  await store.put("facts", change, FACT);
}

/** The report of a customer who was not there, with the time and the place of this moment; null:
 * nothing of the kind happened, or it is reported already. */
function reportOf(stop, { kind }, route, place) {
  if (!(kind in OUTCOMES) || !stop || stop.reports.length > 0) return null;
  const draft = drafts.blank({ stop, customer: stop.customer, day: route.date, route, place });
  return { ...draft, body: { ...draft.body, outcome: OUTCOMES[kind] } };
}

/** The service's preview, or `{trouble}`: why there is none. */
async function asked({ id, day, body }) {
  try {
    return (await call("POST", `/my/days/${day}/changes`, { ...body, id })).body;
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    return { trouble: troubleOf(error) };
  }
}

/** What the phone makes of it by itself, in the service's words. */
function reckoned(route, { body }, urgent, now_s) {
  const { done } = body.standing;
  const rest = restOf(route, body, { now_s, done, urgent });
  const before = route.stops.filter((stop) => !done.includes(stop.planned_visit_id) && !stop.cancelled)
    .map((stop) => ({ ...stop, customer_name: stop.customer.name }));
  return {
    provisional: true, fingerprint: "", before, after: rest.after, left_out: rest.left_out,
    changes: [], home_before_s: route.back_s, home_after_s: rest.home_s, needs_approval: false,
  };
}

/** The change that is looked at: the last one told of, or a letter that the service wants looked
 * at again; undefined: there is none. */
export async function lookedAt(day, number) {
  if (!number) {
    const change = await store.get("facts", FACT);
    return change?.day === day ? change : undefined;
  }
  const letter = await store.get("outbox", Number(number));
  return letter?.why?.preview && { ...letter, shown: letter.why.preview, again: true };
}

/** Accept what was looked at: it waits in the outbox until the service has it, behind the report of
 * the customer who was not there. Resolves to how far it is: "sent", "waiting", or the number of a
 * letter to be looked at again. */
export async function accept(change) {
  const { id, day, shown, title, card } = change;
  const { fingerprint: _, ...body } = change.body;
  const letter = {
    id, kind: "change", day, title, card, method: "PUT", path: `/my/days/${day}/changes/${id}`,
    body: { ...body, fingerprint: shown.fingerprint }, shown,
  };
  if (change.again) await outbox.revise(change.number, letter);
  else if (change.report) await drafts.finish(await finished(change), null, [letter], [FACT]);
  else await outbox.add([letter], ["facts"], (of) => of("facts").delete(FACT));
  await outbox.settled();
  const left = (await outbox.letters()).find((one) => one.id === id);
  if (!left) return "sent";
  return left.why?.preview ? left.number : "waiting";
}

/** The report that goes with a change: what was begun at the customer, if there is something. */
async function finished({ report, day }) {
  const begun = await drafts.find(report.customer.code, day);
  return begun ? { ...begun, body: { ...begun.body, outcome: report.body.outcome } } : report;
}

/** Leave the day as it is. */
export async function leaveIt(change) {
  if (change.again) await outbox.discard(change.number);
  else await store.remove("facts", FACT);
}

/** The change of a day that was accepted here and is not with the service; undefined: none. */
export const waitingOn = (day, letters) => letters.findLast((letter) => letter.kind === "change"
  && letter.day === day && (letter.state === "waiting" || letter.why.preview));

/** An urgent customer whom the day on the phone does not know yet. */
const loose = (card, id) => card && {
  planned_visit_id: id, loose: true, purpose: "urgent", reports: [], promises: [],
  customer: { unfit_times: [], grade: null, ...card },
};

/** A day as it looks with a change: what is left in the new order, behind what is done; what is put
 * off stands last, struck out. */
export function withChange(route, { shown, card }) {
  const after = new Map(shown.after.map((stop) => [stop.planned_visit_id, stop]));
  const isDone = (stop) => stop.reports.length > 0;
  const done = route.stops.filter(isDone);
  const ahead = shown.after.flatMap(({ planned_visit_id: id, ...times }) => {
    const stop = route.stops.find((one) => one.planned_visit_id === id) ?? loose(card, id);
    return stop && !isDone(stop) ? [{ ...stop, ...times }] : [];
  });
  const out = route.stops.filter((stop) => !isDone(stop) && !after.has(stop.planned_visit_id))
    .map((stop) => ({ ...stop, cancelled: true, putOff: true }));
  return { ...route, stops: [...done, ...ahead, ...out], back_s: shown.home_after_s };
}
