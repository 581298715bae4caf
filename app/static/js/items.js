// The items of a questionnaire: which are answered, and an answer given by a key that goes on to the next item.

export const items = [...document.querySelectorAll("[data-item]")];

export const chosen = (item) => item.querySelector("input:checked");

/** A bare figure of `figures` that was pressed in an item, or nothing. */
export const isFigure = (event, figures) => figures.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;

/** Give this answer; then the next item without one has the focus, and after the last one the answer keeps it. */
export function giveAnswer(event, item, answer, answers) {
  event.preventDefault();
  answer.checked = true;
  answer.dispatchEvent(new Event("change", { bubbles: true }));
  const next = items.slice(items.indexOf(item) + 1).find((each) => !chosen(each));
  (next ? answers(next)[0] : answer).focus();
}

/** Say that figures answer, where there is a keyboard. */
export function showKeyboardHint(doesAnswer = true) {
  const hint = document.querySelector("[data-keyboard-hint]");
  if (hint) hint.hidden = !(doesAnswer && matchMedia("(pointer: fine)").matches);
}
