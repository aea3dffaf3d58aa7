// Picking a visit up and letting it go: with the mouse, with a finger after a short press, or with
// Enter and the arrow keys.

import { alarm, t } from "../main.js";

const FAR_PX = 5;
const PRESS_MS = 350;
const CHANGED = "plan_changed";
const BELOW_VERDICT_PX = 110;
let held = null; // {button, own, verdicts, day, ghost, byKeys}
let does = null;

const days = () => [...document.querySelectorAll(".calendar[data-open] .day")];
const planOf = (day) => day.closest(".calendar").dataset.plan;
const live = (text) => { document.querySelector("#told-live").textContent = text; };

/** Listen on the calendars that stand in the page. */
export function drag(deeds) {
  does = deeds;
  held = null;
  const first = document.querySelector(".calendar button.visit");
  if (first) first.tabIndex = 0;
  document.querySelectorAll("button.visit").forEach((button) => {
    button.addEventListener("pointerdown", pressed);
    button.addEventListener("keydown", keyed);
    button.addEventListener("click", clicked);
    button.addEventListener("focus", () => does.weigh && button.dataset.movable !== undefined && prefetch(button));
  });
}

const calendarOf = (button) => button.closest(".calendar") ?? document.querySelector(".calendar");

function prefetch(button) {
  does.weigh(calendarOf(button), button.dataset.visit).catch(() => undefined);
}

function clicked(event) {
  if (event.detail === 0 && held) return; // Enter while a visit is held
  does.choose(event.currentTarget);
}

/** Lift a visit: the days begin to say what they think of it. */
async function lift(button, x, y) {
  const own = calendarOf(button);
  if (button.dataset.movable === undefined || own.dataset.open === undefined) return false;
  held = { button, own, verdicts: null, day: null, ghost: ghost(button), byKeys: x === undefined };
  button.classList.add("lifted");
  document.body.classList.add("dragging");
  const { left, bottom } = button.getBoundingClientRect();
  move(x ?? left, y ?? bottom);
  live(t("{name} is picked up; arrow keys choose the day.", { name: button.dataset.name }));
  try {
    const mine = held;
    const verdicts = await does.weigh(own, button.dataset.visit);
    if (held !== mine) return true;
    held.verdicts = verdicts;
    for (const day of days()) {
      const verdict = verdicts.get(`${planOf(day)}/${day.dataset.day}`);
      if (!verdict) continue;
      day.dataset.verdict = verdict.fits ? "fits" : "barred";
      day.querySelector(".verdict").textContent = verdict.text;
    }
    over(held.day);
  } catch (error) {
    put();
    if (error.code === CHANGED) await does.fresh(own, error);
    alarm(error.message);
  }
  return true;
}

function ghost(button) {
  const shown = document.createElement("div");
  shown.id = "ghost";
  const name = document.createElement("b");
  name.textContent = button.dataset.name;
  shown.append(name, document.createElement("span"));
  document.body.append(shown);
  return shown;
}

function move(x, y) {
  const { ghost: shown } = held;
  const right = x + 16 + shown.offsetWidth > innerWidth;
  shown.style.left = `${right ? x - shown.offsetWidth - 8 : x + 12}px`;
  shown.style.top = `${Math.min(y + 12, innerHeight - shown.offsetHeight - 8)}px`;
}

/** The visit is over a day: say there what it costs. */
function over(day) {
  document.querySelectorAll(".day.over").forEach((one) => one.classList.remove("over"));
  held.day = day;
  const says = held.ghost.querySelector("span");
  if (!day) {
    says.textContent = "";
    return;
  }
  day.classList.add("over");
  const verdict = held.verdicts?.get(`${planOf(day)}/${day.dataset.day}`);
  const words = verdict
    ? [verdict.text, verdict.detail].filter(Boolean).join(" · ")
    : held.verdicts ? t("not a day for it") : t("being reckoned");
  says.textContent = `${day.dataset.dayName}: ${words}`;
  if (held.byKeys) {
    day.scrollIntoView({ block: "nearest" });
    const { left, top } = day.getBoundingClientRect();
    move(left, Math.max(top, 0) + BELOW_VERDICT_PX);
  }
  live(`${day.dataset.dayName}: ${words}`);
}

