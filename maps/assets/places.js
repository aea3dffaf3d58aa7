"use strict";
// Customers whose place a person has to settle: the candidates of one, or the first of each.
callcycle.places = (map, panel, view) => {
  const { el, say } = callcycle;
  const SIZE = 26;
  const FILTERS = [
    ["places.all", () => true],
    ["places.found", (row) => row.candidates.length > 0],
    ["places.nothing", (row) => row.candidates.length === 0],
  ];
  let filter = 0;
  let opened = null;
  const group = L.layerGroup().addTo(map);

  for (const area of view.areas) {
    const renderer = L.svg({ padding: 0.5 });
    L.geoJSON(area.geometry, { renderer, interactive: false, style: { className: "outline" } })
      .addTo(map);
  }

  const open = (row, move = false) => {
    callcycle.card.show([
      el("p", { class: "name" }, row.name),
      el("p", { class: "notes" }, `${row.code} · ${row.address || say("places.no_address")}`),
      el("p", { class: "doubts" }, row.doubts.join(" · ")),
      el("ol", { class: "candidates" }, row.candidates.map((one) => el("li", {},
        el("span", { class: "number" }, String(one.number)),
        el("span", {}, one.label, el("br"), el("small", {}, `${one.level} · ${one.text} · `,
          el("a", { href: one.href, rel: "noreferrer", target: "_blank" }, say("places.open"))))))),
      row.provider
        ? el("p", { class: "notes" }, say("places.asked", { provider: row.provider })) : null,
    ].filter(Boolean), () => { opened = null; draw(); });
    opened = row;
    draw();
    if (move) callcycle.fit(map, row.candidates.map((one) => one.at), true);
  };

  const mark = (row, one) => {
    const text = opened === row ? String(one.number) : row.candidates.length > 1 ? "?" : "!";
    const marker = L.marker(one.at, {
      icon: L.divIcon({
        className: "place", iconSize: [SIZE, SIZE],
        html: el("span", { class: opened === row ? "mark open" : "mark" }, text),
      }),
      alt: `${row.name} ${one.number}`, keyboard: true,
    });
    marker.candidate = { code: row.code, number: one.number };
    marker.bindTooltip(el("span", {}, el("b", {}, row.name), el("br"), one.label));
    marker.on("click", (event) => { L.DomEvent.stopPropagation(event); open(row); });
    marker.addTo(group);
  };

  const draw = () => {
    group.clearLayers();
    const rows = opened ? [opened] : view.rows.filter(FILTERS[filter][1]);
    for (const row of rows)
      for (const one of opened ? row.candidates : row.candidates.slice(0, 1)) mark(row, one);
  };

  const list = el("ul", { class: "list" });
  const buttons = FILTERS.map(([key], n) => el("button", {
    on: { click: () => { filter = n; callcycle.card.close(); update(); } },
  }, say(key)));
  const update = () => {
    buttons.forEach((button, n) => button.setAttribute("aria-pressed", String(n === filter)));
    list.replaceChildren(...view.rows.filter(FILTERS[filter][1]).map((row) => el("li", {},
      el("button", { on: { click: () => open(row, true) } },
        el("span", { class: "mark" },
          row.candidates.length > 1 ? "?" : row.candidates.length ? "!" : "–"),
        el("span", { class: "what" }, el("span", { class: "name" }, row.name),
          el("small", {}, `${row.code} · ${row.address || say("places.no_address")}`),
          el("small", { class: "doubts" }, row.doubts.join(" · ")))))));
    draw();
  };
  panel.append(
    el("div", { class: "filters" }, buttons),
    list,
    el("p", { class: "notes" }, say("places.settle")),
  );
  update();
};
