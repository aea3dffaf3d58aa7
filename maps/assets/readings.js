"use strict";
// A sample of rows under each reading of their coordinates; a choice of system shows one alone.
callcycle.readings = (map, panel, view) => {
  const { el, say } = callcycle;
  const SYSTEMS = ["WGS-84", "GCJ-02", "BD-09"];
  const RADIUS = 7;
  let chosen = null;
  const group = L.layerGroup().addTo(map);
  const colour = (system) => callcycle.css(`--${system.toLowerCase()}`);

  const open = (row) => callcycle.card.show([
    el("p", { class: "name" }, row.name),
    el("p", { class: "notes" }, `${row.code} · ${say("readings.line", { n: row.line })}`),
    el("p", {}, row.stated ? say("readings.taken", { system: row.taken })
      : `${say("readings.not_stated")} · ${say("readings.taken", { system: row.taken })}`),
    el("ul", { class: "readings" }, row.readings.map((one) => el("li", {},
      el("span", { class: "dot", "data-system": one.system }), el("b", {}, one.system), " ",
      one.text, el("br"), say("readings.apart", { distance: one.distance }), " · ",
      el("a", { href: one.href, rel: "noreferrer", target: "_blank" }, say("readings.open"))))),
  ]);

  const draw = () => {
    group.clearLayers();
    for (const row of view.rows) {
      const places = row.readings.filter((one) => !chosen || one.system === chosen);
      if (places.length > 1)
        L.polyline(places.map((one) => one.at), {
          color: callcycle.css("--muted"), weight: 1.5, dashArray: "3 4", interactive: false,
        }).addTo(group);
      for (const one of places) {
        const mark = L.circleMarker(one.at, {
          radius: RADIUS, weight: one.system === row.taken ? 3 : 1, fillOpacity: .85,
          color: callcycle.css("--ink"), fillColor: colour(one.system),
        });
        mark.reading = { code: row.code, system: one.system };
        mark.bindTooltip(el("span", {}, el("b", {}, row.name), el("br"),
          `${one.system} · ${one.distance}`));
        mark.on("click", (event) => { L.DomEvent.stopPropagation(event); open(row); });
        mark.addTo(group);
      }
    }
  };

  const buttons = [null, ...SYSTEMS].map((system) => el("button", {
    on: { click: () => { chosen = system; update(); } },
  }, system ? el("span", { class: "dot", "data-system": system }) : null,
  system ?? say("readings.all")));
  const update = () => {
    buttons.forEach((button, n) =>
      button.setAttribute("aria-pressed", String(chosen === [null, ...SYSTEMS][n])));
    draw();
  };
  const apart = view.rows.some((row) => row.readings.some((one) => one.metres > 0));
  panel.append(
    el("div", { class: "systems" }, buttons),
    el("p", { class: "notes" }, say(apart ? "readings.hint" : "readings.same")),
    el("ul", { class: "list" }, view.rows.map((row) => el("li", {}, el("button", {
      on: { click: () => {
        open(row);
        callcycle.fit(map, row.readings.map((one) => one.at), true);
      } },
    }, el("span", { class: "what" }, el("span", { class: "name" }, row.name),
      el("small", {}, `${row.code} · ${say("readings.line", { n: row.line })} · ${
        row.readings.slice(1).map((one) => `${one.system} ${one.distance}`).join(" · ")}`)))))));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  update();
};
