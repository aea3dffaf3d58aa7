// A press that comes before the page's scripts listen is held and given to them then: on a slow
// network nothing pressed is lost, and no form is sent by the browser itself in its own way.
// A script of the old kind on purpose: it runs before the first button is drawn.
(() => {
  const HELD = { click: "button, [data-visit]", change: "select, input" };
  const held = new Map();

  const hold = (event) => {
    const pressed = event.target.closest(HELD[event.type]);
    if (!pressed) return;
    held.set(pressed, event.type);
    event.preventDefault(); // of a change nothing is prevented: it has happened
    event.stopImmediatePropagation();
  };

  const release = () => {
    for (const kind of Object.keys(HELD)) document.removeEventListener(kind, hold, true);
    for (const [pressed, kind] of held) {
      if (kind === "click") pressed.click();
      else pressed.dispatchEvent(new Event("change", { bubbles: true }));
    }
    held.clear();
  };

  for (const kind of Object.keys(HELD)) document.addEventListener(kind, hold, true);
  // the page's own scripts say that they listen; those that wait for them run before the next task
  const told = (event) => new Promise((done) => document.addEventListener(event, done, { once: true }));
  Promise.all([told("page:listens"), told("DOMContentLoaded")]).then(() => setTimeout(release));
})();
