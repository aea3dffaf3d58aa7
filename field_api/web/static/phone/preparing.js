// By what a trade's visits are prepared and reported, and what of it is ticked off on this phone.

import * as store from "./store.js";
import { language } from "./texts.js";

const ANY = "any"; // trades without a form of their own
export const TICKS = "ticks of ";

/** The form of a trade, `{checklist, fields}`; both empty until it is pulled. */
export async function formOf(trade) {
  const forms = (await store.get("lists", "forms")) ?? [];
  const found = forms.find((form) => form.trade === trade)
    ?? forms.find((form) => form.trade === ANY);
  return found ?? { checklist: [], fields: [] };
}

/** A label in the reader's language. */
export const said = (label) => label[language] ?? label.en;

/** What to have or to know before a visit of this purpose. */
export const linesFor = (form, purpose) => form.checklist.filter(
  ({ purposes }) => purposes.length === 0 || purposes.includes(purpose));

const keyOf = (day, code) => `${TICKS}${day} at ${code}`;

/** The codes of the lines that are ticked off for a customer on a day. */
export const ticked = async (day, code) => (await store.get("facts", keyOf(day, code))) ?? [];

/** Tick a line off, or not. */
export async function tick(day, code, line, done) {
  const others = (await ticked(day, code)).filter((one) => one !== line);
  await store.put("facts", done ? [...others, line] : others, keyOf(day, code));
}
