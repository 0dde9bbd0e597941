// Choices apply as they are made: the page they lead to is fetched, and one part of it takes the place of this page's.
// The address bar follows and Back works. Without this, the same forms and links load whole pages.
//
// A plain script with one global, loaded before the script of the page: an import would ask for the name without a hash.
//
// part      id of what is swapped
// form      selector of the form in it whose choices apply at once
// links     selector of the links in it that lead to another state of the same page
// leaveOut  (form, changed): names of fields that the address need not say
// carry     (old, next), before the swap: what the reader had opened stays open
// ready     (next), after the swap
const swapAsChosen = (() => {
  function addressOf(form, leaveOut, submitter) {
    const query = new URLSearchParams();
    if (submitter?.name) query.append(submitter.name, submitter.value);
    for (const [name, value] of new FormData(form)) if (value && !leaveOut.includes(name)) query.append(name, value);
    const action = form.getAttribute("action");
    return `${query}` ? `${action}?${query}` : action;
  }

  async function read(address) {
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return null;
    }
  }

  // What has the focus, as a selector that finds its twin; nothing where the focus is outside and can stay.
  function focusIn(part) {
    const at = document.activeElement;
    if (at !== document.body && !part.contains(at)) return null;
    if (at.dataset.then) return at.dataset.then; // what takes its place is something else
    if (!at.name) return "h1";
    const value = ["checkbox", "radio"].includes(at.type) ? `[value="${CSS.escape(at.value)}"]` : "";
    return `[name="${at.name}"]${value}:not([type=hidden])`;
  }

  function focusAgain(part, twin) {
    const target = part.querySelector(twin) || part.querySelector("h1");
    if (target.matches("h1")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  return ({ part, form, links, leaveOut = () => [], carry = () => {}, ready = () => {} }) => {
    const here = () => document.getElementById(part);
    const place = () => location.pathname + location.search;
    let shown = place();
    let latest = 0;

    async function show(address, { push = true } = {}) {
      const turn = ++latest;
      here().setAttribute("aria-busy", "true");
      const page = await read(address);
      if (turn !== latest) return;
      const next = page?.getElementById(part);
      if (!next) return location.assign(address);
      const twin = focusIn(here());
      carry(here(), next);
      document.getElementById("symbols").replaceWith(page.getElementById("symbols"));
      here().replaceWith(next);
      document.title = page.title;
      if (push) history.pushState(null, "", address);
      shown = address;
      if (twin) focusAgain(next, twin);
      ready(next);
    }

    document.addEventListener("change", ({ target }) => {
      if (target.form?.matches(form)) show(addressOf(target.form, leaveOut(target.form, target)));
    });
    document.addEventListener("submit", (event) => {
      const { target, submitter } = event;
      if (!target.matches(form) || submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      show(addressOf(target, leaveOut(target, submitter), submitter));
    });
    document.addEventListener("click", (event) => {
      const link = here().contains(event.target) && event.target.closest(links);
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      show(link.getAttribute("href"));
      if (link.rel) scrollTo(0, 0); // another page of a list is read from its top
    });
    addEventListener("popstate", () => {
      if (place() !== shown) show(place(), { push: false }); // else only the place on the page changed, as by the skip link
    });
  };
})();
