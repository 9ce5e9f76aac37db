/* Confirms irreversible steps, and keeps progress on a page fresh. Without JavaScript the pages refresh themselves. */
"use strict";
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

function show(box, state) {
  for (const place of box.querySelectorAll("[data-show]")) {
    place.textContent = `${state[place.dataset.show]}${place.dataset.suffix || ""}`;
  }
  const bar = box.querySelector("progress");
  if (bar) bar.value = state.percent;
}

async function follow(box) {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const state = await answer.json();
      if (state.is_current || state.is_running === false) return window.location.reload();
      show(box, state);
    }
  } catch {
    /* the network went away for a moment: ask again */
  }
  window.setTimeout(() => follow(box), 2000);
}

for (const box of document.querySelectorAll("[data-progress]")) window.setTimeout(() => follow(box), 1500);

/* Unfold shows a page only after its script has run, too late for the browser's own autofocus. */
window.addEventListener("load", () => window.setTimeout(() => document.querySelector("[autofocus]")?.focus(), 50));
