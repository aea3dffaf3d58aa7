// Logging in on the page of its own; then on to the page of one's role.

import { Away, LoggedOut, Refused } from "../phone/api.js";
import { logIn, OthersWait, resume } from "../phone/session.js";
import { begin, t } from "../phone/texts.js";

// where each role begins; who is not named begins at the desk's overview
const HOMES = { rep: "/my-day", information_admin: "/desk/customers", operator: "/desk/administration" };
const form = document.querySelector("#login");
const said = form.querySelector(".error");

function onward(me) {
  const next = new URLSearchParams(location.search).get("next") ?? "";
  const home = HOMES[me.role] ?? "/desk";
  location.replace(home === "/desk" && /^\/desk(\/|\?|$)/.test(next) ? next : home);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.hidden = true;
  try {
    onward(await logIn(form.username.value, form.password.value));
  } catch (error) {
    if (error instanceof OthersWait) {
      said.textContent = t("{n} reports of {name} wait on this phone. Let {name} log in and send them first.",
        { n: error.waiting, name: error.name });
    } else if (error instanceof Away) {
      said.textContent = t("No network just now. Try again where there is some.");
    } else if (error instanceof Refused) {
      said.textContent = error.message;
    } else {
      throw error;
    }
    said.hidden = false;
  }
});

await begin();
document.dispatchEvent(new Event("page:listens"));
try {
  onward(await resume());
} catch (error) {
  if (!(error instanceof LoggedOut) && !(error instanceof Away)) throw error;
}
