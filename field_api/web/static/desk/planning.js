// The progress of planning runs as it comes, and the form that begins one.

import { t } from "./main.js";

const EVENTS = "/api/v1/planning-runs";
const NEWS_MS = 1500;

function told(run, rep) {
  const line = run.querySelector(`[data-rep="${CSS.escape(rep.rep_code)}"]`);
  if (!line) return;
  const done = rep.state === "done";
  line.querySelector("progress").value = done ? 1 : rep.progress;
  const says = rep.error || (done ? t("done") : `${Math.round(rep.progress * 100)} %`);
  line.querySelector("[data-says]").textContent = says;
}

function watch(run) {
  const stream = new EventSource(`${EVENTS}/${run.dataset.run}/events`);
  stream.addEventListener("rep", (event) => told(run, JSON.parse(event.data)));
  stream.addEventListener("ended", () => {
    stream.close();
    setTimeout(() => location.reload(), NEWS_MS);
  });
}

document.querySelectorAll("[data-run]").forEach(watch);
document.querySelectorAll("[data-opens]").forEach((button) => {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
});
document.querySelectorAll("[data-closes]").forEach((button) => {
  button.addEventListener("click", () => button.closest("dialog").close());
});
