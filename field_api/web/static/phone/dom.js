// Elements from values. Text only ever becomes text: what customers are called is never HTML.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected"]);

/** An element: `on…` are listeners, `class` and `data-…` attributes; children may be nested lists,
 * and what is null or false is left out. */
export function el(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Put these in the place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  go: "M12 3l8 18-8-5-8 5z",
  phone: "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2",
  check: "M4 12l6 6L20 6",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  today: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  week: "M4 5h16M4 12h16M4 19h16",
  promise: "M12 3v10l6 4M12 21a9 9 0 1 1 9-9",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
  map: "M9 4L3 6v14l6-2 6 2 6-2V4l-6 2zM9 4v14M15 6v14",
  plus: "M12 4v16M4 12h16",
  away: "M18 6L6 18M6 6l12 12",
};

/** An SVG element. */
export function drawn(tag, given = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
  append(element, children);
  return element;
}

/** A small picture; it says nothing to those who listen, the words beside it do. */
export const icon = (name) => drawn("svg",
  { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, drawn("path", { d: SHAPES[name] }));
