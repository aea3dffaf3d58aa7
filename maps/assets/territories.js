"use strict";
// Territories: the load of each, and whatever breaks the rule of exactly one for each customer.
callcycle.territories = (map, panel, view) => {
  const { el, say } = callcycle;
  const MANY = 100; // moved customers, drawn smaller
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
  /** A layer that can be hidden, with the number of what is in it. */
  const choice = (key, layer, count) => {
    layer.addTo(map);
    return el("label", { class: "layer" }, el("input", {
      type: "checkbox", checked: "", on: { change: ({ target }) => {
        if (target.checked) layer.addTo(map);
        else layer.remove();
      } },
    }), el("span", { class: `sign ${key.replace(".", "-")}` }), say(key), el("b", {}, count));
  };
  const todays = () => {
    const renderer = L.svg({ padding: 0.5 });
    return L.layerGroup(view.today.map(({ rings }) =>
      L.polygon(rings, { renderer, className: "today", fill: false, interactive: false })));
  };
  const openMoved = ([code, name, , , before, after]) => callcycle.card.show([
    el("h2", {}, el("span", { class: "name" }, name), el("span", { class: "code" }, code)),
    callcycle.facts([[say("territories.change"), `${before} → ${after}`]]),
  ]);
  const moved = () => {
    map.createPane("moved").style.zIndex = 460;
    const renderer = L.svg({ pane: "moved", padding: 0.5 });
    return L.layerGroup(view.moved.map((customer) => {
      const [code, name, lat, lon, before, after] = customer;
      const radius = view.moved.length > MANY ? 3 : 5;
      const mark = L.circleMarker([lat, lon], { renderer, radius, className: "moved" });
      mark.bindTooltip(el("span", {}, el("b", {}, name), el("br"),
        `${code} · ${before} → ${after}`), { direction: "top", offset: [0, -6] });
      return mark.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        openMoved(customer);
      });
    }));
  };

  panel.append(...[
    view.today.length ? choice("territories.today", todays(), view.today.length) : null,
    view.moved.length ? choice("territories.moved", moved(), view.moved.length) : null,
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
