// Something on a customer's card is wrong: proposed here, decided by the manager.

import { el } from "../dom.js";
import { field, text } from "../fields.js";
import { newId } from "../ids.js";
import * as outbox from "../outbox.js";
import { empty, heading } from "../parts.js";
import { whereNow } from "../position.js";
import * as store from "../store.js";
import { mark, t } from "../texts.js";

const FIELDS = {
  name: mark("Name"), street: mark("Street and number"), city: mark("Town"),
  contact_name: mark("Person to ask for"), contact_phone: mark("Telephone"),
  opening_hours: mark("Opening hours"),
};

export async function show(day, code) {
  const route = await store.get("days", day);
  const card = route?.stops.find((one) => one.customer.code === code)?.customer;
  if (!card) return { page: [heading(code), empty(t("This customer is not on the phone."))] };
  const changes = {};
  let note = "";
  let here = null;
  const said = el("p", { class: "error", role: "alert", hidden: true });
  const title = t("Something here is wrong");
  const send = async (event) => {
    event.preventDefault();
    if (here) changes.place = { lat: here.lat, lon: here.lon, system: "WGS-84" };
    const missing = Object.keys(changes).length === 0 ? t("Change what is wrong first.")
      : note.trim() ? "" : t("Write a word on how you know it.");
    said.textContent = missing;
    said.hidden = !missing;
    if (missing) return;
    const id = newId();
    const body = { changes, note, ...(here ? { position: here } : {}) };
    await outbox.add([{ id, kind: "correction", title: card.name, method: "PUT", body,
      path: `/customers/${encodeURIComponent(code)}/corrections/${id}` }]);
    location.hash = "#/follow-ups";
  };
  const place = el("p", { role: "status" });
  return {
    title,
    page: [
      heading(title, `#/customer/${day}/${code}`),
      el("p", { class: "summary" }, card.name),
      el("p", { class: "muted" }, t("Your manager decides; until then the card stays as it is.")),
      el("form", { class: "form", novalidate: true, onsubmit: send },
        Object.entries(FIELDS).map(([name, words]) => field({
          name, title: t(words), value: card[name],
          write: (value) => {
            if (value === card[name]) delete changes[name]; else changes[name] = value;
          },
        })),
        el("button", { type: "button", class: "button wide",
          onclick: async () => {
            const { position } = await whereNow();
            here = position;
            place.textContent = position
              ? t("The place will be proposed as where you stand now, within {n} m.",
                { n: position.accuracy_m })
              : t("The phone did not find its position.");
          } }, t("The place is where I stand")),
        place,
        text({ name: "note", title: t("How do you know?"), write: (value) => { note = value; } }),
        said,
        el("button", { class: "main wide" }, t("Propose it"))),
    ],
  };
}
