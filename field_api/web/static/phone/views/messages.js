// What the rep was told, the newest first; looking at it makes it read.

import { Away, call } from "../api.js";
import { el } from "../dom.js";
import { empty, heading, pill } from "../parts.js";
import { tell } from "../signals.js";
import * as store from "../store.js";
import { t } from "../texts.js";
import { momentInWords } from "../times.js";

export async function show() {
  const messages = (await store.get("lists", "messages")) ?? [];
  const title = t("Messages");
  return {
    title,
    page: [
      heading(title, "#/me"),
      messages.length === 0 ? empty(t("Nobody has told you anything yet."))
        : el("ul", { class: "letters" }, messages.map((one) => el("li", {},
          one.read_at ? null : [pill(t("new"), "note"), " "], one.text,
          el("small", {}, momentInWords(new Date(one.created_at)))))),
    ],
    leave: () => read(messages),
  };
}

/** Whatever was shown is read. */
async function read(messages) {
  const unread = messages.filter((one) => !one.read_at);
  if (unread.length === 0) return;
  try {
    await call("POST", "/my/messages/read", { up_to: Math.max(...unread.map((one) => one.number)) });
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    return; // it stays new until there is a network
  }
  const at = new Date().toISOString();
  await store.put("lists", messages.map((one) => ({ ...one, read_at: one.read_at ?? at })), "messages");
  tell("lists");
}
