/* Confirms irreversible steps. What a page follows is followed by htmx; without scripts pages refresh themselves. */
"use strict";
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

/* Unfold shows a page only after its script has run, too late for the browser's own autofocus. */
window.addEventListener("load", () => window.setTimeout(() => document.querySelector("[autofocus]")?.focus(), 50));
