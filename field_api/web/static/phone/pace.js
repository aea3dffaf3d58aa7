// Peak hours of a day, `[{from_s, to_s, percent}]` in order: within one, driving takes so many
// hundredths of the ordinary time. Between two changes the speed is the same.

const ALL = 100;

/** When a leg of so many ordinary seconds is driven. */
export function arrival(peaks, leave_s, leg_s) {
  let [at_s, left_s] = [leave_s, leg_s];
  for (const { from_s, to_s, percent } of stretches(peaks, leave_s)) {
    const whole_s = ((to_s - Math.max(at_s, from_s)) * ALL) / percent;
    if (whole_s >= left_s) return Math.ceil(Math.max(at_s, from_s) + (left_s * percent) / ALL);
    left_s -= whole_s;
    at_s = to_s;
  }
  return at_s;
}

/** The ordinary seconds of what was driven from one time to another. */
export function ordinary(peaks, from_s, to_s) {
  return stretches(peaks, from_s).reduce((sum, one) => {
    const seconds = Math.min(to_s, one.to_s) - Math.max(from_s, one.from_s);
    return sum + (Math.max(0, seconds) * ALL) / one.percent;
  }, 0);
}

/** All time after a moment, cut where the speed changes. */
function stretches(peaks, from_s) {
  const found = [];
  let at_s = from_s;
  for (const peak of peaks.filter((one) => one.to_s > from_s)) {
    if (peak.from_s > at_s) found.push({ from_s: at_s, to_s: peak.from_s, percent: ALL });
    found.push({ ...peak, from_s: Math.max(at_s, peak.from_s) });
    at_s = peak.to_s;
  }
  return [...found, { from_s: at_s, to_s: Infinity, percent: ALL }];
}
