/* Forms that lose nothing: one press is one submission, what is wrong is shown where it is, and a text is only sent
   while its reader is logged in. */
"use strict";
const away = document.getElementById("office-away");

const tellAway = (why) => {
  away.querySelectorAll("[data-why]").forEach((line) => { line.hidden = line.dataset.why !== why; });
  away.hidden = false;
  (away.querySelector("[data-why]:not([hidden]) a") || away.querySelector("button")).focus();
};
away?.querySelector("button").addEventListener("click", () => { away.hidden = true; });

const isWritten = (form) => form.querySelector("textarea, select, input:not([type=hidden]):not([type=checkbox]):not([type=radio])");

/* Who has logged in anew in another window has a new token; the forms of this page go on with it. */
const askSession = async () => {
  const answer = await fetch(away.dataset.session, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) return false;
  const { token } = await answer.json();
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  return true;
};

const sendWhenLoggedIn = async (form, button) => {
  try {
    if (!(await askSession())) throw Object.assign(new Error(), { why: "session" });
    form.dataset.state = "asked";
    form.requestSubmit(button);
  } catch (error) {
    delete form.dataset.state;
    tellAway(error.why || "network");
  }
};

/* Before unfold's own listener, which forgets that the page has unsaved input. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const hold = () => { event.preventDefault(); event.stopPropagation(); };
  const { state } = form.dataset;
  if (state === "asking" || state === "sent") return hold();
  if (state !== "asked" && form.dataset.confirm && !window.confirm(form.dataset.confirm)) return hold();
  if (state !== "asked" && away && isWritten(form)) {
    hold();
    form.dataset.state = "asking";
    return sendWhenLoggedIn(form, event.submitter);
  }
  form.dataset.state = "sent";
  window.setTimeout(() => { delete form.dataset.state; }, 8000); /* an answer that is a file leaves the page as it is */
}, true);
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-state]").forEach((form) => { delete form.dataset.state; });
});
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status === 401) tellAway("session"); });

/* What a list of errors names is where the cursor goes; a searchable list stands in for its field. */
const goTo = (field) => {
  const shown = field.classList.contains("select2-hidden-accessible") ? field.nextElementSibling.querySelector(".select2-selection") : field;
  shown.scrollIntoView({ block: "center" });
  shown.focus({ preventScroll: true });
};
document.addEventListener("click", (event) => {
  const field = event.target.closest(".office-errors a") && document.getElementById(event.target.closest("a").hash.slice(1));
  if (!field) return;
  event.preventDefault();
  goTo(field);
});
window.addEventListener("load", () => window.setTimeout(() => document.querySelector(".office-errors")?.focus(), 60));

/* A searchable list is announced by the name of its field. */
let named = 0;
const nameLists = () => {
  for (const list of document.querySelectorAll("select.select2-hidden-accessible:not([data-named])")) {
    const name = list.labels?.[0]?.textContent.trim().replace(/\*$/, "") || list.getAttribute("aria-label");
    const box = list.nextElementSibling?.querySelector(".select2-selection");
    if (!name || !box) continue;
    list.dataset.named = "yes";
    box.id ||= `office-list-${(named += 1)}`;
    box.setAttribute("aria-label", name);
    box.setAttribute("aria-labelledby", [box.id, box.getAttribute("aria-labelledby")].filter(Boolean).join(" "));
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
    const chosen = box.querySelector(".select2-selection__rendered[role=textbox]");
    ["role", "aria-readonly"].forEach((attribute) => chosen?.removeAttribute(attribute)); /* the list is the field */
  }
};
window.addEventListener("load", () => window.setTimeout(nameLists, 0));

/* The picture beside a word is drawn by the font from an English word, which nobody should hear. */
for (const icon of document.querySelectorAll(".material-symbols-outlined:not([aria-hidden])")) {
  const words = icon.closest("a, button, h1, h2, li, p")?.textContent.replace(icon.textContent, "").trim();
  if (words) icon.setAttribute("aria-hidden", "true");
}
document.addEventListener("formset:added", () => window.setTimeout(nameLists, 0));
