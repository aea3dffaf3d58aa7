// What every page of the desk does: changes that prove themselves, notices, keys, the header.

import htmx from "../vendor/htmx.org/htmx.esm.js";
import { call, vouch } from "../phone/api.js";
import { begin, choose, t } from "../phone/texts.js";
import { listen } from "./keys.js";
import { alarm, keepForNextPage, say, sayKept } from "./notices.js";

const UNIT_COOKIE = "callcycle_unit";
const YEAR_S = 365 * 24 * 3600;
const LOGGED_OUT = 401;

const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";
vouch(csrf);

/** Lead to the login, and back here afterwards. */
function logInAgain() {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["x-csrf-token"] = csrf;
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  if (xhr.status === LOGGED_OUT) {
    logInAgain();
    return;
  }
  let problem = {};
  try {
    problem = JSON.parse(xhr.responseText);
  } catch {
    // not one of our answers: the status has to do
  }
  alarm(problem.detail ?? t("The service answered {status}. Nothing was changed; try again.", { status: xhr.status }));
  elt.closest("form")?.querySelector("[aria-invalid]")?.focus();
});

document.addEventListener("htmx:sendError", () => {
  alarm(t("The service cannot be reached. Nothing was changed; try again when it can."));
});

document.addEventListener("notice", (event) => {
  const { text, to } = event.detail;
  if (text) keepForNextPage(text);
  if (to) location.assign(to);
  else location.reload();
});

document.querySelector("#language")?.addEventListener("click", (event) => {
  choose(event.currentTarget.dataset.language);
});

document.querySelector("#unit")?.addEventListener("change", (event) => {
  const value = encodeURIComponent(event.target.value);
  document.cookie = `${UNIT_COOKIE}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
  location.reload();
});

document.querySelector("#log-out")?.addEventListener("click", async () => {
  await call("DELETE", "/auth/page-session").catch(() => undefined);
  document.cookie = `${UNIT_COOKIE}=; path=/; max-age=0`;
  location.assign("/login");
});

await begin("desk");
sayKept();
listen();
document.dispatchEvent(new Event("page:listens"));

export { alarm, call, htmx, logInAgain, say, t };
