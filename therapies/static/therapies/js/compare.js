// Compare: changes apply at once, and rows can be moved up by what matters to the reader. Kept in this page only.
const place = () => document.getElementById("compare");
const matters = new Set();
let latest = 0;
let shown = location.pathname + location.search;
let order;

function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  return `/compare/?${query}`;
}

async function show(address, { push = true } = {}) {
  const turn = ++latest;
  place().setAttribute("aria-busy", "true");
  const focused = document.activeElement?.name;
  const tab = place().querySelector("[name=show]:checked")?.id;
  let fresh;
  try {
    fresh = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  } catch {
    location.href = address;
    return;
  }
  const next = fresh.getElementById("compare");
  if (turn !== latest) return;
  if (!next) { location.href = address; return; }
  place().replaceWith(next);
  document.title = fresh.title;
  if (push) history.pushState(null, "", address);
  shown = address;
  const kept = tab && document.getElementById(tab);
  if (kept) kept.checked = true;
  listen();
  const target = (focused && next.querySelector(`form [name="${focused}"]:not([type=hidden])`)) || next.querySelector("h1");
  if (target.matches("h1")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function listen() {
  const form = document.querySelector("[data-compare]");
  form?.addEventListener("change", () => show(addressOf(form)));
  form?.addEventListener("submit", (event) => { event.preventDefault(); show(addressOf(form)); });
  for (const link of document.querySelectorAll("[data-fetch]")) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      show(link.getAttribute("href"));
    });
  }
  for (const button of document.querySelectorAll("#compare [data-print]")) button.addEventListener("click", () => print());
  offerMarks();
}

// ── What matters to me ──

function offerMarks() {
  for (const row of document.querySelectorAll(".comparison tr[id]")) {
    row.dataset.home = row.parentElement.id;
    const label = document.createElement("label");
    label.className = "matters";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = matters.has(row.id);
    label.append(box, " Matters to me");
    const said = document.createElement("span");
    said.className = "hidden";
    said.textContent = `: ${row.querySelector(".q").textContent}`;
    label.append(said);
    row.querySelector("th").append(label);
    box.addEventListener("change", () => mark(row, box));
  }
  arrange();
}

function mark(row, box) {
  if (box.checked) matters.add(row.id); else matters.delete(row.id);
  arrange();
  box.focus();
  const where = box.checked ? "moved to the top, under What matters to me" : "back in its place";
  document.getElementById("matters-said").textContent = `“${row.querySelector(".q").textContent}” is ${where}.`;
}

function arrange() {
  const table = document.querySelector(".comparison");
  if (!table) return;
  const rows = [...table.querySelectorAll("tr[id]")];
  order ??= new Map();
  rows.forEach((row) => { if (!order.has(row.id)) order.set(row.id, order.size); });
  rows.sort((a, b) => order.get(a.id) - order.get(b.id));
  let top = document.getElementById("what-matters");
  if (matters.size && !top) top = topGroup(table);
  for (const row of rows) (matters.has(row.id) ? top : document.getElementById(row.dataset.home)).append(row);
  if (top && !matters.size) top.remove();
}


function topGroup(table) {
  const body = document.createElement("tbody");
  body.id = "what-matters";
  body.setAttribute("role", "rowgroup");
  const row = body.insertRow();
  row.className = "group first-group";
  row.setAttribute("role", "row");
  const head = document.createElement("th");
  head.scope = "rowgroup";
  head.setAttribute("role", "rowheader");
  head.colSpan = table.rows[0].cells.length;
  const title = document.createElement("h2");
  title.textContent = "What matters to me";
  head.append(title);
  row.append(head);
  table.tHead.after(body);
  return body;
}

if (place()) {
  listen();
  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) show(address, { push: false }); // else only the place on the page changed, as by the skip link
  });
}
