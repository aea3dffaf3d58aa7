"use strict";
// The frame that every map shares. Whatever a person typed reaches the page as a text node only.
const callcycle = {};

callcycle.view = JSON.parse(document.getElementById("view").textContent);

/** An element; `children` that are strings become text. `on` holds listeners. */
callcycle.el = (tag, attributes = {}, ...children) => {
  const { on, ...plain } = attributes;
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(plain))
    if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value === true ? "" : value);
  for (const [event, listener] of Object.entries(on ?? {})) node.addEventListener(event, listener);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
};

/** A small drawing of one path in a box of 16 by 16. */
callcycle.icon = (path, className = "") => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon ${className}`);
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
};
callcycle.HOME = "M8 1.5 1.5 7.2V14.5H6V10H10V14.5H14.5V7.2Z";

/** The text of a key with its `{placeholders}` filled. */
callcycle.say = (key, values = {}) =>
  callcycle.view.labels[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

callcycle.css = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

callcycle.grade = (grade) =>
  callcycle.el(
    "span",
    { class: `grade grade-${grade ?? "none"}`, title: callcycle.say("grade") },
    grade ?? "–",
  );

/** The card of whatever was clicked; one at a time, over the map. */
callcycle.card = {
  node: document.getElementById("card"),
  closed: null,
  /** `onClose` runs when the card goes away, also when another one takes its place. */
  show(contents, onClose = null) {
    this.close();
    const { el, say } = callcycle;
    const button = el(
      "button",
      { class: "close", "aria-label": say("close"), on: { click: () => this.close() } },
      "×",
    );
    this.node.replaceChildren(button, ...contents);
    this.node.hidden = false;
    this.closed = onClose;
  },
  close() {
    this.node.hidden = true;
    const closed = this.closed;
    this.closed = null;
    closed?.();
  },
};

/** A definition list of [label, text] pairs; pairs without a text are left out. */
callcycle.facts = (pairs) =>
  callcycle.el(
    "dl",
    {},
    pairs
      .filter(([, text]) => text)
      .map(([label, text]) => [callcycle.el("dt", {}, label), callcycle.el("dd", {}, text)]),
  );

/** Show this part of the world, away from the edges. */
callcycle.fit = (map, points, animate = false) => {
  if (points.length)
    map.fitBounds(L.latLngBounds(points), { padding: [36, 36], maxZoom: 15.5, animate });
};

/** A line of figures that breaks between them and never inside one. */
callcycle.figures = (text) =>
  text.split(" · ").flatMap((part, i) => [
    i ? " · " : "", callcycle.el("span", { class: "figure" }, part),
  ]);

/** The scale bar with the reader's word for metres and kilometres. */
const Scale = L.Control.Scale.extend({
  _updateMetric(maxMetres) {
    const metres = this._getRoundNum(maxMetres);
    const far = metres >= 1000;
    const text = callcycle.say(far ? "distance.km" : "distance.m", { n: far ? metres / 1000 : metres });
    this._updateScale(this._mScale, text, metres / maxMetres);
  },
});

callcycle.start = (picture, map) => {
  const { view } = callcycle;
  new Scale({ imperial: false, position: "bottomleft" }).addTo(map);
  L.control.zoom({ position: "topright" }).addTo(map);
  map.fitBounds(view.bounds ?? [[-60, -170], [75, 170]], { padding: [12, 12], animate: false });
  callcycle.ground(map, view.ground, view.tiles);
  map.on("click", () => callcycle.card.close()); // before what a picture does on a click
  const panel = document.getElementById("panel");
  if (view.bounds) picture(map, panel, view);
  else panel.append(callcycle.el("p", { class: "none" }, callcycle.say("empty")));
  L.DomEvent.disableClickPropagation(callcycle.card.node);
  L.DomEvent.disableScrollPropagation(callcycle.card.node);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") callcycle.card.close();
  });
  document.body.dataset.ready = "yes";
};
