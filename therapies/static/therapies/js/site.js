// Small helps for every page. The site works without it.
document.documentElement.classList.add("js");

// Titles that do not tell, where the reader switched them on at /offline/: also when a script changes the title.
try {
  if (localStorage.getItem("private-titles") === "on") {
    const hide = () => { if (document.title !== "Page") document.title = "Page"; };
    hide();
    new MutationObserver(hide).observe(document.querySelector("title"), { childList: true });
  }
} catch { /* storage is shut: nothing was switched on */ }

// Leave this site: replace this page in the history, so that Back does not lead here again.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(link.href);
  });
}

// Filters start closed, as a narrow screen has it; on a wide one they stand beside the results.
const filters = document.querySelector("[data-filters]");
if (filters && !matchMedia("(max-width: 52rem)").matches) filters.open = true;

// The button that compares what is ticked names it.
document.addEventListener("change", ({ target: { form } }) => {
  const button = form?.querySelector("[data-names-ticked]");
  if (!button) return;
  const ticked = [...form.querySelectorAll("[data-name]:checked")].map((box) => box.dataset.name);
  button.textContent = `Compare ${ticked.join(", ") || "the ticked ones"}${ticked.length === 1 ? " with…" : ""}`;
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
