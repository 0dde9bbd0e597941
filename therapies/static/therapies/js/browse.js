// Filters apply as they change. Without this, the form's buttons do the same.
swapAsChosen({
  part: "browse",
  form: "#browse",
  links: ".chips a, .pages a, .any-or-all a",
  leaveOut: (form, changed) => (changed?.name === "sort" || isSorted(form) ? [] : ["sort"]),
  carry: keepOpen,
  ready: announce,
});

// Until the reader chooses an order, it follows from the filters and the address does not say it.
function isSorted(form) {
  return new URLSearchParams(location.search).has("sort") || !form.elements.sort?.selectedOptions[0].defaultSelected;
}

function keepOpen(old, next) {
  for (const part of old.querySelectorAll("details[id], details.filters")) {
    const twin = part.id ? next.querySelector(`#${part.id}`) : next.querySelector("details.filters");
    if (twin) twin.open = part.open;
  }
}

// A status is read aloud only when its words change after it came.
function announce(next) {
  const count = next.querySelector("#count");
  if (!count) return;
  const words = count.innerHTML;
  count.textContent = "";
  requestAnimationFrame(() => { count.innerHTML = words; });
}
