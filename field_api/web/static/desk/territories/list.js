// The list beside the map: whom and how much each territory has, kept up while a border moves.

import { t } from "../main.js";
import { bar, bare, count, el, hours, money } from "./parts.js";

const FIND_FROM = 12;

/** `choose(code)` is called on a click. */
export function listOf(choose) {
  const body = document.querySelector("#rows");
  const find = document.querySelector("#find");
  const rows = new Map();

  const made = (code) => {
    const name = el("button", { type: "button", "data-code": code });
    const about = el("small");
    const customers = el("td", { class: "number" });
    const load = el("span");
    const [svg, set] = bar();
    const sales = el("td", { class: "number" });
    const row = el("tr", { onclick: () => choose(code) },
      el("th", { scope: "row" }, name, about), customers, el("td", { class: "load" }, load, svg), sales);
    return { row, name, about, customers, load, set, sales };
  };

  const filter = () => {
    const wanted = find.value.trim().toLowerCase();
    for (const { row } of rows.values())
      row.hidden = Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted);
  };
  find.addEventListener("input", filter);

  /** Of each rep: seconds needed in all of the rep's territories. */
  const loads = (territories, figures, reps) => {
    const found = new Map();
    for (const one of territories) {
      if (!one.rep) continue;
      const before = found.get(one.rep) ?? reps.get(one.rep)?.home_s ?? 0;
      found.set(one.rep, before + (figures[one.code]?.needed_s ?? 0));
    }
    return found;
  };
  const show = (one, figures, needed, reps) => {
    const row = rows.get(one.code);
    const { customers, load, set, sales } = row;
    const own = figures[one.code];
    const rep = reps.get(one.rep);
    const now = `${own.customers} ${own.sales} ${own.needed_s} ${needed.get(one.rep)} ${one.rep}`;
    if (row.shown === now) return; // most stay as they are while a corner moves
    row.shown = now;
    customers.textContent = count(own.customers);
    sales.textContent = money(own.sales);
    const needed_s = rep ? needed.get(one.rep) : own.needed_s;
    const over = Boolean(rep) && needed_s > rep.available_s;
    const told = rep
      ? t("{needed} of {available}", { needed: bare(needed_s), available: hours(rep.available_s) }) : hours(needed_s);
    load.textContent = over ? `! ${told}` : told;
    load.classList.toggle("over", over);
    set(rep?.available_s ? needed_s / rep.available_s : 0);
  };

  return {
    loads,
    /** Figures alone, while a corner moves. */
    figures(territories, figures, reps) {
      const needed = loads(territories, figures, reps);
      for (const one of territories) show(one, figures, needed, reps);
    },
    /** Everything, after a step. */
    state(state, reps) {
      const wanted = state.territories.map((one) => one.code);
      for (const [code, { row }] of rows) if (!wanted.includes(code)) { row.remove(); rows.delete(code); }
      for (const one of state.territories) {
        if (!rows.has(one.code)) rows.set(one.code, made(one.code));
        const { row, name, about } = rows.get(one.code);
        name.textContent = one.name || one.code;
        const who = reps.get(one.rep)?.name ?? one.rep
          ?? (one.hidden ? t("rep of another district") : t("no rep"));
        about.textContent = [one.code, who, one.changed ? t("changed") : null].filter(Boolean).join(" · ");
        row.setAttribute("aria-selected", String(one.code === state.chosen));
        if (body.children[wanted.indexOf(one.code)] !== row) body.insertBefore(row, body.children[wanted.indexOf(one.code)] ?? null);
      }
      document.querySelector("#finding").hidden = wanted.length < FIND_FROM;
      this.figures(state.territories, state.figures, reps);
      filter();
    },
    reveal(code) {
      rows.get(code)?.row.scrollIntoView({ block: "nearest" });
    },
  };
}
