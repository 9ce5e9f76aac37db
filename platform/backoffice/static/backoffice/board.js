/* Cards of a board are dragged into another column: what is sent is the form of the card, which works without this. */
"use strict";
let dragged = null;

for (const form of document.querySelectorAll(".office-board-move")) {
  const card = form.closest(".office-board-card");
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = form;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.id);
    card.classList.add("office-board-dragged");
  });
  card.addEventListener("dragend", () => {
    dragged = null;
    card.classList.remove("office-board-dragged");
  });
}

for (const column of document.querySelectorAll("[data-column]")) {
  const mark = (isOver) => column.classList.toggle("office-board-over", isOver);
  const takes = () => dragged && dragged.closest("[data-column]") !== column;
  column.addEventListener("dragover", (event) => {
    if (!takes()) return;
    event.preventDefault();
    mark(true);
  });
  column.addEventListener("dragleave", (event) => { if (!column.contains(event.relatedTarget)) mark(false); });
  column.addEventListener("drop", (event) => {
    mark(false);
    if (!takes()) return;
    event.preventDefault();
    dragged.elements.target.value = column.dataset.column;
    dragged.requestSubmit();
  });
}

/* Who comes back by the browser's own button chooses a step anew. */
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll(".office-board-move input[name=target]")) field.value = "";
});
