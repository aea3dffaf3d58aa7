// Ids that the phone makes up. `crypto.randomUUID` is there over HTTPS only; this is everywhere.

const BYTES = 16;
const VERSION_4 = 0x40;
const VARIANT = 0x80;

/** A random UUID. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  bytes[6] = (bytes[6] & 0x0f) | VERSION_4;
  bytes[8] = (bytes[8] & 0x3f) | VARIANT;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
