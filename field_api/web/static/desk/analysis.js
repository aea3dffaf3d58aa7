// A table of months as a plot: the first column of figures strong, the second beside it.

import uPlot from "../vendor/uplot/uPlot.esm.js";

const plot = document.querySelector("#plot");
const table = document.querySelector("#plotted");
const LEAST_HEIGHT = 220;
const LABEL_WIDTH = 72;
let drawn = null;

const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

function series() {
  const rows = [...table.tBodies[0].rows];
  const months = rows.map((row) => row.querySelector("th").textContent);
  const columns = table.tHead.rows[0].cells.length - 1;
  const values = [...Array(columns).keys()].map((n) =>
    rows.map((row) => {
      const { value } = row.cells[n + 1].dataset;
      return value === "" ? null : Number(value);
    }));
  return { months, values, names: [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent) };
}

function said(value) {
  if (value === null || value === undefined) return "–";
  const unit = { share: " %", metres: " km" }[plot.dataset.unit] ?? "";
  const short = { notation: "compact", maximumFractionDigits: 1 };
  const lang = document.documentElement.lang || "en";
  return `${value.toLocaleString(lang, plot.dataset.unit === "money" ? short : undefined)}${unit}`;
}

function draw() {
  const { months, values, names } = series();
  const [strong, beside, ink, line] = ["--accent", "--muted", "--muted", "--line"].map(colour);
  const width = Math.max(plot.clientWidth, 240);
  const grid = { stroke: line, width: 1 };
  const own = values.length > 1;
  const step = Math.ceil((months.length * LABEL_WIDTH) / (width - LABEL_WIDTH));
  drawn?.destroy();
  drawn = new uPlot({
    width,
    height: Math.max(LEAST_HEIGHT, Math.round(width / 3.4)),
    padding: [12, 24, 0, 0],
    legend: { live: true },
    cursor: { points: { size: 8 } },
    scales: { x: { time: false, range: (_, least, most) => [least - 0.3, most + 0.3] },
      y: { range: (_, least, most) => uPlot.rangeNum(Math.min(least ?? 0, most ?? 1), most ?? 1, 0.15, true) } },
    axes: [
      { stroke: ink, grid, splits: () => months.map((_, n) => n), values: (_, at) => at.map((n) => (n % step === 0 ? months[n] ?? "" : "")) },
      { stroke: ink, grid, size: 64, values: (_, at) => at.map(said) },
    ],
    series: [
      { label: table.tHead.rows[0].cells[0].textContent, value: (_, n) => months[n] ?? "" },
      ...names.map((label, n) => ({
        label,
        stroke: n === 0 ? strong : beside,
        width: n === 0 ? 2.5 : 1.5,
        dash: own && n > 0 ? [5, 4] : undefined,
        points: { show: true, size: 7, fill: n === 0 ? strong : colour("--paper") },
        spanGaps: false,
        value: (_, value) => said(value),
      })),
    ],
  }, [months.map((_, n) => n), ...values], plot);
}

if (plot && table) {
  draw();
  new ResizeObserver(() => {
    if (drawn && Math.abs(drawn.width - plot.clientWidth) > 8) draw();
  }).observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
document.querySelector("#measure")?.addEventListener("change", (event) => event.target.form.submit());
