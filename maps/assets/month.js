"use strict";
// A month: territories by one figure, customers, and cells in which nobody is visited.
callcycle.month = (map, panel, view) => {
  const { el, say } = callcycle;
  // The page around this frame is of another origin than a sandboxed map: it checks the sender.
  callcycle.tell = (kind, code) => {
    if (window.parent !== window) window.parent.postMessage({ callcycle: kind, code }, "*");
  };
  const cells = L.svg({ padding: 0.5 });
  const points = view.points.codes.length ? callcycle.points(map, view.points) : null;
  const clusters = view.squares.counts.length ? callcycle.clusters(map, view.squares) : null;
  if (clusters) map.getContainer().classList.add("clustered"); // two figures in one place are none
  callcycle.areas(map, view.areas);
  for (const { box, text } of view.cells)
    L.rectangle(box, { renderer: cells, className: "white-cell", interactive: true })
      .bindTooltip(el("span", {}, text), { sticky: true }).addTo(map);
  for (const { at, reach, text } of view.places)
    L.circle(at, { renderer: cells, radius: reach, className: "white-place", interactive: true })
      .bindTooltip(el("span", {}, text), { sticky: true }).addTo(map);
  points?.on("chosen", ({ code }) => {
    callcycle.tell("customer", code);
    callcycle.card.show([el("h2", {}, el("span", { class: "code" }, code))]);
  });
  clusters?.on("chosen", (counts) => {
    callcycle.card.show([el("p", {}, say("month.cluster", counts))]);
  });
  const states = ["late", "done", "not_due"].map((state) =>
    el("li", {}, callcycle.stateMark(state), say(`month.${state}`)));
  const marks = el("ul", { class: "legend" }, states);
  const dense = el("p", { class: "notes" }, say("month.density"));
  const choose = () => {
    marks.hidden = points.crowded;
    dense.hidden = !points.crowded;
  };
  points?.on("drawn", choose);
  panel.append(...[
    el("div", { class: "formula" }, el("h2", {}, view.measure),
      el("p", { class: "notes" }, view.formula)),
    callcycle.classLegend("", view.classes),
    points ? marks : null,
    points ? dense : null,
    clusters ? marks : null,
    clusters ? el("p", { class: "notes" }, say("month.counted")) : null,
    view.cells.length ? el("p", { class: "notes white-key" },
      el("span", { class: "swatch white-cell-key" }), say("month.white")) : null,
    view.places.length ? el("p", { class: "notes white-key" },
      el("span", { class: "swatch white-place-key" }), say("month.people")) : null,
  ].filter(Boolean));
  if (points) choose();
};
