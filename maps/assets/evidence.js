"use strict";
// Places to compare, each with a sign of its own, and how far they lie from the first.
callcycle.evidence = (map, panel, view) => {
  const { el } = callcycle;
  const SIZE = 24;
  const SIGNS = { card: "●", proposed: "★", arrived: "→", left: "←" };
  const [first, ...others] = view.places;
  const renderer = L.svg({ padding: 0.5 });

  for (const place of others) {
    L.polyline([first.at, place.at], { renderer, interactive: false, className: "between" }).addTo(map);
  }
  for (const place of view.places) {
    if (place.accuracy_m > 0) {
      L.circle(place.at, { renderer, radius: place.accuracy_m, interactive: false, className: "err" })
        .addTo(map);
    }
  }
  for (const place of [...view.places].reverse()) { // the first on top
    const sign = el("span", { class: `sign sign-${place.kind}` }, SIGNS[place.kind]);
    L.marker(place.at, {
      icon: L.divIcon({ className: "spot", iconSize: [SIZE, SIZE], html: sign }),
      alt: place.name, keyboard: true,
    }).bindTooltip(el("span", {}, el("b", {}, place.name), place.note ? [el("br"), place.note] : []))
      .addTo(map);
  }
  callcycle.fit(map, view.places.map((place) => place.at));
  panel.append(el("ul", {}, view.places.map((place) => el("li", {},
    el("span", { class: `sign sign-${place.kind}`, "aria-hidden": "true" }, SIGNS[place.kind]),
    el("span", {}, place.name, place.note ? [el("br"), el("small", {}, place.note)] : [])))));
};
