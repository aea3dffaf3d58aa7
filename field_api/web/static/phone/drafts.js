// Visits begun: what was checked in and written so far survives a closed tab and an empty battery.

import { now } from "./clock.js";
import { newId } from "./ids.js";
import * as outbox from "./outbox.js";
import { ETAG, withReport } from "./reported.js";
import { tell } from "./signals.js";
import * as store from "./store.js";

const SAVE_AFTER_MS = 250;
const AGAIN_MS = 5000;

/** The draft of a visit at a customer on a day; undefined when none was begun. */
export async function find(customer, day) {
  const drafts = await store.all("drafts");
  return drafts.find((draft) => draft.customer.code === customer && draft.day === day);
}

/** All visits begun and not sent. */
export const open = () => store.all("drafts");

/** Begin a visit: its id is the report's for good. */
export async function begin(where) {
  const draft = blank(where);
  await store.put("drafts", draft);
  return draft;
}

/** A visit that begins now and is kept nowhere yet. */
export function blank({ stop, customer, day, route, place }) {
  return {
    id: newId(), day, customer, zone: route.timezone,
    people: stop?.key_people ?? [], trade: stop?.trade ?? "",
    body: {
      customer_code: customer.code,
      planned_visit_id: stop?.planned_visit_id ?? "",
      plan_id: route.plan_id,
      checked_in_at: now().toISOString(),
      position: place.position,
    },
    why_no_position: place.why,
    photos: [],
  };
}

let waiting = null;

/** Keep a draft soon; `keepNow` does what is still to be done. */
export function keepSoon(draft) {
  clearTimeout(waiting?.timer);
  waiting = { draft, timer: setTimeout(keepNow, SAVE_AFTER_MS) };
}

/** Keep at once what is not kept yet. */
export async function keepNow() {
  if (!waiting) return;
  const { draft, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  try {
    if (await store.get("drafts", draft.id)) await store.put("drafts", draft);
  } catch (error) {
    if (!(error instanceof store.Full)) throw error;
    waiting ??= { draft, timer: setTimeout(keepNow, AGAIN_MS) }; // there may be room by then
  }
}

/** Give up a visit begun, with its photos. */
export async function drop(draft) {
  waiting = null;
  for (const id of draft.photos) await store.remove("photos", id);
  await store.remove("drafts", draft.id);
}

/** Take a report that was not accepted back to be changed, with its photos. */
export async function reopen(letter) {
  const { checked_out_at: out, leaving_position: left, ...body } = letter.body;
  await store.together(["outbox", "drafts", "facts"], async (of) => {
    const photos = (await of("outbox").getAll())
      .filter((one) => one.after === letter.id && one.photo);
    const draft = { ...letter.draft, id: newId(), body,
      photos: photos.map((one) => one.photo) };
    await of("drafts").put(draft);
    for (const one of [letter, ...photos]) await of("outbox").delete(one.number);
    await of("facts").delete(ETAG); // the report still stands on its day here
  });
  tell("outbox");
}

/** Put a finished report into the outbox, its photos and then `others` behind it, and the draft
 * and the facts named `also` away: in one step. */
export async function finish(draft, leaving, others = [], also = []) {
  clearTimeout(waiting?.timer);
  waiting = null;
  const body = { ...draft.body, checked_out_at: now().toISOString(), leaving_position: leaving };
  const title = draft.customer.name;
  const { day, customer, zone, people, trade } = draft;
  const letters = [
    { id: draft.id, kind: "report", title, day, draft: { day, customer, zone, people, trade }, body,
      method: "PUT", path: `/visit-reports/${draft.id}` },
    ...draft.photos.map((photo) => ({
      id: photo, kind: "photo", title, method: "PUT", photo, after: draft.id,
      path: `/visit-reports/${draft.id}/attachments/${photo}`,
    })),
  ];
  const days = await store.get("days", draft.day);
  await outbox.add([...letters, ...others], ["drafts", "days", "facts"], async (of) => {
    await of("drafts").delete(draft.id);
    for (const name of also) await of("facts").delete(name);
    if (days) await of("days").put(withReport(days, letters[0]), draft.day);
  });
}
