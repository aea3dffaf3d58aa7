// Days and times in words. Days are "2026-11-30", times of day seconds after local midnight.

import { language, t } from "./texts.js";

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_MS = 24 * 3600 * 1000;
const KILOMETRE = 1000;

/** The day on which an instant falls in a zone. */
export function dayOf(instant, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(instant);
}

/** Seconds after local midnight of an instant in a zone. */
export function secondsOf(instant, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(instant);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  return part("hour") * HOUR_S + part("minute") * MINUTE_S + part("second");
}

/** A day some days later or earlier. */
export function plusDays(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export const daysBetween = (from, to) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** "Mon 30 Nov" or "11月30日 周一". */
export function dayInWords(day) {
  const date = new Date(`${day}T00:00:00Z`);
  const format = (options) =>
    new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { timeZone: "UTC", ...options });
  if (language === "zh") {
    return `${format({ month: "long", day: "numeric" }).format(date)} ${
      format({ weekday: "short" }).format(date)}`;
  }
  return format({ weekday: "short", day: "numeric", month: "short" }).format(date).replace(",", "");
}

/** "30 Nov 2026, 09:05" or "2026年11月30日 09:05" where the phone is. */
export const momentInWords = (at) =>
  new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB",
    { dateStyle: "medium", timeStyle: "short" }).format(at);

/** "09:05" of seconds after midnight. */
export function clockTime(seconds) {
  const two = (n) => String(n).padStart(2, "0");
  return `${two(Math.floor(seconds / HOUR_S))}:${two(Math.floor((seconds % HOUR_S) / MINUTE_S))}`;
}

/** "1 h 25 min" of seconds, in one line. */
export function duration(seconds) {
  const minutes = Math.round(seconds / MINUTE_S);
  const values = { h: Math.floor(minutes / 60), m: minutes % 60 };
  if (values.h === 0) return together(t("{m} min", values));
  return together(values.m === 0 ? t("{h} h", values) : t("{h} h {m} min", values));
}

/** A number and its unit, not parted at the end of a line. */
const together = (words) => words.replaceAll(" ", "\u00a0");

/** "840 m" or "6.1 km", in one line. */
export function distance(metres) {
  if (metres < KILOMETRE) return together(t("{n} m", { n: Math.round(metres / 10) * 10 }));
  const n = (metres / KILOMETRE).toFixed(metres < 10 * KILOMETRE ? 1 : 0);
  return together(t("{n} km", { n }));
}
