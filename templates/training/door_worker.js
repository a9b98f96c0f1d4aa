{# scope: /bimtek/pintu/ #}/* Answers in place of the network for pages at the door: what such a page asked to keep is kept, a
   page is asked of the network first (four seconds), everything else that is kept is given at once.
   It never stores what is sent, and knows nobody. */
const KEPT = "mitra-door-1";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep, event.source));
  if (event.data.forget) event.waitUntil(caches.delete(KEPT));
});

async function keep(addresses, page) {
  const store = await caches.open(KEPT);
  const put = async (address) => {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    await store.put(address, answer);
  };
  const done = await Promise.allSettled(addresses.map(put));
  page.postMessage({ kept: done.every((one) => one.status === "fulfilled") });
}

const known = (request) => caches.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 500) return answer;
    return (await known(request)) || answer;
  } catch (problem) {
    const kept = await known(request);
    if (kept) return kept;
    throw problem;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(known(request).then((kept) => kept || fetch(request)));
});
