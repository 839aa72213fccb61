// Answers for the page that ships, from what was fetched when this version was installed. The
// files of one version stay together: a newer one is fetched beside it, and takes over when all
// of the page is there and no other tab shows it; the next opening shows it.

/* global FILES, VERSION */
const PREFIX = "upgrade-checklist ";
const CACHE = PREFIX + VERSION;
const OURS = new Set(FILES.map((file) => new URL(file, location.href).href));

addEventListener("install", (event) => {
  // What the page just fetched is asked for again, and sent again only where it is another now.
  const fresh = FILES.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

addEventListener("activate", (event) => event.waitUntil(Promise.all([forget(), clients.claim()])));

addEventListener("message", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { request } = event;
  // What is not this page's goes its own way.
  if (request.method === "GET" && OURS.has(request.url.replace(/[?#].*/, ""))) event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: request.mode === "navigate" })) ?? fetch(request);
}

/** Deletes the caches of other versions of ours. */
async function forget() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** Takes over where no other tab shows the page, which may need files of the older version
 * still. The page that stood in this tab before may not be gone yet: it is asked for again for a
 * second. */
async function takeOver() {
  for (let tries = 10; tries > 0; tries--) {
    const tabs = await clients.matchAll({ includeUncontrolled: true, type: "window" });
    if (tabs.length <= 1) return skipWaiting();
    await new Promise((again) => setTimeout(again, 100));
  }
}
