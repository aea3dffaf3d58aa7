"use strict";
// Territories: the load of each, and whatever breaks the rule of exactly one for each customer.
callcycle.territories = (map, panel, view) => {
  const { el, say } = callcycle;
  const rows = callcycle.areas(map, view.areas, view.overlaps);

  const troubles = [
    ["territories.outside", callcycle.customersOf(view.outside)],
    ["territories.shared", callcycle.customersOf(view.shared)],
  ].filter(([, customers]) => customers.length);
  const wrong = troubles.flatMap(([, customers]) => customers);
  if (wrong.length) callcycle.marks(map, wrong, { alarm: true });

  const overlapRow = (overlap) =>
    el("li", {}, el("button", {
      on: { click: () => callcycle.fit(map, overlap.rings.flat(2), true) },
    }, el("span", { class: "swatch overlap-swatch" }),
    el("span", { class: "what" }, overlap.name)));
  const isClean = !wrong.length && !view.overlaps.length;
  panel.append(...[
    isClean ? el("p", { class: "clean" }, `✓ ${say("territories.clean")}`) : null,
    view.overlaps.length ? el("ul", { class: "list trouble" }, view.overlaps.map(overlapRow)) : null,
    ...troubles.map(([key, customers]) =>
      el("details", { class: "trouble" },
        el("summary", {}, `! ${customers.length} ${say(key)}`),
        el("ul", { class: "list" }, customers.map((customer) =>
          el("li", {}, callcycle.customerButton(map, customer)))))),
    rows,
    callcycle.classLegend(say("territories.load"), view.classes),
  ].filter(Boolean));
};
