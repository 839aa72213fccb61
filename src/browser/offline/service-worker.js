// Answers for the page that ships, from what was fetched when this version was installed. The
// files of one version stay together: a newer one is fetched beside it, and takes over when all
// of it is there and no other tab shows the page; the next opening shows it. Other folders of the
// site may have pages of other versions, which go on by themselves.

/* global FILES, VERSION */
const { scope } = registration;
const PREFIX = `upgrade-checklist: ${scope} `;
const CACHE = PREFIX + VERSION;
// The page itself is kept by its folder, and may be asked for by its name.
const OURS = new Set(["./", ...FILES.map(([file]) => file)].map((file) => new URL(file, location.href).href));
const nameOf = ({ url }) => url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
const isOurs = (asked) => OURS.has(nameOf(asked));

addEventListener("install", (event) => event.waitUntil(install()));

addEventListener("activate", (event) => event.waitUntil(Promise.all([forget(), clients.claim()])));

addEventListener("message", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { request } = event;
  // What is not this page's goes its own way.
  if (request.method === "GET" && isOurs(request)) event.respondWith(answer(event));
});

async function answer({ request, clientId }) {
  const isPage = request.mode === "navigate";
  // Another page in this folder needs files that are not kept, too, and all of one version.
  const asking = isPage ? request : await clients.get(clientId);
  if (asking && !isOurs(asking)) return fetch(request);
  const cache = await caches.open(CACHE);
  const kept = isPage ? nameOf(request) : request;
  // Whatever a host says that its answers vary by, there is one of each file.
  return (await cache.match(kept, { ignoreVary: true })) ?? fetch(request);
}

/** Keeps all of this version, or nothing: a server may have some files of another still, and the
 * browser tries again at a later visit. The page is known by the version that it names, as hosts
 * write into their pages. */
async function install() {
  // What the page just fetched is asked for again, and sent again only where it is another now.
  const cache = "no-cache";
  const page = await fetch("./", { cache });
  const text = await page.text();
  if (!text.includes(VERSION)) throw new Error("another version");
  const kept = await caches.open(CACHE);
  await kept.addAll(FILES.map(([file, integrity]) => new Request(file, { cache, integrity })));
  // A host may have led elsewhere, and browsers open no page with an answer that says so.
  await kept.put("./", new Response(text, page));
}

/** Deletes the caches of other versions of ours. */
async function forget() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) ? name !== CACHE : await wasOurs(name)) await caches.delete(name);
  }
}

/** Whether it is one of this page's from when caches were named by their version alone. */
async function wasOurs(name) {
  return name.startsWith("upgrade-checklist sha") && (await caches.open(name)).match(scope);
}

/** Takes over where no other tab shows the page, which may need files of the older version
 * still. The page that stood in this tab before may not be gone yet: it is asked for again for a
 * second. */
async function takeOver() {
  for (let tries = 10; tries > 0; tries--) {
    const tabs = await clients.matchAll({ includeUncontrolled: true, type: "window" });
    if (tabs.filter(isOurs).length <= 1) return skipWaiting();
    await new Promise((again) => setTimeout(again, 100));
  }
}
