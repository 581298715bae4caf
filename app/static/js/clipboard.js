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
  try {
    await navigator.clipboard.writeText(text);
    tell("복사했습니다. 붙여 넣으세요.");
  } catch {
    // Without https there is no clipboard to write to: select the text, so that one long press copies it.
    select(source);
    tell("글을 골라 두었습니다. 길게 눌러 복사하세요.", "info");
  }
}

function select(source) {
  if (!source) return;
  if (source.select) {
    source.focus();
    source.select();
  } else getSelection().selectAllChildren(source);
}
