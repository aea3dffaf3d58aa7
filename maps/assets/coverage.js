"use strict";
// Coverage: a figure for each territory, and the customers who miss their visit.
callcycle.coverage = (map, panel, view) => {
  const { el, say } = callcycle;
  const LISTED = 100;
  const rows = callcycle.areas(map, view.areas);
  const missed = callcycle.customersOf(view.missed);
  if (missed.length) callcycle.marks(map, missed);
  const states = ["late", "unserved"].map((state) =>
    [state, missed.filter((customer) => customer.state === state)]);
  panel.append(...[
    rows,
    callcycle.classLegend(view.measure, view.classes),
    missed.length ? null : el("p", { class: "clean" }, `✓ ${say("coverage.none_missed")}`),
    ...states.filter(([, customers]) => customers.length).map(([state, customers]) =>
      el("details", { class: "missed" },
        el("summary", {}, callcycle.stateMark(state), `${customers.length} ${say(`state.${state}`)}`),
        el("ul", { class: "list" }, customers.slice(0, LISTED).map((customer) =>
          el("li", {}, callcycle.customerButton(map, customer)))),
        customers.length > LISTED ? el("p", { class: "notes" }, say("coverage.listed", {
          shown: LISTED, all: customers.length,
        })) : null)),
  ].filter(Boolean));
};
