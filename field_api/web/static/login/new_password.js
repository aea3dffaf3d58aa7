// Choosing a password by a link. What stands behind # never leaves the browser but in this request.

import { Away, call, Refused } from "../phone/api.js";
import { begin, t } from "../phone/texts.js";

const form = document.querySelector("#new-password");
const said = form.querySelector(".error");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.hidden = true;
  try {
    await call("POST", "/auth/password-reset",
      { token: location.hash.slice(1), new_password: form.password.value });
    form.hidden = true;
    document.querySelector("#done").hidden = false;
    history.replaceState(null, "", location.pathname);
  } catch (error) {
    if (error instanceof Away) said.textContent = t("No network just now. Try again where there is some.");
    else if (error instanceof Refused) said.textContent = error.message;
    else throw error;
    said.hidden = false;
  }
});

await begin();
document.dispatchEvent(new Event("page:listens"));
