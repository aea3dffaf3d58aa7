"use strict";
// Territories drawn anew on the map: corners moved, new ground drawn, a territory split. What is
// drawn stands in `drawing.js`; who shows the figures and the tools is told of every change.
callcycle.editor = (map, panel, view) => {
  const { el, say, shapes } = callcycle;
  const SNAP_PX = 12;
  const MIDDLE_FROM_PX = 48; // on a shorter line there is no room between two corners
  const APART_PX = 9; // nearer corners are left out until one zooms in
  const STEP_PX = { plain: 8, fine: 1 };
  const SETTLED_MS = 500;
  const MOST_RINGED = 400;
  const drawing = callcycle.drawing();
  const areas = L.svg({ padding: 0.5 });
  const drawnLayer = L.layerGroup().addTo(map);
  const ringed = L.layerGroup().addTo(map);
  const litLayer = L.layerGroup().addTo(map);
  const handles = L.layerGroup().addTo(map);
  const sketch = L.layerGroup().addTo(map);
  const layers = new Map(); // code -> what is drawn of it
  let chosen = null; // a code
  let mode = "corners"; // or "new", "split"
  let line = [];
  let front = { told() {}, said() {}, moving() {} };
  let showCustomers = null;

  const one = () => drawing.territories.find(({ code }) => code === chosen) ?? null;
  const at = ({ lat, lng }) => [lat, lng];
  const corners = () => drawing.territories.flatMap(({ polygons }) => polygons.flat(2));
  const near = (latlng) => {
    const here = map.latLngToLayerPoint(latlng);
    return corners().find((corner) => map.latLngToLayerPoint(corner).distanceTo(here) <= SNAP_PX)
      ?? at(latlng);
  };

  const classOf = (territory) => `drawn${territory.code === chosen ? " chosen" : ""}${
    drawing.isChanged(territory) ? " changed" : ""}`;
  const drawAreas = () => {
    const wanted = new Set(drawing.territories.map(({ code }) => code));
    for (const [code, { layer }] of layers)
      if (!wanted.has(code)) { layer.remove(); layers.delete(code); }
    for (const territory of drawing.territories) {
      const className = classOf(territory);
      const there = layers.get(territory.code);
      if (there && there.polygons === territory.polygons && there.className === className) continue;
      there?.layer.remove();
      const layer = L.polygon(territory.polygons, { renderer: areas, className, interactive: false });
      layer.addTo(drawnLayer);
      layers.set(territory.code, { layer, className, polygons: territory.polygons });
    }
    layers.get(chosen)?.layer.bringToFront();
  };
  const ring = (n, className) => L.circleMarker(drawing.customers[n].at, {
    renderer: areas, className, radius: 8, interactive: false }).addTo(ringed);
  const drawRings = () => {
    ringed.clearLayers();
    const { tally } = drawing;
    drawing.moves().slice(0, MOST_RINGED).forEach(([n]) => ring(n, "moves"));
    [...tally.outside(), ...tally.shared()].slice(0, MOST_RINGED)
      .forEach((n) => ring(n, "astray"));
  };
  const drawSketch = () => {
    sketch.clearLayers();
    if (line.length > 1) L.polyline(line, { renderer: areas, className: "sketch", interactive: false })
      .addTo(sketch);
    line.forEach((corner) => L.circleMarker(corner, {
      renderer: areas, className: "sketch-corner", radius: 5, interactive: false,
    }).addTo(sketch));
  };

  /** Begins to move a corner; the function returned moves it on, cheaply however much is drawn. */
  const grasp = (corner) => {
    const standing = shapes.standing(drawing.territories, corner);
    const touched = [...new Set(standing.map((place) => place.one))];
    drawAreas();
    return (to) => {
      const place = shapes.place(to);
      for (const { ring: of, n } of standing) of[n] = [...place];
      for (const territory of touched) layers.get(territory.code)?.layer.setLatLngs(territory.polygons);
      drawing.tally.update(touched);
      front.moving();
      return place;
    };
  };
  const meet = (place) => {
    const here = map.latLngToLayerPoint(place);
    const other = corners().find((corner) => !shapes.same(corner, place) &&
      map.latLngToLayerPoint(corner).distanceTo(here) <= SNAP_PX / 2);
    if (other && !one().polygons.flat(2).some((own) => shapes.same(own, other)))
      grasp(place)(other);
  };
  const handle = (corner, className, title, begin) => {
    const mark = L.marker(corner, {
      draggable: true, keyboard: true, title, alt: title,
      icon: L.divIcon({ className: `corner ${className}`, iconSize: [22, 22] }),
    }).addTo(handles);
    let place = corner;
    let move = null;
    let settling = 0;
    const grip = () => { place = begin(); move = grasp(place); };
    const settle = () => {
      if (!move) return;
      move = null;
      clearTimeout(settling);
      meet(place);
      draw();
    };
    mark.on("dragstart", grip);
    mark.on("drag", (event) => { place = move(at(event.latlng)); });
    mark.on("dragend", settle);
    mark.on("keydown", ({ originalEvent }) => {
      const { key, shiftKey } = originalEvent;
      const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
      if (!step) return;
      L.DomEvent.stop(originalEvent);
      if (!move) grip();
      const by = STEP_PX[shiftKey ? "fine" : "plain"];
      const here = map.latLngToLayerPoint(mark.getLatLng()).add([by * step[0], by * step[1]]);
      mark.setLatLng(map.layerPointToLatLng(here));
      place = move(at(mark.getLatLng()));
      clearTimeout(settling);
      settling = setTimeout(() => {
        settle();
        handles.getLayers().find((other) => shapes.same(shapes.place(at(other.getLatLng())), place))
          ?.getElement()?.focus();
      }, SETTLED_MS);
    });
    return mark;
  };
  const away = (corner) => {
    drawing.begin(shapes.having(drawing.territories, [corner]));
    if (!shapes.remove(drawing.territories, corner)) drawing.giveUp();
    else drawing.tally.update(drawing.territories);
    draw();
  };
  const drawHandles = () => {
    handles.clearLayers();
    const territory = one();
    if (mode !== "corners" || !territory) return;
    const seen = map.getBounds().pad(0.1);
    for (const of of territory.polygons.flat()) {
      let last = null;
      of.forEach((corner, n) => {
        const next = of[(n + 1) % of.length];
        const here = map.latLngToLayerPoint(corner);
        if (last && here.distanceTo(last) < APART_PX) return;
        last = here;
        if (seen.contains(corner)) {
          const mark = handle(corner, "there", say("editor.corner"), () => {
            drawing.begin(shapes.having(drawing.territories, [corner]));
            return corner;
          });
          mark.on("contextmenu dblclick", () => away(corner));
          mark.on("keydown", ({ originalEvent }) => {
            if (["Delete", "Backspace"].includes(originalEvent.key)) away(corner);
          });
        }
        if (here.distanceTo(map.latLngToLayerPoint(next)) < MIDDLE_FROM_PX) return;
        const middle = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
        if (seen.contains(middle)) handle(middle, "middle", say("editor.middle"), () => {
          drawing.begin(shapes.having(drawing.territories, [corner, next]));
          return shapes.insert(drawing.territories, corner, next, middle);
        });
      });
    }
  };
  const draw = () => {
    if (!one()) chosen = drawing.territories[0]?.code ?? null;
    drawAreas();
    drawRings();
    drawHandles();
    drawSketch();
    front.told();
  };

  const unused = () => {
    let n = 1;
    while (drawing.territories.some(({ code }) => code === `NEW-${n}`)) n += 1;
    return `NEW-${n}`;
  };
  const added = (polygons, like) => {
    const made = { code: unused(), name: say("editor.new_name"), rep: like?.rep ?? null,
      district: like?.district ?? view.district ?? null, version: null, hidden: false, polygons };
    drawing.add(made);
    chosen = made.code;
  };
  const finish = () => {
    const wanted = mode;
    const drawn = line;
    setMode("corners", false);
    if (wanted === "new" && drawn.length >= 3) {
      drawing.begin([]);
      const [first] = drawn;
      added([[drawn]], drawing.territories.find((other) => shapes.contains(other, first)) ?? one());
      front.drawn?.(chosen);
    }
    if (wanted === "split" && drawn.length >= 2 && one()) {
      const whole = one();
      drawing.begin(drawing.territories);
      const parts = shapes.split(drawing.territories, whole, drawn);
      if (parts) {
        [whole.polygons] = [parts[0]];
        added(parts[1], whole);
        drawing.settle();
        drawing.tally.update(drawing.territories);
      } else { drawing.giveUp(); front.said(say("editor.no_split")); }
    }
    draw();
  };
  const setMode = (wanted, drawn = true) => {
    mode = wanted;
    line = [];
    map.getContainer().classList.toggle("aiming", mode !== "corners");
    map.doubleClickZoom[mode === "corners" ? "enable" : "disable"]();
    if (drawn) draw();
  };
  const put = (latlng) => {
    line.push(mode === "new" ? near(latlng) : at(latlng));
    drawSketch();
    front.told();
  };
  map.on("click", ({ latlng }) => {
    if (mode !== "corners") { put(latlng); return; }
    const hit = drawing.territories.find((other) => shapes.contains(other, at(latlng)));
    if (hit && hit.code !== chosen) { chosen = hit.code; draw(); }
  });
  map.on("moveend", drawHandles);
  map.on("dblclick", () => { if (mode !== "corners") finish(); });

  const does = {
    open({ territories, customers }) {
      drawing.open(territories, customers);
      if (showCustomers) showCustomers(customers);
      else if (customers.length) showCustomers = callcycle.marks(map, customers, { quiet: true });
      draw();
    },
    mode: setMode,
    finish,
    undo: () => { if (drawing.undo()) draw(); },
    redo: () => { if (drawing.redo()) draw(); },
    choose: (code, fit = true) => {
      chosen = code;
      setMode("corners");
      if (fit && one()) callcycle.fit(map, one().polygons.flat(2), true);
    },
    set: (key, value) => {
      const territory = one();
      if (!territory || territory[key] === value) return;
      drawing.begin([]);
      if (key === "code" && drawing.territories.some(({ code }) => code === value)) {
        drawing.giveUp();
      } else {
        territory[key] = value;
        if (key === "code") chosen = value;
      }
      draw();
    },
    lay: (features, gone, { sameStep = false, choose = null } = {}) => {
      drawing.lay(features, gone, sameStep);
      chosen = choose ?? chosen;
      draw();
    },
    lit: (faces) => {
      litLayer.clearLayers();
      for (const { kind, rings } of faces)
        L.polygon(rings, { renderer: areas, className: `lit ${kind}`, interactive: false }).addTo(litLayer);
    },
    show: (place) => map.setView(place, Math.max(map.getZoom(), 15)),
    put: () => { if (mode !== "corners") put(map.getCenter()); },
  };
  const pressed = (event) => {
    if (event.target.matches?.("input, select, textarea")) return;
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") {
      event.preventDefault();
      does[event.shiftKey ? "redo" : "undo"]();
    } else if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "y") does.redo();
    else if (key === "Escape" && mode !== "corners") setMode("corners");
    else if (key === "Enter" && mode !== "corners") finish();
    else if (key === " " && mode !== "corners") { event.preventDefault(); does.put(); }
    else if (!event.ctrlKey && !event.metaKey && !event.altKey) front.key?.(key);
  };
  document.addEventListener("keydown", pressed);

  callcycle.edited = {
    drawing, map, view, does,
    get chosen() { return one(); },
    get mode() { return mode; },
    get line() { return line; },
    /** Who shows it: `told()` after every change, `moving()` while a corner moves, `said(text)`. */
    shownBy(other) { front = other; },
  };
  callcycle[view.embedded ? "editorBridge" : "editorPanel"](callcycle.edited, panel);
};
