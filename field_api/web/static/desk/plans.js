// A plan's calendar: visits are picked up with mouse, finger or keys; every day says what it
// would cost or break before the visit is let go.

import { drag } from "./plans/drag.js";
import { weigh, forget } from "./plans/weigh.js";
import { change, changed, undo, watchEdits } from "./plans/edits.js";
import { choose } from "./plans/chosen.js";

/** Begin anew on what stands in the page: after each change it is another calendar. */
function begin() {
  forget();
  drag({ weigh, change, choose, fresh: changed });
  watchEdits();
  document.querySelector("#which")?.addEventListener("change", (event) => go({ plan: event.target.value }));
  document.querySelector("#beside")?.addEventListener("change", (event) => go({ beside: event.target.value }));
}

function go(changes) {
  const address = new URL(location.href);
  address.hash = "";
  for (const [name, value] of Object.entries(changes)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  location.assign(address);
}

document.querySelector("#undo")?.addEventListener("click", undo);
document.addEventListener("plan:fresh", begin);
if (document.querySelector("#plan")) begin();
