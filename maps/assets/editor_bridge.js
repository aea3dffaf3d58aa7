"use strict";
// An editor in a frame: the page around has the tools and the figures, and is told of every change.
callcycle.editorBridge = (edited) => {
  const MESSAGE = "callcycle:editor";
  const { shapes } = callcycle;
  const { drawing, does, map } = edited;
  const MOST_TOLD = 2000;
  let waiting = 0;
  const send = (event, values = {}) => parent.postMessage({ type: MESSAGE, event, ...values }, "*");

  const figures = () => ({
    figures: Object.fromEntries(drawing.territories.map((one) => [one.code, drawing.tally.of(one)])),
    outside: drawing.tally.outside().slice(0, MOST_TOLD),
    shared: drawing.tally.shared().slice(0, MOST_TOLD),
  });
  const told = () => {
    const { chosen, mode, line } = edited;
    send("state", {
      ...figures(),
      territories: drawing.territories.map((one) => ({
        code: one.code, name: one.name, rep: one.rep, district: one.district, version: one.version,
        hidden: one.hidden, changed: drawing.isChanged(one),
      })),
      chosen: chosen?.code ?? null, mode, corners: line.length,
      canUndo: drawing.canUndo, canRedo: drawing.canRedo,
      features: drawing.features(), removed: drawing.removed,
      moves: drawing.moves().slice(0, MOST_TOLD),
    });
  };
  const moving = () => {
    if (waiting) return;
    waiting = requestAnimationFrame(() => { waiting = 0; send("moving", figures()); });
  };
  /** The features of some codes, or of all whose surroundings touch those of one. */
  const given = (codes, around) => {
    const box = around && shapes.box(drawing.territories.find(({ code }) => code === around));
    const touches = (one) => {
      const [south, west, north, east] = shapes.box(one);
      return south <= box[2] && north >= box[0] && west <= box[3] && east >= box[1];
    };
    return drawing.territories
      .filter((one) => (codes ? codes.includes(one.code) : one.code !== around && touches(one)))
      .map(shapes.feature);
  };
  edited.shownBy({
    told, moving,
    said: (text) => send("said", { text }),
    drawn: (code) => send("drawn", { code }),
    key: (key) => send("key", { key }),
  });
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.type !== MESSAGE) return;
    if (data.does === "hello") send("ready"); // the page around came later
    else if (data.does === "give") {
      const [number, codes, around] = data.values;
      send("given", { number, features: given(codes, around) });
    } else does[data.does]?.(...(data.values ?? []));
  });
  document.body.classList.add("embedded");
  map.invalidateSize();
  if (callcycle.view.bounds) map.fitBounds(callcycle.view.bounds, { padding: [12, 12], animate: false });
  send("ready");
};
