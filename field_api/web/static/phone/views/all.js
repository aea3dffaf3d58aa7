// The views by the first word of their address.

import * as changes from "./changes.js";
import * as customer from "./customer.js";
import * as correction from "./correction.js";
import * as figures from "./figures.js";
import * as followUps from "./follow_ups.js";
import * as me from "./me.js";
import * as mending from "./mending.js";
import * as messages from "./messages.js";
import * as outbox from "./outbox.js";
import * as plan from "./plan.js";
import * as report from "./report.js";
import * as rest from "./rest.js";
import * as route from "./route.js";
import * as week from "./week.js";

const VIEWS = {
  "": route,
  day: route,
  week,
  changes,
  rest,
  customer,
  correction,
  report,
  "follow-ups": followUps,
  mending,
  me,
  figures,
  messages,
  plan,
  outbox,
};

/** The view of a name; undefined: there is none. A view's `show(...rest)` resolves to
 * `{page, title, leave}`; it is shown again when something changes that stands in its `live`. */
export const named = (name) => VIEWS[name];
