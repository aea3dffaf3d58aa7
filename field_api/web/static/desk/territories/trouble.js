// What a drawing leaves to nobody or gives to two: customers by name, ground by size.

import { t } from "../main.js";
import { count, el, money } from "./parts.js";

const MOST_SHOWN = 60;

export function troublePanel(send) {
  const panel = document.querySelector("#trouble");

  const person = (customer, why) => el("li", {},
    el("a", { href: `/desk/customers/${encodeURIComponent(customer.code)}` }, customer.name),
    " ", el("small", {}, `${customer.code} · ${why}${customer.sales ? ` · ${money(customer.sales)}` : ""}`), " ",
    el("button", { type: "button", onclick: () => send("show", customer.at) }, t("on the map")));
  const place = (face) => {
    const km2 = t("{n} km²", { n: face.area_km2 < 0.01 ? face.area_km2.toFixed(4) : face.area_km2.toFixed(2) });
    const words = face.kind === "gap"
      ? t("{area} that nobody has", { area: km2 })
      : t("{first} and {second} share {area}", {
        first: face.first ?? t("another district's"), second: face.second ?? t("another district's"), area: km2 });
    const [first] = face.rings;
    return el("li", {}, words, " ", el("button", { type: "button", onclick: () => send("show", first[0]) }, t("on the map")));
  };

  return (state, customers, faces) => {
    const outside = state.outside.map((n) => person(customers[n], t("in no territory")));
    const shared = state.shared.map((n) => person(customers[n], t("in several")));
    const people = [...outside, ...shared];
    const wrong = people.length + faces.length;
    panel.hidden = !wrong;
    if (!wrong) { panel.replaceChildren(); return; }
    panel.replaceChildren(
      el("h2", { id: "trouble-title" }, "! ", t("Gaps and overlaps")),
      people.length ? el("p", { class: "act" }, t("{none} customers in no territory, {several} in several; this cannot be sent.",
        { none: count(outside.length), several: count(shared.length) })) : null,
      el("ul", { class: "lines" }, [...people.slice(0, MOST_SHOWN), ...faces.slice(0, MOST_SHOWN).map(place)]),
    );
    if (people.length > MOST_SHOWN) panel.append(el("p", { class: "muted" }, t("and {n} more", { n: count(people.length - MOST_SHOWN) })));
  };
}
