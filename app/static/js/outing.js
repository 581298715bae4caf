// 도착 and 나왔습니다 on every page: the line in the header, the panel on the visit form, and the warning that this
// device gives by itself when the planned end has gone by, with or without a line.
//
// header .outing-strip[data-outing][data-account][data-state][data-end-url][data-longer-url]
// visit form .outing-panel[data-check-in][data-household][data-rule][data-refusal][data-ask-url]

import { clockTime, icon, make } from "./elements.js";
import { send } from "./http.js";
import { tell } from "./news.js";
import { Store, allOpen, newId } from "./outing_store.js";
import { warn } from "./outing_warning.js";

const EVERY = 1000;
const ANY_ID = "00000000-0000-4000-8000-000000000000";
const MINUTE = 60000;
const SIGNED_OUT = "로그인하면 «나왔습니다»를 누를 수 있습니다.";

let store = null;
const strip = () => document.querySelector("[data-outing]");
const panel = () => document.querySelector("[data-check-in]");

export function start() {
  if (strip()) begin();
  setInterval(tick, EVERY);
  window.addEventListener("online", () => store?.sendAll());
  document.addEventListener("session:resumed", () => store?.sendAll());
  window.addEventListener("storage", () => show());
  tick();
}

function begin() {
  const { account, state } = strip().dataset;
  store = new Store(account);
  store.onChange = show;
  store.onRefusal = refused;
  store.hear(state ? JSON.parse(state) : null);
  // A page out of the browser's memory shows what was true when it was left.
  window.addEventListener("pageshow", (event) => event.persisted && show());
  watchCompany();
  panel()?.querySelector("form[data-check-in-form]")?.addEventListener("submit", checkIn, { capture: true });
  show();
  store.sendAll();
}

function tick() {
  const open = store ? store.open : allOpen()[0];
  warn(open ?? null, store ? actions() : SIGNED_OUT, store);
  document.querySelectorAll("[data-outing-left]").forEach((place) => (place.textContent = open ? left(open) : ""));
}

/** «37분 남음», «12분 지남». */
function left({ endAt }) {
  const minutes = Math.floor((Date.parse(endAt) - Date.now()) / MINUTE);
  return minutes >= 0 ? `${minutes + 1}분 남음` : `${-minutes - 1}분 지남`;
}

function show() {
  if (!strip()) return;
  const { open } = store;
  strip().hidden = !open;
  strip().replaceChildren(...(open ? line(open) : []));
  showPanel(open);
  tick();
}

function line(open) {
  const unsent = store.isUnsent ? make("span", { class: "tag tone-warn" }, icon("warning"), "전송 대기") : null;
  const words = make("span", { class: "outing-now" }, icon("pin"), make("b", {}, "방문 중"), span(open), leftOf(), unsent);
  return [words, make("span", { class: "outing-acts" }, ...actions())];
}

const span = ({ startedAt, endAt }) =>
  make("span", { class: "number" }, `${clockTime(new Date(startedAt))}–${clockTime(new Date(endAt))}`);
const leftOf = () => make("span", { class: "outing-left", "data-outing-left": true });

function actions() {
  return [longerButton(15), longerButton(30), button("나왔습니다", "button button-main outing-out", checkOut)];
}

const longerButton = (minutes) => button(`+${minutes}분`, "button", () => longer(minutes));

function button(words, classes, act) {
  const made = make("button", { type: "button", class: classes }, words);
  made.addEventListener("click", act);
  return made;
}

/** The panel shows its form where nobody is, the running visit where one is here. */
function showPanel(open) {
  if (!panel()) return;
  const isHere = open !== null && String(open.household) === panel().dataset.household;
  const running = panel().querySelector("[data-running]");
  panel().querySelector("form[data-check-in-form]").hidden = isHere || wasHere() || panel().dataset.rule === "NO_VISIT";
  running.hidden = !isHere && !wasHere();
  running.replaceChildren(...(isHere ? runningWords(open) : wasHere() ? endedWords(store.kept.ended) : []));
  document.querySelectorAll("[data-leaving]").forEach((part) => (part.hidden = !isHere));
  const elsewhere = panel().querySelector("[data-elsewhere]");
  if (elsewhere) elsewhere.hidden = open === null || isHere;
}

const wasHere = () => store.open === null && String(store.kept.ended?.household) === panel().dataset.household && isFresh();
const isFresh = () => Date.now() - Date.parse(store.kept.ended.endedAt) < 30 * MINUTE;

function runningWords(open) {
  const words = make("p", { class: "outing-now" }, icon("pin"), make("b", {}, "방문 중"), span(open), leftOf());
  return store.isUnsent ? [words, unsentWords()] : [words];
}

function unsentWords() {
  const words = "아직 서버에 전하지 못했습니다. 팀장은 아직 모릅니다. 이 기기가 시간을 알려 드립니다.";
  return make("p", { class: "field-hint" }, icon("warning"), words);
}

