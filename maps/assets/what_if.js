"use strict";
// A what-if against today: one of the two is drawn, the boundaries of the other one dashed over it.
callcycle.what_if = (map, panel, view) => {
  const { el, say } = callcycle;
  const renderer = L.svg({ padding: 0.5 });
  const layers = L.layerGroup().addTo(map);
  const labels = L.layerGroup().addTo(map);
  const rows = el("ul", { class: "list areas" });
  const NAME_FROM_PX = 96;
  let side = "then";

  const polygon = (area, className) =>
    L.polygon(area.rings, { renderer, className, interactive: false }).addTo(layers);
  const label = () => {
    labels.clearLayers();
    for (const area of view[side]) {
      const box = L.latLngBounds(area.rings.flat(2));
      const [a, b] = [box.getSouthWest(), box.getNorthEast()].map((at) => map.latLngToLayerPoint(at));
      const html = el("span", {}, el("b", {}, area.share),
        b.x - a.x < NAME_FROM_PX ? null : el("small", {}, area.name));
      L.marker(area.label, {
        icon: L.divIcon({ className: "area-label", html, iconSize: [0, 0] }),
        interactive: false, keyboard: false,
      }).addTo(labels);
    }
  };
  const row = (area) =>
    el("li", {}, el("button", {
      on: { click: () => callcycle.fit(map, area.rings.flat(2), true) },
    },
    el("span", { class: `swatch class-${area.class}` }),
    el("span", { class: "what" }, el("span", { class: "name" }, area.name),
      el("small", {}, area.rep), el("small", {}, callcycle.figures(area.text))),
    el("b", { class: area.warning ? "share over" : "share" }, area.share)));

  const titles = { today: "what_if.today", then: "what_if.then" };
  const buttons = ["today", "then"].map((name) => el("button", {
    "data-side": name, on: { click: () => { side = name; draw(); } },
  }, say(titles[name])));
  const draw = () => {
    buttons.forEach((button) =>
      button.setAttribute("aria-pressed", String(button.dataset.side === side)));
    layers.clearLayers();
    for (const area of view[side]) polygon(area, `area class-${area.class}`);
    for (const area of view[side === "then" ? "today" : "then"]) polygon(area, "other-side");
    rows.replaceChildren(...view[side].map(row));
    label();
  };
  map.on("zoomend", label);
  const moved = callcycle.customersOf(view.moved);
  if (moved.length) callcycle.marks(map, moved, {});
  panel.append(...[
    el("div", { class: "sides", role: "group", "aria-label": say("what_if.choose") }, buttons),
    el("table", { class: "compared" },
      el("thead", {}, el("tr", {}, ["what_if.figure", titles.today, titles.then].map((key) =>
        el("th", {}, say(key))))),
      el("tbody", {}, view.figures.map(([name, before, after]) =>
        el("tr", { class: before === after ? null : "other" },
          el("th", {}, name), el("td", {}, before), el("td", {}, after))))),
    moved.length ? el("details", { class: "missed" },
      el("summary", {}, `${moved.length} ${say("what_if.moved")}`),
      el("ul", { class: "list" }, moved.map((customer) =>
        el("li", {}, callcycle.customerButton(map, customer))))) : null,
    el("p", { class: "notes" }, say("what_if.dashed")),
    rows,
    callcycle.classLegend(say("territories.load"), view.classes),
  ].filter(Boolean));
  draw();
};
