// Handing a place over to the map application of the phone.

import { language, mark } from "./texts.js";

const KEY = "callcycle-map-app";

export const APPS = {
  amap: mark("AMap"), baidu: mark("Baidu Maps"), google: mark("Google Maps"),
  apple: mark("Apple Maps"), geo: mark("What the phone opens"),
};

/** The application chosen, else the likeliest. */
export function app() {
  const chosen = localStorage.getItem(KEY);
  if (chosen in APPS) return chosen;
  if (/iPhone|iPad|Macintosh/.test(navigator.userAgent)) return "apple";
  if (language === "zh") return "amap";
  return /Android/.test(navigator.userAgent) ? "geo" : "google";
}

/** Choose one for good. */
export const choose = (name) => localStorage.setItem(KEY, name);
