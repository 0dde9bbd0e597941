// Suggestions under every search box: an ARIA combobox over a plain form. "/" goes to the first box of the page.
const LEAST = 2;
const WAIT = 120; // ms of rest before asking

for (const form of document.querySelectorAll("[data-searchbox]")) combobox(form, form.querySelector("input[name=q]"));

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector("main [data-searchbox] input[name=q]") || document.querySelector("[data-searchbox] input[name=q]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

function combobox(form, input) {
  const list = document.createElement("ul");
  const status = document.createElement("div");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  status.className = "hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  const said = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(said)) input.setAttribute(name, value);
  let chosen = -1;
  let asked = 0;
  let timer;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const options = [...list.children];
    chosen = (place + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(option));
    chosen = -1;
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    status.textContent = suggestions.length ? `${suggestions.length} suggestions, use the arrow keys` : "";
  }

  function option(one, n) {
    const item = document.createElement("li");
    item.id = `${list.id}-${n}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = one.url;
    item.append(one.name);
    const more = document.createElement("span");
    more.className = "soft";
    more.textContent = ` ${[one.also, one.kind].filter(Boolean).join(" · ")}`;
    item.append(more);
    item.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    item.addEventListener("click", () => open(item));
    return item;
  }

  function open(item) {
    if (item.dataset.url) location.assign(item.dataset.url);
    else form.requestSubmit();
  }

  async function ask() {
    const text = input.value.trim();
    const turn = ++asked;
    if (text.length < LEAST) return close();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`);
      const { suggestions } = await answer.json();
      if (turn === asked && document.activeElement === input) show(suggestions);
    } catch {
      close(); // the form itself still works
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return void (event.key === "ArrowDown" && ask());
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      open(list.children[chosen]);
    }
  });
}
