"use strict";
// Territories drawn anew: corners moved, new ground drawn, a territory split, and all of it saved.
callcycle.editor = (map, panel, view) => {
  const { el, say, shapes } = callcycle;
  const SNAP_PX = 12;
  const MIDDLE_FROM_PX = 48; // on a shorter line there is no room between two corners
  const MOST_UNDO = 100;
  const saving = callcycle.saving(view.api);
  const territories = view.territories.map((one) =>
    ({ ...one, polygons: shapes.opened(one.rings), first: null }));
  territories.forEach((one) => { one.first = JSON.stringify(shapes.feature(one)); });
  const past = [];
  const areas = L.svg({ padding: 0.5 });
  const drawnLayer = L.layerGroup().addTo(map);
  const handles = L.layerGroup().addTo(map);
  const sketch = L.layerGroup().addTo(map);
  let chosen = territories[0] ?? null;
  let mode = "corners"; // or "new", "split"
  let line = [];

  const remember = () => {
    past.push(JSON.stringify(territories));
    if (past.length > MOST_UNDO) past.shift();
  };
  const undo = () => {
    if (!past.length) return;
    const code = chosen?.code;
    territories.splice(0, territories.length, ...JSON.parse(past.pop()));
    chosen = territories.find((one) => one.code === code) ?? territories[0] ?? null;
    draw();
  };
  const changed = () => territories.filter((one) => JSON.stringify(shapes.feature(one)) !== one.first);
  const at = ({ lat, lng }) => [lat, lng];
  const near = (latlng) => {
    const here = map.latLngToLayerPoint(latlng);
    for (const one of territories)
      for (const corner of one.polygons.flat(2))
        if (map.latLngToLayerPoint(corner).distanceTo(here) <= SNAP_PX) return corner;
    return at(latlng);
  };

  const customers = callcycle.customersOf(view.customers);
  if (customers.length) callcycle.marks(map, customers, {});
  const judged = () => {
    const counts = new Map(territories.map((one) => [one, 0]));
    const trouble = { outside: 0, shared: 0 };
    for (const { at: place } of customers) {
      const homes = territories.filter((one) => shapes.contains(one, place));
      homes.forEach((one) => counts.set(one, counts.get(one) + 1));
      if (!homes.length) trouble.outside += 1;
      if (homes.length > 1) trouble.shared += 1;
    }
    return { counts, trouble };
  };

  const handle = (corner, className, title, begin) => {
    const mark = L.marker(corner, {
      draggable: true, keyboard: true, title,
      icon: L.divIcon({ className: `corner ${className}`, iconSize: [22, 22] }),
    }).addTo(handles);
    let place = corner;
    mark.on("dragstart", () => { remember(); place = begin(); });
    mark.on("drag", (event) => {
      place = shapes.move(territories, place, at(event.latlng));
      drawAreas();
    });
    mark.on("dragend", () => {
      const [lat, lon] = place;
      const other = territories.flatMap((one) => one.polygons.flat(2)).find((one) =>
        !(one[0] === lat && one[1] === lon) &&
        map.latLngToLayerPoint(one).distanceTo(map.latLngToLayerPoint(place)) <= SNAP_PX / 2);
      if (other && !chosen.polygons.flat(2).includes(other)) shapes.move(territories, place, other);
      draw();
    });
    return mark;
  };
  const drawHandles = () => {
    handles.clearLayers();
    if (mode !== "corners" || !chosen) return;
    for (const ring of chosen.polygons.flat())
      ring.forEach((corner, n) => {
        const next = ring[(n + 1) % ring.length];
        const mark = handle(corner, "there", say("editor.corner"), () => corner);
        const away = () => {
          remember();
          if (!shapes.remove(territories, corner)) past.pop();
          draw();
        };
        mark.on("contextmenu dblclick", away);
        mark.on("keydown", ({ originalEvent }) => {
          if (["Delete", "Backspace"].includes(originalEvent.key)) away();
        });
        const apart = map.latLngToLayerPoint(corner).distanceTo(map.latLngToLayerPoint(next));
        if (apart < MIDDLE_FROM_PX) return;
        const middle = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
        handle(middle, "middle", say("editor.middle"), () =>
          shapes.insert(territories, corner, next, middle));
      });
  };
  const drawAreas = () => {
    drawnLayer.clearLayers();
    for (const one of territories) {
      const other = JSON.stringify(shapes.feature(one)) !== one.first;
      const className = `drawn${one === chosen ? " chosen" : ""}${other ? " changed" : ""}`;
      const layer = L.polygon(one.polygons, { renderer: areas, className, interactive: false });
      layer.addTo(drawnLayer);
    }
  };
  const drawSketch = () => {
    sketch.clearLayers();
    if (line.length > 1) L.polyline(line, { renderer: areas, className: "sketch", interactive: false })
      .addTo(sketch);
    line.forEach((corner) => L.circleMarker(corner, {
      renderer: areas, className: "sketch-corner", radius: 5, interactive: false,
    }).addTo(sketch));
  };

  const list = el("ul", { class: "list editor-list" });
  const verdict = el("p", { class: "notes", role: "status" });
  const answer = el("div", { class: "answer", role: "status" });
  const drawPanel = () => {
    const { counts, trouble } = judged();
    list.replaceChildren(...territories.map((one) => el("li", {}, el("button", {
      "aria-pressed": String(one === chosen), "data-code": one.code,
      on: { click: () => { chosen = one; setMode("corners"); callcycle.fit(map, one.polygons.flat(2), true); } },
    },
    el("span", { class: "what" },
      el("span", { class: "name" }, one.name || one.code),
      el("small", {}, `${one.code} · ${one.rep ?? "–"}${
        changed().includes(one) ? ` · ${say("editor.changed")}` : ""}`)),
    el("b", { class: "share" }, counts.get(one))))));
    verdict.textContent = !customers.length ? ""
      : trouble.outside || trouble.shared
        ? `! ${trouble.outside} ${say("editor.outside")} · ${trouble.shared} ${say("editor.shared")}`
        : `✓ ${say("editor.clean")}`;
    verdict.classList.toggle("wrong", Boolean(trouble.outside || trouble.shared));
    const one = chosen && chosen.version === null ? chosen : null;
    fields.hidden = !one;
    if (one) [code.value, name.value, rep.value] = [one.code, one.name, one.rep ?? ""];
    const none = !changed().length;
    [download, check, request].forEach((button) => { if (button) button.disabled = none; });
    back.disabled = !past.length;
  };
  const draw = () => { drawAreas(); drawHandles(); drawSketch(); drawPanel(); };

  const button = (key, click, extra = {}) =>
    el("button", { class: "tool", type: "button", ...extra, on: { click } }, say(key));
  const input = (key, change) => {
    const field = el("input", { type: "text", maxlength: 64, on: { change: () => change(field.value.trim()) } });
    return [field, el("label", {}, say(key), field)];
  };
  const edit = (key) => (value) => {
    if (!chosen) return;
    remember();
    chosen[key] = key === "rep" && !value ? null : value;
    draw();
  };
  const [code, codeLabel] = input("editor.code", edit("code"));
  const [name, nameLabel] = input("editor.name", edit("name"));
  const [rep, repLabel] = input("editor.rep", edit("rep"));
  const fields = el("div", { class: "fields", hidden: true }, codeLabel, nameLabel, repLabel);
  const reason = el("input", { type: "text", maxlength: 500 });
  const effect = el("input", { type: "date" });

  const unused = () => {
    let n = 1;
    while (territories.some((one) => one.code === `NEW-${n}`)) n += 1;
    return `NEW-${n}`;
  };
  const added = (polygons, like) => {
    const one = { code: unused(), name: say("editor.new_name"), rep: like?.rep ?? null,
      district: like?.district ?? view.district ?? null, version: null, polygons, first: "" };
    territories.push(one);
    chosen = one;
  };
  const finish = () => {
    const corners = line;
    const wanted = mode;
    if (wanted === "new" && corners.length >= 3) {
      remember();
      const [lat, lon] = corners[0];
      added([[corners]], territories.find((one) => shapes.contains(one, [lat, lon])) ?? chosen);
    }
    if (wanted === "split" && corners.length >= 2 && chosen) {
      remember();
      const parts = shapes.split(territories, chosen, corners);
      if (parts) {
        const whole = chosen;
        [whole.polygons] = [parts[0]];
        added(parts[1], whole);
      } else { past.pop(); answer.textContent = say("editor.no_split"); }
    }
    setMode("corners");
  };
  const modes = [["corners", "editor.corners"], ["new", "editor.new"], ["split", "editor.split"]]
    .map(([wanted, key]) => button(key, () => setMode(wanted), { "data-mode": wanted }));
  const done = button("editor.finish", finish);
  const hint = el("p", { class: "notes" });
  const setMode = (wanted) => {
    mode = wanted;
    line = [];
    modes.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.mode === mode)));
    done.hidden = mode === "corners";
    hint.textContent = say(`editor.hint_${mode}`);
    map.doubleClickZoom[mode === "corners" ? "enable" : "disable"]();
    draw();
  };
  map.on("click", ({ latlng }) => {
    if (mode === "corners") {
      const hit = territories.find((one) => shapes.contains(one, at(latlng)));
      if (hit && hit !== chosen) { chosen = hit; draw(); }
      return;
    }
    line.push(mode === "new" ? near(latlng) : at(latlng));
    drawSketch();
  });
  map.on("zoomend", drawHandles);
  map.on("dblclick", () => { if (mode !== "corners") finish(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && mode !== "corners") setMode("corners");
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) undo();
  });

  const collection = () => ({
    type: "FeatureCollection", features: changed().map(shapes.feature),
    reason: reason.value.trim() || say("editor.no_reason"), cut_neighbours: true,
    ...(effect.value ? { takes_effect_on: effect.value } : {}),
  });
  const send = async (dryRun) => {
    answer.replaceChildren(say("editor.sending"));
    try {
      const { ok, told } = await saving.send(collection(), dryRun);
      const lines = ok
        ? [dryRun ? say("editor.would") : say("editor.asked"),
          `${told.effects.moved} ${say("editor.moved")}`,
          ...told.effects.moves.slice(0, 20).map((move) =>
            `${move.customer_code}: ${move.before ?? "–"} → ${move.after ?? "–"}`),
          ...told.effects.stranded.map((one) => `! ${one}`)]
        : [told.detail, ...(told.errors ?? []).slice(0, 20).map((one) => one.message)];
      answer.replaceChildren(...lines.map((text) => el("p", {}, text)));
      answer.classList.toggle("wrong", !ok);
      answer.dataset.state = ok ? (dryRun ? "checked" : "asked") : "refused";
    } catch {
      answer.replaceChildren(say("editor.away"));
      answer.dataset.state = "away";
    }
  };
  const back = button("editor.undo", undo);
  const download = button("editor.download", () => saving.download(collection()));
  const check = saving.online ? button("editor.check", () => send(true)) : null;
  const request = saving.online ? button("editor.ask", () => send(false), { "data-main": true }) : null;
  panel.append(...[
    el("div", { class: "tools", role: "toolbar", "aria-label": say("editor.tools") }, modes, done, back),
    hint, verdict, list, fields,
    el("div", { class: "fields" },
      el("label", {}, say("editor.reason"), reason), el("label", {}, say("editor.effect"), effect)),
    el("div", { class: "tools" }, check, request, download),
    answer,
  ]);
  callcycle.edited = { territories, collection, map };
  setMode("corners");
};
