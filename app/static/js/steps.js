// A form in steps: one open at a time, none in the address, none lost. Without script all steps stand on the page.
//
// form[data-steps] holds [data-step-line] with [data-step-to] and in it [data-step-count], sections [data-step][data-step-word],
// and buttons [data-step-back], [data-step-next], [data-step-submit].

import { isFilled } from "./form_values.js";

export function start() {
  for (const form of document.querySelectorAll("form[data-steps]")) new Steps(form);
}

class Steps {
  constructor(form) {
    this.form = form;
    this.sections = [...form.querySelectorAll("[data-step]")];
    this.links = [...form.querySelectorAll("[data-step-to]")];
    this.furthest = 0;
    if (this.sections.length < 2) return;
    form.classList.add("is-stepping");
    this.listen();
    this.markErrors();
    this.count();
    this.show(this.first());
  }

  /** The step with an error; else the one a link back names («#step-care»); else the first. */
  first() {
    const wrong = this.sections.findIndex(hasError);
    const named = this.sections.findIndex(({ id }) => location.hash === `#${id}`);
    return Math.max(0, wrong >= 0 ? wrong : named);
  }

  listen() {
    const { form } = this;
    form.querySelector("[data-step-back]").addEventListener("click", () => this.go(this.at - 1));
    form.querySelector("[data-step-next]").addEventListener("click", () => this.go(this.at + 1));
    this.links.forEach((link, place) =>
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.go(place);
      }),
    );
    form.addEventListener("step:open", ({ target }) => this.show(this.sections.indexOf(target.closest("[data-step]"))));
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.count());
    form.addEventListener("keydown", (event) => this.stopEarlySubmit(event));
  }

  // Enter in a field would send the whole record from the first step; here it goes on to the next field.
  stopEarlySubmit(event) {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault();
    const fields = [...this.sections[this.at].querySelectorAll("input, select, textarea")].filter(isReachable);
    const next = fields[fields.indexOf(event.target) + 1] ?? this.form.querySelector("[data-step-next]:not([hidden])");
    next?.focus();
  }

  markErrors() {
    this.sections.forEach((section, place) => this.links[place]?.classList.toggle("has-error", hasError(section)));
  }

  go(place) {
    this.show(place);
    this.sections[this.at].querySelector("h2").focus({ preventScroll: true });
    // Below the line of steps the whole screen belongs to the fields.
    this.form.querySelector("[data-step-line]").scrollIntoView({ block: "start" });
  }

  show(place) {
    if (place < 0 || place >= this.sections.length) return;
    this.at = place;
    this.furthest = Math.max(this.furthest, place);
    this.sections.forEach((section, nth) => (section.hidden = nth !== place));
    this.links.forEach((link, nth) => {
      link.classList.toggle("is-done", nth <= this.furthest && nth !== place);
      if (nth === place) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    this.form.dataset.at = this.sections[place].dataset.step;
    this.showButtons();
    this.form.dispatchEvent(new CustomEvent("step:shown", { detail: this.form.dataset.at }));
  }

  /** How much stands in each step: «만남 2», «활력징후 4». */
  count() {
    this.sections.forEach((section, place) => {
      const count = countIn(section);
      const shown = this.links[place]?.querySelector("[data-step-count]");
      if (shown) shown.textContent = count ? String(count) : "";
    });
  }

  showButtons() {
    const isLast = this.at === this.sections.length - 1;
    const next = this.form.querySelector("[data-step-next]");
    this.form.querySelector("[data-step-back]").hidden = this.at === 0;
    this.form.querySelector("[data-step-submit]").hidden = !isLast;
    next.hidden = isLast;
    if (!isLast) next.textContent = `다음: ${this.sections[this.at + 1].dataset.stepWord}`;
  }
}

const countIn = (section) =>
  [...section.querySelectorAll("[data-counted]")].filter(isFilled).length +
  section.querySelectorAll("[data-counts] input:checked").length;
const hasError = (section) => section.querySelector('[aria-invalid="true"], .has-error, .field-error') !== null;
const isReachable = (control) => !control.disabled && control.type !== "hidden" && control.getClientRects().length > 0;
