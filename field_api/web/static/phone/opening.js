// Opening hours in the commonest ways of writing them: "Mo-Fr 08:00-12:00,14:00-18:00; Sa off".

const DAYS = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
const DAY_S = 24 * 3600;
const RULE = /^(?:((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)\s+)?(off|closed|24\/7|\d.*)$/;
const SPAN = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;

/** When a customer is open on a day, `[[from_s, to_s], …]` in order; null: it is not written in a
 * way that is understood here, so nothing is known. */
export function openOn(hours, day) {
  if (!hours.trim()) return null;
  const today = new Date(`${day}T00:00:00Z`).getUTCDay();
  let found = [];
  for (const rule of hours.split(";").map((one) => one.trim()).filter(Boolean)) {
    const [, days, times] = rule.match(RULE) ?? [];
    if (!times) return null;
    const spans = spansOf(times);
    if (!spans) return null;
    if (!days || days.split(",").some((one) => covers(one, today))) found = spans;
  }
  return found;
}

function covers(days, today) {
  const [first, last] = days.split("-").map((name) => DAYS.indexOf(name));
  if (last === undefined) return first === today;
  return first <= last ? first <= today && today <= last : today >= first || today <= last;
}

function spansOf(times) {
  if (times === "off" || times === "closed") return [];
  if (times === "24/7") return [[0, DAY_S]];
  const spans = times.split(",").map((span) => {
    const [, h, m, h2, m2] = span.trim().match(SPAN) ?? [];
    if (h === undefined) return null;
    const [from, to] = [secondsOf(h, m), secondsOf(h2, m2)];
    return [from, to <= from ? DAY_S : to];
  });
  return spans.includes(null) ? null : spans.sort((a, b) => a[0] - b[0]);
}

const secondsOf = (hours, minutes) => (Number(hours) * 60 + Number(minutes)) * 60;
