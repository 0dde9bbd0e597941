// Filters apply as they change; the address bar follows; Back works. Without this, the form's buttons do the same.
const place = () => document.getElementById("browse");
let latest = 0;
let shown = location.pathname + location.search;

function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value && name !== "from") query.append(name, value);
  if (query.get("sort") === form.querySelector("[name=sort] option[selected]")?.value && !chosenSort()) query.delete("sort");
  const text = query.toString();
  return text ? `/therapies/?${text}` : "/therapies/";
}

function chosenSort() {
  return new URLSearchParams(location.search).has("sort") || place().dataset.sorted === "yes";
}

async function show(address, { push = true } = {}) {
  const turn = ++latest;
  const old = place();
  old.setAttribute("aria-busy", "true");
  let text;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    text = await answer.text();
  } catch {
    location.href = address;
    return;
  }
  if (turn !== latest) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const next = fresh.getElementById("browse");
  if (!next) { location.href = address; return; }
  keepOpen(old, next);
  const focused = focusMark(old);
  old.replaceWith(next);
  document.title = fresh.title;
  restoreFocus(next, focused);
  if (push) history.pushState(null, "", address);
  shown = address;
  listen(next);
  announce(next);
}

function keepOpen(old, next) {
  for (const part of old.querySelectorAll("details[id], details.filters")) {
    const twin = part.id ? next.querySelector(`#${part.id}`) : next.querySelector("details.filters");
    if (twin) twin.open = part.open;
  }
}

function focusMark(form) {
  const at = document.activeElement;
  if (!form.contains(at)) return null;
  if (at.name) return at.type === "checkbox" ? `[name="${at.name}"][value="${CSS.escape(at.value)}"]` : `[name="${at.name}"]`;
  return at.closest(".chips") ? "#title" : null;
}

function restoreFocus(form, mark) {
  const target = mark && form.querySelector(mark);
  if (!target) return;
  if (!target.matches("input, select, button, a")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function announce(form) {
  const said = form.querySelector("#count");
  if (!said) return;
  const text = said.innerHTML;
  said.textContent = "";
  requestAnimationFrame(() => { said.innerHTML = text; });
}

function listen(form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "sort") form.dataset.sorted = "yes";
    show(addressOf(form));
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .pages a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(link.getAttribute("href"));
    if (link.closest(".pages")) scrollTo(0, 0);
  });
}

if (place()) {
  listen(place());
  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) show(address, { push: false }); // else only the place on the page changed, as by the skip link
  });
}
