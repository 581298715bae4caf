// Blood pressure as a list: one more row by a tap, how it was taken in a word, the mean. And LO or HI for a meter.

import { isFilled } from "./form_values.js";
import { judgeAmount, read } from "./judging.js";

/** Wire the buttons of one member. Returns the rows that were revealed by hand. */
export function startRows(group, changed) {
  const revealed = new Set();
  for (const button of group.querySelectorAll("[data-reveals]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const rows = [...group.querySelectorAll(button.dataset.reveals)];
      const next = rows.find((row) => row.hidden && !isFilled(row));
      if (next) revealed.add(next);
      changed();
      next?.querySelector("input")?.focus();
      button.hidden = rows.every((row) => !row.hidden);
    });
  }
  for (const button of group.querySelectorAll("[data-puts]")) startFlag(button);
  return revealed;
}

// A meter shows LO or HI in place of a number; a keypad has no letters for it.
function startFlag(button) {
  const input = button.closest("[data-vital]").querySelector("input[data-measure]");
  const show = () => button.setAttribute("aria-pressed", String(input.value.trim().toUpperCase() === button.dataset.puts));
  button.hidden = false;
  button.addEventListener("click", () => {
    input.value = button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.puts;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.addEventListener("input", show);
  show();
}

/** «오른팔 · 앉아서», in the words of what is chosen. */
export function showHow(details) {
  const chosen = [...details.querySelectorAll("input:checked")].filter(({ value }) => value);
  const words = chosen.map((box) => box.closest("label").textContent.trim());
  details.querySelector("summary").textContent = words.join(" · ") || details.dataset.takenHow;
}

/** The mean of the pressures that can be right, in whole mmHg; null for fewer than two. */
export function meanOf(group, limitsOf) {
  const pairs = [...group.querySelectorAll('[data-vital="BLOOD_PRESSURE"]')]
    .map((vital) => [...vital.querySelectorAll("input[data-measure]")].map((input) => fitting(input, limitsOf(input))))
    .filter((pair) => pair.length === 2 && pair.every((amount) => amount !== null) && pair[0] > pair[1]);
  if (pairs.length < 2) return null;
  const [systolic, diastolic] = [0, 1].map((at) => Math.round(pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length));
  return { times: pairs.length, systolic, diastolic };
}

const fitting = (input, limits) => (judgeAmount(input.value, limits ?? {})?.isRefused ? null : read(input.value));
