// Short texts over a page: what was done, and what could not be.

import { t } from "../phone/texts.js";

const KEPT = "callcycle-notice";
const SHOWN_MS = 6000;

function shown(where, text, kind) {
  const notice = document.createElement("div");
  notice.className = `notice ${kind}`;
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", t("Close"));
  close.addEventListener("click", () => notice.remove());
  notice.append(words, close);
  document.querySelector(where).append(notice);
  return notice;
}

/** Say that something was done; it goes by itself. */
export function say(text) {
  const notice = shown("#notices", text, "");
  setTimeout(() => notice.remove(), SHOWN_MS);
}

/** Say that something failed; it stays until it is closed. */
export function alarm(text) {
  calm();
  shown("#alerts", text, "error");
}

/** What failed before has been done since. */
export function calm() {
  document.querySelector("#alerts").replaceChildren();
}

/** Keep a text until the next page stands. */
export function keepForNextPage(text) {
  sessionStorage.setItem(KEPT, text);
}

/** Say what the page before kept. */
export function sayKept() {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (text) say(text);
}
