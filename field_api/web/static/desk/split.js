// A list beside what is opened of it: the row that is read is marked, photos open large, and what
// came in meanwhile is announced without moving what is read.

import { t } from "./main.js";

const ASK_EVERY_MS = 20_000;
const NOTHING_NEW = 304;

/** Mark the row that the address names. */
function markOpened() {
  const id = decodeURIComponent(location.pathname.split("/").at(-1));
  for (const row of document.querySelectorAll("#list [data-id]")) {
    if (row.dataset.id === id) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

document.addEventListener("htmx:pushedIntoHistory", () => {
  markOpened();
  document.querySelector(".split")?.classList.add("opened");
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-large]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const dialog = document.querySelector("#large");
  const picture = dialog.querySelector("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  dialog.showModal();
});

/** What is chosen in the list can be looked at together. */
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-choose]")) return;
  const n = document.querySelectorAll("[data-choose]:checked").length;
  const bar = document.querySelector("[data-chosen-bar]");
  const button = bar.querySelector("button");
  bar.hidden = n === 0;
  button.textContent = n === 1 ? button.dataset.one : button.dataset.many;
});

/** Tell how many came in since the list was read. */
async function askForNews() {
  const news = document.querySelector("[data-arrived]");
  if (!news || document.visibilityState === "hidden") return;
  const known = Number(news.dataset.arrived);
  let response;
  try {
    response = await fetch(news.dataset.ask, {
      credentials: "same-origin", cache: "no-store", headers: { "if-none-match": `"${known}"` },
    });
  } catch {
    return; // the service is away: the next time will tell
  }
  if (response.status === NOTHING_NEW || !response.ok) return;
  const n = Number(await response.text()) - known;
  if (!(n > 0)) return;
  const link = news.querySelector("a");
  link.textContent = n === 1 ? t("1 new report") : t("{n} new reports", { n });
  link.href = location.pathname + location.search;
  if (news.hidden) {
    news.hidden = false;
    news.setAttribute("role", "status");
  }
}

setInterval(() => void askForNews(), ASK_EVERY_MS);
document.addEventListener("visibilitychange", () => void askForNews());
