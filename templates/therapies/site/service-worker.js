// Keeps the pages a reader opens, so that they can be read again without internet. Runs only where the reader switched
// it on at {% url 'offline' %}, and keeps nothing else: no search, nothing typed, no time, no count.
const KEPT = "kept-pages";
const HELP = "{% url 'help_now' %}";
const EVERY_COUNTRY = `${HELP}?every=1`;
const ALWAYS = ["{% url 'offline' %}", HELP, EVERY_COUNTRY];
const MOST_PAGES = 200;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(Promise.all(ALWAYS.map(async (address) => keep(address, await fetch(address)))));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const ours = address.origin === location.origin && !address.pathname.startsWith("{{ curators }}");
  if (ours && event.request.method === "GET") event.respondWith(answer(event));
});

// The network first, so that nobody reads an old page while a new one can be had.
async function answer(event) {
  const request = event.request;
  try {
    const response = await fetch(request);
    if (request.mode === "navigate" && mayKeep(response)) event.waitUntil(keep(request.url, response.clone()));
    return response;
  } catch (problem) {
    const kept = await caches.open(KEPT);
    const page = (await kept.match(request, { ignoreVary: true })) || (isHelp(request) && (await kept.match(EVERY_COUNTRY)));
    if (page) return page;
    if (request.mode === "navigate") return notKept();
    throw problem;
  }
}

// A country that was not opened before is on the page with all countries.
function isHelp(request) {
  return request.mode === "navigate" && new URL(request.url).pathname === HELP;
}

// What a page says must not be kept (a search, something typed) is not kept here either.
function mayKeep(response) {
  const control = response.headers.get("Cache-Control") || "";
  const type = response.headers.get("Content-Type") || "";
  return response.status === 200 && response.type === "basic" && type.startsWith("text/html") && !control.includes("no-store");
}

async function keep(address, response) {
  const cache = await caches.open(KEPT);
  const text = await response.clone().text();
  await cache.put(address, response);
  const parts = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1]).filter((part) => part.startsWith("{{ static }}"));
  await Promise.all(parts.map(async (part) => (await cache.match(part)) || cache.add(part)));
  await forgetOldest(cache);
}

async function forgetOldest(cache) {
  const pages = (await cache.keys()).filter((request) => {
    const path = new URL(request.url).pathname;
    return !path.startsWith("{{ static }}") && !ALWAYS.includes(path);
  });
  await Promise.all(pages.slice(0, Math.max(0, pages.length - MOST_PAGES)).map((request) => cache.delete(request)));
}

function notKept() {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>No internet</title><main><h1>No internet, and this page was not kept</h1>
<p><strong>In danger now? Call your emergency number.</strong> <a href="{% url 'help_now' %}">Help now</a> can be read without internet.</p>
<p><a href="{% url 'offline' %}">The pages kept on this device</a></p></main></html>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
