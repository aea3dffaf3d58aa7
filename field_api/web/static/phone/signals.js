// One part of the page, or another tab, tells that something changed.

const listeners = new Set();
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("callcycle") : null;
if (channel) channel.onmessage = ({ data }) => listeners.forEach((hear) => hear(data));

/** Say what changed: "outbox", "days", "lists", "forgotten"; what stops
 * the outbox: "away", "busy", "fault", "logged out"; or that the phone has no room: "full". */
export function tell(what) {
  listeners.forEach((hear) => hear(what));
  channel?.postMessage(what);
}

/** Say it to the other tabs only. */
export const tellOthers = (what) => channel?.postMessage(what);

/** Hear what changed, here and in other tabs. */
export function hear(listener) {
  listeners.add(listener);
}
