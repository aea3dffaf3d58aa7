// The visit that somebody clicked: what is known of it, and fixing it to its day.

import { t } from "../main.js";
import { change } from "./edits.js";

function fact(list, name, value) {
  if (!value || value === "–" || value === "– – –") return;
  const [term, text] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = name;
  text.textContent = value;
  list.append(term, text);
}

/** Show a visit beside the calendar. */
export function choose(button) {
  const panel = document.querySelector("#chosen");
  const { name, code, about, times, due, span, promise, appointment, visit } = button.dataset;
  document.querySelectorAll("button.visit[aria-pressed]").forEach((one) => one.removeAttribute("aria-pressed"));
  button.setAttribute("aria-pressed", "true");
  panel.querySelector("h2").textContent = name;
  const facts = panel.querySelector("dl");
  facts.replaceChildren();
  fact(facts, t("Day"), button.closest(".day")?.dataset.dayName);
  fact(facts, t("Time"), times);
  fact(facts, t("Purpose"), about);
  fact(facts, t("Due"), due);
  fact(facts, t("Possible"), span);
  fact(facts, t("Promise"), promise);
  fact(facts, t("Appointment"), appointment);
  panel.querySelector("#card").href = `/desk/customers/${encodeURIComponent(code)}`;
  const [pin, unpin] = [panel.querySelector("#pin"), panel.querySelector("#unpin")];
  const movable = button.dataset.movable !== undefined && button.closest(".day") !== null;
  const fixed = button.dataset.fixed !== undefined;
  pin.hidden = !movable || fixed;
  unpin.hidden = !movable || !fixed;
  const calendar = button.closest(".calendar") ?? document.querySelector(".calendar");
  pin.onclick = () => change(calendar, { kind: "pin", visit_id: visit });
  unpin.onclick = () => change(calendar, { kind: "unpin", visit_id: visit });
  panel.hidden = false;
}
