// What is pressed, chosen or typed before the page's scripts listen is held and given to them then:
// on a slow network nothing is lost, and no form is sent by the browser itself in its own way.
// A script of the old kind on purpose: it runs before the first button is drawn.
(() => {
  const PRESSED = "button, [data-visit]";
  const held = [];

  const hold = {
    click(event) {
      const pressed = event.target.closest(PRESSED);
      if (!pressed) return;
      event.preventDefault();
      keep(event, pressed);
    },
    // what was entered stands in its field already; the scripts are only told of it
    input: (event) => keep(event, event.target),
    change: (event) => keep(event, event.target),
    keydown(event) {
      if (event.target === document.body) keep(event, null);
    },
  };

  function keep(event, target) {
    event.stopImmediatePropagation();
    const again = target && held.some((one) => one.target === target && one.event.type === event.type);
    if (!again) held.push({ event, target });
  }

  function give({ event, target }) {
    if (event.type === "click") target.click();
    else if (event.type === "keydown") press(event);
    else target.dispatchEvent(new Event(event.type, { bubbles: true }));
  }

  /** A key goes where the keys before it have led. */
  function press(event) {
    const { activeElement } = document;
    activeElement.dispatchEvent(new KeyboardEvent(event.type, event));
    if (event.key === "Enter" && activeElement.matches("a, button")) activeElement.click();
  }

  const all = Object.entries(hold);
  for (const [kind, holds] of all) document.addEventListener(kind, holds, true);

  // the page's own scripts say that they listen; those that wait for them run before the next task
  const told = (kind) => new Promise((done) => document.addEventListener(kind, done, { once: true }));
  Promise.all([told("page:listens"), told("DOMContentLoaded")]).then(() => setTimeout(() => {
    for (const [kind, holds] of all) document.removeEventListener(kind, holds, true);
    held.splice(0).forEach(give);
  }));
})();
