// The rest of the day before and after a change: accept it, or leave the day as it is.

import { accept, HAPPENINGS, leaveIt, lookedAt } from "../changes.js";
import { el, icon } from "../dom.js";
import { empty, heading, part, pill } from "../parts.js";
import { pull } from "../pull.js";
import { mark, t } from "../texts.js";
import { clockTime } from "../times.js";
import { outcome } from "../words.js";

const LATE = {
  appointment: mark("too late for the appointment"),
  closed: mark("outside the opening hours"),
  unfit: mark("at an unfit time"),
};
const RECKONED = {
  away: mark("Reckoned on this phone, without the network. The service plans it when there is one, and asks you again."),
  busy: mark("Reckoned on this phone: the service is busy. It plans it as soon as it can, and asks you again."),
  fault: mark("Reckoned on this phone: the service has a fault. It plans it as soon as it can, and asks you again."),
};
const TOLD = new Set(["put_off", "no_place", "added"]); // the others stand in the list

export async function show(day, number) {
  const change = await lookedAt(day, number);
  const title = t("The rest of the day");
  if (!change) {
    return { title, page: [heading(title), empty(t("Nothing is to be decided here."))] };
  }
  const { shown } = change;
  const said = el("p", { role: "status" });
  return {
    title,
    page: [
      heading(title, number ? "#/" : `#/changes/${day}`),
      el("p", { class: "summary" }, [t(HAPPENINGS[change.body.kind]), change.title]
        .filter(Boolean).join(" · ")),
      change.again ? el("p", {}, t("The day has gone on since: look at it again, then accept.")) : null,
      el("p", { class: "home" }, home(shown)),
      shown.provisional ? el("p", { class: "told" }, el("b", {}, t("Provisional.")), " ",
        t(RECKONED[shown.trouble])) : null,
      owed(shown),
      change.report ? el("p", {}, t("Your report goes with it: {outcome}.",
        { outcome: outcome(change.report.body.outcome) })) : null,
      part(t("What moves"), moves(shown)),
      part(t("Still today"), shown.after.length === 0 ? el("p", {}, t("No visit is left today."))
        : el("ol", { class: "stops rest" }, shown.after.map((stop) => line(stop, shown)))),
      said,
      el("div", { class: "buttons decide" },
        el("button", { type: "button", class: "button", onclick: () => void leave(change) },
          t("Leave it")),
        el("button", { type: "button", class: "button main",
          onclick: (event) => void take(change, event.currentTarget, said) },
        icon("check"), shown.needs_approval ? t("Ask for it") : t("Accept"))),
    ],
  };
}

const home = ({ home_before_s: before, home_after_s: after }) => (
  clockTime(before) === clockTime(after) ? t("Home at {after} as planned.", { after: clockTime(after) })
    : t("Home at {after} instead of {before}.",
      { after: clockTime(after), before: clockTime(before) }));

function owed(shown) {
  if (!shown.needs_approval) return null;
  return el("p", { class: "told" },
    t("A visit that is owed falls away: your manager is asked. Until then the day stays as it is."));
}

function moves(shown) {
  const left = (shown.left_out ?? []).map((stop) => el("p", {}, el("b", {}, stop.customer_name), " ",
    pill(t("today no more"), "note")));
  const told = shown.changes.filter(({ what }) => TOLD.has(what)).map((change) => el("p", {},
    change.need ? [pill(t("owed"), "act"), " "] : null, change.text,
    change.remedy ? el("small", {}, change.remedy) : null));
  return [...left, ...told];
}

function line(stop, shown) {
  const was = shown.before.find((one) => one.planned_visit_id === stop.planned_visit_id);
  const moved = was && clockTime(was.begin_s) !== clockTime(stop.begin_s);
  return el("li", { class: "stop" }, el("p", {},
    el("time", {}, el("b", {}, clockTime(stop.begin_s)),
      moved ? el("s", {}, el("span", { class: "unseen" }, t("before:"), " "), clockTime(was.begin_s))
        : null),
    el("span", { class: "what" }, el("b", {}, stop.customer_name),
      stop.late ? el("small", { class: "error" }, t(LATE[stop.late])) : null),
    was ? null : pill(t("new"), "note")));
}

async function take(change, button, said) {
  button.disabled = true;
  said.textContent = t("One moment …");
  const how = await accept(change);
  if (typeof how === "number") {
    if (change.number === how) dispatchEvent(new Event("hashchange"));
    else location.hash = `#/rest/${change.day}/${how}`;
    return;
  }
  if (how === "sent") await pull().catch(() => undefined);
  location.hash = "#/";
}

async function leave(change) {
  await leaveIt(change);
  location.hash = "#/";
}
