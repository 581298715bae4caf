// [data-copy="#id"] copies that element's text or value; [data-copy-text="…"] copies its own.

import { tell } from "./news.js";

export function start() {
  for (const button of document.querySelectorAll("[data-copy], [data-copy-text]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const source = button.dataset.copy ? document.querySelector(button.dataset.copy) : null;
  const text = button.dataset.copyText ?? source?.value ?? source?.textContent.trim() ?? "";
  if ((await written(text)) || copiedFrom(text)) {
    tell("복사했습니다. 붙여 넣으세요.");
    return;
  }
  // Nothing may write to the clipboard here: select the text, so that one long press copies it.
  select(source);
  tell("글을 골라 두었습니다. 길게 눌러 복사하세요.", "info");
}

// Without https there is no clipboard to write to.
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// The older way works over http as well: what is selected in a field is copied.
function copiedFrom(text) {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  field.setAttribute("aria-hidden", "true");
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    focused?.focus?.({ preventScroll: true });
  }
}

function select(source) {
  if (!source) return;
  const folded = source.closest("details");
  if (folded) folded.open = true;
  if (source.select) {
    source.focus();
    source.select();
  } else getSelection().selectAllChildren(source);
}
