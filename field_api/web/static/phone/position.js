// Where the phone stands, asked for once. Nothing follows it.

const PATIENCE_MS = 8000;
const AT_ONCE_MS = 3000; // somebody waits for the rest of the day
const ROUGH_DECIMALS = 3; // of a degree: about a hundred metres
const FAR_OFF_M = 50_000; // from every stop of the day: no place to plan its rest from
const EARTH_M = 6_371_000;
const DECIMALS = 6;

/** `{position, why}`: a position, or null with the reason "refused", "unknown" or "insecure". */
export function whereNow(patience_ms = PATIENCE_MS) {
  if (!globalThis.isSecureContext || !navigator.geolocation) {
    return Promise.resolve({ position: null, why: "insecure" });
  }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({
        position: {
          lat: round(coords.latitude), lon: round(coords.longitude),
          accuracy_m: Math.min(100_000, Math.round(coords.accuracy)),
        },
        why: "",
      }),
      (error) => resolve({ position: null, why: error.code === 1 ? "refused" : "unknown" }),
      { enableHighAccuracy: true, timeout: patience_ms, maximumAge: 60_000 },
    );
  });
}

/** The same, without a long wait. */
export const whereAtOnce = () => whereNow(AT_ONCE_MS);

/** About where a position is, `{lat, lon}`, no finer than a day is planned from; null: there is
 * none, or it is nowhere near the places of the day. */
export function roughly(position, places) {
  if (!position || places.every((place) => metresBetween(position, place) > FAR_OFF_M)) return null;
  const [lat, lon] = [position.lat, position.lon].map((one) => Number(one.toFixed(ROUGH_DECIMALS)));
  return { lat, lon };
}

/** Metres between two places, as the crow flies. */
export function metresBetween(a, b) {
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const h = Math.sin(rad(b.lat - a.lat) / 2) ** 2
    + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

const round = (degrees) => Number(degrees.toFixed(DECIMALS));
