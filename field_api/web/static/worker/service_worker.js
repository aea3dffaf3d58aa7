// Answers for the page without a network. It keeps the page's own files, never what the service
// answers: that lies in the phone's database, and goes with the rep who logs out.

const { release, files } = self.callcycle;
const SHELL = `callcycle-shell-${release}`;
const MAPS = "callcycle-maps";
const PAGE = "/my-day";
const OLD = (name) => name.startsWith("callcycle-shell-") && name !== SHELL;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll([PAGE, "/my-day/app.webmanifest", ...files]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (OLD(name)) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/my-day/map/")) event.respondWith(mapOf(request));
  else if (address.pathname === PAGE) event.respondWith(shell(PAGE, request));
  else if (files.includes(address.pathname)) event.respondWith(shell(address.pathname, request));
});

/** What is kept, else what the network gives. */
async function shell(path, request) {
  const cache = await caches.open(SHELL);
  return (await cache.match(path)) ?? fetch(request);
}

/** The newest map, else the one kept. */
async function mapOf(request) {
  const cache = await caches.open(MAPS);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch {
    return (await cache.match(request.url)) ?? Response.error();
  }
}
