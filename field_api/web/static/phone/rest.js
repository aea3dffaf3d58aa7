// The rest of a day reckoned on the phone, for when there is no network: honest times in the order
// that keeps most of them. The service's answer takes its place as soon as there is one.

import { openOn } from "./opening.js";
import { arrival, ordinary } from "./pace.js";
import { metresBetween } from "./position.js";

const DAY_S = 24 * 3600;
const URGENT_S = 30 * 60;
const MINUTE_S = 60;
const PLAIN_M_PER_S = 8; // where the day has no legs to learn from
const MOST_STOPS = 20; // put in another order; a longer day keeps its own

/** The rest of a day after something happened. `change` is the body that the service will be asked
 * with, `done` holds the ids of the visits made, `urgent` is the card of an urgent customer; where
 * the rep is stands in `change.standing.position`, else it is at the last door. Answers
 * `{free_s, after, left_out, home_s}`; a stop of `after` has `begin_s`, `end_s`, `travel_s` and
 * `late`: why it is not kept like that, "appointment", "closed", "unfit" or "". */
export function restOf(route, change, { now_s, done, urgent }) {
  const called = route.stops.filter((stop) => stop.planned_visit_id === change.planned_visit_id);
  const behind = route.stops.filter((stop) =>
    done.includes(stop.planned_visit_id) && !called.includes(stop));
  const left = route.stops.filter((stop) => !stop.cancelled && !behind.includes(stop));
  const ahead = left.filter((stop) => !called.includes(stop));
  const peaks = route.peaks ?? []; // a day that was pulled by an older release has none
  const [first, last] = [route.stops[0], route.stops.at(-1)];
  const day = {
    date: route.date, peaks, speed: speedOf(route), free_s: freeAt(route, change, behind, now_s),
    here: change.standing.position ?? (called.includes(left[0]) ? called : behind).at(-1)?.customer,
    first, first_s: ordinary(peaks, route.leave_s, route.leave_s + first.travel_s),
    last, back_s: ordinary(peaks, last.end_s, last.end_s + route.travel_back_s),
    lunch: lunchOf(route, change),
  };
  const order = better(urgent ? fitted(asStop(urgent, change), ahead, day) : ahead, day);
  const [kept, out] = change.home_by
    ? within(order, day, secondsOfTime(change.home_by)) : [order, []];
  return { free_s: day.free_s, left_out: [...called, ...out].map(shortOf), ...timed(kept, day) };
}

function freeAt(route, change, behind, now_s) {
  const last_s = behind.at(-1)?.end_s ?? route.leave_s;
  if (change.kind === "running_late") {
    return Math.max(now_s, last_s + MINUTE_S * (change.minutes_late ?? 0));
  }
  return behind.length > 0 ? now_s : Math.max(now_s, route.leave_s);
}

/** The order with one more stop where it costs least. */
function fitted(stop, order, day) {
  const tried = Array.from({ length: order.length + 1 }, (_, n) => order.toSpliced(n, 0, stop));
  return tried.reduce((best, one) => (isBelow(costOf(one, day), costOf(best, day)) ? one : best));
}

/** The order with stops moved one at a time while that keeps more of them. */
function better(order, day) {
  if (order.length > MOST_STOPS) return order;
  let best = order;
  for (let late = costOf(best, day)[0]; late > 0;) {
    const tried = best.flatMap((stop, from) => best.map((_, to) =>
      best.toSpliced(from, 1).toSpliced(to, 0, stop)));
    const found = tried.reduce((one, other) =>
      (isBelow(costOf(other, day), costOf(one, day)) ? other : one));
    const left = costOf(found, day)[0];
    if (left >= late) break;
    [best, late] = [found, left];
  }
  return best;
}

const isBelow = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

function costOf(order, day) {
  const { after, home_s } = timed(order, day);
  return [after.filter((stop) => stop.late).length, home_s];
}

