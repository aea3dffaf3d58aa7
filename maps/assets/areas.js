"use strict";
// Territories as areas with a figure in each, and as rows with a bar beside the map.
(() => {
  const { el } = callcycle;
  const NAME_FROM_PX = 96; // a narrower area shows its figure alone
  const NOTHING_BELOW_PX = 26;

  /** Whether a point is inside the rings of any of an area's polygons. */
  const contains = ({ rings }, { lat, lng }) =>
    rings.some((polygon) => polygon.reduce((inside, ring) => {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const [[y, x], [py, px]] = [ring[i], ring[j]];
        if (y > lat !== py > lat && lng < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
      }
      return inside;
    }, false));

  /** Draws the areas, `overlaps` over them; returns the areas' rows for the panel. A click is
   * judged by its place, since the canvas of the customers lies over the areas. */
  callcycle.areas = (map, areas, overlaps = []) => {
    const renderer = L.svg({ padding: 0.5 });
    const labels = L.layerGroup().addTo(map);
    const layers = new Map();

    const open = (area, move = false) => {
      const layer = layers.get(area);
      if (move) callcycle.fit(map, corners(layer), true);
      callcycle.card.show(
        [el("h2", {}, el("span", { class: "name" }, area.name),
          el("span", { class: "code" }, area.code ?? "")), callcycle.facts(area.facts ?? [])],
        () => layer.getElement()?.classList.remove("open"),
      );
      if (area.code) layer.bringToFront();
      overlaps.forEach((overlap) => layers.get(overlap).bringToFront());
      layer.getElement()?.classList.add("open");
      if (area.code) callcycle.tell?.("territory", area.code);
    };
    const corners = (layer) => [layer.getBounds().getSouthWest(), layer.getBounds().getNorthEast()];

    const draw = (area, className) =>
      layers.set(area, L.polygon(area.rings, { renderer, className, interactive: false })
        .addTo(map));
    for (const area of areas) draw(area, `area class-${area.class}`);
    for (const overlap of overlaps) draw(overlap, "overlap");
    map.on("click", ({ latlng, taken }) => {
      if (taken) return; // by a customer that lies there
      const hit = [...overlaps, ...areas].find((area) => contains(area, latlng));
      if (hit) open(hit);
    });

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
