// What each day says to a visit, asked once a visit and kept until the plan changes.

let kept = new Map();

/** Where a calendar's plan is changed. */
export function address(calendar, what) {
  return `/desk/plans/${encodeURIComponent(calendar.dataset.rep)}/${what}`;
}

/** Forget what was asked: the plan is another one. */
export function forget() {
  kept = new Map();
}

async function asked(own, visit, other) {
  const query = new URLSearchParams({
    plan: own.dataset.plan, fingerprint: own.dataset.fingerprint, visit,
  });
  if (other) {
    query.set("to", other.dataset.plan);
    query.set("to_fingerprint", other.dataset.fingerprint);
  }
  const response = await fetch(`${address(own, "targets")}?${query}`, { cache: "no-store" });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? String(response.status)), answer);
  return answer.targets;
}

/** Resolves to what the days of `own`, and of a colleague's calendar, say to a visit: a map from
 * the calendar's plan and the day to the answer. A colleague's that cannot be asked is left out. */
export function weigh(own, visit) {
  const key = `${own.dataset.plan}/${visit}`;
  if (!kept.has(key)) kept.set(key, weighed(own, visit));
  return kept.get(key);
}

async function weighed(own, visit) {
  const others = [...document.querySelectorAll(".calendar[data-open]")].filter((one) => one !== own);
  const all = await Promise.all([
    asked(own, visit),
    ...others.map((other) => asked(own, visit, other).catch(() => [])),
  ]);
  const found = new Map();
  [own, ...others].forEach((calendar, number) => {
    for (const target of all[number]) found.set(`${calendar.dataset.plan}/${target.date}`, target);
  });
  return found;
}
