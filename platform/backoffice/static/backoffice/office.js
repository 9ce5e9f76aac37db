/* What a page follows is followed by htmx; without scripts pages refresh themselves. */
"use strict";

/* Unfold shows a page only after its script has run, too late for the browser's own autofocus. */
window.addEventListener("load", () => window.setTimeout(() => document.querySelector("[autofocus]")?.focus(), 50));

/* A suggested code is chosen by one press. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  const select = document.querySelector(`select[name="${button.dataset.choose}"]`);
  const option = select && [...select.options].find((one) => one.value === button.value);
  if (!option) return;
  option.selected = true;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  button.remove();
});

/* How much of a limited text is used. */
for (const field of document.querySelectorAll("[data-limit]")) {
  const counter = document.createElement("span");
  counter.className = "office-counter";
  counter.setAttribute("aria-live", "polite");
  const tell = () => {
    const length = [...field.value].length;
    counter.textContent = `${length} / ${field.dataset.limit}`;
    counter.classList.toggle("office-counter-over", length > Number(field.dataset.limit));
  };
  field.after(counter);
  field.addEventListener("input", tell);
  tell();
}

/* Unfold writes the name of a chosen file into the next text field; a plain choice of a file shows it itself. */
document.querySelectorAll("input.office-file").forEach((input) => { input.hasChangeListener = true; });

/* All rows of a form at one press. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-check-all]");
  if (button) button.form.querySelectorAll(`input[name="${button.dataset.checkAll}"]`).forEach((box) => { box.checked = true; });
});

/* What is shown once is copied by one press; without https a browser has no clipboard for scripts but the old one. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
  button.querySelector("[aria-live]").textContent = button.dataset.done;
});

/* Print what a page marks as its paper. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* A table of many columns, on a narrow screen: each cell under its heading's name. */
for (const table of document.querySelectorAll(".office-scroll:not(.office-side-by-side) > .office-table")) {
  const headings = [...table.querySelectorAll("thead th")].map((heading) => heading.textContent.trim());
  if (headings.length < 5) continue;
  table.classList.add("office-rows");
  for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, place) => { cell.dataset.label = headings[place] || ""; });
}
