// A plan that waits for the rep's word: read day by day, wished differently, confirmed.

import { Away, call, Refused } from "../api.js";
import { el, icon } from "../dom.js";
import { choice, text } from "../fields.js";
import { newId } from "../ids.js";
import * as outbox from "../outbox.js";
import { empty, heading, part, pill } from "../parts.js";
import { storiesOf } from "../pull.js";
import { owner } from "../session.js";
import * as store from "../store.js";
import { t } from "../texts.js";
import { clockTime, dayInWords, dayOf, distance, duration } from "../times.js";

export async function show(id) {
  const asked = ((await store.get("lists", "plans")) ?? []).find((one) => one.id === id);
  const title = t("Plan to confirm");
  if (!asked) return { title, page: [heading(title, "#/follow-ups"), empty(t("This plan does not wait any more."))] };
  const [plan, story, me] = await Promise.all([...storiesOf(asked).map(fetched), owner()]);
  if (!plan || !story) {
    return { title, page: [heading(title, "#/follow-ups"),
      empty(t("This plan is not on the phone yet. It comes as soon as the service is reached."))] };
  }
  const letters = (await outbox.letters()).filter((one) => one.approval === id);
  const word = (await store.get("facts", keyOf(id))) ?? { comment: "", wishes: {} };
  const open = story.i_may_decide && letters.length === 0;
  return {
    title,
    page: [
      heading(title, "#/follow-ups"),
      el("p", { class: "summary" }, t("{first} to {last}",
        { first: dayInWords(plan.first_day), last: dayInWords(plan.last_day) }), " · ",
      t("{n} visits", { n: count(plan) })),
      story.due_at && story.state === "open" ? el("p", {}, pill(t("until {day}",
        { day: dayInWords(dayOf(new Date(story.due_at), me.timezone)) }), story.late ? "act" : "note")) : null,
      part(t("What stands against it"), plan.doubts.map((doubt) => el("p", {}, doubt))),
      part(t("Without a place"), plan.unserved.map((visit) => el("p", {}, visit.customer_name))),
      answers(t("What was said"), story.decisions, plan),
      [...(story.earlier ?? [])].reverse().map((round) => answers(t("Sent {day}: what was said then",
        { day: dayInWords(dayOf(new Date(round.asked_at), me.timezone)) }), round.decisions, plan)),
      el("section", { class: "part" }, el("h2", {}, t("Day by day")),
        plan.days.map((day) => oneDay(day, plan.days, open ? word : null, id))),
      open ? decide(id, asked, word) : null,
      letters.length > 0 ? el("p", { class: "told" }, t("Your answer waits to be sent.")) : null,
    ],
  };
}

const keyOf = (id) => `word on ${id}`;
const count = (plan) => plan.days.reduce((sum, day) => sum + day.stops.length, 0);

/** What the service answers, else what it answered last; undefined: nothing yet. */
async function fetched(path) {
  try {
    const { body } = await call("GET", path);
    await store.put("lists", body, path);
    return body;
  } catch (error) {
    if (!(error instanceof Away) && !(error instanceof Refused)) throw error;
    return store.get("lists", path);
  }
}

function oneDay(day, days, word, id) {
  const others = days.map((one) => one.date).filter((date) => date !== day.date);
  return el("details", { class: "plan-day" },
    el("summary", {}, el("span", {}, dayInWords(day.date),
      el("small", {}, t("{n} visits", { n: day.stops.length }), " · ",
        t("from {leave} to {back}", { leave: clockTime(day.leave_s), back: clockTime(day.back_s) }),
        " · ", duration(day.travel_s), " · ", distance(day.travel_m)))),
    el("ol", {}, day.stops.map((stop) => oneStop(stop, others, word, id))));
}

