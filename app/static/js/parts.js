// Parts that only some answers need: [data-shown-when="name:value"] shows while that box is ticked or chosen.
// A part once filled stays, whatever is unticked: nothing typed disappears from sight. Without script all parts show.

import { isFilled } from "./form_values.js";

export function start() {
  for (const form of document.querySelectorAll("form:has([data-shown-when])")) {
    form.addEventListener("change", () => show(form));
    show(form);
  }
}

function show(form) {
  for (const part of form.querySelectorAll("[data-shown-when]")) {
    const [name, value] = part.dataset.shownWhen.split(":");
    const boxes = [...form.elements].filter((control) => control.name === name);
    part.hidden = !boxes.some((box) => box.value === value && isChosen(box)) && !isFilled(part);
  }
}

const isChosen = (box) => (box.type === "checkbox" || box.type === "radio" ? box.checked : true);
