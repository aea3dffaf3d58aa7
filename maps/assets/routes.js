"use strict";
// Day routes: a calendar chooses, the map and the list show the same choice.
(() => {
  const { el, say, icon } = callcycle;
  const STOP_PX = 10.5; // half a number's width
  const HOME_PX = 16;
  const CROWDED_PX = 22; // numbers that stand this far off their places on average say nothing
  const MANY_DAYS = 12; // more are thin lines and dots
  const ARROW_FROM_PX = 46; // a shorter leg has no room for an arrow

  callcycle.routes = (map, panel, view) => {
    const several = view.colour_by === "rep";
    const daysInOrder = [...new Set(view.days.map((day) => day.choices[2]))];
    const state = { choice: daysInOrder[0], rep: several ? null : 0, stop: null };

    const drawn = L.layerGroup().addTo(map);
    const chosenLeg = L.layerGroup().addTo(map);
    map.createPane("lines").style.zIndex = 410;
    map.createPane("arrows").style.zIndex = 420;
    const renderer = L.svg({ pane: "lines", padding: 0.5 });

    const paint = (day) => (several ? `rep-${day.rep % 8}` : `weekday-${day.weekday}`);
    const isChosen = (day) =>
      (state.choice === "all" || day.choices.includes(state.choice)) &&
      (state.rep === null || day.rep === state.rep);
    const chosen = () => view.days.filter(isChosen);
    const repCode = () => (state.rep === null || !several ? "" : view.reps[state.rep].code);
    const points = (day) => [day.start.at, ...day.stops.map((stop) => stop.at), day.end.at];
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

    // ---- the map
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

    // ---- the card
    const open = (day, index, follow = false) => {
      const stop = day.stops[index];
      const step = (by) => {
        const to = index + by;
        return el("button", {
          class: "step", disabled: !day.stops[to], "aria-label": say("routes.stop", {
            n: to + 1, all: day.stops.length,
          }), on: { click: () => open(day, to, true) },
        }, by < 0 ? "‹" : "›");
      };
      callcycle.card.show(
        [
          el("h2", {}, el("span", { class: `bubble ${paint(day)}` }, String(index + 1)),
            el("span", { class: "name" }, stop.name), callcycle.grade(stop.grade)),
          callcycle.facts([
            [day.name, several ? view.reps[day.rep].name : null],
            [say("routes.arrive"), [stop.arrive, stop.wait].filter(Boolean).join(" · ")],
            [say("routes.visit"), `${stop.time} · ${stop.takes}`],
            [say("routes.purpose"), stop.purpose],
            [stop.kind && say(`routes.kind.${stop.kind}`), stop.kind && "✓"],
            [say("routes.way"), stop.leg],
            [say("code"), stop.code],
            ...(stop.details ?? []),
          ]),
          el("p", { class: "steps" }, step(-1),
            `${day.name} · ${say("routes.stop", { n: index + 1, all: day.stops.length })}`,
            step(1)),
        ],
        () => { state.stop = null; chosenLeg.clearLayers(); refresh(); },
      );
      state.stop = { day, index, stop };
      chosenLeg.clearLayers();
      line(chosenLeg, legs(day)[index], `leg ${paint(day)}`);
      if (follow && !map.getBounds().pad(-0.1).contains(stop.at)) map.panTo(stop.at);
      refresh();
    };
    const refresh = () => {
      draw();
      for (const row of panel.querySelectorAll("[data-stop]")) {
        const isOpen = state.stop?.day === chosen()[0] && +row.dataset.stop === state.stop?.index;
        row.classList.toggle("open", isOpen);
        if (isOpen) row.scrollIntoView({ block: "nearest" });
      }
    };

    // ---- the panel
    const choose = (choice, rep = state.rep) => {
      callcycle.card.close();
      Object.assign(state, { choice, rep, stop: null });
      history.replaceState(null, "", `#${choice}`);
      render();
      callcycle.fit(map, chosen().flatMap(points));
      draw();
    };
    const button = (choice, className, title, ...children) =>
      el("button", {
        class: className, title, "aria-pressed": String(state.choice === choice),
        on: { click: () => choose(choice) },
      }, ...children);

    const calendar = () => {
      const cells = [button("all", "corner", say("routes.all"), say("routes.all"))];
      for (const weekday of view.weekdays)
        cells.push(button(`weekday:${weekday.n}`, `weekday ${several ? "" : `weekday-${weekday.n}`}`,
          weekday.name, weekday.short));
      for (const week of view.weeks) {
        cells.push(button(`week:${week.n}`, "week", week.name, week.short));
        for (const weekday of view.weekdays) {
          const days = view.days.filter((day) =>
            day.week === week.n && day.weekday === weekday.n &&
            (state.rep === null || day.rep === state.rep));
          const stops = days.reduce((sum, day) => sum + day.stops.length, 0);
          cells.push(days.length
            ? button(days[0].choices[2], `day ${several ? "" : `weekday-${weekday.n}`}`,
              days[0].name, el("span", {}, String(days[0].number)),
              el("small", {}, String(stops)))
            : el("span", { class: "day free" }));
        }
      }
      return el("div", {
        class: "grid", style: `--columns: ${view.weekdays.length}`, role: "group",
        "aria-label": say("routes.choose"),
      }, cells);
    };

    const title = () => {
      const { choice } = state;
      if (choice === "all") return say("routes.all");
      const [kind, n] = choice.split(":");
      if (kind === "week") return view.weeks.find((week) => String(week.n) === n).name;
      if (kind === "weekday") return view.weekdays.find((day) => String(day.n) === n).name;
      return view.days.find((day) => day.choices[2] === choice).name;
    };
    const turn = (by) => {
      const at = daysInOrder.indexOf(state.choice);
      const to = daysInOrder[at < 0 ? 0 : at + by];
      return el("button", {
        class: "turn", disabled: !to, "aria-label": say(by < 0 ? "routes.previous" : "routes.next"),
        on: { click: () => choose(to) },
      }, by < 0 ? "‹" : "›");
    };

    const timeline = (day) => {
      const place = (time, text, name) =>
        el("li", { class: "end" }, el("span", { class: "mark" }, icon(callcycle.HOME)),
          el("span", { class: "time" }, time), el("span", { class: "what" }, text,
            el("small", {}, name)));
      const leg = (text, wait) =>
        el("li", { class: "leg" }, [text, wait].filter(Boolean).join(" · "));
      const lunch = () =>
        el("li", { class: "lunch" }, el("span", { class: "time" }, day.lunch.time),
          el("span", { class: "what" }, say("routes.lunch")));
      const rows = [place(day.leave, say("routes.leave"), day.start.name)];
      day.stops.forEach((stop, index) => {
        if (day.lunch?.before === index) rows.push(lunch());
        rows.push(leg(stop.leg, stop.wait));
        rows.push(el("li", { class: "visit", "data-stop": index },
          el("button", { on: { click: () => open(day, index, true) } },
            el("span", { class: `mark stop-mark ${stop.kind ? `kind-${stop.kind}` : ""}` },
              String(index + 1)),
            el("span", { class: "time" }, stop.time),
            el("span", { class: "what" }, el("span", { class: "name" }, stop.name),
              el("small", {}, stop.kind ? `${say(`routes.kind.${stop.kind}`)} · ` : "",
                stop.purpose)),
            callcycle.grade(stop.grade))));
      });
      if (day.lunch && day.lunch.before >= day.stops.length) rows.push(lunch());
      rows.push(leg(day.leg_back));
      rows.push(place(day.back, say("routes.back"), day.end.name));
      return el("ol", { class: `timeline ${paint(day)}` }, rows);
    };

    const dayRows = (days) =>
      el("ul", { class: "rows" }, days.map((day) =>
        el("li", {}, el("button", {
          on: { click: () => choose(day.choices[2], several ? day.rep : 0) },
        },
        el("span", { class: `swatch ${paint(day)}` }),
        el("span", { class: "what" }, several ? view.reps[day.rep].name : day.name,
          el("small", {}, several && days.some((other) => other.name !== day.name)
            ? `${day.name} · ` : "",
          view.summaries[view.reps[day.rep].code][day.choices[2]]))))));

    const repRow = () =>
      state.rep === null && state.choice.startsWith("day:") ? null : el("div", { class: "reps", role: "group" }, [null, ...view.reps.keys()].map((rep) =>
        el("button", {
          class: `rep ${rep === null ? "" : `rep-${rep % 8}`}`,
          "aria-pressed": String(state.rep === rep),
          on: { click: () => choose(state.choice, rep) },
        }, rep === null ? null : el("span", { class: "swatch" }),
        rep === null ? say("routes.all_reps") : view.reps[rep].name)));

    const legend = () => {
      const kinds = new Set(view.days.flatMap((day) => day.stops.map((stop) => stop.kind)));
      const entry = (symbol, text) => el("li", {}, symbol, text);
      return el("ul", { class: "legend", "aria-label": say("legend") },
        entry(el("span", { class: "sample" }, "1", icon("M4.5 2.5 11.5 8 4.5 13.5")),
          say("routes.order")),
        entry(icon(callcycle.HOME), say("routes.place")),
        ["appointment", "promise"].filter((kind) => kinds.has(kind)).map((kind) =>
          entry(el("span", { class: `stop-mark kind-${kind}` }, "2"),
            say(`routes.kind.${kind}`))));
    };

    const wide = matchMedia("(min-width: 701px)");
    let calendarIsOpen = wide.matches;
    const render = () => {
      const days = chosen();
      const summary = view.summaries[repCode()]?.[state.choice] ?? say("routes.free");
      const folded = el("details", {
        class: "calendar", open: calendarIsOpen,
        on: { toggle: (event) => { calendarIsOpen = event.target.open; } },
      }, el("summary", {}, say("routes.choose")), calendar());
      panel.replaceChildren(
        ...[
          folded,
          several ? repRow() : null,
          el("div", { class: "chosen" }, turn(-1), el("div", {}, el("h2", {}, title()),
            el("p", {}, callcycle.figures(summary))), turn(1)),
          days.length === 1 ? timeline(days[0]) : dayRows(days),
          legend(),
          view.notes.length ? el("p", { class: "notes" }, view.notes.join(" · ")) : null,
        ].filter(Boolean),
      );
    };

    document.addEventListener("keydown", (event) => {
      const by = { j: 1, k: -1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      const day = state.stop?.day ?? chosen()[0];
      const to = state.stop ? state.stop.index + by : 0;
      if (day?.stops[to]) open(day, to, true);
    });
    const choices = new Set(["all", ...view.days.flatMap((day) => day.choices)]);
    const asked = () => decodeURIComponent(location.hash.slice(1));
    window.addEventListener("hashchange", () => choices.has(asked()) && choose(asked()));
    map.on("zoomend", draw);
    if (choices.has(asked())) state.choice = asked();
    render();
    callcycle.fit(map, chosen().flatMap(points));
    draw();
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
