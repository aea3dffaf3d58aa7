// What was promised and asked for, and how it stands.

import { now } from "../clock.js";
import { el, icon } from "../dom.js";
import { text } from "../fields.js";
import { newId } from "../ids.js";
import * as outbox from "../outbox.js";
import { empty, part, pill } from "../parts.js";
import { owner } from "../session.js";
import * as store from "../store.js";
import { mark, t } from "../texts.js";
import { dayInWords, dayOf, daysBetween } from "../times.js";
import { isAnswered } from "../words.js";

export const live = ["lists", "outbox"];
const STATES = {
  open: mark("not decided yet"), approved: mark("approved"), refused: mark("refused"),
  withdrawn: mark("withdrawn"), overtaken: mark("overtaken"),
};

export async function show() {
  const me = await owner();
  const today = dayOf(now(), me.timezone);
  const [promises, requests, plans, sentBack, letters] = await Promise.all([
    ...["promises", "requests", "plans", "sent_back"].map((name) => store.get("lists", name)),
    outbox.letters()]);
  const mended = new Set(letters.filter((one) => one.kind === "mended").map((one) => one.report));
  const closing = new Set(letters.filter((one) => one.kind === "kept").map((one) => one.promise));
  const open = (promises ?? []).filter((promise) => !closing.has(promise.code));
  const title = t("Follow-ups");
  return {
    title,
    page: [
      el("header", { class: "day" }, el("h1", { tabindex: -1 }, title)),
      part(t("Reports to correct"), (sentBack ?? []).map((report) => el("p", { class: "request" },
        el("a", { href: `#/mending/${report.id}` },
          `${report.customer_name} · ${dayInWords(report.visited_on)}`), " ",
        mended.has(report.id) ? pill(t("waits to be sent")) : pill(t("sent back"), "act"),
        el("small", {}, lastWord(report.reviews))))),
      part(t("Plans"), (plans ?? []).map((plan) => el("p", { class: "request" },
        el("a", { href: `#/plan/${plan.id}` }, plan.title), " ",
        isAnswered(plan, letters) ? pill(t("waits to be sent")) : plan.i_may_decide ? pill(t("waits for your word"), "note")
          : pill(t(STATES[plan.state] ?? plan.state))))),
      open.length === 0 ? empty(t("No promise is open.")) : part(t("Promised"),
        open.map((promise) => line(promise, today))),
      part(t("Asked for"), (requests ?? []).map((one) => el("p", { class: "request" },
        el("b", {}, one.title), " ", pill(t(STATES[one.state] ?? one.state)),
        one.reason ? el("small", {}, one.reason) : null,
        one.decisions?.length ? el("small", {}, lastWord(one.decisions)) : null)),
      letters.filter((one) => one.kind === "correction").map((one) =>
        el("p", { class: "request" }, el("b", {}, one.title), " ", pill(t("waits to be sent"))))),
    ],
  };
}

/** What was said last, and by whom. */
function lastWord(said) {
  const last = (said ?? []).findLast((one) => one.comment);
  return last ? t("{name}: {text}", { name: last.by, text: last.comment }) : "";
}

function line(promise, today) {
  const days = daysBetween(today, promise.due);
  const when = days < 0 ? t("late since {day}", { day: dayInWords(promise.due) })
    : days === 0 ? t("due today") : t("until {day}", { day: dayInWords(promise.due) });
  const form = el("form", { class: "form", hidden: true, novalidate: true });
  return el("article", { class: "promise" },
    el("p", {}, el("b", {}, promise.what)),
    el("p", { class: "muted" }, promise.customer_name ?? promise.customer_code,
      promise.to_whom ? ` · ${promise.to_whom}` : ""),
    el("p", {}, pill(when, days < 0 ? "act" : "note")),
    el("button", { type: "button", class: "button", onclick: () => ask(promise, form) },
      icon("check"), t("Kept")),
    form);
}

function ask(promise, form) {
  if (!form.hidden) return;
  let evidence = "";
  const said = el("p", { class: "error", role: "alert", hidden: true });
  form.append(
    text({ name: `evidence-${promise.code}`, title: t("What shows it?"),
      write: (value) => { evidence = value; } }),
    said, el("button", { class: "main wide" }, t("Close the promise")));
  form.onsubmit = async (event) => {
    event.preventDefault();
    said.textContent = evidence.trim() ? "" : t("Write what shows it, such as a delivery note.");
    said.hidden = Boolean(evidence.trim());
    if (!evidence.trim()) return;
    await outbox.add([{
      id: newId(), kind: "kept", promise: promise.code, title: promise.what,
      method: "POST", path: `/promises/${encodeURIComponent(promise.code)}/keep`,
      body: { evidence, at: now().toISOString() },
    }]);
  };
  form.hidden = false;
  form.querySelector("textarea").focus();
}
