// What lies on the phone: the days pulled, what is half written, and what waits to be sent.

import { deleteDB, openDB } from "../vendor/idb/index.js";
import { tell } from "./signals.js";

/** The phone has no room for what should be kept; nothing was changed. */
export class Full extends Error {}

const NAME = "callcycle";
const VERSION = 1;

let opened = null;

function database() {
  opened ??= openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore("facts"); // by name: whose phone this is, when it was last in touch
      db.createObjectStore("days"); // by day
      db.createObjectStore("lists"); // by name: promises, requests, figures, forms, plans
      db.createObjectStore("drafts", { keyPath: "id" });
      db.createObjectStore("outbox", { keyPath: "number", autoIncrement: true });
      db.createObjectStore("photos", { keyPath: "id" });
    },
    blocking() { // another tab forgets everything: let it
      opened?.then((db) => db.close());
      opened = null;
    },
  });
  return opened;
}

export const get = async (store, key) => (await database()).get(store, key);
export const all = async (store) => (await database()).getAll(store);
export const keys = async (store) => (await database()).getAllKeys(store);
export const count = async (store) => (await database()).count(store);
export const remove = async (store, key) => (await database()).delete(store, key);

/** Keep a value: under a key, or under its own. Resolved once it is on the disk. */
export async function put(store, value, key) {
  try {
    return await (await database()).put(store, value, key);
  } catch (error) {
    throw orFull(error);
  }
}

/** Several writes as one: all of them, or none. `work` gets a function of a store's name. */
export async function together(stores, work) {
  const transaction = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  const done = transaction.done.then(() => null, (error) => error);
  try {
    const result = await work((name) => transaction.objectStore(name));
    const failed = await done;
    if (failed) throw failed;
    return result;
  } catch (error) {
    try { transaction.abort(); } catch { /* it has ended by itself */ }
    const failed = await done;
    throw orFull(isFull(failed) ? failed : error);
  }
}

const isFull = (error) => error?.name === "QuotaExceededError";

function orFull(error) {
  if (!isFull(error)) return error;
  tell("full");
  return new Full();
}

/** Forget everything. */
export async function forget() {
  (await opened)?.close();
  opened = null;
  await deleteDB(NAME);
}

/** Ask the browser not to throw this away when space is short; true when it agrees. */
export const keepForGood = async () => (await navigator.storage?.persist?.()) ?? false;
