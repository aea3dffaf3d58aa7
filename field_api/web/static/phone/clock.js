// What time it is. A phone's clock may be wrong, so the service's own is kept as a difference.

const KEY = "callcycle-clock";
const WORTH_TELLING_MS = 5 * 60 * 1000;

let aheadMs = Number(localStorage.getItem(KEY)) || 0;

/** Note the service's time, an ISO instant, as of now. */
export function heard(instant) {
  const theirs = Date.parse(instant);
  if (Number.isNaN(theirs)) return;
  aheadMs = theirs - Date.now();
  localStorage.setItem(KEY, String(aheadMs));
}

/** This instant by the service's clock. */
export const now = () => new Date(Date.now() + aheadMs);

/** Whether the phone's own clock is so far off that people should know. */
export const isOff = () => Math.abs(aheadMs) > WORTH_TELLING_MS;
