// Logging in: on a page of its own, or over whatever is being done, which stays as it is.

import { Away, Busy, Refused } from "../api.js";
import { el, fill } from "../dom.js";
import { logIn, OthersWait } from "../session.js";
import { t } from "../texts.js";
import { again } from "../troubles.js";

/** The page for a phone that is nobody's. */
export async function view(known, done) {
  return el("section", { class: "login" },
    el("h1", { tabindex: -1 }, t("My day")),
    el("p", { class: "muted" }, t("Log in once; then the day is there without a network, too.")),
    form(known, done));
}

/** Ask over what is shown; nothing of it is lost. */
export async function ask(known, done) {
  const dialog = el("dialog", { "aria-labelledby": "again" },
    el("h2", { id: "again" }, t("Log in again")),
    el("p", {}, t("The login has ended. What you wrote is kept on this phone.")),
    form(known, async () => {
      dialog.close();
      dialog.remove();
      await done();
    }),
    el("button", { type: "button", class: "quiet", onclick: () => dialog.remove() }, t("Later")));
  document.body.append(dialog);
  dialog.showModal();
}

function form(known, done) {
  const said = el("p", { class: "error", role: "alert", hidden: true });
  const name = el("input", {
    id: "username", name: "username", autocomplete: "username", autocapitalize: "none",
    spellcheck: "false", required: true, maxlength: 200, value: known?.username ?? "",
  });
  const password = el("input", {
    id: "password", name: "password", type: "password", autocomplete: "current-password",
    required: true, maxlength: 1000,
  });
  const button = el("button", { class: "main" }, t("Log in"));
  return el("form", {
    class: "form",
    onsubmit: async (event) => {
      event.preventDefault();
      button.disabled = true;
      said.hidden = true;
      try {
        const me = await logIn(name.value, password.value);
        if (me.role && me.role !== "rep") { location.replace("/login"); return; }
        await done();
      } catch (error) {
        fill(said, told(error)).hidden = false;
        password.focus();
      } finally {
        button.disabled = false;
      }
    },
  },
  el("label", { for: "username" }, t("User name")), name,
  el("label", { for: "password" }, t("Password")), password,
  said, button,
  el("p", { class: "muted" }, el("a", { href: "/login" }, t("Other ways to log in"))));
}

function told(error) {
  if (error instanceof OthersWait) {
    return t("{n} reports of {name} wait on this phone. Let {name} log in and send them first.",
      { n: error.waiting, name: error.name });
  }
  if (error instanceof Refused || (error instanceof Busy && error.told)) return error.message;
  if (error instanceof Away) return again(error);
  throw error;
}
