// Elements and figures as the page says them. Whatever a person typed becomes a text node.

import { language } from "../../phone/texts.js";
import { t } from "../main.js";

const SVG = "http://www.w3.org/2000/svg";
const HOUR_S = 3600;
const CENTS = 100;
const WIDTH = 100;
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(language);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return node;
}

export const bare = (seconds) => whole.format(Math.round(seconds / HOUR_S));
export const hours = (seconds) => t("{n} h", { n: bare(seconds) });
export const money = (cents) => short.format(cents / CENTS);
export const count = (n) => whole.format(n);
export const percent = (share) => `${(WIDTH * share).toFixed(1)} %`;

/** A bar; the function returned sets it to another share of one. */
export function bar() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 8");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "bar");
  svg.setAttribute("aria-hidden", "true");
  const [back, front] = ["whole", "share"].map((name) => {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", name);
    rect.setAttribute("width", String(WIDTH));
    rect.setAttribute("height", "8");
    return rect;
  });
  svg.append(back, front);
  return [svg, (share) => {
    front.setAttribute("width", String(Math.min(WIDTH, WIDTH * share).toFixed(1)));
    svg.classList.toggle("over", share > 1);
  }];
}
