"use strict";
// Where drawn boundaries go: to the service that the page came from, to the page around a frame, or
// into a file. What is drawn and how it looks is known elsewhere.
(() => {
  const MESSAGE = "callcycle:territories";

  const download = (collection) => {
    const blob = new Blob([JSON.stringify(collection)], { type: "application/geo+json" });
    const link = callcycle.el("a", {
      href: URL.createObjectURL(blob), download: "territories.geojson",
    });
    document.body.append(link);
    link.click();
    link.remove();
  };

  const request = async (api, collection, dryRun) => {
    const session = await fetch(`${api}/auth/page-session`, { headers: { Accept: "application/json" } });
    const { csrf_token: token } = session.ok ? await session.json() : {};
    const answer = await fetch(`${api}/territories.geojson?dry_run=${dryRun}`, {
      method: "PUT",
      headers: {
        "Content-Type": "application/json", "X-CSRF-Token": token ?? "",
        "Accept-Language": document.documentElement.lang,
      },
      body: JSON.stringify(collection),
    });
    return { ok: answer.ok, told: await answer.json() };
  };

  /** The page around does it and answers with the same number. */
  const ask = (collection, dryRun) => new Promise((resolve) => {
    const number = Math.random();
    const hear = ({ source, data }) => {
      if (source !== parent || data?.type !== MESSAGE || data.number !== number) return;
      removeEventListener("message", hear);
      resolve(data.answer);
    };
    addEventListener("message", hear);
    parent.postMessage({ type: MESSAGE, number, collection, dryRun }, "*");
  });

  callcycle.saving = (api) => ({
    download,
    online: Boolean(api) || parent !== window,
    send: (collection, dryRun) =>
      parent === window ? request(api, collection, dryRun) : ask(collection, dryRun),
  });
})();
