// Dialogs are native: they trap focus, close by Escape and give focus back.
//
// [data-dialog-open="id"], [data-dialog-close]
// [data-confirm="question"] on a submit button, a form or a link asks first; [data-confirm-title], [data-confirm-word]
// (the button's word), [data-confirm-typed="김순자"] asks for that name to be typed.

import { make } from "./elements.js";

export function start() {
  document.addEventListener("click", pressed);
  document.addEventListener("submit", submitted, true);
}

function pressed(event) {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) return openDialog(event, opener);
  event.target.closest("[data-dialog-close]")?.closest("dialog").close();
  const link = event.target.closest("a[data-confirm]");
  if (!link) return;
  event.preventDefault();
  ask(link).then((isSure) => isSure && location.assign(link.href));
}

function openDialog(event, opener) {
  const dialog = document.getElementById(opener.dataset.dialogOpen);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
}

// Caught on the way down, before drafts and the double-submit guard believe the form has gone.
function submitted(event) {
  const { target: form, submitter } = event;
  const asking = submitter?.dataset.confirm ? submitter : form.dataset.confirm ? form : null;
  if (!asking || asking.dataset.confirmed) return;
  event.preventDefault();
  event.stopPropagation();
  ask(asking).then((isSure) => {
    if (!isSure) return;
    asking.dataset.confirmed = "1";
    form.requestSubmit(submitter);
    delete asking.dataset.confirmed;
  });
}

/** Resolves to true when the person agreed (and typed the name, where asked). */
function ask({ dataset }) {
  return new Promise((resolve) => {
    const dialog = question(dataset);
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function question({ confirm, confirmTitle, confirmWord, confirmTyped }) {
  const yes = make("button", { class: "button button-main", value: "yes" }, confirmWord ?? "확인");
  return make(
    "dialog",
    { class: "dialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
    make("h2", { id: "confirm-title" }, confirmTitle ?? "계속할까요?"),
    make("p", { id: "confirm-text" }, confirm),
    make(
      "form",
      { method: "dialog" },
      confirmTyped ? typed(confirmTyped, yes) : null,
      make("div", { class: "dialog-actions" }, make("button", { class: "button", value: "no", formnovalidate: true }, "그만두기"), yes),
    ),
  );
}

function typed(name, yes) {
  const input = make("input", { class: "input", id: "confirm-typed", autocomplete: "off" });
  const check = () => (yes.disabled = input.value.normalize("NFC").trim() !== name.normalize("NFC"));
  input.addEventListener("input", check);
  check();
  return make(
    "div",
    { class: "field section" },
    make("label", { class: "field-label", for: "confirm-typed" }, `확인을 위해 그대로 써 주세요: ${name}`),
    input,
  );
}
