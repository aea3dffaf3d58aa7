"use strict";
// The routes beside the map: a calendar that chooses, and the day as a timeline.
(() => {
  const { el, say, icon } = callcycle;

  /** Fills the panel with what `routes` has chosen; the functions fill it again and mark a row. */
  callcycle.routeList = (panel, routes) => {
    const { view, several, state, daysInOrder, paint, chosen, choose, open } = routes;
    const repCode = () => (state.rep === null || !several ? "" : view.reps[state.rep].code);

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
          el("button", { on: { click: () => open(day, index) } },
            el("span", { class: `mark stop-mark ${stop.kind ? `kind-${stop.kind}` : ""}` },
              String(index + 1)),
            el("span", { class: "time" }, stop.time),
            el("span", { class: "what" }, el("span", { class: "name" }, stop.name),
              el("small", {}, [stop.kind && say(`routes.kind.${stop.kind}`), stop.purpose]
                .filter(Boolean).join(" · "))),
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
          callcycle.figures(view.summaries[view.reps[day.rep].code][day.choices[2]])))))));

    const repRow = () =>
      state.rep === null && state.choice.startsWith("day:") ? null : el("div", { class: "reps", role: "group" }, [null, ...view.reps.keys()].map((rep) =>
        el("button", {
          class: `rep ${rep === null ? "" : `rep-${rep % 8}`}`,
          "aria-pressed": String(state.rep === rep),
          on: { click: () => choose(state.choice, rep) },
        }, rep === null ? null : el("span", { class: "swatch" }),
        rep === null ? say("routes.all_reps") : view.reps[rep].name)));

    /** What the marks on the map say, which depends on the choice. */
    const marks = () => {
      const arrow = icon("M4.5 2.5 11.5 8 4.5 13.5");
      const sample = (text) => el("span", { class: "sample" }, text, arrow);
      const kind = several || state.choice === "all" ? "day" : state.choice.split(":")[0];
      if (kind === "weekday") return el("li", {}, sample("1"), say("routes.week_number"));
      if (kind === "week")
        return el("li", {}, sample(view.weekdays[0].mark), say("routes.weekday_letters"));
      return el("li", {}, sample("1"), say("routes.order"));
    };

    const legend = () => {
      const kinds = new Set(view.days.flatMap((day) => day.stops.map((stop) => stop.kind)));
      const entry = (symbol, text) => el("li", {}, symbol, text);
      return el("ul", { class: "legend", "aria-label": say("legend") },
        marks(),
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

    /** Mark the open stop's row. */
    const markOpen = () => {
      for (const row of panel.querySelectorAll("[data-stop]")) {
        const isOpen = state.stop?.day === chosen()[0] && +row.dataset.stop === state.stop?.index;
        row.classList.toggle("open", isOpen);
        if (isOpen) row.scrollIntoView({ block: "nearest" });
      }
    };
    return { render, markOpen };
  };
})();
