// Fifteen minutes until a low glucose is measured again. When it began is kept with the draft, so that a reload, or the
// tablet asleep in a pocket, does not begin it anew.
//
// input[data-recheck-from] keeps the moment; [data-countdown] says what is left.

import { clockTime } from "./elements.js";

const MINUTES = 15;
const SECOND = 1000;

export class Countdown {
  constructor(group) {
    this.kept = group.querySelector("[data-recheck-from]");
    this.place = group.querySelector("[data-countdown]");
  }

  /** Begin when a low value is seen for the first time; forget it when the value was put right. */
  follow(isAsked) {
    if (!this.kept || !this.place) return;
    if (isAsked === Boolean(this.kept.value)) return this.run();
    this.kept.value = isAsked ? new Date().toISOString() : "";
    this.kept.dispatchEvent(new Event("change", { bubbles: true }));
    this.run();
  }

  run() {
    clearInterval(this.timer);
    const from = Date.parse(this.kept.value);
    if (Number.isNaN(from)) return this.place.replaceChildren();
    this.until = from + MINUTES * 60 * SECOND;
    this.tick();
    if (this.left > 0) this.timer = setInterval(() => this.tick(), SECOND);
  }

  get left() {
    return Math.ceil((this.until - Date.now()) / SECOND);
  }

  tick() {
    const { left } = this;
    this.place.classList.toggle("is-over", left <= 0);
    if (left <= 0) clearInterval(this.timer);
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    this.place.textContent =
      left > 0 ? `다시 잴 때까지 ${clock} (${clockTime(new Date(this.until))})` : "15분이 지났습니다. 혈당을 다시 재세요.";
  }
}
