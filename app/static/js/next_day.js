// A day for the next visit by one tap; a reason is asked for where it is later than the proposed one.
//
// [data-next-days] holds buttons [data-day]; input[data-promised][data-proposed] is the day;
// [data-when-later] shows while it is later (or filled); buttons [data-fills="id"] write their words into a field.

import { isFilled } from "./form_values.js";

export function start() {
  const day = document.querySelector("input[data-promised]");
  if (day) startDays(day);
  for (const button of document.querySelectorAll("button[data-fills]")) startWords(button);
}

function startDays(day) {
  const buttons = [...document.querySelectorAll("[data-next-days] [data-day]")];
  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.day === day.value));
    const isLater = Boolean(day.value && day.dataset.proposed && day.value > day.dataset.proposed);
    for (const part of document.querySelectorAll("[data-when-later]")) part.hidden = !isLater && !isFilled(part);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      put(day, day.value === button.dataset.day ? "" : button.dataset.day);
      show();
    });
  }
  for (const kind of ["input", "change"]) day.addEventListener(kind, show);
  show();
}

function startWords(button) {
  const field = document.getElementById(button.dataset.fills);
  button.hidden = false;
  button.addEventListener("click", () => put(field, button.textContent.trim()));
}

function put(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
