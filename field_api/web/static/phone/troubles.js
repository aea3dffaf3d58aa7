// Why the service was not reached, told apart: no network, a service that is busy, or one with a
// fault. In all three nothing is lost, and the same is sent again by itself.

import { Busy } from "./api.js";
import { mark, t } from "./texts.js";

const KEY = "callcycle-rest-until"; // for every tab
const MOST_MS = 3600 * 1000;
const TROUBLES = new Set(["away", "busy", "fault"]);
const SHORT = {
  away: mark("No network"),
  busy: mark("The service is busy; it is tried again by itself"),
  fault: mark("The service has a fault; it is tried again by itself"),
};
const AGAIN = {
  away: mark("No network just now. Try again where there is some."),
  busy: mark("The service is busy. Try again in a moment."),
  fault: mark("The service has a fault just now. Try again later."),
};
const KEPT = {
  away: mark("No network just now. Nothing is lost."),
  busy: mark("The service is busy. Nothing is lost, it is sent again by itself."),
  fault: mark("The service has a fault just now. Nothing is lost, it is sent again by itself."),
};

/** "away", "busy" or "fault" of an error `Away`. */
export const troubleOf = (error) => (!(error instanceof Busy) ? "away"
  : error.fault ? "fault" : "busy");

export const isTrouble = (what) => TROUBLES.has(what);

/** For the line on top; what to do when something was asked for; what becomes of what waits. */
export const short = (trouble) => t(SHORT[trouble]);
export const again = (error) => t(AGAIN[troubleOf(error)]);
export const kept = (trouble) => t(KEPT[trouble]);

/** The service asks to be left alone for a while: what runs by itself keeps to it. */
export function leaveAlone(error) {
  const wait_ms = Math.min(MOST_MS, (error.after_s ?? 0) * 1000);
  if (wait_ms > 0) localStorage.setItem(KEY, String(Date.now() + wait_ms));
}

/** Milliseconds until the service may be asked again; 0: at once. */
export function restLeft() {
  const left_ms = (Number(localStorage.getItem(KEY)) || 0) - Date.now();
  return left_ms > 0 && left_ms <= MOST_MS ? left_ms : 0;
}
