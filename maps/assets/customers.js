"use strict";
// The customer map: a table of grades and states chooses, a search finds.
(() => {
  const { el, say } = callcycle;
  const LISTED = 50;
  const COLUMNS = ["done", "planned", "late", "unserved", "not_due"];

  callcycle.customers = (map, panel, view) => {
    const all = callcycle.customersOf(view.customers);
    const state = { grade: undefined, state: undefined, text: "" };
    const show = callcycle.marks(map, all);
    const grades = [...callcycle.GRADES, null].filter((grade) =>
      grade !== null || all.some((customer) => customer.grade === null));
    const states = COLUMNS.filter((column) => all.some((one) => one.state === column));

    const matches = (customer, { grade, state: wanted }) =>
      (grade === undefined || customer.grade === grade) &&
      (wanted === undefined || customer.state === wanted);
    const found = (customer) =>
      !state.text || `${customer.name}\n${customer.code}`.toLowerCase().includes(state.text);
    const shown = () => all.filter((customer) => matches(customer, state) && found(customer));

    const cell = (grade, wanted, ...children) => {
      const count = all.filter((one) => matches(one, { grade, state: wanted })).length;
      const chosen = state.grade === grade && state.state === wanted;
      const pressed = String(chosen);
      const words = [
        grade === undefined ? null : `${say("grade")} ${grade ?? say("grade.none")}`,
        wanted === undefined ? null : say(`state.${wanted}`),
      ].filter(Boolean);
      return el("td", {}, el("button", {
        "aria-pressed": pressed, disabled: !count, title: words.join(" · ") || say("customers.all"),
        on: { click: () => {
          Object.assign(state, chosen ? { grade: undefined, state: undefined }
            : { grade, state: wanted });
          update();
        } },
      }, children.length ? children : count.toLocaleString("en")));
    };

    const table = () =>
      el("table", { class: "matrix" },
        el("thead", {}, el("tr", {}, el("td"),
          states.map((one) => cell(undefined, one, callcycle.stateMark(one))),
          el("td", {}, say("customers.all")))),
        el("tbody", {}, grades.map((grade) =>
          el("tr", {}, cell(grade, undefined, callcycle.grade(grade)),
            states.map((one) => cell(grade, one)), cell(grade, undefined))),
        el("tr", { class: "sum" }, el("td", {}, say("customers.all")),
          states.map((one) => cell(undefined, one)), cell(undefined, undefined))));

    const search = el("input", {
      type: "search", placeholder: say("customers.search"), "aria-label": say("customers.search"),
      on: {
        input: (event) => { state.text = event.target.value.trim().toLowerCase(); update(); },
        keydown: (event) => {
          if (event.key === "Enter") results.querySelector("button")?.click();
        },
      },
    });
    const chooser = el("div");
    const results = el("div");
    const legend = el("ul", { class: "legend", "aria-label": say("legend") },
      COLUMNS.map((one) => el("li", {}, callcycle.stateMark(one), say(`state.${one}`))));
    panel.append(search, chooser, legend, results);

    const update = () => {
      const customers = shown();
      const listed = customers.slice(0, LISTED);
      chooser.replaceChildren(table());
      const count = { shown: customers.length.toLocaleString("en"),
        all: all.length.toLocaleString("en") };
      results.replaceChildren(
        el("p", { class: "notes" }, customers.length ? say("customers.shown", count)
          : say("customers.found_none")),
        el("ul", { class: "list" }, listed.map((customer) =>
          el("li", {}, callcycle.customerButton(map, customer)))));
      show(customers);
    };
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && document.activeElement !== search) {
        event.preventDefault();
        search.focus();
      }
    });
    update();
  };
})();
