// What the page says, in the reader's language: English is the key, the catalogue has the rest.

const LANGUAGES = ["en", "zh"];
const COOKIE = "callcycle_language";
const YEAR_S = 365 * 24 * 3600;

let catalogue = {};
export let language = "en";

/** Read a page's catalogue in the language chosen before, else in the browser's. */
export async function begin(page = "phone") {
  const chosen = document.cookie.match(/(?:^|; )callcycle_language=(\w+)/)?.[1];
  const wanted = [chosen, ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  language = wanted.find((one) => LANGUAGES.includes(one)) ?? "en";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  catalogue = await (await fetch(new URL(`../texts/${page}-${language}.json`, import.meta.url))).json();
}

/** The text with its {placeholders} filled. */
export function t(text, values = {}) {
  const found = catalogue[text] ?? text;
  return found.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** A text only marked here, to be said later with `t`. */
export const mark = (text) => text;

/** Choose a language for good; the page begins anew. */
export function choose(wanted) {
  document.cookie = `${COOKIE}=${wanted}; path=/; max-age=${YEAR_S}; samesite=lax`;
  location.reload();
}
