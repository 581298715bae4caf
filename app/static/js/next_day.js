// A day for the next visit by one tap; a reason is asked for where it is later than the proposed one.
//
// [data-next-days] holds buttons [data-day], of which those with [data-when-referred] show once somebody was referred to a
// doctor the same day and write their [data-note]; input[data-promised][data-proposed] is the day;
// [data-when-later] shows while it is later (or filled); buttons [data-fills="id"] write their words into a field.

import { isFilled } from "./form_values.js";

const REFERRED = 'input[name$="-action"][value="REFERRED_SAME_DAY"]:checked';

export function start() {
  const day = document.querySelector("input[data-promised]");
  if (day) new NextDay(day);
  for (const button of document.querySelectorAll("button[data-fills]")) startWords(button);
}

class NextDay {
  constructor(day) {
    this.day = day;
    this.part = document.querySelector("[data-next-days]");
    this.buttons = [...document.querySelectorAll("[data-next-days] [data-day]")];
    if (this.part) this.part.hidden = false;
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button));
    day.form.addEventListener("change", () => this.show());
    day.addEventListener("input", () => this.show());
    this.show();
  }

  choose(button) {
    const isOff = this.day.value === button.dataset.day;
    const note = this.day.form.elements.promise_note;
    if (!isOff && button.dataset.note && !note.value) put(note, button.dataset.note);
    put(this.day, isOff ? "" : button.dataset.day);
  }

  show() {
    const { value, dataset, form } = this.day;
    const isReferred = form.querySelector(REFERRED) !== null;
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.day === value));
      if (button.matches("[data-when-referred]")) button.hidden = !isReferred;
    }
    const isLater = Boolean(value && dataset.proposed && value > dataset.proposed);
    for (const part of form.querySelectorAll("[data-when-later]")) part.hidden = !isLater && !isFilled(part);
  }
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
