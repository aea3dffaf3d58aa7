// The chosen territory: its name and its rep, its code while it is new.

import { t } from "../main.js";
import { el } from "./parts.js";

const HIDDEN = "…";

export function chosenPanel(send) {
  const panel = document.querySelector("#chosen");
  let shown = "";

  const field = (id, label, control) =>
    el("div", { class: "field" }, el("label", { for: id }, label), control);
  const input = (id, key, value, longest) => el("input", {
    id, value, maxlength: longest, autocomplete: "off",
    onchange: ({ target }) => { if (target.value.trim()) send("set", key, target.value.trim()); },
  });
  const repSelect = (one, reps) => {
    const choices = [...reps.values()].filter((rep) => !one.district || rep.district === one.district);
    const options = [
      one.hidden && !one.rep
        ? el("option", { value: HIDDEN, selected: true }, t("rep of another district"))
        : el("option", { value: "", selected: !one.rep }, t("no rep")),
      ...choices.map((rep) => el("option", { value: rep.code, selected: rep.code === one.rep },
        `${rep.name} · ${rep.code}`)),
    ];
    return el("select", { id: "chosen-rep",
      onchange: ({ target }) => { if (target.value !== HIDDEN) send("set", "rep", target.value || null); } }, options);
  };

  return (state, reps) => {
    const one = state.territories.find(({ code }) => code === state.chosen);
    const now = JSON.stringify(one ?? null);
    if (now === shown) return;
    shown = now;
    panel.hidden = !one;
    if (!one) return;
    panel.replaceChildren(
      el("h2", { id: "chosen-title" }, one.name || one.code, " ", el("small", {}, one.version === null ? t("new") : one.code)),
      el("div", { class: "two" },
        field("chosen-name", t("Name"), input("chosen-name", "name", one.name, 200)),
        field("chosen-rep", t("Rep"), repSelect(one, reps)),
        one.version === null ? field("chosen-code", t("Code"), input("chosen-code", "code", one.code, 64)) : null),
    );
  };
}
