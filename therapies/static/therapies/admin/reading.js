/* Keeps the line about a text's words up to date while it is written. The server does the counting. */
(() => {
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value;

  async function read(field, line) {
    const answer = await fetch(field.dataset.address, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams({ text: field.value }),
    });
    if (!answer.ok) return;
    const found = await answer.json();
    line.textContent = found.line;
    line.classList.toggle("hard", found.hard);
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("textarea[data-reading]")) {
      const line = document.getElementById(`reading-${field.dataset.reading}`);
      let waiting;
      field.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => read(field, line).catch(() => {}), 600);
      });
    }
  });
})();