function endedWords({ startedAt, endedAt }) {
  const words = `${clockTime(new Date(startedAt))}–${clockTime(new Date(endedAt))} 다녀왔습니다.`;
  return [make("p", { class: "outing-now" }, icon("check"), words)];
}

// Stamps

async function checkIn(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const name = form.elements["out-companion_name"].value.trim();
  const [open, fields] = stampOf(form, name);
  hideRefusal();
  const status = await store.begin(open, form.action, fields, name);
  if (status === 0 && mustNot(form)) {
    store.takeBack(open.id);
    showRefusal(panel().dataset.refusal, panel().dataset.rule !== "NO_VISIT");
  } else if (store.open?.id === open.id) {
    propose("began", open.startedAt);
    tell(status === 0 ? "인터넷이 없어 이 기기에 적어 두었습니다." : "방문을 시작했습니다.", status === 0 ? "warning" : "check");
  }
}

function stampOf(form, name) {
  const startedAt = new Date();
  const minutes = Number(new FormData(form).get("out-minutes") ?? 60);
  const endAt = new Date(startedAt.getTime() + minutes * MINUTE);
  const visit = form.elements["out-visit_id"].value;
  const open = {
    id: newId(), household: Number(panel().dataset.household), visit, startedAt: startedAt.toISOString(), endAt: endAt.toISOString(),
  };
  const fields = {
    "out-outing_id": open.id, "out-visit_id": visit, "out-started_at": open.startedAt, "out-planned_end_at": open.endAt,
    "out-minutes": String(minutes), "out-companion_id": form.elements["out-companion_id"].value, "out-named": name ? "1" : "",
  };
  return [open, fields];
}

/** What the server would refuse, where it cannot be asked. */
function mustNot(form) {
  const { rule } = panel().dataset;
  if (rule === "NO_VISIT") return true;
  const name = form.elements["out-companion_name"].value.trim();
  if (rule === "POLICE") return !name;
  return rule === "PAIR" && !name && !form.elements["out-companion_id"].value;
}

function longer(minutes) {
  const at = new Date();
  const end = new Date(Math.max(Date.parse(store.open.endAt), at.getTime()) + minutes * MINUTE).toISOString();
  const url = strip().dataset.longerUrl.replace(ANY_ID, store.open.id);
  store.extend(end, url, { at: at.toISOString(), until_at: end });
  tell(`${clockTime(new Date(end))}까지로 늘렸습니다.`);
}

function checkOut() {
  const at = new Date().toISOString();
  const { id, household, startedAt } = store.open;
  const isHere = String(household) === panel()?.dataset.household;
  store.end(at, strip().dataset.endUrl.replace(ANY_ID, id), { at });
  if (isHere) propose("ended", at, startedAt);
  tell(`${clockTime(new Date(at))}에 나왔습니다.`);
}

/** The record's hours are proposed from the stamps; what somebody typed stays. */
function propose(name, at) {
  const field = document.querySelector(`form[data-draft-url] [name="${name}"]`);
  if (!field || (field.value && field.value !== field.defaultValue)) return;
  field.value = clockTime(new Date(at));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Why somebody went alone is asked only while nobody is named. */
function watchCompany() {
  const [company, alone] = ["[data-company]", "[data-alone]"].map((place) => document.querySelector(place));
  if (!company || !alone) return;
  const form = company.closest("form");
  const look = () => {
    const isNamed = company.querySelector("input:checked") || company.querySelector("input[type=text]")?.value.trim();
    const isFace = form.querySelector("[name=mode]:checked")?.value === "FACE";
    alone.hidden = Boolean(isNamed) || !isFace;
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
}

// Refusals

function refused(answer, stamp) {
  if (stamp.begins && panel()) showRefusal(answer.text, answer.may_ask);
  else if (answer.text) tell(answer.text, "warning");
}

const refusal = () => panel().querySelector("[data-refused]");

function showRefusal(text, mayAsk) {
  refusal().hidden = false;
  refusal().querySelector("[data-refused-text]").textContent = text;
  const ask = refusal().querySelector("[data-ask]");
  ask.hidden = !mayAsk;
  ask.onsubmit = askSupervisor;
  panel().querySelector("details")?.setAttribute("open", "");
  refusal().focus();
}

function hideRefusal() {
  refusal().hidden = true;
}

async function askSupervisor(event) {
  event.preventDefault();
  const ask = event.currentTarget;
  const { ok, status, answer } = await send("POST", panel().dataset.askUrl, new URLSearchParams());
  tell(answer.text ?? (status === 0 ? "인터넷이 없어 요청하지 못했습니다. 전화해 주세요." : "요청하지 못했습니다."), ok ? "check" : "warning");
  if (ok) ask.hidden = true;
}
