// 욕구조사: how far it is answered, in all and in each domain; a figure from 1 to 4 answers the item that has the focus and
// goes on to the next; what is needed opens its line of words. Without script the form works as it stands.

import { chosen, giveAnswer, isFigure, items, showKeyboardHint } from "./items.js";

const progress = document.querySelector("[data-progress]");
const SPOKEN = new Set(["NEEDED", "URGENT"]);

const answers = (item) => [...item.querySelectorAll("input[type=radio]")];

function tell() {
  const given = items.filter(chosen).length;
  progress.hidden = false;
  progress.textContent = `${given}/${items.length} 답함`;
  for (const domain of document.querySelectorAll("[data-domain]")) {
    const own = [...domain.querySelectorAll("[data-item]")];
    const done = own.filter(chosen).length;
    domain.querySelector("[data-domain-progress]").textContent = done === own.length ? "다 답함" : `${done}/${own.length}`;
  }
}

function openWords({ target }) {
  const note = SPOKEN.has(target.value) && target.closest?.("[data-item]")?.querySelector("details");
  if (note) note.open = true;
}

function answerByFigure(event) {
  const item = event.target.closest?.("[data-item]");
  if (!item || event.target.type !== "radio" || !isFigure(event, /^[1-4]$/)) return;
  giveAnswer(event, item, answers(item)[Number(event.key) - 1], answers);
}

if (progress && items.length) {
  document.addEventListener("change", tell);
  document.addEventListener("change", openWords);
  document.addEventListener("keydown", answerByFigure);
  showKeyboardHint();
  tell();
}