/** A visit of the plan; `word.wishes` has by visit what is wished of it: {on, why}. */
function oneStop(stop, others, word, id) {
  const at = stop.planned_visit_id;
  const about = el("div", { hidden: !(word && at in word.wishes) });
  const keep = () => store.put("facts", word, keyOf(id));
  const ask = () => {
    const wish = word.wishes[at];
    about.replaceChildren(
      choice({ name: `day-${at}`, title: t("Rather on"), codes: ["", ...others], value: wish.on,
        words: (date) => (date ? dayInWords(date) : t("any other day")),
        pick: (date) => { wish.on = date; void keep(); } }),
      text({ name: `wish-${at}`, title: t("Why"), value: wish.why, rows: 1,
        write: (value) => { wish.why = value; void keep(); } }));
  };
  if (word && at in word.wishes) ask();
  return el("li", { class: "wish" },
    el("p", {}, el("time", {}, clockTime(stop.begin_s)), el("b", {}, stop.customer_name),
      word ? el("button", { type: "button", class: "button",
        "aria-pressed": String(at in word.wishes),
        "aria-label": t("Another day for {customer}", { customer: stop.customer_name }),
        onclick: ({ currentTarget }) => {
          if (at in word.wishes) delete word.wishes[at]; else word.wishes[at] = { on: "", why: "" };
          about.hidden = !(at in word.wishes);
          currentTarget.setAttribute("aria-pressed", String(!about.hidden));
          if (!about.hidden) ask();
          void keep();
        } }, t("Another day")) : null),
    about);
}

function answers(title, decisions, plan) {
  const names = new Map(plan.days.flatMap((day) => day.stops)
    .map((stop) => [stop.planned_visit_id, stop.customer_name]));
  const kinds = { approve: t("confirmed"), refuse: t("refused"), comment: t("comment") };
  return part(title, decisions.map((said) => el("div", { class: "answer" },
    el("p", {}, el("b", {}, said.by), " ", pill(kinds[said.kind] ?? said.kind)),
    said.comment ? el("p", {}, said.comment) : null,
    said.details.map((wish) => el("p", { class: "muted" }, t("Another day for {customer}",
      { customer: names.get(wish.planned_visit_id) ?? wish.planned_visit_id }),
    wish.wanted_on ? ` → ${dayInWords(wish.wanted_on)}` : "", wish.text ? `: ${wish.text}` : "")))));
}

function decide(id, asked, word) {
  const told = el("p", { class: "error", role: "alert", hidden: true });
  const send = async (kind) => {
    const missing = kind !== "approve" && !word.comment.trim();
    told.hidden = !missing;
    told.textContent = missing ? kind === "refuse" ? t("Write why you refuse it: your manager reads it.")
      : t("Write a word first.") : "";
    if (missing) { document.querySelector("#comment").focus(); return; }
    if (kind === "refuse" && !confirm(t("Refuse this plan? It goes back to your manager, who changes it or makes another."))) return;
    const details = Object.entries(word.wishes).map(([planned_visit_id, { on, why }]) =>
      ({ planned_visit_id, wish: "another_day", text: why, wanted_on: on || null }));
    await outbox.add([{
      id: newId(), kind: "plan", title: asked.title, approval: id, method: "POST",
      path: `/approvals/${id}/decisions`, body: { kind, comment: word.comment, details },
    }], ["facts"], (of) => of("facts").delete(keyOf(id)));
    await outbox.settled();
    location.hash = "#/follow-ups";
  };
  return el("section", { class: "part" }, el("h2", {}, t("Your word")),
    text({ name: "comment", title: t("Comment"), value: word.comment, write: (value) => {
      word.comment = value;
      void store.put("facts", word, keyOf(id));
    } }),
    told,
    el("button", { type: "button", class: "button main wide", onclick: () => void send("approve") },
      icon("check"), t("Confirm the plan")),
    el("button", { type: "button", class: "button wide", onclick: () => void send("comment") },
      t("Only send what I wish")),
    el("button", { type: "button", class: "button act wide", onclick: () => void send("refuse") },
      t("Refuse the plan")));
}
