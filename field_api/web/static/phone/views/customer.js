// A customer before the door: what to know, and what to do.

import { now } from "../clock.js";
import { el, icon } from "../dom.js";
import { waitingOn } from "../changes.js";
import * as drafts from "../drafts.js";
import * as outbox from "../outbox.js";
import { address, empty, grade, heading, navigate, part, pill } from "../parts.js";
import { formOf, linesFor, said, tick, ticked } from "../preparing.js";
import * as store from "../store.js";
import { t } from "../texts.js";
import { clockTime, dayInWords, dayOf, distance, duration } from "../times.js";
import { absent, plannedAgain, teller } from "./changes.js";
import { isMissed, outcome, purpose, say, standing } from "../words.js";

export const live = ["days"];

export async function show(day, code) {
  const route = await store.get("days", day);
  const stop = route?.stops.find((one) => one.customer.code === code);
  if (!stop) return { page: [heading(code), empty(t("This customer is not on the phone."))] };
  const card = stop.customer;
  const draft = await drafts.find(code, day);
  const told = el("p", { role: "status" });
  const report = `#/report/${day}/${code}`;
  return {
    title: card.name,
    page: [
      heading(card.name, day ? `#/day/${day}` : "#/"),
      el("p", { class: "summary" }, grade(card.grade), " ", address(card)),
      el("p", { class: "pills" }, pill(purpose(stop.purpose)),
        stop.cancelled ? pill(t("cancelled"), "act") : null),
      el("div", { class: "buttons" },
        navigate(stop.links),
        card.contact_phone ? el("a", { class: "button", href: `tel:${card.contact_phone}` },
          icon("phone"), t("Call")) : null),
      el("a", { class: "button main wide", href: report },
        draft ? t("Go on with the report") : stop.reports.length ? t("Report once more") : t("Check in")),
      waitingOn(day, await outbox.letters()) ? null : absence(stop, route, told),
      told,
      facts(stop),
      part(t("Promised"), stop.promises.map((promise) => el("p", {},
        el("b", {}, promise.what), " ",
        pill(standing(promise.standing), promise.standing === "late" ? "act" : "note"),
        el("small", {}, t("until {day}", { day: dayInWords(promise.due) }),
          promise.to_whom ? ` · ${promise.to_whom}` : "")))),
      part(t("Last visit"), lastVisit(stop)),
      part(t("People"), people(stop)),
      part(t("To prepare"), await preparing(stop, day)),
      part(t("This visit"), stop.reports.map((one) => el("p", {}, outcome(one.outcome)))),
      el("a", { class: "button quiet wide", href: `#/correction/${day}/${code}` },
        t("Something here is wrong")),
    ],
  };
}

/** Today, before the visit: the customer may be closed, or nobody there. Where that is reported, the
 * rest of the day can be planned without this visit. */
function absence(stop, route, told) {
  const today = dayOf(now(), route.timezone);
  if (route.date !== today || stop.cancelled) return null;
  const tell = teller(route.date, told);
  if (stop.reports.length === 0) return absent(stop, tell);
  return isMissed(stop) ? plannedAgain(stop, tell) : null;
}

function facts(stop) {
  const card = stop.customer;
  const rows = [
    [t("Planned"), `${clockTime(stop.begin_s)}–${clockTime(stop.end_s)}`],
    [t("Way"), `${duration(stop.travel_s)} · ${distance(stop.travel_m)}`],
    [t("Open"), card.opening_hours],
    [t("Not at"), card.unfit_times.map((time) => `${time.begin}–${time.end}`).join(", ")],
  ];
  return el("dl", { class: "facts" }, rows.filter(([, value]) => value)
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function lastVisit(stop) {
  const last = stop.last_report;
  if (!last) {
    return stop.customer.last_visit_on
      ? el("p", {}, dayInWords(stop.customer.last_visit_on)) : el("p", {}, t("None so far."));
  }
  return [
    el("p", {}, dayInWords(last.visited_on), " · ", outcome(last.outcome)),
    last.first_line ? el("p", {}, last.first_line) : null,
    last.promised.length > 0
      ? el("p", {}, t("Promised: {what}", { what: last.promised.join(", ") })) : null,
  ];
}

function people({ customer: card, key_people: known }) {
  if (!known.some((one) => one.name === card.contact_name) && card.contact_name) {
    known = [...known, { name: card.contact_name, post: card.contact_phone }];
  }
  return known.map((person) => el("p", {}, el("b", {}, person.name),
    el("small", {}, [person.post, person.say && say(person.say)].filter(Boolean).join(" · "))));
}

async function preparing(stop, day) {
  const { code } = stop.customer;
  const lines = linesFor(await formOf(stop.trade), stop.purpose);
  const done = await ticked(day, code);
  return lines.map(({ label }) => el("label", { class: "tick" },
    el("input", { type: "checkbox", checked: done.includes(label.code),
      onchange: ({ target }) => void tick(day, code, label.code, target.checked) }),
    said(label)));
}
