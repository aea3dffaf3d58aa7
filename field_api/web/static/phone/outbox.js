// What waits to be sent, in the order in which it was made. Each thing bears an id of its own, so
// the service knows it again: it may be sent any number of times and counts once.

import { Away, call, LoggedOut, Refused } from "./api.js";
import { ETAG } from "./reported.js";
import { now } from "./clock.js";
import * as store from "./store.js";
import { tell } from "./signals.js";
import { leaveAlone, restLeft, troubleOf } from "./troubles.js";

const LOCK = "callcycle-outbox";

/** Add things to send, together with other writes, in one step: `writes(stores)` may put more. */
export async function add(letters, also = [], writes = async () => undefined) {
  await store.together(["outbox", ...also], async (of) => {
    for (const letter of letters) {
      await of("outbox").add({ made_at: now().getTime(), state: "waiting", ...letter });
    }
    await writes(of);
  });
  tell("outbox");
  void send();
}

/** Everything that waits or was refused. */
export const letters = () => store.all("outbox");

/** Send what waits, one after the other; only one tab does at a time. Resolves to what stopped it:
 * "sent", "away", "busy", "fault", "logged out", or "elsewhere" while another tab sends. */
export async function send() {
  const work = async (lock) => {
    if (lock === null) return "elsewhere";
    if (restLeft() > 0) return "busy";
    tell("outbox");
    const result = await sendAll();
    tell("outbox");
    if (result !== "sent") tell(result);
    return result;
  };
  if (!navigator.locks) return work(true);
  return navigator.locks.request(LOCK, { ifAvailable: true }, work);
}

async function sendAll() {
  const held = new Set(); // ids whose first letter was refused: what refers to them waits
  let how = "sent";
  for (let last = 0; ;) {
    const letter = (await letters()).find((one) => one.number > last);
    if (!letter) return how;
    last = letter.number;
    if (letter.state === "refused" || held.has(letter.after)) {
      held.add(letter.id);
      continue;
    }
    try {
      await deliver(letter);
    } catch (error) {
      if (error instanceof Away) {
        how = troubleOf(error);
        leaveAlone(error);
        // what the service stumbles over, or a day that it cannot plan, holds no report back
        if (how !== "fault" && letter.kind !== "change") return how;
        held.add(letter.id);
        if (how === "fault") await store.put("outbox", { ...letter, trouble: error.message });
        if (restLeft() > 0) return how;
        continue;
      }
      if (error instanceof LoggedOut) return "logged out";
      if (!(error instanceof Refused)) throw error;
      held.add(letter.id);
      const { code, preview } = error.problem;
      const why = { status: error.status, code, detail: error.message, preview };
      await store.put("outbox", { ...letter, state: "refused", why });
    }
    tell("outbox");
  }
}

async function deliver(letter) {
  const photo = letter.photo ? await store.get("photos", letter.photo) : null;
  const gone = letter.photo && !photo; // sent before, by a tab that was closed in between
  const body = photo ? photo.small ?? photo.original : letter.body;
  if (!gone) await call(letter.method, letter.path, body);
  await store.together(["outbox", "photos"], async (of) => {
    await of("outbox").delete(letter.number);
    if (letter.photo) await of("photos").delete(letter.photo);
  });
}

/** Wait until what can be sent is sent. */
export async function settled() {
  if (await send() !== "elsewhere") return;
  await navigator.locks?.request(LOCK, () => undefined);
  await send(); // what came in while another was sending
}

/** Put another in the place of a refused letter. */
export async function revise(number, letter) {
  await store.put("outbox", { made_at: now().getTime(), state: "waiting", ...letter, number });
  tell("outbox");
  void send();
}

/** Let a refused letter be tried again. */
export async function retry(number) {
  const letter = await store.get("outbox", number);
  if (letter) await store.put("outbox", { ...letter, state: "waiting", why: undefined });
  tell("outbox");
  return send();
}

/** Throw a refused letter away, with the photos that belong to it. */
export async function discard(number) {
  const gone = await store.get("outbox", number);
  const others = (await letters()).filter((one) => one.after && one.after === gone?.id);
  for (const letter of [gone, ...others]) {
    if (!letter) continue;
    await store.remove("outbox", letter.number);
    if (letter.photo) await store.remove("photos", letter.photo);
  }
  await store.remove("facts", ETAG); // its report still stands on its day here
  tell("outbox");
}
