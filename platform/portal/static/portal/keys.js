/* Security keys (WebAuthn): the one thing of a log-in that needs a script. Who has none uses a code. */
"use strict";
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/* What the server tells as text, and the browser takes as bytes. */
function read(told) {
  const options = JSON.parse(told).publicKey;
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const name of ["allowCredentials", "excludeCredentials"])
    options[name]?.forEach((known) => (known.id = bytes(known.id)));
  return { publicKey: options };
}

/* What the browser gives as bytes, and the server takes as text. */
function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  const extensions = credential.getClientExtensionResults();
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: extensions });
}

async function ask(button) {
  const form = document.getElementById(button.dataset.form);
  const failed = document.querySelector("[data-failed]");
  if (button.dataset.key === "create" && !form.reportValidity()) return;
  failed.hidden = true;
  button.disabled = true;
  try {
    const credential = await navigator.credentials[button.dataset.key](read(button.dataset.options));
    form.elements.credential.value = written(credential);
    form.submit();
  } catch {
    failed.hidden = false; /* taken back, too late, or not one of this account's */
    button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  document.querySelectorAll(".key").forEach((part) => (part.hidden = false));
  document.querySelectorAll(".keyless").forEach((part) => (part.hidden = true));
  document.querySelectorAll("[data-key]").forEach((button) => button.addEventListener("click", () => ask(button)));
}
