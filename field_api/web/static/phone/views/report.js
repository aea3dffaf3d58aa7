// At the customer: checked in with one tap, reported in under a minute, checked out.

import { el, fill, icon } from "../dom.js";
import * as drafts from "../drafts.js";
import { choice, field, many, text } from "../fields.js";
import { newId } from "../ids.js";
import { empty, grade, heading, part } from "../parts.js";
import * as photos from "../photos.js";
import { formOf, said } from "../preparing.js";
import { metresBetween, whereNow } from "../position.js";
import * as store from "../store.js";
import { mark, t } from "../texts.js";
import { clockTime, distance, duration, plusDays, secondsOf } from "../times.js";
import { ABSENT, OUTCOMES, outcome, SAYS, say } from "../words.js";

const FAR_M = 300;
const SATISFACTION = [1, 2, 3, 4, 5];
const PROMISE_DAYS = 7;
const TRAINING_MINUTES = 15;
const TRAINING_TIMES = [15, 30, 60, 120];
const YES_NO = { yes: mark("Yes"), no: mark("No") };

export async function show(day, code) {
  const route = await store.get("days", day);
  const stop = route?.stops.find((one) => one.customer.code === code);
  let draft = await drafts.find(code, day);
  if (!draft && !stop) return { page: [heading(code), empty(t("This customer is not on the phone."))] };
  if (!draft) {
    const place = await whereNow();
    try {
      draft = await drafts.find(code, day) // the button was tapped twice
        ?? await drafts.begin({ stop, customer: stop.customer, day, route, place });
    } catch (error) {
      if (!(error instanceof store.Full)) throw error;
      return { page: [heading(stop.customer.name), empty(t("There is no room on this phone for a report. Make room, then check in."))] };
    }
  }
  return { title: draft.customer.name, page: await form(draft), leave: drafts.keepNow };
}

async function form(draft) {
  const { body, customer } = draft;
  const set = (name, value) => {
    if (value === undefined || value === "" || value?.length === 0) delete body[name];
    else body[name] = value;
    drafts.keepSoon(draft);
  };
  const { fields } = await formOf(draft.trade);
  const told = el("p", { class: "error", role: "alert", hidden: true });
  const [person, about] = [personMet(draft, set), extra(draft, fields, set)];
  const showMet = () => [person, about].filter(Boolean).forEach((one) => {
    one.hidden = ABSENT.has(body.outcome); // nobody was met: nothing to say of it
  });
  showMet();
  return [
    heading(customer.name, `#/customer/${draft.day}/${customer.code}`),
    el("p", { class: "summary" }, grade(customer.grade), " ", checkedIn(draft)),
    el("form", { class: "form report", novalidate: true,
      onsubmit: (event) => { event.preventDefault(); void finish(draft, fields, told); } },
    choice({ name: "outcome", title: t("What came of it?"), codes: Object.keys(OUTCOMES),
      words: outcome, value: body.outcome, pick: (code) => {
        set("outcome", code);
        showMet();
      } }),
    person,
    text({ name: "notes", title: t("What was said?"), value: body.notes, rows: 3,
      write: (value) => set("notes", value) }),
    promised(draft, set),
    about,
    photosOf(draft),
    next(draft, set),
    more(draft, set),
    told,
    el("div", { class: "finish" },
      el("button", { class: "main wide" }, icon("check"), t("Check out and send")),
      el("button", { type: "button", class: "quiet", onclick: () => void giveUp(draft) },
        t("I was not here: drop it")))),
  ];
}

function checkedIn(draft) {
  const { position, checked_in_at: at } = draft.body;
  const time = clockTime(secondsOf(new Date(at), draft.zone));
  if (!position) {
    const why = {
      refused: t("The position was refused: the report says so, nothing else is missing."),
      insecure: t("No position without a secure connection (HTTPS)."),
      unknown: t("The phone did not find its position."),
    };
    return [t("Checked in at {time}.", { time }), " ", el("small", {}, why[draft.why_no_position])];
  }
  const away = metresBetween(position, draft.customer);
  return [
    t("Checked in at {time}, {distance} from the place on the card.",
      { time, distance: distance(away) }),
    away - position.accuracy_m > FAR_M
      ? [" ", el("b", {}, t("Far away: the report will show it."))] : null,
  ];
}

