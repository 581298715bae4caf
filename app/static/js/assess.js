// The items of an instrument: what has been answered so far adds up in the bar below, and a figure answers the item
// that has focus and goes on to the next. Without script the form works as it stands; the server adds up by itself.

import { chosen, giveAnswer, isFigure, items, showKeyboardHint } from "./items.js";

const total = document.querySelector("[data-running-total]");
const bands = [...document.querySelectorAll("[data-band]")];

const answers = (item) => [...item.querySelectorAll("input[data-points]")];

/** Whether the figures on the keys mean the answers of this item: the first gives 0 points, the next 1 … */
const goesByFigures = (item) => answers(item).every((answer, at) => Number(answer.dataset.points) === at);

function addUp() {
  const given = items.map(chosen).filter(Boolean);
  const points = given.reduce((sum, answer) => sum + Number(answer.dataset.points), 0);
  total.hidden = false;
  total.textContent = `${given.length}/${items.length} · 합계 ${points}점${given.length === items.length ? bandOf(points) : ""}`;
}

function bandOf(points) {
  const band = bands.find(({ dataset }) => Number(dataset.low) <= points && points <= Number(dataset.high));
  return band ? ` ${band.dataset.word}` : "";
}

function answerByFigure(event) {
  const item = event.target.closest?.("[data-item]");
  if (!item || !isFigure(event, /^[0-9]$/)) return;
  const answer = goesByFigures(item) ? answers(item)[Number(event.key)] : undefined;
  if (answer) giveAnswer(event, item, answer, answers);
}

if (total && items.length) {
  document.addEventListener("change", addUp);
  document.addEventListener("keydown", answerByFigure);
  showKeyboardHint(items.every(goesByFigures));
  addUp();
}
