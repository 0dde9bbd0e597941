// Small helps for every page. The site works without it.
document.documentElement.classList.add("js");

// Leave this site: replace this page in the history, so that Back does not lead here again.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(link.href);
  });
}

// On a narrow screen, filters start closed.
const filters = document.querySelector("[data-filters]");
if (filters && matchMedia("(max-width: 52rem)").matches) filters.open = false;

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}
