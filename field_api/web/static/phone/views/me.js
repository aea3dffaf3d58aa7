// The rep, the phone and its settings.

import { Away, Busy, call, Refused } from "../api.js";
import { isOff } from "../clock.js";
import { el, fill } from "../dom.js";
import { choice } from "../fields.js";
import * as outbox from "../outbox.js";
import { part } from "../parts.js";
import * as places from "../places.js";
import { logOut, owner } from "../session.js";
import { tellOthers } from "../signals.js";
import * as store from "../store.js";
import { choose, language, t } from "../texts.js";
import { again } from "../troubles.js";
import { momentInWords } from "../times.js";

export const live = ["lists"];
const LANGUAGES = { en: "English", zh: "中文" };

export async function show() {
  const [me, letters, pulledAt] = await Promise.all(
    [owner(), outbox.letters(), store.get("facts", "pulled_at")]);
  const unread = ((await store.get("lists", "messages")) ?? []).filter((one) => !one.read_at).length;
  const persisted = (await navigator.storage?.persisted?.()) ?? false;
  const title = me.name;
  return {
    title,
    page: [
      el("header", { class: "day" }, el("h1", { tabindex: -1 }, title)),
      el("p", { class: "summary" }, me.rep_code, " · ", me.timezone),
      el("a", { class: "button wide", href: "#/outbox" },
        t("{n} waiting to be sent", { n: letters.length })),
      el("div", { class: "buttons" },
        el("a", { class: "button", href: "#/figures" }, t("My figures")),
        el("a", { class: "button", href: "#/messages" }, unread > 0
          ? t("Messages: {n} new", { n: unread }) : t("Messages"))),
      part(t("On this phone"),
        pulledAt ? el("p", {}, t("Last in touch: {time}",
          { time: momentInWords(new Date(pulledAt)) })) : null,
        persisted ? null : el("p", { class: "muted" },
          t("The browser may clear this page's data when space is short: put the page on the home screen.")),
        isOff() ? el("p", { class: "told" },
          t("The phone's clock is not the service's. Reports bear the service's time.")) : null,
        globalThis.isSecureContext ? null : el("p", { class: "error" },
          t("Without HTTPS this page has no offline mode and no position. Ask for the secure address."))),
      choice({ name: "language", title: t("Language"), codes: Object.keys(LANGUAGES),
        words: (code) => LANGUAGES[code], value: language, pick: choose }),
      choice({ name: "app", title: t("Navigate with"), codes: Object.keys(places.APPS),
        words: (code) => t(places.APPS[code]), value: places.app(), pick: places.choose }),
      feed(),
      leaving(),
    ],
  };
}

function feed() {
  const said = el("p", { role: "status" });
  return part(t("Calendar"),
    el("p", { class: "muted" }, t("Your route in the phone's calendar. Whoever has the address sees it.")),
    el("button", { type: "button", class: "button wide",
      onclick: async () => {
        try {
          const { body } = await call("POST", "/my/calendar-feed");
          const address = body.url.replace(/^https?:/, "webcal:");
          fill(said, el("a", { href: address }, t("Subscribe")), " ", el("code", {}, body.url));
        } catch (error) {
          if (!(error instanceof Away) && !(error instanceof Refused)) throw error;
          said.textContent = error instanceof Refused ? error.message : again(error);
        }
      } }, t("Make a new address")),
    said);
}

function leaving() {
  const said = el("p", { class: "error", role: "alert" });
  return part(t("Log out"),
    el("p", { class: "muted" }, t("Everything of yours is taken off this phone.")),
    el("button", { type: "button", class: "button wide",
      onclick: async () => {
        const only = (await store.count("outbox")) + (await store.count("drafts"));
        if (only > 0) {
          const words = t("{n} things are only on this phone. Log out and lose them?", { n: only });
          if (!confirm(words)) return;
        }
        try {
          await logOut();
          tellOthers("forgotten");
          location.replace("/my-day");
        } catch (error) {
          if (!(error instanceof Away)) throw error;
          said.textContent = error instanceof Busy ? again(error)
            : t("Logging out needs the network, so that the login ends everywhere.");
        }
      } }, t("Log out")),
    said);
}
