// The rep's own work in figures, beside the months before: no league table.

import { drawn, el } from "../dom.js";
import { empty, heading } from "../parts.js";
import * as store from "../store.js";
import { language, mark, t } from "../texts.js";
import { duration } from "../times.js";

export const live = ["lists"];
const FIGURES = [
  ["plan_adherence", mark("Visited on the planned day"), mark("{part} of {whole} planned visits")],
  ["frequency_attainment", mark("Visits that were due"), mark("{part} of {whole} visits due")],
  ["promises_kept", mark("Promises kept in time"), mark("{part} of {whole} promises due")],
  ["travel_share", mark("Time on the road"), mark("{part} of {whole} in the field")],
];
const IN_SECONDS = new Set(["travel_share"]);

export async function show() {
  const figures = await store.get("lists", "figures");
  const title = t("My figures");
  if (!figures) return { title, page: [heading(title, "#/me"), empty(t("Fetching your figures…"))] };
  return {
    title,
    page: [
      heading(title, "#/me"),
      el("p", { class: "muted" }, t("This month until yesterday, and your own months before it. Nobody is ranked.")),
      FIGURES.map(([name, words, parts]) => figure(name, words, parts, figures.months)),
    ],
  };
}

function figure(name, words, parts, months) {
  return el("section", { class: "part" }, el("h2", {}, t(words)),
    el("table", { class: "bars" },
      el("caption", { class: "unseen" }, t(words)),
      el("tbody", {}, months.map((month, n) => {
        const share = month[name];
        const said = (amount) => (IN_SECONDS.has(name) ? duration(amount) : amount);
        return el("tr", { class: n === 0 ? "now" : null },
          el("th", { scope: "row" }, monthInWords(month.month)),
          el("td", {}, bar(share.value ?? 0),
            el("small", {}, share.value === null ? t("nothing yet")
              : t(parts, { part: said(share.numerator), whole: said(share.denominator) }))),
          el("td", {}, share.value === null ? "–" : `${Math.round(share.value * 100)} %`));
      }))));
}

const bar = (value) => drawn("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none",
  class: "bar", "aria-hidden": "true" },
drawn("rect", { width: 100, height: 8, class: "whole" }),
drawn("rect", { width: Math.round(Math.min(1, value) * 100), height: 8, class: "share" }));

const monthInWords = (month) => new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB",
  { month: "short", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));
