// A change reaches its households: batch after batch is asked for, and the bar says how far it has come.
//
// [data-refreshing="url"][data-total][data-left][data-some][data-all]; without script the button «계속» asks for one
// batch at a time. What is told to those who listen stands in data-some («{total}», «{done}») and data-all.

import { send } from "./http.js";

const TRIES = 3;
const PAUSE = 1000;
const SAID_AT = 0.25;
const PATIENCE = 5;

const place = document.querySelector("[data-refreshing]");
const part = (name) => place.querySelector(`[data-refreshing-${name}]`);
let left = Number(place?.dataset.left ?? 0);
let said = 0;

if (left) start();

function start() {
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    goOn();
  });
  // After signing in again the page goes on by itself.
  document.addEventListener("session:resumed", goOn);
  goOn();
}

async function goOn() {
  if (place.dataset.working) return;
  place.dataset.working = "1";
  show("button", false);
  part("trouble").hidden = true;
  const isDone = await allBatches();
  delete place.dataset.working;
  if (isDone) finish();
  else stop();
}

/** Resolves to false when the server does not answer any more, or answers and gets nowhere. */
async function allBatches() {
  let inVain = 0;
  while (left > 0 && inVain < PATIENCE) {
    const before = left;
    const answer = await oneBatch();
    if (answer === null) return false;
    left = answer;
    draw();
    inVain = left < before ? 0 : inVain + 1;
    // Others may be changing the same households; a batch that brought nothing forward gives them room.
    if (inVain) await pause();
  }
  return left === 0;
}

async function oneBatch() {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { ok, status, answer } = await send("POST", place.dataset.refreshing);
    if (ok) return Number(answer.left);
    if (status === 401) {
      document.dispatchEvent(new CustomEvent("session:over"));
      return null;
    }
    await pause();
  }
  return null;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

function draw() {
  const total = Number(place.dataset.total);
  const done = Math.max(0, total - left);
  part("bar").value = done;
  part("done").textContent = done.toLocaleString("ko");
  if (done / total - said >= SAID_AT) {
    said = done / total;
    tell(place.dataset.some.replace("{total}", total.toLocaleString("ko")).replace("{done}", done.toLocaleString("ko")));
  }
}

function finish() {
  part("work").hidden = true;
  part("end").hidden = false;
  tell(place.dataset.all);
}

function stop() {
  show("button", true);
  part("trouble").hidden = false;
}

function show(tag, isShown) {
  part("form").querySelector(tag).hidden = !isShown;
}

function tell(text) {
  part("news").textContent = text;
}
