// Pieces that several views show.

import { el, icon } from "./dom.js";
import { app } from "./places.js";
import { t } from "./texts.js";

/** A grade by colour and letter. */
export const grade = (letter) =>
  el("span", { class: `grade grade-${letter ?? "none"}`,
    "aria-label": letter ? t("grade {letter}", { letter }) : t("not graded"), role: "img" },
  letter ?? "–");

/** The way back, and what this page is. */
export const heading = (title, back = "#/") =>
  el("header", { class: "heading" },
    el("a", { href: back, class: "back", "aria-label": t("Back") }, icon("back")),
    el("h1", { tabindex: -1 }, title));

/** What stands where there is nothing. */
export const empty = (words, ...more) => el("div", { class: "empty" }, el("p", {}, words), more);

/** The button that opens the phone's map application. */
export const navigate = (links, kind = "") =>
  el("a", { class: `button ${kind}`, href: links[app()], target: "_blank", rel: "noreferrer" },
    icon("go"), t("Navigate"));

/** A short word in a pill; `tone` is "act" for what cannot wait, "note", or nothing. */
export const pill = (words, tone = "") => el("span", { class: `pill ${tone}` }, words);

/** A titled part of a page; nothing when it holds nothing. */
export const part = (title, ...children) => {
  const there = children.flat(Infinity).filter(Boolean);
  return there.length === 0 ? null : el("section", { class: "part" }, el("h2", {}, title), there);
};

/** The address of a card in one line. */
export const address = (card) => [card.street, card.city].filter(Boolean).join(", ");
