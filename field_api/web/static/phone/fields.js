// Fields of forms: large enough for a thumb, each with its name, each kept as it is written.

import { el, icon } from "./dom.js";
import { t } from "./texts.js";

const LONGEST_LINE = 200;
const LONGEST_TEXT = 5000;

/** One line, a day or a time. */
export function field({ name, title, value = "", type = "text", write, list, min, inputmode }) {
  return el("div", { class: "field" },
    el("label", { for: name }, title),
    el("input", { id: name, name, type, value, list, min, inputmode, maxlength: LONGEST_LINE,
      autocomplete: "off", oninput: ({ target }) => write(target.value) }));
}

/** Several lines, which may be dictated. */
export function text({ name, title, value = "", rows = 2, write }) {
  return el("div", { class: "field" },
    el("label", { for: name }, title),
    el("textarea", { id: name, name, rows, value, maxlength: LONGEST_TEXT,
      oninput: ({ target }) => write(target.value) }));
}

/** One of a few, by a tap. */
export function choice({ name, title, codes, words, value, pick }) {
  return el("fieldset", { class: "choice" },
    el("legend", {}, title),
    el("div", {}, codes.map((code) => el("label", {},
      el("input", { type: "radio", name, value: code, checked: code === value,
        onchange: () => pick(code) }),
      el("span", {}, words(code))))));
}

/** Any number of alike things, each in a row of its own. */
export function many({ title, add, items, blank, row, change }) {
  const rows = el("div", {});
  const changed = () => change([...items]);
  const draw = (item) => {
    const line = el("div", { class: "row" }, row(item, changed),
      el("button", { type: "button", class: "away", "aria-label": t("Take this away"),
        onclick: () => {
          items.splice(items.indexOf(item), 1);
          line.remove();
          changed();
        } }, icon("away")));
    rows.append(line);
    return line;
  };
  items = [...items];
  items.forEach(draw);
  return el("section", { class: "part many" }, el("h2", {}, title), rows,
    el("button", { type: "button", class: "button wide",
      onclick: () => {
        items.push(blank());
        draw(items.at(-1)).querySelector("input").focus();
        changed();
      } }, icon("plus"), add));
}
