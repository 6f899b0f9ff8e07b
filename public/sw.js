// The service worker: keeps one whole build of Handsel, so that it opens without a network and no page ever
// mixes files of two builds.
//
// Staging (`cargo xtask stage`) fills in BUILD_ID, FILES, and LATER, which are large files that few visits need. Any changed file changes this script, and that is
// how a browser notices an update.
//
// What the page does (app/browser):
// - registers "sw.js" relative to itself with { updateViaCache: "none" }, and calls registration.update() when
//   it becomes visible again;
// - when registration.waiting is set, or an installing worker reaches "installed" while the page has a
//   controller, an update is ready: it says so;
// - when the person takes it, it finishes what it is writing, sends { type: "activate" } to
//   registration.waiting and reloads once on the next "controllerchange" of navigator.serviceWorker. The first
//   installation also fires that event; a page that has not asked must not reload for it;
// - other open tabs see "controllerchange" too. They may go on with what they have loaded and offer a reload;
// - { type: "build" } sent to a worker, best with a MessagePort, is answered with { type: "build", id }.
//
// What the worker does:
// - install: fetches every file and compares its SHA-256; all or nothing. One of LATER is kept from when it is first asked for. The first worker takes over at once,
//   later ones wait until asked or until no page is left;
// - fetch: answers the page and its files from this build's cache. Everything else goes to the network untouched;
// - activate: removes caches of earlier builds once no page that was loaded from one is left.
const BUILD_ID = "";
const FILES = [];
const LATER = [];

const PAGE = registration.scope;
const PREFIX = `handsel ${PAGE} `;
const CACHE = PREFIX + BUILD_ID;
const ADDRESSES = new Set(FILES.map(([path]) => addressOf(path)));
const ON_DEMAND = new Map(LATER.map(([path, sha256]) => [addressOf(path), sha256]));
/** A record in our cache, not a file: { names, ids } of the caches and pages of earlier builds, see sweep(). */
const EARLIER = addressOf("?earlier");

function addressOf(path) {
  return new URL(path, PAGE).href;
}

addEventListener("install", (event) => {
  if (!registration.active) skipWaiting();
  event.waitUntil(install());
});

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("message", (event) => {
  if (event.data?.type === "activate") event.waitUntil(skipWaiting());
  if (event.data?.type === "build") (event.ports[0] ?? event.source).postMessage({ type: "build", id: BUILD_ID });
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const { origin, pathname } = new URL(request.url);
    const address = origin + pathname;
    if (address !== PAGE && address !== addressOf("index.html")) return;
    event.respondWith(kept(PAGE, request));
    event.waitUntil(sweep());
  } else if (ADDRESSES.has(request.url)) {
    event.respondWith(kept(request.url, request));
  } else if (ON_DEMAND.has(request.url)) {
    event.respondWith(keptFromNowOn(request.url));
  } else if (request.url.startsWith(PAGE) && /-[0-9a-f]{16}\.\w+$/.test(request.url)) {
    event.respondWith(keptByEarlierBuild(request));
  }
});

async function install() {
  const before = await ourCaches();
  try {
    const responses = await Promise.all(FILES.map(([path, sha256]) => verified(addressOf(path), sha256)));
    const cache = await caches.open(CACHE);
    await Promise.all(responses.map((response, index) => cache.put(addressOf(FILES[index][0]), response)));
    // What an earlier build has kept need not travel again: its name holds its content's hash.
    for (const address of ON_DEMAND.keys()) {
      const response = await keptByAnyBuild(address);
      if (response) await cache.put(address, response);
    }
    await record(before.filter((name) => name !== CACHE), []);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/** A file with exactly the content of this build. What the page has just loaded need not travel twice, but a
    copy that differs is fetched past every cache. */
async function verified(address, sha256) {
  for (const cache of ["default", "reload"]) {
    const response = await fetch(address, { cache, redirect: "error" });
    if (response.ok && (await digest(response.clone())) === sha256) return response;
  }
  throw new Error(`${address} is not the file of build ${BUILD_ID}`);
}

async function digest(response) {
  const bytes = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function kept(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? fetch(request);
}

/** A page loaded from an earlier build may still want one of its files. Their names hold their content's hash,
    so this cannot mix builds. */
async function keptByEarlierBuild(request) {
  return (await keptByAnyBuild(request.url)) ?? fetch(request);
}

async function keptByAnyBuild(address) {
  for (const name of await ourCaches()) {
    const response = await (await caches.open(name)).match(address);
    if (response) return response;
  }
}

async function keptFromNowOn(address) {
  const cache = await caches.open(CACHE);
  const before = await cache.match(address);
  if (before) return before;
  const response = await verified(address, ON_DEMAND.get(address));
  // Whoever asked has it also where there is no space to keep it; it is fetched again the next time.
  await cache.put(address, response.clone()).catch(() => {});
  return response;
}

async function ourCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/** Where there is no space for the record, nothing stops for it: caches of earlier builds stay until the next is installed. */
async function record(names, ids) {
  const cache = await caches.open(CACHE);
  await cache.put(EARLIER, new Response(JSON.stringify({ names, ids }))).catch(() => {});
}

async function takeOver() {
  const { names } = await earlier();
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  await record(names, open.filter((client) => client.url.startsWith(PAGE)).map((client) => client.id));
  await clients.claim();
  await sweep();
}

/** The caches that were there before this build was installed, and the pages that were open when it took over. */
async function earlier() {
  const cache = await caches.open(CACHE);
  return (await cache.match(EARLIER))?.json() ?? { names: [], ids: [] };
}

/** Removes the caches of earlier builds when none of their pages is left. A newer build that waits may be one
    that was here before, so nothing is removed then. */
async function sweep() {
  if (registration.installing || registration.waiting) return;
  const { names, ids } = await earlier();
  if (names.length === 0) return;
  const open = await Promise.all(ids.map((id) => clients.get(id)));
  if (open.some(Boolean)) return;
  await Promise.all(names.map((name) => caches.delete(name)));
  await record([], []);
}
