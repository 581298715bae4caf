// The time left before the server signs somebody out: shown, extended, warned about, and what comes after.
//
// body[data-session-seconds-left][data-session-idle-seconds][data-extend-url][data-sign-in-url][data-who]

import { renewToken, send } from "./http.js";
import { tell } from "./news.js";

const WARN_AT = 60;
const SHORT_AT = 120;

let endsAt = 0;
let isOver = false;
let channel = null;
const warning = () => document.getElementById("session-warning");
const expired = () => document.getElementById("session-expired");

export function start() {
  const { sessionSecondsLeft, sessionIdleSeconds } = document.body.dataset;
  if (sessionSecondsLeft === undefined) return;
  listenToOtherTabs();
  startAgain(Number(sessionSecondsLeft));
  document.addEventListener("session:answered", ({ detail }) => {
    startAgain(Number(detail.secondsLeft ?? sessionIdleSeconds));
  });
  document.addEventListener("session:over", end);
  // Escape means that somebody is there.
  warning().addEventListener("cancel", extend);
  showExtendButtons();
  expired().addEventListener("cancel", (event) => event.preventDefault());
  expired().addEventListener("close", () => isOver && expired().showModal());
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
  tick();
}

/** Count down from here, in this tab and in the others. */
function startAgain(seconds) {
  endsAt = Date.now() + seconds * 1000;
  channel?.postMessage({ who: document.body.dataset.who, endsAt });
  tick();
}

function listenToOtherTabs() {
  if (!("BroadcastChannel" in window)) return;
  channel = new BroadcastChannel("session");
  channel.addEventListener("message", ({ data }) => {
    if (isOver) return resume();
    if (data.who === document.body.dataset.who) endsAt = Math.max(endsAt, data.endsAt);
  });
  // A window opened to sign in again may report nothing; looking back at this page asks as well.
  window.addEventListener("focus", () => isOver && resume());
}

function showExtendButtons() {
  const form = document.querySelector("[data-session-form]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    extend();
  });
  document.querySelector("[data-session-extend]").addEventListener("click", extend);
}

async function extend() {
  const { ok, status } = await send("POST", document.body.dataset.extendUrl);
  if (ok) tell("시간을 연장했습니다.");
  else if (status === 401) end();
  else tell("연장하지 못했습니다. 연결을 확인하고 다시 눌러 주세요.", "warning");
}

function tick() {
  if (isOver) return;
  const left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
  show(left);
  if (left === 0) end();
  else if (left <= WARN_AT) open(warning());
  else if (warning().open) warning().close();
}

function show(left) {
  const words = left > SHORT_AT ? `${Math.ceil(left / 60)}분` : `${left}초`;
  for (const place of document.querySelectorAll("[data-session-text]")) {
    if (place.textContent !== words) place.textContent = words;
  }
  document.querySelector(".session-left")?.classList.toggle("is-short", left <= SHORT_AT);
}

function end() {
  if (isOver) return;
  isOver = true;
  const isUnsaved = document.documentElement.dataset.unsaved !== undefined;
  const link = expired().querySelector("[data-session-sign-in]");
  link.href = `${document.body.dataset.signInUrl}?next=${encodeURIComponent(location.pathname + location.search)}`;
  if (isUnsaved) link.target = "_blank";
  expired().querySelector("[data-session-unsaved]").hidden = !isUnsaved;
  expired().classList.add("is-expired");
  if (warning().open) warning().close();
  open(expired());
}

async function resume() {
  const answer = await renewToken();
  expired().querySelector("[data-session-stranger]").hidden = answer !== "stranger";
  if (answer !== "same" || !isOver) return;
  isOver = false;
  expired().close();
  startAgain(Number(document.body.dataset.sessionIdleSeconds));
  document.dispatchEvent(new CustomEvent("session:resumed"));
}

function open(dialog) {
  if (!dialog.open) dialog.showModal();
}
