// The rep's page: begins, shows the view that the address names, and keeps in touch.

import { Away, LoggedOut } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { keepNow } from "./drafts.js";
import * as outbox from "./outbox.js";
import { pull } from "./pull.js";
import { owner, resume } from "./session.js";
import { hear } from "./signals.js";
import * as store from "./store.js";
import { begin as readTexts, mark, t } from "./texts.js";
import { isTrouble, leaveAlone, restLeft, short, troubleOf } from "./troubles.js";
import * as login from "./views/login.js";
import * as views from "./views/all.js";

const AGAIN_MS = 60_000;
const TABS = [
  ["today", "#/", mark("Today")],
  ["week", "#/week", mark("Week")],
  ["promise", "#/follow-ups", mark("Follow-ups")],
  ["me", "#/me", mark("Me")],
];
const page = document.querySelector("#page");
const state = document.querySelector("#state");
const tabs = document.querySelector("#tabs");
let full = false; // the phone has no room
let unread = 0; // messages
let trouble = ""; // "away", "busy", "fault" or "logged out"
let later; // when the service asked to be left alone until then
let leave = () => undefined; // what the view shown wants done before another takes its place

async function start() {
  await readTexts();
  void work();
  addEventListener("hashchange", () => void show());
  addEventListener("online", () => void keepInTouch());
  addEventListener("offline", () => { trouble = "away"; void showState(); });
  addEventListener("pagehide", () => void keepNow());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void keepNow();
    else void keepInTouch();
  });
  hear((what) => {
    if (isTrouble(what) || what === "logged out") trouble = what;
    if (isTrouble(what)) tryLater();
    if (what === "full") full = true;
    void showState();
    if (what === "forgotten") location.reload();
    void refresh(what);
  });
  drawTabs();
  if (await owner()) await show();
  await keepInTouch();
  // a login made in another tab is taken up by keeping in touch: nothing was shown before it
  if (!page.dataset.view && (await owner())) await show();
  setInterval(() => void keepInTouch(), AGAIN_MS);
  void store.keepForGood();
}

/** Let the browser keep the page itself. */
async function work() {
  try {
    await navigator.serviceWorker?.register("/service-worker.js");
  } catch { /* without TLS there is none: the page under Me says what will not work */ }
}

/** Log in again, send what waits, pull what is new. */
async function keepInTouch() {
  if (restLeft() > 0) { trouble = "busy"; tryLater(); await showState(); return; }
  try {
    const me = await resume();
    if (me.role && me.role !== "rep") { location.replace("/login"); return; }
    trouble = "";
    const sent = await outbox.send();
    if (sent === "logged out") throw new LoggedOut();
    if (isTrouble(sent)) trouble = sent;
    if (isTrouble(sent) && sent !== "fault") { await showState(); return; }
    full = false;
    await pull();
  } catch (error) {
    if (error instanceof LoggedOut) await loggedOut();
    else if (error instanceof Away) {
      trouble = troubleOf(error);
      leaveAlone(error);
      tryLater();
    }
    else if (error instanceof store.Full) full = true;
    else { trouble = "away"; await showState(); throw error; }
  }
  await showState();
}

/** Once more as soon as the service may be asked; without such a time the minute does. */
function tryLater() {
  clearTimeout(later);
  if (restLeft() > 0) later = setTimeout(() => void keepInTouch(), restLeft());
}

async function loggedOut() {
  const known = await owner();
  if (!known) { fill(page, await login.view(null, afterLogin)); return; }
  trouble = "logged out";
  if (document.querySelector("dialog[open]")) return;
  await login.ask(known, afterLogin);
}

async function afterLogin() {
  trouble = "";
  await show();
  await keepInTouch();
}

/** Show the view that the address names. */
async function show() {
  await leave();
  leave = () => undefined;
  const [, name = "", ...rest] = location.hash.split("/").map(decodeURIComponent);
  const view = views.named(name) ?? views.named("");
  const shown = await view.show(...rest);
  leave = shown.leave ?? leave;
  fill(page, shown.page);
  page.dataset.view = name || "today";
  document.title = shown.title ? `${shown.title} · Callcycle` : "Callcycle";
  drawTabs();
  scrollTo(0, 0);
  page.querySelector("[autofocus], h1")?.focus({ preventScroll: true });
}

/** Show again what shows what changed. */
async function refresh(what) {
  const name = location.hash.split("/")[1] ?? "";
  if (views.named(name)?.live?.includes(what) && (await owner())) {
    const shown = await views.named(name).show(...location.hash.split("/").slice(2)
      .map(decodeURIComponent));
    if ((location.hash.split("/")[1] ?? "") !== name) return;
    const at = page.dataset.view === (name || "today") ? scrollY : 0; // else it is another's place
    fill(page, shown.page);
    scrollTo(0, at);
  }
}

/** The line on top: what waits, and whether there is a network. */
async function showState() {
  const letters = await outbox.letters();
  const again = letters.filter((letter) => letter.why?.preview);
  const refused = letters.filter((letter) => letter.state === "refused").length - again.length;
  const waiting = letters.length - refused - again.length;
  const parts = [];
  if (isTrouble(trouble) || !navigator.onLine) {
    parts.push(el("span", {}, short(navigator.onLine ? trouble : "away")));
  }
  if (trouble === "logged out") {
    parts.push(el("button", { type: "button", onclick: () => void loggedOut() }, t("Log in again")));
  }
  if (full) {
    parts.push(el("span", { class: "act" }, t("No room on this phone: nothing new is kept. Free some space.")));
  }
  if (waiting) parts.push(el("a", { href: "#/outbox" }, t("{n} waiting to be sent", { n: waiting })));
  if (again.length > 0) {
    parts.push(el("a", { href: `#/rest/${again[0].day}/${again[0].number}` },
      t("Look at the rest of the day again")));
  }
  if (refused) {
    parts.push(el("a", { href: "#/outbox", class: "act" }, t("{n} not accepted", { n: refused })));
  }
  unread = ((await store.get("lists", "messages")) ?? []).filter((one) => !one.read_at).length;
  drawTabs();
  fill(state, parts);
  state.hidden = parts.length === 0;
}

function drawTabs() {
  const here = location.hash.split("/")[1] ?? "";
  fill(tabs, TABS.map(([name, href, words]) => el("a", {
    href, "aria-current": href.slice(2) === here ? "page" : null,
  }, icon(name), t(words), name === "me" && unread > 0 ? el("span", { class: "count",
    "aria-label": t("{n} new messages", { n: unread }) , role: "img" }, unread) : null)));
}

void start();
