// A report that the manager sent back: corrected here, sent as a new version.

import { el } from "../dom.js";
import { choice, field, text } from "../fields.js";
import { newId } from "../ids.js";
import * as outbox from "../outbox.js";
import { empty, heading } from "../parts.js";
import * as store from "../store.js";
import { mark, t } from "../texts.js";
import { dayInWords } from "../times.js";
import { OUTCOMES, outcome } from "../words.js";

const SATISFACTION = [1, 2, 3, 4, 5];
const TEXTS = {
  notes: mark("What was said?"), needs: mark("Needs"), objections: mark("Objections"),
};

export async function show(id) {
  const report = ((await store.get("lists", "sent_back")) ?? []).find((one) => one.id === id);
  const title = t("Correct the report");
  if (!report) {
    return { title, page: [heading(title, "#/follow-ups"), empty(t("This report does not wait for a correction any more."))] };
  }
  const body = { ...report.report };
  let reason = "";
  const said = el("p", { class: "error", role: "alert", hidden: true });
  const send = async (event) => {
    event.preventDefault();
    said.textContent = reason.trim() ? "" : t("Write a word on what you changed.");
    said.hidden = Boolean(reason.trim());
    if (!reason.trim()) return;
    await outbox.add([{ id: newId(), kind: "mended", report: id, title: report.customer_name,
      method: "POST", path: `/visit-reports/${id}/corrections`,
      body: { id: newId(), reason, report: body } }]);
    location.hash = "#/follow-ups";
  };
  const asked = report.reviews.findLast((one) => one.verdict === "sent_back");
  return {
    title,
    page: [
      heading(title, "#/follow-ups"),
      el("p", { class: "summary" }, `${report.customer_name} · ${dayInWords(report.visited_on)}`),
      asked ? el("p", {}, el("b", {}, t("{name}: {text}", { name: asked.by, text: asked.comment }))) : null,
      el("form", { class: "form report", novalidate: true, onsubmit: (event) => void send(event) },
        choice({ name: "outcome", title: t("What came of it?"), codes: Object.keys(OUTCOMES),
          words: outcome, value: body.outcome, pick: (code) => { body.outcome = code; } }),
        Object.entries(TEXTS).map(([name, words]) => text({ name, title: t(words),
          value: body[name] ?? "", write: (value) => { body[name] = value; } })),
        text({ name: "competitors", title: t("Competitors, one a line"),
          value: (body.competitors ?? []).join("\n"),
          write: (value) => {
            body.competitors = value.split("\n").map((one) => one.trim()).filter(Boolean);
          } }),
        choice({ name: "satisfaction", title: t("How satisfied? (5 is best)"), codes: SATISFACTION,
          words: String, value: body.satisfaction, pick: (n) => { body.satisfaction = Number(n); } }),
        field({ name: "reason", title: t("What did you change?"),
          write: (value) => { reason = value; } }),
        said,
        el("button", { class: "main wide" }, t("Send the correction"))),
    ],
  };
}
