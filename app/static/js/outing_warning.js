// «나오실 시각입니다»: said by the device itself at the planned end, 15 and 30 minutes later, on whatever page is open,
// with a banner, the title, a buzz and a tone where the browser allows them. No network is asked.

import { clockTime, icon, make } from "./elements.js";

const MINUTE = 60000;
const STAGES = [
  { after: 0, words: "나오실 시각입니다", advice: "더 계시면 «+15분»이나 «+30분»을 눌러 주세요." },
  { after: 15, words: "15분이 지났습니다", advice: "나오셨으면 «나왔습니다»를 눌러 주세요. 15분 뒤 팀장에게 알립니다." },
  { after: 30, words: "30분이 지났습니다", advice: "동행자와 팀장에게 확인 전화를 하도록 알립니다." },
];
const SIGN = "⚠ ";

let sound = null;
let title = "";
let shown = "";
let hushed = "";
const own = { warned: null };

// A tone needs a tap first; without one the browser keeps silent and complains.
document.addEventListener("pointerdown", () => {
  if ("AudioContext" in window) sound ??= new AudioContext();
}, { once: true });

/** Show, or take away, the warning about somebody who should be out. `acts`: buttons, or a sentence for nobody. */
export function warn(open, acts, store) {
  const stage = open ? stageOf(open) : -1;
  const mark = stage < 0 ? "" : `${open.id} ${open.endAt} ${stage}`;
  if (mark === shown) return stayOnTop();
  shown = mark;
  takeAway();
  setTitle(stage >= 0);
  if (stage < 0 || mark === hushed) return;
  put(banner(open, STAGES[stage], acts, mark));
  if (isNew(open, stage, store)) makeNoise(stage);
}

function stageOf({ endAt }) {
  const late = Date.now() - Date.parse(endAt);
  return STAGES.findLastIndex(({ after }) => late >= after * MINUTE);
}

/** Every page shows it; only the first on this device makes a noise about it. */
function isNew({ id, endAt }, stage, store) {
  const warned = (store ? store.kept.warned : own.warned) ?? {};
  const known = warned.id === id && warned.endAt === endAt && warned.stage >= stage;
  if (known) return false;
  own.warned = { id, endAt, stage };
  store?.keep({ warned: own.warned });
  return true;
}

function banner(open, { words, advice }, acts, mark) {
  const hush = make("button", { type: "button", class: "button button-quiet" }, "알림 접기");
  const made = make(
    "section",
    { class: "outing-warning", role: "alert", "data-outing-warning": true },
    icon("danger"),
    make("div", { class: "outing-warning-text" },
      make("b", {}, `${words} (${clockTime(new Date(open.endAt))} 예정)`),
      make("p", {}, typeof acts === "string" ? acts : advice)),
    make("div", { class: "outing-acts" }, ...(typeof acts === "string" ? [] : acts), hush),
  );
  hush.addEventListener("click", () => {
    hushed = mark;
    takeAway();
  });
  return made;
}

const openDialog = () => [...document.querySelectorAll("dialog[open]")].at(-1);

/** The page moves down by the banner's height, so that nothing lies under it. */
function put(made) {
  (openDialog() ?? document.body).prepend(made);
  if (!openDialog()) document.body.style.paddingTop = `${made.offsetHeight}px`;
}

/** A question that opens, or the end of the session, makes what is outside of it dead: the warning moves into it. */
function stayOnTop() {
  const banner = document.querySelector("[data-outing-warning]");
  const place = openDialog() ?? document.body;
  if (banner && banner.parentElement !== place) place.prepend(banner);
}

function takeAway() {
  document.querySelector("[data-outing-warning]")?.remove();
  document.body.style.paddingTop = "";
}

function setTitle(isLate) {
  title ||= document.title;
  document.title = isLate ? SIGN + title : title;
}

function makeNoise(stage) {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 200, 400]);
  if (sound?.state !== "running") return;
  for (let beat = 0; beat <= stage; beat += 1) beep(sound.currentTime + beat * 0.5);
}

function beep(at) {
  const tone = sound.createOscillator();
  const loudness = sound.createGain();
  tone.frequency.value = 880;
  loudness.gain.setValueAtTime(0.25, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
  tone.connect(loudness).connect(sound.destination);
  tone.start(at);
  tone.stop(at + 0.35);
}
