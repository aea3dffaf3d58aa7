// Whose phone this is.

import { Away, call, LoggedOut, Refused, vouch } from "./api.js";
import { heard } from "./clock.js";
import { endPulling, pullAgain } from "./pull.js";
import { tellOthers } from "./signals.js";
import * as store from "./store.js";

/** Another rep's reports wait on this phone, sent from nowhere else: finished, or begun. */
export class OthersWait extends Error {
  constructor(name, waiting) {
    super(name);
    this.name = name;
    this.waiting = waiting;
  }
}

/** The rep whose days lie here, `{username, name, rep_code, timezone}`; undefined: nobody's. */
export const owner = () => store.get("facts", "owner");

/** Take up the login that the browser has. Rejects with `LoggedOut` when it has none. */
export async function resume() {
  const { body } = await call("GET", "/auth/page-session");
  return adopt(body);
}

/** Log in. Rejects with `Refused` for a wrong password, and with `OthersWait`. */
export async function logIn(username, password) {
  const { body } = await call("POST", "/auth/page-session", { username, password });
  return adopt(body);
}

async function adopt(login) {
  const before = await owner();
  if (before && before.username !== login.username) {
    const waiting = (await store.count("outbox")) + (await store.count("drafts"));
    vouch(login.csrf_token);
    if (waiting > 0) {
      await call("DELETE", "/auth/page-session").catch(() => undefined);
      throw new OthersWait(before.name, waiting);
    }
    await forgetAll();
    tellOthers("forgotten"); // another tab may still show the former rep's day
  }
  vouch(login.csrf_token);
  const { body: me } = await call("GET", "/me");
  heard(me.now);
  if (me.role !== "rep") return { role: me.role };
  await store.put("facts", me, "owner");
  return me;
}

/** End the login and forget everything that lies on the phone. */
export async function logOut() {
  await endPulling();
  try {
    await call("DELETE", "/auth/page-session");
  } catch (error) {
    if (error instanceof Away) pullAgain();
    if (!(error instanceof LoggedOut) && !(error instanceof Refused)) throw error;
  }
  await forgetAll();
}

/** Everything of the rep's is gone from the phone: data, half-written reports, maps. */
export async function forgetAll() {
  await store.forget();
  for (const name of await (globalThis.caches?.keys() ?? [])) {
    if (name.startsWith("callcycle-maps")) await caches.delete(name);
  }
}