/** Put the visit back where it was. */
function put() {
  if (!held) return;
  held.button.classList.remove("lifted");
  held.ghost.remove();
  document.body.classList.remove("dragging");
  document.querySelectorAll(".day.over").forEach((one) => one.classList.remove("over"));
  document.querySelectorAll(".day[data-verdict]").forEach((one) => delete one.dataset.verdict);
  held = null;
}

/** Let it go over the day: the plan changes where the day takes it. */
async function drop() {
  const { button, own, day, verdicts } = held;
  const home = button.closest(".day");
  if (!day || day === home) {
    put();
    return;
  }
  const verdict = (verdicts ?? (await does.weigh(own, button.dataset.visit)))
    .get(`${planOf(day)}/${day.dataset.day}`);
  put();
  if (!verdict?.fits) {
    const why = [verdict?.text, verdict?.detail].filter(Boolean).join(" · ");
    alarm(t("{name} stays: {why}", { name: button.dataset.name, why: why || t("not a day for it") }));
    button.focus();
    return;
  }
  const other = day.closest(".calendar");
  await does.change(own, {
    kind: other === own ? "move" : "hand_over",
    visit_id: button.dataset.visit,
    day: day.dataset.day,
    ...(other === own ? {} : {
      to: { plan_id: Number(other.dataset.plan), fingerprint: other.dataset.fingerprint },
    }),
  });
}

function pressed(event) {
  if (event.button !== 0 || held) return;
  const button = event.currentTarget;
  if (button.dataset.movable === undefined) return;
  prefetch(button);
  const { clientX, clientY, pointerId, pointerType } = event;
  const touch = pointerType === "touch";
  const scroll = (moved) => { if (held) moved.preventDefault(); };
  const timer = touch ? setTimeout(() => lift(button, clientX, clientY), PRESS_MS) : 0;
  const moved = (now) => {
    if (now.pointerId !== pointerId) return;
    const far = Math.hypot(now.clientX - clientX, now.clientY - clientY) > FAR_PX;
    if (!held && far && touch) return done();
    if (!held && far) lift(button, now.clientX, now.clientY);
    if (!held) return undefined;
    now.preventDefault();
    move(now.clientX, now.clientY);
    const under = document.elementFromPoint(now.clientX, now.clientY)?.closest(".day");
    const day = under?.closest(".calendar[data-open]") ? under : null;
    if (day !== held.day) over(day);
    return undefined;
  };
  const released = (now) => {
    if (now.pointerId !== pointerId) return;
    done();
    if (held) drop();
  };
  const cancelled = () => { done(); put(); };
  const done = () => {
    clearTimeout(timer);
    removeEventListener("pointermove", moved);
    removeEventListener("pointerup", released);
    removeEventListener("pointercancel", cancelled);
    removeEventListener("touchmove", scroll);
  };
  addEventListener("pointermove", moved);
  addEventListener("pointerup", released);
  addEventListener("pointercancel", cancelled);
  addEventListener("touchmove", scroll, { passive: false });
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keyed(event) {
  const button = event.currentTarget;
  if (event.key === "Escape" && held) {
    put();
    live(t("Put back."));
  } else if (event.key === "Enter" || event.key === " ") {
    if (held) drop();
    else lift(button).then((lifted) => {
      if (!lifted) does.choose(button);
      else over(button.closest(".day") ?? days()[0]);
    });
  } else if (STEPS[event.key]) {
    if (held) over(beside(held.day ?? button.closest(".day") ?? days()[0], ...STEPS[event.key]));
    else focusNext(button, ...STEPS[event.key]);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** The day so many days on, or weeks. */
function beside(day, across, down) {
  const all = days();
  const width = day.closest(".week").children.length;
  return all[all.indexOf(day) + across + down * width] ?? day;
}

function focusNext(button, across, down) {
  const day = button.closest(".day");
  const own = [...(day?.querySelectorAll("button.visit") ?? [])];
  const number = own.indexOf(button);
  let next = down ? own[number + down] : undefined;
  for (let where = day, step = 0; !next && day && step < 40; step += 1) {
    const to = beside(where, across || down, 0);
    if (to === where) break;
    where = to;
    const there = [...where.querySelectorAll("button.visit")];
    next = across ? there[Math.min(number, there.length - 1)] : there.at(down > 0 ? 0 : -1);
  }
  if (!next) return;
  button.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
