// What is changed in a plan by hand: sent with the plan as it was looked at, told, and undone.

import { alarm, htmx, logInAgain, say, t } from "../main.js";
import { calm } from "../notices.js";
import { address } from "./weigh.js";

const CHANGED = "plan_changed";
const LOGGED_OUT = 401;
const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

async function sent(calendar, what, body) {
  const response = await fetch(address(calendar, what), {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": csrf() },
    body: JSON.stringify({
      plan_id: Number(calendar.dataset.plan), fingerprint: calendar.dataset.fingerprint, ...body,
    }),
  });
  if (response.status === LOGGED_OUT) logInAgain();
  const answer = await response.json().catch(() => ({}));
  return { ok: response.ok, answer };
}

/** Change the plan of a calendar, and show what that did. */
export async function change(calendar, body) {
  const purpose = document.querySelector("#why")?.value.trim() || t("Moved at the desk");
  await carried(calendar, "edits", { purpose, ...body });
}

/** Take the last change back. */
export async function undo() {
  await carried(document.querySelector(".calendar"), "undo", {});
}

async function carried(calendar, what, body) {
  document.body.classList.add("busy");
  try {
    const { ok, answer } = await sent(calendar, what, body);
    if (!ok && answer.code !== CHANGED) {
      alarm(answer.detail ?? t("That did not work."));
      return;
    }
    const own = calendar === document.querySelector(".calendar");
    await fresh(own ? answer.plan_id : null);
    if (ok) calm();
    if (ok) say([answer.text, ...answer.also].join(" · "));
    else alarm(answer.detail);
  } catch {
    alarm(t("The service cannot be reached. Nothing was changed; try again when it can."));
  } finally {
    document.body.classList.remove("busy");
  }
}

/** Somebody else changed the plan of a calendar: show it as it is now. */
export async function changed(calendar, problem) {
  await fresh(calendar === document.querySelector(".calendar") ? problem.plan_id : null);
}

/** Read the calendar anew where it stands. */
async function fresh(plan) {
  const here = new URL(location.href);
  here.hash = "";
  if (plan) here.searchParams.set("plan", plan);
  history.replaceState(null, "", here);
  const focused = document.activeElement?.dataset?.visit;
  const [x, y] = [scrollX, scrollY];
  const response = await fetch(here, { headers: { accept: "text/html" }, cache: "no-store" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const [old, now] = [document.querySelector("#plan"), page.querySelector("#plan")];
  if (!now) {
    location.reload();
    return;
  }
  const tools = document.querySelector("#why")?.value;
  old.replaceWith(document.adoptNode(now));
  document.querySelector("#undo")?.toggleAttribute("hidden", page.querySelector("#undo")?.hasAttribute("hidden") ?? true);
  for (const link of document.querySelectorAll(".heading a[href*='plan=']")) {
    link.href = link.getAttribute("href").replace(/plan=\d+/, `plan=${document.querySelector(".calendar").dataset.plan}`);
  }
  if (tools !== undefined && document.querySelector("#why")) document.querySelector("#why").value = tools;
  htmx.process(document.querySelector("#plan"));
  document.dispatchEvent(new CustomEvent("plan:fresh"));
  scrollTo(x, y);
  if (focused) document.querySelector(`button.visit[data-visit="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** Buttons that take a remedy, wherever they come to stand. */
export function watchEdits() {
  document.querySelector("#plan").addEventListener("click", (event) => {
    const button = event.target.closest("[data-remedy]");
    if (!button) return;
    button.disabled = true;
    change(document.querySelector(".calendar"), {
      kind: "remedy", visit_id: button.dataset.for, remedy: button.dataset.remedy,
    }).finally(() => { button.disabled = false; });
  });
}

