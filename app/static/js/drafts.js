// Nothing typed is lost: every form with data-draft-url is saved from the first key on.
//
// PUT {"body": {name: value | [values]}, "version": n} → 200 {"version": n + 1, "saved_at": ISO}
//   401 signed out: say so, save after signing in again
//   409 {"version", "body"}: somebody (another tab) saved in between: show both, let the person choose
//   anything else, or no line: keep trying; the text stays on the page

import { chooseBetween } from "./conflict.js";
import { clockTime, icon } from "./elements.js";
import { draftBody, fill } from "./form_values.js";
import { renewToken, send } from "./http.js";
import { tell } from "./news.js";

const PAUSE = 800;
const RETRY = [2000, 4000, 8000, 15000, 30000];
const UNSENDABLE = new Set([0, 401, 409]);

export function start() {
  const drafts = [...document.querySelectorAll("form[data-draft-url]")].map((form) => new Draft(form));
  if (!drafts.length) return;
  const all = (act) => () => drafts.forEach(act);
  document.addEventListener("visibilitychange", () => document.hidden && all((draft) => draft.leave())());
  window.addEventListener("pagehide", all((draft) => draft.leave()));
  window.addEventListener("online", all((draft) => draft.retryNow()));
  document.addEventListener("session:resumed", all((draft) => draft.retryNow()));
  window.addEventListener("beforeunload", (event) => {
    if (drafts.some((draft) => draft.hasFailed)) event.preventDefault();
  });
  document.addEventListener("click", (event) => saveFirst(event, drafts));
}

/** A way that leads back to the form waits for the last keys, so that they stand in it again. */
async function saveFirst(event, drafts) {
  const way = event.target.closest?.("a[data-keeps-draft]");
  if (!way || event.ctrlKey || event.metaKey || !drafts.some((draft) => draft.isDirty)) return;
  event.preventDefault();
  await Promise.all(drafts.map((draft) => draft.keepAll()));
  location.assign(way.href);
}

class Draft {
  constructor(form) {
    this.form = form;
    this.version = Number(form.dataset.draftVersion ?? 0);
    this.changes = 0; // counted up by each key, so that a save knows whether it was the last word
    this.saved = 0;
    this.failures = 0;
    this.isSaving = false;
    this.isSubmitted = false;
    this.kept = this.written();
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.touch());
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("pageshow", () => (this.isSubmitted = false));
  }

  get isDirty() {
    return this.changes > this.saved && !this.isSubmitted;
  }

  get hasFailed() {
    return this.isDirty && this.failures > 0;
  }

  /** Leaving a field after its last key has been saved changes nothing. */
  touch() {
    if (!this.isDirty && !this.isSaving && this.written() === this.kept) return;
    this.changes += 1;
    document.documentElement.dataset.unsaved = "";
    this.later(PAUSE);
  }

  written() {
    return JSON.stringify(draftBody(this.form));
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  retryNow() {
    if (this.isDirty) this.later(0);
  }

  /** The last keys go into the draft first: where there is no line, the browser's error page would swallow the text. */
  submit(event) {
    if (this.isDirty) {
      event.preventDefault();
      this.saveThenSend(event.submitter);
      return;
    }
    this.isSubmitted = true;
    clearTimeout(this.timer);
    delete document.documentElement.dataset.unsaved;
  }

  async saveThenSend(submitter) {
    await this.inFlight;
    const status = await this.save();
    if (this.isDirty && UNSENDABLE.has(status)) {
      tell("아직 제출하지 못했습니다. 쓴 글은 이 화면에 있습니다. 저장된 뒤 다시 눌러 주세요.", "warning");
      return;
    }
    this.saved = this.changes;
    this.form.requestSubmit(submitter);
  }

  /** What is on its way first, then what was typed since. */
  async keepAll() {
    await this.inFlight;
    await this.save();
  }

  /** The page goes out of sight: send what is there without waiting for the answer to be seen. */
  leave() {
    if (this.isDirty && !this.isSaving) this.save({ keepalive: true });
  }

  save({ keepalive = false } = {}) {
    if (this.isSaving || !this.isDirty) return this.inFlight;
    this.isSaving = true;
    this.inFlight = this.put(keepalive);
    return this.inFlight;
  }

  /** Resolves to the status of the answer, 0 when there was none. */
  async put(keepalive) {
    clearTimeout(this.timer);
    const upTo = this.changes;
    if (!this.failures) this.say("saving", "저장 중…", "refresh");
    const body = draftBody(this.form);
    const result = await send("PUT", this.form.dataset.draftUrl, { body, version: this.version }, { keepalive });
    if (result.ok) this.kept = JSON.stringify(body);
    if (!this.isSubmitted) await this.take(result, upTo);
    this.isSaving = false;
    return result.status;
  }

  async take({ status, ok, answer }, upTo) {
    if (ok) this.keep(answer, upTo);
    else if (status === 409) await this.settle(answer);
    else this.fail(status);
  }

  keep(answer, upTo) {
    this.version = answer.version ?? this.version + 1;
    this.form.dataset.draftVersion = this.version;
    this.saved = upTo;
    this.failures = 0;
    const at = answer.saved_at ? new Date(answer.saved_at) : new Date();
    this.say("saved", `저장됨 ${clockTime(at)}`, "check");
    if (this.isDirty) this.later(PAUSE);
    else delete document.documentElement.dataset.unsaved;
  }

  fail(status) {
    this.failures += 1;
    this.say("failed", "저장하지 못했습니다. 화면을 닫지 마세요", "warning");
    if (status === 401) document.dispatchEvent(new CustomEvent("session:over"));
    if (status === 400) renewToken(); // signed in again elsewhere: the old token is worth nothing
    if (status !== 401) this.later(RETRY[Math.min(this.failures, RETRY.length) - 1]);
  }

  /** Another tab saved in between. Neither text wins by itself. */
  async settle(answer) {
    this.say("failed", "다른 창에서 먼저 바뀌었습니다", "warning");
    const chosen = await chooseBetween(this.form, draftBody(this.form), answer.body ?? {});
    fill(this.form, chosen);
    this.version = answer.version;
    this.touch();
    this.later(0);
  }

  say(state, words, sign) {
    for (const place of this.form.querySelectorAll("[data-draft-status]")) {
      const isNews = place.dataset.state !== state && (state === "failed" || place.dataset.state === "failed");
      place.dataset.state = state;
      // Each pause in typing would be read out; only failing and recovering are.
      place.setAttribute("aria-live", isNews ? "assertive" : "off");
      place.replaceChildren(icon(sign), words);
    }
  }
}