function personMet(draft, set) {
  const { contact_name: contact } = draft.customer;
  const known = [...draft.people ?? []];
  if (contact && !known.some((one) => one.name === contact)) known.push({ name: contact });
  const person = { say: "unknown", ...draft.body.person_met };
  const write = (name, value) => {
    person[name] = value;
    set("person_met", person.name ? { ...person } : undefined);
  };
  const list = el("datalist", { id: "people" }, known.map((one) => el("option", { value: one.name })));
  return part(t("Who was met?"),
    field({ name: "person", title: t("Who is it?"), value: person.name, list: "people",
      write: (value) => {
        write("name", value);
        const found = known.find((one) => one.name === value);
        if (found?.post) write("post", found.post);
        if (found?.say) write("say", found.say);
      } }), list,
    choice({ name: "say", title: t("Say in the decision"), codes: Object.keys(SAYS), words: say,
      value: person.say, pick: (code) => write("say", code) }));
}

function promised(draft, set) {
  return many({
    title: t("Promised"), add: t("Add a promise"), items: draft.body.promises ?? [],
    blank: () => ({
      code: newId(), what: "", due: plusDays(draft.day, PROMISE_DAYS),
      to_whom: draft.body.person_met?.name ?? "",
    }),
    row: (item, changed) => [
      field({ name: `what-${item.code}`, title: t("What was promised?"), value: item.what,
        write: (value) => { item.what = value; changed(); } }),
      field({ name: `due-${item.code}`, title: t("Until"), type: "date", value: item.due,
        min: draft.day, write: (value) => { item.due = value; changed(); } }),
    ],
    change: (items) => set("promises", items),
  });
}

function photosOf(draft) {
  const shown = el("div", { class: "photos" });
  const draw = async () => {
    const kept = await Promise.all(draft.photos.map((id) => store.get("photos", id)));
    fill(shown, kept.filter(Boolean).map((photo) => {
      const address = URL.createObjectURL(photo.small ?? photo.original);
      return el("figure", {},
        el("img", { src: address, alt: t("Photo {name}", { name: photo.name }),
          onload: () => URL.revokeObjectURL(address) }),
        el("button", { type: "button", class: "away", "aria-label": t("Take this photo away"),
          onclick: async () => {
            draft.photos = draft.photos.filter((id) => id !== photo.id);
            await store.put("drafts", draft);
            await store.remove("photos", photo.id);
            await draw();
          } }, icon("away")));
    }));
  };
  void draw();
  return part(t("Photos"), shown,
    el("label", { class: "button wide" }, icon("camera"), t("Take a photo"),
      el("input", { type: "file", accept: "image/*", capture: "environment", multiple: true,
        class: "unseen",
        onchange: async ({ target }) => {
          for (const file of target.files) if (!await added(draft, file)) break;
          target.value = "";
          await draw();
        } })));
}

/** Whether there was room for a photo; without it the report stays as it was. */
async function added(draft, file) {
  const before = draft.photos;
  try {
    const id = await photos.keep(file, draft.id);
    draft.photos = [...before, id];
    await store.put("drafts", draft);
    return true;
  } catch (error) {
    if (!(error instanceof store.Full)) throw error;
    draft.photos = before;
    return false;
  }
}

function next(draft, set) {
  const booked = { ...draft.body.next_visit };
  const write = (name, value) => {
    if (value) booked[name] = value; else delete booked[name];
    set("next_visit", booked.date ? { ...booked } : undefined);
  };
  return part(t("Next visit"),
    field({ name: "next-date", title: t("Day"), type: "date", value: booked.date, min: draft.day,
      write: (value) => write("date", value) }),
    field({ name: "next-time", title: t("Time, for an appointment"), type: "time",
      value: booked.time, write: (value) => write("time", value) }));
}

