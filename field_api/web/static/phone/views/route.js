// The route of a day: what comes next in large, and all stops in order.

import { waitingOn, withChange } from "../changes.js";
import { now } from "../clock.js";
import { el, icon } from "../dom.js";
import * as drafts from "../drafts.js";
import { address, empty, grade, navigate, pill } from "../parts.js";
import * as outbox from "../outbox.js";
import { mapOf } from "../pull.js";
import { owner } from "../session.js";
import * as store from "../store.js";
import { t } from "../texts.js";
import { clockTime, dayInWords, dayOf, distance, duration, plusDays, secondsOf } from "../times.js";
import { changed, isAnswered, isMissed, outcome, purpose } from "../words.js";

export const live = ["days", "outbox", "lists"];
const GONE = new Set(["moved_away", "dropped"]);
const BEHIND = new Set(["done", "missed"]);
const LATE_S = 15 * 60;

export async function show(wanted) {
  const me = await owner();
  const today = dayOf(now(), me.timezone);
  const day = wanted ?? today;
  const [planned, begun, pulledAt, letters] = await Promise.all(
    [store.get("days", day), drafts.open(), store.get("facts", "pulled_at"), outbox.letters()]);
  const pending = planned && waitingOn(day, letters);
  const route = pending ? withChange(planned, pending) : planned;
  const isToday = day === today;
  const title = isToday ? t("Today") : dayInWords(day);
  if (!route) return { title, page: [head(day, isToday), notHere(isToday, pulledAt)] };
  const stops = route.stops.map((stop, n) => standingOf(stop, n, { isToday, day, route, begun }));
  const next = isToday ? stops.find((stop) => !BEHIND.has(stop.state) && !stop.cancelled) : null;
  const page = [
    head(day, isToday, route),
    route.stops.length === 0 ? nothing(route, day) : summary(route, stops),
    pending ? unsettled(pending) : null,
    isToday ? toConfirm((await store.get("lists", "plans")) ?? [], letters) : null,
    asked((await store.get("lists", "requests")) ?? [], day),
    changes(route),
    next ? nextStop(next, day) : isToday && stops.length > 0 ? home(route) : null,
    el("ol", { class: "stops" }, stops.map((stop) => line(stop, day, stop === next)), gone(route)),
    isToday && next ? el("a", { class: "button wide", href: `#/changes/${day}` },
      t("Something changed")) : null,
    others(route, begun, day),
    route.stops.length > 0 && mapLink(day),
  ];
  return { title, page };
}

function head(day, isToday) {
  return el("header", { class: "day" },
    el("a", { class: "back", href: `#/day/${plusDays(day, -1)}`, "aria-label": t("Day before") },
      icon("back")),
    el("h1", { tabindex: -1 }, isToday ? el("small", {}, t("Today")) : null, dayInWords(day)),
    el("a", { class: "back", href: `#/day/${plusDays(day, 1)}`, "aria-label": t("Day after") },
      icon("next")));
}

function summary(route, stops) {
  const wanted = stops.filter((stop) => !stop.cancelled);
  const done = wanted.filter((stop) => stop.state === "done").length;
  return el("p", { class: "summary" },
    t("{done} of {n} visits done", { done, n: wanted.length }), " · ",
    t("{travel} on the road", { travel: duration(route.travel_s) }), " · ",
    distance(route.travel_m));
}

function notHere(isToday, pulledAt) {
  if (isToday && !pulledAt) return empty(t("Fetching your day…"));
  return empty(t("This day is not on the phone. Days are kept from today for a week."));
}

function nothing(route, day) {
  return empty(route.message || t("No visit is planned on this day."),
    el("a", { class: "button", href: `#/day/${plusDays(day, 1)}` }, t("Day after")));
}

/** What is another than yesterday, each with its why. */
function changes({ changes: found }) {
  if (found.length === 0) return null;
  return el("details", { class: "changes" },
    el("summary", {}, t("Changes since yesterday: {n}", { n: found.length })),
    el("ul", {}, found.map((change) => el("li", { class: change.what },
      pill(changed(change.what), "note"), " ", change.text,
      change.because ? el("small", {}, change.because) : null))));
}

/** What was taken off the day since yesterday. */
const gone = (route) => route.changes.filter(({ what }) => GONE.has(what)).map((change) =>
  el("li", { class: "stop cancelled" },
    el("p", {}, el("span", { class: "number", role: "img", "aria-label": changed(change.what) }, "–"),
      el("span", { class: "what" }, el("b", {}, change.customer_name),
        el("small", {}, [...saidOf(change, route), change.text].join(" · "))))));

/** What was reported of a visit that left the day. */
const saidOf = ({ customer_code: code }, route) => route.other_reports
  .filter((report) => report.customer_code === code).map((report) => outcome(report.outcome));

/** What was accepted on the phone and is not with the service yet. */
function unsettled(letter) {
  if (letter.why?.preview) {
    return el("p", { class: "told" },
      t("The service has planned the rest of the day."), " ",
      el("a", { href: `#/rest/${letter.day}/${letter.number}` }, t("Look at it again")));
  }
  return el("p", { class: "told" }, el("b", {}, letter.shown.provisional ? t("Provisional.") : ""), " ",
    t("Changed on this phone; the service does not know it yet."));
}

