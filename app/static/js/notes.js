// 현장 메모: free lines while there, a tap for the time, and a tap that carries them over into the record.
//
// [data-field-notes] is a <details> with a textarea, [data-notes-stamp], [data-notes-move="id of a note"], [data-notes-said]
// and [data-notes-count]. It is open on the first step and where the record is put in order; between them it is one line.

import { clockTime } from "./elements.js";

const OPEN_ON = new Set(["meeting", "care"]);

export function start() {
  for (const part of document.querySelectorAll("[data-field-notes]")) new FieldNotes(part);
}

class FieldNotes {
  constructor(part) {
    this.part = part;
    this.notes = part.querySelector("textarea");
    const [stamp, move] = [part.querySelector("[data-notes-stamp]"), part.querySelector("[data-notes-move]")];
    this.target = document.getElementById(move.dataset.notesMove);
    this.move = move;
    for (const button of [stamp, move]) button.hidden = false;
    stamp.addEventListener("click", () => this.stamp());
    move.addEventListener("click", () => this.carryOver());
    this.notes.addEventListener("input", () => this.count());
    part.closest("form").addEventListener("step:shown", ({ detail }) => this.follow(detail));
    this.count();
  }

  get lines() {
    return this.notes.value.split("\n").filter((line) => line.trim());
  }

  stamp() {
    const { value } = this.notes;
    const pause = value && !value.endsWith("\n") ? "\n" : "";
    put(this.notes, `${value}${pause}${clockTime(new Date())} `);
    this.notes.focus();
    this.notes.setSelectionRange(this.notes.value.length, this.notes.value.length);
  }

  /** The lines that do not stand in the record yet go to its end; the notes stay as they are. */
  carryOver() {
    const kept = new Set(this.target.value.split("\n").map((line) => line.trim()));
    const fresh = this.lines.filter((line) => !kept.has(line.trim()));
    if (fresh.length) {
      const pause = this.target.value && !this.target.value.endsWith("\n") ? "\n" : "";
      put(this.target, `${this.target.value}${pause}${fresh.join("\n")}`);
    }
    this.say(fresh.length ? `${fresh.length}줄을 기록에 옮겼습니다.` : "옮길 새 줄이 없습니다.");
  }

  say(words) {
    this.part.querySelector("[data-notes-said]").textContent = words;
  }

  count() {
    const count = this.lines.length;
    this.part.querySelector("[data-notes-count]").textContent = count ? `${count}줄` : "";
    this.move.disabled = !count;
    this.say("");
  }

  follow(step) {
    this.part.open = OPEN_ON.has(step);
    this.move.hidden = step !== "care";
  }
}

function put(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
