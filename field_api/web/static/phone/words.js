// Codes in words.

import { mark, t } from "./texts.js";

export const OUTCOMES = {
  order_taken: mark("Order taken"),
  met: mark("Met"),
  not_met: mark("Nobody met"),
  closed: mark("Closed"),
};

/** Outcomes of visits at which nobody could be asked. */
export const ABSENT = new Set(["not_met", "closed"]);

/** Whether somebody was there on a stop's day, and nobody was met. */
export const isMissed = ({ reports }) => reports.length > 0
  && reports.every((one) => ABSENT.has(one.outcome));

/** Whether the word on a plan waits here to be sent. */
export const isAnswered = (plan, letters) => letters.some((one) => one.approval === plan.id
  && one.state === "waiting" && one.body.kind !== "comment");

export const SAYS = {
  decides: mark("Decides"),
  influences: mark("Influences"),
  uses: mark("Uses it"),
  none: mark("Has no say"),
  unknown: mark("Not known"),
};

const PURPOSES = {
  key_care: mark("Key care"),
  order: mark("Order and display"),
  routine: mark("Routine visit"),
  check_up: mark("Check-up"),
  appointment: mark("Appointment"),
  promise: mark("Promise"),
  urgent: mark("Urgent"),
};

const STANDINGS = {
  open: mark("open"),
  due_soon: mark("due soon"),
  late: mark("late"),
  kept: mark("kept"),
  withdrawn: mark("withdrawn"),
};

const CHANGES = {
  new: mark("new"), moved_here: mark("moved here"), moved_away: mark("moved away"),
  dropped: mark("dropped"),
};

const said = (words, code) => (code in words ? t(words[code]) : code);
export const outcome = (code) => said(OUTCOMES, code);
export const say = (code) => said(SAYS, code);
export const changed = (code) => said(CHANGES, code);
export const purpose = (code) => said(PURPOSES, code);
export const standing = (code) => said(STANDINGS, code);
