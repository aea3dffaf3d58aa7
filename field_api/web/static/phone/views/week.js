// The days that lie on the phone.

import { now } from "../clock.js";
import { el } from "../dom.js";
import { empty } from "../parts.js";
import { owner } from "../session.js";
import * as store from "../store.js";
import { t } from "../texts.js";
import { clockTime, dayInWords, dayOf, distance, duration } from "../times.js";

export const live = ["days"];

export async function show() {
  const me = await owner();
  const today = dayOf(now(), me.timezone);
  const days = (await store.all("days")).filter((day) => day.date >= today);
  const title = t("The days ahead");
  return {
    title,
    page: [
      el("header", { class: "day" }, el("h1", { tabindex: -1 }, title)),
      days.length === 0 ? empty(t("Fetching your days…")) : el("ol", { class: "days" },
        days.map((day) => line(day, today))),
    ],
  };
}

function line(day, today) {
  const grades = day.stops.filter((stop) => stop.customer.grade === "A").length;
  return el("li", {},
    el("a", { href: `#/day/${day.date}` },
      el("b", {}, dayInWords(day.date), day.date === today ? el("small", {}, t("Today")) : null),
      day.stops.length === 0
        ? el("span", { class: "muted" }, day.message || t("No visit is planned on this day."))
        : el("span", {},
          t("{n} visits", { n: day.stops.length }), " · ",
          grades ? [t("{n} of grade A", { n: grades }), " · "] : null,
          duration(day.travel_s), " · ", distance(day.travel_m), " · ",
          t("from {leave} to {back}", { leave: clockTime(day.leave_s), back: clockTime(day.back_s) }))));
}
