"use strict";
// Customers as marks on one canvas: the grade by colour and letter, the state by the mark's form.
(() => {
  const { el, say } = callcycle;
  const STATES = ["late", "unserved", "planned", "done", "not_due"]; // the most urgent on top
  const GRADES = ["A", "B", "C", "D", "E"];
  const LETTERS_FROM_ZOOM = 14.5;

  const radius = (zoom) => (zoom < 11 ? 3 : zoom < 12.5 ? 4 : zoom < LETTERS_FROM_ZOOM ? 6 : 9);

  const Mark = L.CircleMarker.extend({
    _updatePath() {
      const layer = this._renderer;
      if (!layer._drawing || this._empty()) return;
      const { grade, state } = this.customer;
      const { x, y } = this._point;
      const ctx = layer._ctx;
      const colours = this.colours();
      const small = state === "not_due" ? 0.7 : 1;
      const r = Math.max(this._radius * small, 2);
      ctx.save();
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      if (state === "planned" || state === "unserved") {
        ctx.fillStyle = colours.paper;
        ctx.fill();
        ctx.lineWidth = Math.max(r * (state === "planned" ? 0.5 : 0.32), 1.4);
        if (state === "unserved") ctx.setLineDash([r * 0.75, r * 0.5]);
        ctx.strokeStyle = state === "unserved" ? colours.ink : colours.grade;
        ctx.stroke();
      } else {
        ctx.globalAlpha = state === "not_due" ? 0.75 : 1;
        ctx.fillStyle = colours.grade;
        ctx.fill();
        ctx.globalAlpha = 1;
        ctx.lineWidth = 1;
        ctx.strokeStyle = colours.paper;
        ctx.stroke();
      }
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      if (this._map.getZoom() >= LETTERS_FROM_ZOOM && r > 5) {
        const filled = state === "done" || state === "late" || state === "not_due";
        ctx.font = `650 ${Math.round(r * 1.15)}px system-ui, sans-serif`;
        ctx.fillStyle = filled ? colours.letter : colours.ink;
        ctx.fillText(grade ?? "–", x, y + 0.5);
      }
      if (this.alarm) {
        const size = Math.max(r * 0.62, 3.5);
        const [bx, by] = [x + r * 0.8, y - r * 0.8];
        ctx.beginPath();
        ctx.arc(bx, by, size, 0, 2 * Math.PI);
        ctx.fillStyle = colours.act;
        ctx.fill();
        ctx.font = `700 ${Math.round(size * 1.7)}px system-ui, sans-serif`;
        ctx.fillStyle = colours.paper;
        ctx.fillText("!", bx, by + 0.5);
      }
      ctx.restore();
    },
  });

  /** Rows from Python as objects. */
  callcycle.customersOf = ({ labels, rows }) =>
    rows.map(([code, name, lat, lon, grade, state, details]) => ({
      code, name, at: [lat, lon], grade, state,
      details: details.map(([label, text]) => [labels[label], text]),
    }));

  callcycle.openCustomer = (customer) =>
    callcycle.card.show([
      el("h2", {}, el("span", { class: "name" }, customer.name), callcycle.grade(customer.grade)),
      el("p", { class: "state" }, callcycle.stateMark(customer.state),
        say(`state.${customer.state}`)),
      callcycle.facts([[say("code"), customer.code], ...customer.details]),
    ]);

  /** The form of a state, beside its word. */
  callcycle.stateMark = (state) =>
    el("span", { class: `state-mark state-${state}`, "aria-hidden": "true" },
      state === "late" ? "!" : "");

  callcycle.customerButton = (map, customer) =>
    el("button", {
      on: { click: () => {
        map.setView(customer.at, Math.max(map.getZoom(), 15));
        callcycle.openCustomer(customer);
      } },
    }, callcycle.stateMark(customer.state),
    el("span", { class: "what" }, el("span", { class: "name" }, customer.name),
      el("small", {}, customer.code)), callcycle.grade(customer.grade));

  /** Draws customers; the function returned shows others instead. With `alarm` each bears the
   * exclamation mark, whatever its state; with `quiet` the state is not told. */
  callcycle.marks = (map, customers, { alarm = false, quiet = false } = {}) => {
    map.createPane("marks").style.zIndex = 450;
    const renderer = L.canvas({ pane: "marks", padding: 0.3, tolerance: 4 });
    const group = L.featureGroup().addTo(map);
    let colours = {};
    const readColours = () => {
      const { css } = callcycle;
      const [paper, ink, act] = ["--paper", "--ink", "--act-now"].map(css);
      colours = Object.fromEntries([...GRADES, null].map((grade) => {
        const name = (grade ?? "none").toLowerCase();
        return [grade, {
          grade: css(`--grade-${name}`), letter: css(`--on-${name}`), paper, ink, act,
        }];
      }));
    };
    readColours();
    const order = (customer) =>
      STATES.indexOf(customer.state) * 10 + GRADES.indexOf(customer.grade ?? "E");
    const show = (shown) => {
      group.clearLayers();
      for (const customer of [...shown].sort((a, b) => order(b) - order(a))) {
        const mark = new Mark(customer.at, { renderer, radius: radius(map.getZoom()) });
        mark.customer = customer;
        mark.alarm = alarm || customer.state === "late";
        mark.colours = () => colours[customer.grade];
        group.addLayer(mark);
      }
    };
    group.bindTooltip((mark) => el("span", {}, el("b", {}, mark.customer.name), el("br"),
      quiet ? mark.customer.code : `${mark.customer.code} · ${say(`state.${mark.customer.state}`)}`),
    { direction: "top", offset: [0, -6], sticky: true });
    group.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      callcycle.openCustomer(event.layer.customer);
    });
    map.on("zoomend", () => group.eachLayer((mark) => mark.setRadius(radius(map.getZoom()))));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      readColours();
      group.eachLayer((mark) => mark.redraw());
    });
    show(customers);
    return show;
  };
  callcycle.STATES = STATES;
  callcycle.GRADES = GRADES;
})();
