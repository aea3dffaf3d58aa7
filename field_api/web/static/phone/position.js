// Where the phone stands, asked for once. Nothing follows it.

const PATIENCE_MS = 8000;
const EARTH_M = 6_371_000;
const DECIMALS = 6;

/** `{position, why}`: a position, or null with the reason "refused", "unknown" or "insecure". */
export function whereNow() {
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
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  });
}

/** Metres between two places, as the crow flies. */
export function metresBetween(a, b) {
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const h = Math.sin(rad(b.lat - a.lat) / 2) ** 2
    + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

const round = (degrees) => Number(degrees.toFixed(DECIMALS));
