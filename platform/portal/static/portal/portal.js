/* What pages of the portal do better with scripts: suggestions while typing, a filter that follows a choice, a word to
   those who listen. Nothing here is needed to use them. */
"use strict";
document.documentElement.classList.add("scripted");

/* Suggestions: a combobox by the pattern of the ARIA authoring practices. */
function attend(form) {
  const input = form.querySelector(".box-words");
  const list = form.querySelector(".box-list");
  const wait = 150;
  let timer = 0;
  let asked = null;
  let chosen = -1;

  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }

  function show(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(-1);
  }

  function choose(place) {
    const options = [...list.children];
    chosen = options.length ? (place + options.length + 1) % (options.length + 1) : -1;
    if (chosen === options.length || place < 0) chosen = place < -1 ? options.length - 1 : -1;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", options[chosen].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    input.value = option.dataset.words;
    form.requestSubmit();
  }

  async function ask() {
    const words = input.value.trim();
    asked?.abort();
    if (!words || words.length > 40) return show(false);
    asked = new AbortController();
    const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: words })}`;
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { "HX-Request": "true" } });
      list.innerHTML = answer.ok ? (await answer.text()).trim() : "";
      show(list.children.length > 0 && document.activeElement === input);
    } catch {
      show(false); /* a newer question, or no network: the box works without */
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -2 : chosen - 1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) take(option);
  });
  show(false);
}

/* Filters stand open where there is room for them beside the results. */
function unfold() {
  const isWide = matchMedia("(min-width: 52.01rem)").matches;
  document.querySelectorAll("[data-fold]").forEach((fold) => (fold.open = isWide));
}

document.querySelectorAll(".box").forEach(attend);
unfold();
document.addEventListener("change", (event) => event.target.closest("[data-on-change]")?.requestSubmit());
document.addEventListener("htmx:afterSettle", () => {
  unfold();
  const told = document.getElementById("told");
  if (told) told.textContent = document.getElementById("total")?.textContent ?? "";
});
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, () => (document.getElementById("trouble").hidden = false));
}
document.addEventListener("htmx:beforeRequest", () => (document.getElementById("trouble").hidden = true));