/** As many stops as can be made until a time; what is least owed is left out first. */
function within(order, day, home_by_s) {
  const left = [];
  let kept = order;
  while (kept.length > 0 && timed(kept, day).home_s > home_by_s) {
    const worth = (stop) => (stop.appointment_code ? 3 : 0)
      + (stop.promise_code || stop.promises.length ? 2 : 0) + (stop.customer.grade === "A" ? 1 : 0);
    const least = Math.min(...kept.map(worth));
    const out = kept.findLast((stop) => worth(stop) === least);
    left.unshift(out);
    kept = kept.filter((stop) => stop !== out);
  }
  return [kept, left];
}

/** The stops with their times, one after the other, and when that brings the rep home. */
function timed(order, day) {
  let { free_s: at_s, here, lunch } = day;
  const after = [];
  for (const stop of order) {
    let arrive_s = arrival(day.peaks, at_s, wayTo(stop, here, day));
    const travel_s = arrive_s - at_s;
    const length_s = stop.end_s - stop.begin_s;
    if (lunch && arrive_s + length_s / 2 >= lunch.at_s) {
      arrive_s += lunch.length_s;
      lunch = null;
    }
    const [begin_s, late] = begun(stop, arrive_s, day.date);
    after.push({ ...shortOf(stop), begin_s, end_s: begin_s + length_s, travel_s, late });
    at_s = begin_s + length_s;
    here = stop.customer;
  }
  const home_s = here ? legOf(here, day.last.customer, day.speed) + day.back_s : 0;
  return { after, home_s: arrival(day.peaks, at_s, home_s) };
}

/** Ordinary seconds to a stop; from where the day starts it is at most by way of the first stop. */
function wayTo(stop, here, { first, first_s, speed }) {
  if (here) return legOf(here, stop.customer, speed);
  return first_s + legOf(first.customer, stop.customer, speed);
}

const shortOf = (stop) => ({
  planned_visit_id: stop.planned_visit_id, customer_code: stop.customer.code,
  customer_name: stop.customer.name,
});

/** When a visit begins that is reached at a time, and why that is not as it should be. */
function begun(stop, arrive_s, date) {
  const length_s = stop.end_s - stop.begin_s;
  if (stop.appointment_code) {
    const late = arrive_s > stop.begin_s + MINUTE_S;
    return [Math.max(arrive_s, stop.begin_s), late ? "appointment" : ""];
  }
  let begin_s = arrive_s;
  const spans = openOn(stop.customer.opening_hours ?? "", date);
  const unfit = stop.customer.unfit_times ?? [];
  for (let tries = 0; tries <= unfit.length + 1; tries += 1) {
    const open = spans?.find(([from, to]) => begin_s + length_s <= to && to > from);
    if (spans && !open) return [arrive_s, "closed"];
    if (open && begin_s < open[0]) [begin_s] = open;
    const away = unfit.find((time) => begin_s < time.end_s && begin_s + length_s > time.begin_s);
    if (!away) return [begin_s, begin_s + length_s > DAY_S ? "closed" : ""];
    begin_s = away.end_s;
  }
  return [arrive_s, "unfit"];
}

/** Metres as the crow flies that are made in an ordinary second, as the day's own legs have it. */
function speedOf(route) {
  let metres = 0;
  let seconds = 0;
  for (const [n, stop] of route.stops.entries()) {
    if (n === 0) continue;
    const before = route.stops[n - 1];
    metres += metresBetween(before.customer, stop.customer);
    seconds += ordinary(route.peaks ?? [], before.end_s, before.end_s + stop.travel_s);
  }
  return metres > 0 && seconds > 0 ? metres / seconds : PLAIN_M_PER_S;
}

const legOf = (from, to, speed) =>
  Math.ceil(metresBetween(from, to) / speed / MINUTE_S) * MINUTE_S;

function lunchOf(route, change) {
  if (route.lunch_s === null || change.standing.lunch_taken) return null;
  return { at_s: route.lunch_s, length_s: route.lunch_minutes * 60 };
}

const asStop = (card, change) => ({
  planned_visit_id: `${card.code}@urgent`, customer: { unfit_times: [], opening_hours: "", ...card },
  promises: [], promise_code: "urgent", appointment_code: "", begin_s: 0,
  end_s: change.minutes ? change.minutes * 60 : URGENT_S, travel_s: null,
});

function secondsOfTime(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours * 60 + minutes) * 60;
}
