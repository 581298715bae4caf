// [data-photos]: a photo is taken, made smaller, given its words and sent at once. photo_queue.js keeps it until the
// server has it; what is asked about it comes from the page's <template>. No control here has a name: the photo is no
// part of the form around it.

import { icon, make } from "./elements.js";
import { tell } from "./news.js";
import { countWaiting, drop, put, start as startQueue } from "./photo_queue.js";
import { fetchKey } from "./photo_store.js";
import { newId, shrink } from "./pictures.js";

export function start() {
  for (const section of document.querySelectorAll("[data-photos]")) new Photos(section);
  for (const input of document.querySelectorAll("[data-photo-shrink]")) input.addEventListener("change", () => replace(input));
  startQueue();
}

/** A plain file field: what is chosen is made smaller in place. */
async function replace(input) {
  const [file] = input.files;
  const blob = file && (await shrink(file));
  if (!blob || blob === file) return;
  const carried = new DataTransfer();
  carried.items.add(new File([blob], "photo.jpg", { type: blob.type }));
  input.files = carried.files;
}

class Photos {
  constructor(section) {
    this.section = section;
    this.list = section.querySelector("[data-photo-list]");
    this.url = section.dataset.photosUrl;
    this.isDrafted = section.dataset.photosDrafted !== undefined; // afterwards one says why, on the photo's own page
    section.querySelector("[data-photo-ways]").hidden = false;
    for (const input of section.querySelectorAll("[data-photo-input]")) {
      input.addEventListener("change", () => this.take(input));
    }
    for (const button of section.querySelectorAll("[data-photo-remove]")) this.offerRemoval(button);
    document.addEventListener("photo:state", ({ detail }) => this.show(detail));
    section.addEventListener("input", (event) => event.stopPropagation()); // the draft around knows nothing of photos
    section.addEventListener("change", (event) => event.stopPropagation());
    fetchKey();
  }

  async take(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const blob = await shrink(file);
    this.ask(blob);
  }

  ask(blob) {
    const part = this.section.querySelector("[data-photo-asking]").content.cloneNode(true);
    const asking = new Asking(part.querySelector("[data-photo-card]"), blob, (words) => this.send(blob, words));
    this.section.append(part);
    asking.begin();
  }

  send(blob, { caption, isHealth }) {
    const { visitId } = this.section.dataset;
    put({ id: newId(), url: this.url, visitId, caption, isHealth, blob });
    this.section.querySelector("[data-photo-input]").focus();
  }

  show({ photo, state, text, answer, part }) {
    this.sayWaiting();
    if (photo.url !== this.url || (photo.visitId ?? "") !== (this.section.dataset.visitId ?? "")) return;
    const card = this.cardOf(photo);
    if (state === "sending") this.showProgress(card, part);
    else if (state === "sent") this.showSent(card, answer);
    else this.showUnsent(card, photo, state, text);
  }

  sayWaiting() {
    const count = countWaiting();
    const place = this.section.querySelector("[data-photo-waiting]");
    const words = count ? `전송 대기 ${count}장. 연결되면 저절로 보냅니다.` : "";
    if (place.textContent !== words) place.textContent = words;
  }

  cardOf(photo) {
    const known = this.list.querySelector(`[data-photo="${photo.id}"]`);
    if (known) return known;
    const picture = make("img", { class: "photo-picture", src: URL.createObjectURL(photo.blob), alt: "" });
    const card = make("li", { class: "photo", "data-photo": photo.id }, picture, make("span", { class: "photo-caption" }, photo.caption));
    card.append(make("div", { class: "photo-state", "aria-live": "polite" }));
    this.list.append(card);
    return card;
  }

  showProgress(card, part = 0) {
    const place = card.querySelector(".photo-state");
    let bar = place.querySelector("progress");
    if (!bar) {
      bar = make("progress", { max: 1, "aria-label": "올리는 중" });
      place.replaceChildren(bar);
    }
    bar.value = part;
  }

  showUnsent(card, photo, state, text) {
    const words = state === "waiting" ? text || "전송 대기" : text;
    const sign = icon(state === "waiting" ? "clock" : "danger");
    const leave = make("button", { type: "button", class: "button button-quiet" }, "버리기");
    leave.addEventListener("click", () => drop(photo.id).then(() => this.leave(card)));
    const kind = state === "waiting" ? "photo-waiting" : "field-error";
    card.querySelector(".photo-state").replaceChildren(make("p", { class: kind }, sign, make("span", {}, words)), leave);
  }

