// What was reported on this phone stands on its day at once, before the service knows it.

/** The fact under which the days' version lies: without it they are pulled anew. */
export const ETAG = "days etag";
const VALID = new Set(["met", "order_taken"]);

/** A day with the report of a letter that waits, where it belongs to a stop of that day. */
export function withReport(day, letter) {
  const { body } = letter;
  if (letter.day !== day.date) return day;
  const report = {
    id: letter.id, customer_code: body.customer_code, visited_on: letter.day,
    outcome: body.outcome, valid_visit: VALID.has(body.outcome),
  };
  return {
    ...day,
    stops: day.stops.map((stop) => {
      const here = stop.customer.code === body.customer_code;
      const known = stop.reports.some((one) => one.id === letter.id);
      return here && !known ? { ...stop, reports: [...stop.reports, report] } : stop;
    }),
  };
}
