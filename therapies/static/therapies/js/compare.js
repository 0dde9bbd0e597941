// Compare: changes apply at once, and rows can be moved up by what matters to the reader. Kept in this page only.
const matters = new Set();

swapAsChosen({ part: "compare", form: "[data-compare]", links: "[data-fetch]", carry: keepTab, ready: offerMarks });
offerMarks();

// On a phone, the therapy that is shown stays the one shown.
function keepTab(old, next) {
  const id = old.querySelector("[name=show]:checked")?.id;
  const tab = id && next.querySelector(`#${id}`);
  if (tab) tab.checked = true;
}

// ── What matters to me ──

function offerMarks() {
  for (const [place, row] of document.querySelectorAll(".comparison tr[id]").entries()) {
    row.dataset.home = row.parentElement.id;
    row.dataset.place = place;
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
  rows.sort((a, b) => a.dataset.place - b.dataset.place);
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
