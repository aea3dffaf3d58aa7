"use strict";
// Territories as areas with a figure in each, and as rows with a bar beside the map.
(() => {
  const { el } = callcycle;
  const NAME_FROM_PX = 96; // a narrower area shows its figure alone
  const NOTHING_BELOW_PX = 26;

  /** Draws the areas; returns the rows for the panel. */
  callcycle.areas = (map, areas) => {
    const renderer = L.svg({ padding: 0.5 });
    const labels = L.layerGroup().addTo(map);
    const layers = new Map();

    const open = (area, move = false) => {
      const layer = layers.get(area);
      if (move) callcycle.fit(map, layer.getBounds().isValid() ? corners(layer) : [], true);
      callcycle.card.show(
        [el("h2", {}, el("span", { class: "name" }, area.name),
          el("span", { class: "code" }, area.code)), callcycle.facts(area.facts)],
        () => layer.getElement()?.classList.remove("open"),
      );
      layer.bringToFront();
      layer.getElement()?.classList.add("open");
    };
    const corners = (layer) => [layer.getBounds().getSouthWest(), layer.getBounds().getNorthEast()];

    for (const area of areas) {
      const layer = L.polygon(area.rings, { renderer, className: `area class-${area.class}` })
        .on("click", (event) => { L.DomEvent.stop(event); open(area); })
        .addTo(map);
      layers.set(area, layer);
    }

    const label = () => {
      labels.clearLayers();
      for (const area of areas) {
        const [a, b] = corners(layers.get(area)).map((at) => map.latLngToLayerPoint(at));
        const width = b.x - a.x;
        if (width < NOTHING_BELOW_PX) continue;
        const html = el("span", {}, el("b", {}, area.share),
          width < NAME_FROM_PX ? null : el("small", {}, area.name));
        L.marker(area.label, {
          icon: L.divIcon({ className: "area-label", html, iconSize: [0, 0] }),
          interactive: false, keyboard: false,
        }).addTo(labels);
      }
    };
    map.on("zoomend", label);
    label();

    return el("ul", { class: "list areas" }, areas.map((area) =>
      el("li", {}, el("button", { on: { click: () => open(area, true) } },
        el("span", { class: `swatch class-${area.class}` }),
        el("span", { class: "what" }, el("span", { class: "name" }, area.name),
          el("small", {}, area.rep),
          el("span", { class: `bar class-${area.class}` },
            el("i", { style: `width:${area.bar}%` })),
          el("small", {}, callcycle.figures(area.text))),
        el("b", { class: area.warning ? "share over" : "share" }, area.share)))));
  };

  callcycle.classLegend = (title, classes) =>
    el("div", { class: "classes" }, el("p", {}, title),
      el("ul", { class: "legend" }, classes.map(([name, text]) =>
        el("li", {}, el("span", { class: `swatch class-${name}` }), text))));
})();
