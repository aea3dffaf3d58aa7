"use strict";
// The routes on the map: lines with direction, numbers that never cover each other, start and end.
(() => {
  const { el, say, icon } = callcycle;
  const STOP_PX = 10.5; // half a number's width
  const HOME_PX = 16;
  const CROWDED_PX = 22; // numbers that stand this far off their places on average say nothing
  const MANY_DAYS = 12; // more are thin lines and dots
  const ARROW_FROM_PX = 46; // a shorter leg has no room for an arrow

  /** Draws what `routes` has chosen; the two functions draw again and light up one leg. */
  callcycle.routePicture = (map, routes) => {
    const { view, several, state, paint, chosen, open } = routes;
    const drawn = L.layerGroup().addTo(map);
    const chosenLeg = L.layerGroup().addTo(map);
    map.createPane("lines").style.zIndex = 410;
    map.createPane("arrows").style.zIndex = 420;
    const renderer = L.svg({ pane: "lines", padding: 0.5 });

    const legs = (day) =>
      [...day.stops, { at: day.end.at, path: day.path_back }].map((stop, i, all) => [
        i ? all[i - 1].at : day.start.at, ...(stop.path ?? []), stop.at,
      ]);
    /** What a marker says beside its colour. */
    const mark = (day, index, days) => {
      if (days.length === 1 || several) return String(index + 1);
      if (state.choice.startsWith("weekday:")) return String(day.week);
      return view.weekdays.find((weekday) => weekday.n === day.weekday).mark;
    };

    const line = (group, points, className) =>
      L.polyline(points, { renderer, className, interactive: false, smoothFactor: 0 })
        .addTo(group);
    const marker = (at, html, className, options = {}) =>
      L.marker(at, {
        icon: L.divIcon({ className, html, iconSize: [0, 0] }), ...options,
      }).addTo(drawn);

    /** Each place where days start or end once, with the codes of the reps who share it. */
    const drawPlaces = (days) => {
      const places = new Map();
      const add = (place, key, day) => {
        const at = String(place.at);
        if (!places.has(at)) places.set(at, { place, key, reps: new Map() });
        places.get(at).reps.set(day.rep, day);
      };
      for (const day of days) add(day.start, "routes.start", day);
      for (const day of days) add(day.end, "routes.end", day);
      for (const { place, key, reps } of places.values()) {
        const codes = several ? [...reps.keys()].map((rep) => view.reps[rep].code) : [];
        const [day] = reps.values();
        const className = reps.size === 1 ? `home ${paint(day)}` : "home";
        const html = el("span", {}, icon(callcycle.HOME), codes.join(" "));
        const label = say(key, { name: place.name });
        marker(place.at, html, className, { keyboard: false, zIndexOffset: 900 })
          .bindTooltip(el("span", {}, label), { direction: "top", offset: [0, -12] });
      }
    };

    const drawArrows = (day) => {
      for (const leg of legs(day)) {
        const pixels = leg.map((at) => map.latLngToLayerPoint(at));
        const lengths = pixels.slice(1).map((to, i) => pixels[i].distanceTo(to));
        const total = lengths.reduce((sum, length) => sum + length, 0);
        if (total < ARROW_FROM_PX) continue;
        let rest = total / 2;
        const i = lengths.findIndex((length) => (rest -= length) <= 0);
        const [from, to] = [pixels[i], pixels[i + 1]];
        const share = 1 + rest / lengths[i];
        const at = L.point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        const arrow = icon("M4.5 2.5 11.5 8 4.5 13.5", `arrow ${paint(day)}`);
        arrow.style.transform = `rotate(${Math.atan2(to.y - from.y, to.x - from.x)}rad)`;
        marker(map.layerPointToLatLng(at), arrow, "arrow-place", {
          interactive: false, keyboard: false, pane: "arrows",
        });
      }
    };

    /** Where each stop's number stands on the screen, none over another. */
    const laidOut = (days) => {
      const homes = days.map((day) => ({
        at: map.latLngToLayerPoint(day.start.at), half: HOME_PX, fixed: true,
      }));
      const items = days.flatMap((day) =>
        day.stops.map((stop, index) => ({
          day, stop, index, at: map.latLngToLayerPoint(stop.at), half: STOP_PX, fixed: false,
        })),
      );
      const places = spread([...items, ...homes]);
      return items.map((item, i) => ({ ...item, place: places[i] }));
    };
    const isCrowded = (items) =>
      items.reduce((sum, item) => sum + item.place.distanceTo(item.at), 0) >
      items.length * CROWDED_PX;

    const drawStops = (items, days) => {
      for (const item of items) {
        const { day, stop, index, place } = item;
        if (place.distanceTo(item.at) > 3) {
          line(drawn, [stop.at, map.layerPointToLatLng(place)], "leader");
          marker(stop.at, "", `true-place ${paint(day)}`, { interactive: false, keyboard: false });
        }
        const isOpen = state.stop?.stop === stop;
        const html = el("span", {}, mark(day, index, days));
        const className =
          `stop ${paint(day)} ${stop.kind ? `kind-${stop.kind}` : ""} ${isOpen ? "open" : ""}`;
        marker(map.layerPointToLatLng(place), html, className, {
          title: "", alt: stop.name, zIndexOffset: isOpen ? 1000 : 500 - index,
        })
          .bindTooltip(tip(day, stop, index), { direction: "top", offset: [0, -11] })
          .on("click", () => open(day, index));
      }
    };

    const tip = (day, stop, index) =>
      el("span", {}, el("b", {}, `${index + 1} · ${stop.name}`), el("br"),
        `${day.name} · ${stop.time}${several ? ` · ${view.reps[day.rep].name}` : ""}`);

    const drawDots = (days) => {
      for (const day of days)
        day.stops.forEach((stop, index) =>
          L.circleMarker(stop.at, { renderer, className: `dot ${paint(day)}`, radius: 3.5 })
            .bindTooltip(() => tip(day, stop, index), { direction: "top" })
            .on("click", (event) => { L.DomEvent.stop(event); open(day, index); })
            .addTo(drawn));
    };

    const draw = () => {
      const days = chosen();
      const items = days.length > MANY_DAYS ? [] : laidOut(days);
      const numbered = days.length <= MANY_DAYS && (days.length === 1 || !isCrowded(items));
      drawn.clearLayers();
      for (const day of days) {
        const all = [day.start.at, ...legs(day).flatMap((leg) => leg.slice(1))];
        if (days.length <= MANY_DAYS) line(drawn, all, "casing");
        line(drawn, all, `route ${paint(day)} ${days.length <= MANY_DAYS ? "" : "many"}`);
      }
      drawPlaces(days);
      if (numbered) days.forEach(drawArrows);
      if (numbered) drawStops(items, days);
      else drawDots(days);
    };

    /** The leg to the open stop, or none. */
    const showLeg = (opened) => {
      chosenLeg.clearLayers();
      if (!opened) return;
      const { day, index, stop } = opened;
      line(chosenLeg, legs(day)[index], `leg ${paint(day)}`);
      if (!map.getBounds().pad(-0.1).contains(stop.at)) map.panTo(stop.at);
    };
    map.on("zoomend", draw);
    return { draw, showLeg };
  };

  /** Pixel places pushed apart until none covers another; `fixed` ones stay. */
  const spread = (items) => {
    const places = items.map((item) => item.at.clone());
    for (let round = 0; round < 40; round += 1) {
      let moved = false;
      for (let i = 0; i < places.length; i += 1)
        for (let j = i + 1; j < places.length; j += 1) {
          const gap = items[i].half + items[j].half;
          let [dx, dy] = [places[j].x - places[i].x, places[j].y - places[i].y];
          let distance = Math.hypot(dx, dy);
          if (distance >= gap) continue;
          if (distance < 0.01) [dx, dy, distance] = [Math.cos(j), Math.sin(j), 1];
          const movable = (items[i].fixed ? 0 : 1) + (items[j].fixed ? 0 : 1);
          if (!movable) continue;
          const push = (gap - Math.min(distance, gap) + 0.5) / movable / distance;
          if (!items[i].fixed) places[i] = places[i].subtract([dx * push, dy * push]);
          if (!items[j].fixed) places[j] = places[j].add([dx * push, dy * push]);
          moved = true;
        }
      if (!moved) break;
    }
    return places;
  };
})();
