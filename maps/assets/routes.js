"use strict";
// Day routes: one choice, shown by the map and by the list beside it.
(() => {
  const { el, say } = callcycle;

  callcycle.routes = (map, panel, view) => {
    const several = view.colour_by === "rep";
    const daysInOrder = [...new Set(view.days.map((day) => day.choices[2]))];
    const state = { choice: daysInOrder[0], rep: several ? null : 0, stop: null };

    const paint = (day) => (several ? `rep-${day.rep % 8}` : `weekday-${day.weekday}`);
    const chosen = () => view.days.filter((day) =>
      (state.choice === "all" || day.choices.includes(state.choice)) &&
      (state.rep === null || day.rep === state.rep));
    const points = (day) => [
      day.start.at, ...day.stops.flatMap((stop) => [...(stop.path ?? []), stop.at]),
      ...(day.path_back ?? []), day.end.at,
    ];
    const refresh = () => {
      picture.draw();
      picture.showLeg(state.stop);
      list.markOpen();
    };

    const open = (day, index) => {
      const stop = day.stops[index];
      const step = (by) => {
        const to = index + by;
        return el("button", {
          class: "step", disabled: !day.stops[to], "aria-label": say("routes.stop", {
            n: to + 1, all: day.stops.length,
          }), on: { click: () => open(day, to) },
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
        () => { state.stop = null; refresh(); },
      );
      state.stop = { day, index, stop };
      refresh();
    };

    const choose = (choice, rep = state.rep) => {
      callcycle.card.close();
      Object.assign(state, { choice, rep, stop: null });
      history.replaceState(null, "", `#${choice}`);
      list.render();
      callcycle.fit(map, chosen().flatMap(points));
      picture.draw();
    };

    const routes = { view, several, state, daysInOrder, paint, chosen, choose, open };
    const picture = callcycle.routePicture(map, routes);
    const list = callcycle.routeList(panel, routes);

    document.addEventListener("keydown", (event) => {
      const by = { j: 1, k: -1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      const day = state.stop?.day ?? chosen()[0];
      const to = state.stop ? state.stop.index + by : 0;
      if (day?.stops[to]) open(day, to);
    });
    const choices = new Set(["all", ...view.days.flatMap((day) => day.choices)]);
    const asked = () => location.hash.slice(1);
    window.addEventListener("hashchange", () => choices.has(asked()) && choose(asked()));
    if (choices.has(asked())) state.choice = asked();
    list.render();
    callcycle.fit(map, chosen().flatMap(points));
    picture.draw();
  };
})();