/** A change of the day that a manager is asked for. */
function asked(requests, day) {
  const open = requests.some((one) => one.matter === "day_change" && one.state === "open"
    && one.payload.day === day);
  return open ? el("p", { class: "told" },
    t("Your manager is asked about a change of this day. Until then it stays as it is.")) : null;
}

/** A plan that waits for the rep's word. */
function toConfirm(plans, letters) {
  const plan = plans.find((one) => one.i_may_decide && !isAnswered(one, letters));
  return plan && el("p", { class: "told" },
    el("a", { href: `#/plan/${plan.id}` }, t("The next plan waits for your word.")));
}

/** A stop with its number and how it stands: done, missed, begun, late, planned. */
function standingOf(stop, n, { isToday, day, route, begun }) {
  const draft = begun.find((one) => one.customer.code === stop.customer.code && one.day === day);
  const late = isToday && secondsOf(now(), route.timezone) > stop.begin_s + LATE_S;
  const state = isMissed(stop) ? "missed" : stop.reports.length > 0 ? "done" : draft ? "begun" : late ? "late" : "planned";
  const news = route.changes.find((change) => change.planned_visit_id === stop.planned_visit_id);
  return { ...stop, number: n + 1, state, draft, news };
}

function nextStop(stop, day) {
  const card = stop.customer;
  const links = { report: `#/report/${day}/${card.code}`, customer: `#/customer/${day}/${card.code}` };
  return el("section", { class: "next" },
    el("p", { class: "muted" }, stop.draft ? t("Under way") : t("Next"), " · ",
      clockTime(stop.begin_s), " · ", t("{travel} away", { travel: duration(stop.travel_s) })),
    el("h2", {}, el(stop.loose ? "span" : "a", { href: stop.loose ? null : links.customer }, card.name), grade(card.grade)),
    el("p", {}, address(card)),
    facts(stop),
    stop.loose ? null : el("div", { class: "buttons" },
      navigate(stop.links),
      el("a", { class: "button main", href: links.report },
        stop.draft ? t("Go on with the report") : t("Check in"))));
}

function facts(stop) {
  return el("p", { class: "pills" },
    pill(purpose(stop.purpose)),
    stop.promises.map((promise) =>
      pill(t("Promised: {what}", { what: promise.what }), promise.standing === "late" ? "act" : "note")),
    stop.customer.unfit_times.map((time) =>
      pill(t("Not {begin}–{end}", { begin: time.begin, end: time.end }), "note")));
}

function line(stop, day, isNext) {
  const card = stop.customer;
  const states = {
    done: t("done"), missed: t("nobody met"), begun: t("under way"), late: t("late"), planned: t("planned"),
  };
  const made = stop.reports.at(-1);
  return el("li", { class: `stop ${stop.state} ${stop.cancelled ? "cancelled" : ""}` },
    el(stop.loose ? "p" : "a", {
      href: stop.loose ? null : `#/customer/${day}/${card.code}`, "aria-current": isNext ? "step" : null,
    },
      el("span", { class: "number", role: "img", "aria-label": states[stop.state] }, stop.number),
      el("span", { class: "what" },
        el("b", {}, card.name),
        el("small", {},
          stop.putOff ? t("today no more") : stop.cancelled ? t("cancelled") : made ? outcome(made.outcome)
            : [purpose(stop.purpose), card.city].filter(Boolean).join(" · ")),
        stop.news && !made ? pill(changed(stop.news.what), "note") : null),
      stop.promises.length > 0 && !made
        ? el("span", { class: "mark", role: "img", "aria-label": t("something is promised") },
          icon("promise")) : null,
      grade(card.grade),
      el("time", {}, clockTime(stop.begin_s))));
}

function home(route) {
  return el("section", { class: "next" },
    el("h2", {}, route.stops.some(isMissed) ? t("That was the last stop.")
      : t("All visits are done.")),
    route.travel_back_s ? el("p", {}, t("Home is {travel} away.",
      { travel: duration(route.travel_back_s) })) : null);
}

function others(route, begun, day) {
  const codes = new Set(route.stops.map((stop) => stop.customer.code));
  const loose = begun.filter((draft) => draft.day === day && !codes.has(draft.customer.code));
  const left = new Set(route.changes.filter(({ what }) => GONE.has(what))
    .map((change) => change.customer_code)); // told where they stand struck out
  const other = route.other_reports.filter((report) => !left.has(report.customer_code));
  if (other.length + loose.length === 0) return null;
  return el("section", { class: "part" }, el("h2", {}, t("Besides the plan")),
    loose.map((draft) => el("p", {},
      el("a", { href: `#/report/${draft.day}/${draft.customer.code}` }, draft.customer.name))),
    other.map((report) => el("p", {}, report.customer_code, " · ",
      outcome(report.outcome))));
}

let mapped = ""; // the day whose map is open: it stays so when the route is shown again

function mapLink(day) {
  const frame = el("iframe", { title: t("Map of the route"), class: "map", hidden: true });
  const button = el("button", { type: "button", class: "button wide", onclick: () => open() },
    icon("map"), t("Show the map"));
  const open = () => {
    mapped = day;
    frame.src = mapOf(day);
    frame.hidden = false;
    button.hidden = true;
  };
  if (mapped === day) open();
  return el("section", { class: "part" }, button, frame);
}