function more(draft, set) {
  const { body } = draft;
  return el("details", { class: "part" }, el("summary", {}, t("More to report")),
    text({ name: "needs", title: t("Needs"), value: body.needs, write: (v) => set("needs", v) }),
    text({ name: "objections", title: t("Objections"), value: body.objections,
      write: (v) => set("objections", v) }),
    text({ name: "competitors", title: t("Competitors, one a line"),
      value: (body.competitors ?? []).join("\n"),
      write: (v) => set("competitors", v.split("\n").map((one) => one.trim()).filter(Boolean)) }),
    field({ name: "credit", title: t("Credit"), value: body.credit_change,
      write: (v) => set("credit_change", v) }),
    choice({ name: "satisfaction", title: t("How satisfied? (5 is best)"), codes: SATISFACTION,
      words: String, value: body.satisfaction, pick: (n) => set("satisfaction", Number(n)) }),
    field({ name: "gift", title: t("Gift"), value: body.gifts?.[0]?.what,
      write: (v) => set("gifts", v ? [{ what: v }] : undefined) }),
    trained(draft, set));
}

/** Help and training given, and how long it took. */
function trained(draft, set) {
  return many({
    title: t("Help and training"), add: t("Add help or training"), items: draft.body.training ?? [],
    blank: () => ({ what: "", minutes: TRAINING_MINUTES }),
    row: (item, changed, id = newId()) => [
      field({ name: `training-${id}`, title: t("What was shown or done?"), value: item.what,
        write: (value) => { item.what = value; changed(); } }),
      choice({ name: `minutes-${id}`, title: t("How long?"), codes: TRAINING_TIMES,
        words: (minutes) => duration(minutes * 60), value: item.minutes,
        pick: (minutes) => { item.minutes = minutes; changed(); } }),
    ],
    change: (items) => set("training", items.filter((one) => one.what.trim())),
  });
}

/** The fields that the customer's trade adds. */
function extra(draft, fields, set) {
  const values = { ...draft.body.extra };
  const write = (code, value) => {
    if (value) values[code] = value; else delete values[code];
    set("extra", Object.keys(values).length ? { ...values } : undefined);
  };
  return part(t("About this visit"), fields.map((one) => {
    const { code } = one.label;
    const given = { name: `extra-${code}`, title: named(one), value: values[code] };
    const pick = (value) => write(code, value);
    if (one.kind === "yes_no") {
      return choice({ ...given, codes: Object.keys(YES_NO), words: (key) => t(YES_NO[key]), pick });
    }
    if (one.kind === "choice") {
      const words = (key) => said(one.choices.find((each) => each.code === key));
      return choice({ ...given, codes: one.choices.map((each) => each.code), words, pick });
    }
    if (one.kind === "number") {
      return field({ ...given, inputmode: "decimal",
        write: (value) => write(code, value.trim().replace(",", ".")) });
    }
    return text({ ...given, write: pick });
  }));
}

const named = (one) => (one.required ? t("{field} (needed)", { field: said(one.label) })
  : said(one.label));

/** What is missing in a report, in words; empty: nothing. */
function missing({ body }, fields) {
  if (!body.outcome) return [t("Tap what came of the visit."), ".choice"];
  if ((body.promises ?? []).some((one) => !one.what.trim())) {
    return [t("Write what was promised, or take the empty promise away."), ".many"];
  }
  if (ABSENT.has(body.outcome)) return ["", ""];
  for (const { label, kind, required } of fields) {
    const value = body.extra?.[label.code]?.trim() ?? "";
    const where = `[name="extra-${label.code}"]`;
    if (required && !value) return [t("Say: {field}", { field: said(label) }), where];
    if (kind === "number" && value && !Number.isFinite(Number(value))) {
      return [t("{field} is a number.", { field: said(label) }), where];
    }
  }
  return ["", ""];
}

async function finish(draft, fields, told) {
  const [problem, where] = missing(draft, fields);
  told.hidden = !problem;
  told.textContent = problem;
  if (problem) {
    document.querySelector(where).scrollIntoView({ block: "center" });
    return;
  }
  const place = await whereNow();
  try {
    await drafts.finish(draft, place.position);
    location.hash = "#/";
  } catch (error) {
    if (!(error instanceof store.Full)) throw error;
    fill(told, t("There is no room on this phone to send it. The report stays here as it is: make room, then send it."));
    told.hidden = false;
  }
}

async function giveUp(draft) {
  if (!confirm(t("Drop this visit with what you wrote and its photos?"))) return;
  await drafts.drop(draft);
  location.hash = `#/customer/${draft.day}/${draft.customer.code}`;
}
