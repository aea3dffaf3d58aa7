"use strict";
// A file's rows before they are taken in: filled is new, a ring changed, a small dot unchanged.
(() => {
  const { el, say } = callcycle;
  const DOES = ["unchanged", "changed", "new"]; // drawn in this order, the newest on top

  const look = (does) => {
    const { css } = callcycle;
    if (does === "new") {
      return { radius: 5, weight: 1, color: css("--paper"), fillColor: css("--accent"), fillOpacity: 1 };
    }
    if (does === "changed") {
      return { radius: 5, weight: 3, color: css("--accent"), fillColor: css("--paper"), fillOpacity: 1 };
    }
    return { radius: 3, weight: 0, fillColor: css("--muted"), fillOpacity: 0.7 };
  };

  callcycle.incoming = (map, panel, view) => {
    map.createPane("incoming").style.zIndex = 450;
    const renderer = L.canvas({ pane: "incoming", padding: 0.3, tolerance: 4 });
    const layers = {};
    for (const does of DOES) {
      const group = L.featureGroup().addTo(map);
      for (const [line, code, name, lat, lon] of view.rows.filter((row) => row[5] === does)) {
        const mark = L.circleMarker([lat, lon], { renderer, ...look(does) });
        mark.row = { line, code, name };
        group.addLayer(mark);
      }
      group.bindTooltip(({ row }) => el("span", {}, el("b", {}, row.name || row.code), el("br"),
        `${row.code} · ${say("incoming.line", { n: row.line })} · ${say(`incoming.${does}`)}`),
      { direction: "top", offset: [0, -6], sticky: true });
      layers[does] = group;
    }
    panel.append(el("ul", { class: "legend", "aria-label": say("legend") },
      [...DOES].reverse().map((does) => {
        const count = view.rows.filter((row) => row[5] === does).length;
        const tick = el("input", {
          type: "checkbox", id: `shows-${does}`, checked: true, disabled: !count,
          on: { change: (event) => {
            if (event.target.checked) map.addLayer(layers[does]);
            else map.removeLayer(layers[does]);
          } },
        });
        return el("li", {}, tick, el("label", { for: `shows-${does}` },
          el("span", { class: `incoming-mark incoming-${does}`, "aria-hidden": "true" }),
          say(`incoming.${does}`), " ", el("b", {}, count.toLocaleString("en"))));
      })));
  };
})();
