// What waits on the phone, and what the service did not accept.

import { el } from "../dom.js";
import * as drafts from "../drafts.js";
import * as outbox from "../outbox.js";
import { empty, heading } from "../parts.js";
import { kept } from "../troubles.js";
import { mark, t } from "../texts.js";
import { momentInWords } from "../times.js";

export const live = ["outbox"];
const KINDS = {
  report: mark("Visit report"), photo: mark("Photo"), promise: mark("Promise"),
  kept: mark("Promise kept"), correction: mark("Correction"),
  mended: mark("Report corrected"),
  change: mark("The day changes"),
  plan: mark("Word on a plan"),
};

export async function show() {
  const letters = await outbox.letters();
  const title = t("Waiting to be sent");
  const said = el("p", { role: "status" });
  return {
    title,
    page: [
      heading(title, "#/me"),
      letters.length === 0 ? empty(t("Nothing waits. Everything is with the service.")) : [
        el("p", {}, t("All of it is kept on this phone and sent as soon as there is a network.")),
        el("button", { type: "button", class: "button main wide", onclick: () => sendNow(said) },
          t("Send now")),
        said,
        el("ul", { class: "letters" }, letters.map(line)),
      ],
    ],
  };
}

async function sendNow(said) {
  const words = {
    sent: t("Everything is sent."), "logged out": t("Log in again first."),
    elsewhere: t("It is being sent."),
  };
  const how = await outbox.send();
  said.textContent = words[how] ?? kept(how);
}

function line(letter) {
  const made = new Date(letter.made_at);
  return el("li", { class: letter.state },
    el("b", {}, t(KINDS[letter.kind])), " ", letter.title,
    el("small", {}, momentInWords(made)),
    letter.trouble && letter.state === "waiting" ? el("p", {},
      t("The service could not take it so far: {reason}", { reason: letter.trouble })) : null,
    letter.state === "refused" ? [
      el("p", { class: "error" }, letter.why.detail),
      letter.why.preview ? el("a", { class: "button main wide",
        href: `#/rest/${letter.day}/${letter.number}` }, t("Look at it again")) : null,
      letter.draft ? el("button", { type: "button", class: "button main wide",
        onclick: () => reopen(letter) }, t("Change it")) : null,
      el("div", { class: "buttons" },
        el("button", { type: "button", class: "button",
          onclick: () => void outbox.retry(letter.number) },
        t("Send again")),
        el("button", { type: "button", class: "button act", onclick: () => discard(letter) },
          t("Throw away"))),
    ] : null);
}

async function reopen(letter) {
  await drafts.reopen(letter);
  location.hash = `#/report/${letter.day}/${encodeURIComponent(letter.body.customer_code)}`;
}

async function discard(letter) {
  const words = t("Throw away “{what}” at {title}? It is nowhere else.",
    { what: t(KINDS[letter.kind]), title: letter.title });
  if (!confirm(words)) return;
  await outbox.discard(letter.number);
}