  leave(card) {
    card.remove();
    this.sayWaiting();
  }

  showSent(card, answer) {
    const picture = card.querySelector(".photo-picture");
    URL.revokeObjectURL(picture.src);
    picture.src = answer.small_url;
    const link = make("a", { class: "photo-open", href: answer.page_url }, picture, card.querySelector(".photo-caption"));
    const leave = this.isDrafted && make(
      "button",
      { type: "button", class: "button button-quiet photo-remove", "data-photo-remove": answer.remove_url, "data-photo-restore": answer.restore_url },
      "빼기",
      make("span", { class: "visually-hidden" }, ` ${answer.caption}`),
    );
    const tag = answer.is_health ? make("span", { class: "tag tone-info" }, icon("nurse"), "건강") : null;
    card.replaceChildren(...[link, tag, leave].filter(Boolean));
    if (leave) this.offerRemoval(leave);
    tell(`사진을 올렸습니다: ${answer.caption}`);
  }

  offerRemoval(button) {
    button.hidden = false;
    button.addEventListener("click", () => this.remove(button));
  }

  async remove(button) {
    const card = button.closest("[data-photo]");
    if (!(await post(button.dataset.photoRemove, { reason: "기록하면서 뺌" }))) {
      tell("빼지 못했습니다. 연결을 확인하고 다시 눌러 주세요.", "warning");
      return;
    }
    const undo = make("button", { type: "button", class: "button" }, icon("history"), "되돌리기");
    const gone = make("li", { class: "photo" }, make("p", {}, "사진을 뺐습니다."), undo);
    card.replaceWith(gone);
    undo.focus();
    undo.addEventListener("click", async () => {
      if (await post(button.dataset.photoRestore, {})) gone.replaceWith(card);
      else tell("되돌리지 못했습니다. 다시 눌러 주세요.", "warning");
    });
  }
}

/** The words of one photo: a chip or one's own, and whether it shows somebody's health. */
class Asking {
  constructor(card, blob, send) {
    this.card = card;
    this.send = send;
    this.isHealthChosen = false;
    this.own = card.querySelector("[data-photo-own]");
    this.health = card.querySelector("[data-photo-health]");
    this.preview = card.querySelector("[data-photo-preview]");
    this.chips = [...card.querySelectorAll("[data-photo-caption]")];
    this.preview.src = URL.createObjectURL(blob);
    this.preview.addEventListener("error", () => this.preview.remove());
    for (const chip of this.chips) chip.addEventListener("click", () => this.choose(chip));
    this.own.addEventListener("input", () => this.choose(null));
    this.own.addEventListener("keydown", (event) => this.typed(event));
    this.health.addEventListener("change", () => (this.isHealthChosen = true));
    card.querySelector("[data-photo-send]").addEventListener("click", () => this.finish());
    card.querySelector("[data-photo-drop]").addEventListener("click", () => this.close());
  }

  begin() {
    this.card.scrollIntoView({ block: "nearest" });
    this.chips[0].focus();
  }

  get caption() {
    return this.own.value.trim() || (this.chips.find((chip) => chip.ariaPressed === "true")?.dataset.photoCaption ?? "");
  }

  choose(chosen) {
    for (const chip of this.chips) chip.ariaPressed = String(chip === chosen);
    if (chosen) this.own.value = "";
    if (chosen && !this.isHealthChosen) this.health.checked = chosen.dataset.health !== undefined;
    this.say("");
  }

  /** Enter sends the photo, not the form around it. */
  typed(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.finish();
  }

  finish() {
    const { caption } = this;
    if (!caption) {
      this.say("무엇을 찍었는지 고르거나 적어 주세요.");
      this.chips[0].focus();
      return;
    }
    this.send({ caption, isHealth: this.health.checked });
    this.close();
  }

  say(text) {
    const place = this.card.querySelector("[data-photo-error]");
    place.hidden = !text;
    place.textContent = text;
  }

  close() {
    URL.revokeObjectURL(this.preview.src);
    this.card.remove();
  }
}

async function post(url, fields) {
  const body = new FormData();
  body.append("csrf_token", document.querySelector('meta[name="csrf-token"]')?.content ?? "");
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
    return answer.ok;
  } catch {
    return false;
  }
}
