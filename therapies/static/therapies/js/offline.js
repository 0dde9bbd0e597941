// The switches of /offline/. What they keep stays on this device, and each can be taken back here.
const KEPT = "kept-pages";
const TITLES = "private-titles";
const byId = (id) => document.getElementById(id);

function say(id, text) { byId(id).textContent = text; }

// ── Pages kept for reading without internet ──

async function worker() {
  return "serviceWorker" in navigator ? navigator.serviceWorker.getRegistration() : undefined;
}

async function showKept() {
  const on = Boolean(await worker());
  byId("keep").hidden = on;
  byId("forget").hidden = !on;
  say("keeping", on ? "On: the pages you open from now on are kept on this device." : "Off: nothing is kept on this device.");
  const names = await caches.has(KEPT) ? (await (await caches.open(KEPT)).keys()).map((request) => new URL(request.url)) : [];
  const pages = names.filter((address) => !address.pathname.startsWith(byId("kept").dataset.static));
  byId("kept").replaceChildren(...pages.map((address) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address.pathname + address.search;
    link.textContent = decodeURIComponent(address.pathname + address.search);
    item.append(link);
    return item;
  }));
  byId("kept-title").hidden = !pages.length;
}

async function keepPages() {
  await navigator.serviceWorker.register(byId("keep").dataset.worker);
  await navigator.serviceWorker.ready;
  await showKept();
}

async function forgetPages() {
  await (await worker())?.unregister();
  await caches.delete(KEPT);
  await showKept();
}

function cannotKeep() {
  byId("keep").hidden = true;
  say("keeping", "This browser, or this window, does not let a site keep pages. Nothing is kept.");
}

if ("serviceWorker" in navigator && "caches" in window) {
  byId("keep").addEventListener("click", () => keepPages().catch(cannotKeep));
  byId("forget").addEventListener("click", () => forgetPages().catch(cannotKeep));
  showKept().catch(cannotKeep);
} else {
  cannotKeep();
}

// ── Titles that do not tell ──

function showTitles() {
  const on = localStorage.getItem(TITLES) === "on";
  byId("hide-titles").hidden = on;
  byId("show-titles").hidden = !on;
  say("titles", on ? "On: every page of this site is called “Page”." : "Off: each page is called by its subject.");
}

function setTitles(on) {
  if (on) localStorage.setItem(TITLES, "on");
  else localStorage.removeItem(TITLES);
  if (on) document.title = "Page";
  showTitles();
}

try {
  showTitles();
  byId("hide-titles").addEventListener("click", () => setTitles(true));
  byId("show-titles").addEventListener("click", () => setTitles(false));
} catch {
  byId("hide-titles").hidden = true;
  say("titles", "This browser does not let a site remember this. Each page is called by its subject.");
}
