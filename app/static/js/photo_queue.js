// Sending photos: at once where there is a line, again and again where there is none, on whatever page one is.
//
// PUT multipart → 200 {id, small_url, page_url, remove_url, restore_url}; the same id again is answered, not stored
//   422 {code, text}: refused, the person is told why; DISK_NEARLY_FULL waits like a broken line
//   401 signed out, 0 no line, 5xx: the photo waits
//
// "photo:state" on document tells what became of one: detail {photo, state, text?, answer?, part?}, the states being
// sending, waiting, refused and sent.

import { icon, make } from "./elements.js";
import { renewToken } from "./http.js";
import { forget, keep, load } from "./photo_store.js";

const RETRY = [3000, 8000, 20000, 60000];
const WAITS = new Set(["DISK_NEARLY_FULL"]);

const queue = new Map();
const unsafe = new Set();
let timer = null;
let failures = 0;
let isDelivering = false;

export function start() {
  window.addEventListener("online", () => again(0));
  document.addEventListener("session:resumed", () => again(0));
  document.addEventListener("visibilitychange", () => !document.hidden && queue.size && again(0));
  window.addEventListener("beforeunload", (event) => [...unsafe].some((id) => queue.has(id)) && event.preventDefault());
  if (document.body.dataset.who) load().then(takeUp);
}

function takeUp(photos) {
  for (const photo of photos) {
    if (queue.has(photo.id)) continue;
    queue.set(photo.id, photo);
    tell(photo, "waiting");
  }
  if (queue.size) again(0);
}

/** Send a photo {id, url, visitId, caption, isHealth, blob}; it is kept until the server has it. */
export async function put(photo) {
  queue.set(photo.id, photo);
  tell(photo, "sending", { part: 0 });
  const isSafe = await keep(photo);
  if (!isSafe) unsafe.add(photo.id);
  again(0);
}

/** Throw away one that waits or was refused. */
export async function drop(id) {
  queue.delete(id);
  unsafe.delete(id);
  await forget(id);
  showCount();
}

/** How many found no line yet. */
export const countWaiting = () => [...queue.values()].filter(({ state }) => state === "waiting").length;

function again(delay) {
  clearTimeout(timer);
  timer = setTimeout(deliver, delay);
}

async function deliver() {
  if (isDelivering) return;
  isDelivering = true;
  let isLineGone = false;
  for (const photo of [...queue.values()]) {
    if (photo.refused) continue;
    if (isLineGone) tell(photo, "waiting");
    else isLineGone = !(await settle(photo, await send(photo)));
  }
  isDelivering = false;
  failures = isLineGone ? failures + 1 : 0;
  if (isLineGone) again(RETRY[Math.min(failures, RETRY.length) - 1]);
  else if ([...queue.values()].some(({ refused }) => !refused)) again(0);
}

/** Whether there was an answer to go on from. */
async function settle(photo, { status, answer }) {
  if (!queue.has(photo.id)) return true; // thrown away meanwhile
  if (status === 200) {
    await drop(photo.id);
    tell(photo, "sent", { answer });
    return true;
  }
  if ([413, 422].includes(status) && !WAITS.has(answer.code)) return refuse(photo, answer.text);
  if ([403, 404].includes(status)) return refuse(photo, "이 가구에는 사진을 올릴 수 없습니다.");
  if (status === 401) document.dispatchEvent(new CustomEvent("session:over"));
  if (status === 400) await renewToken();
  tell(photo, "waiting", { text: answer.code ? answer.text : "" });
  return false;
}

function refuse(photo, text) {
  photo.refused = true;
  tell(photo, "refused", { text });
  return true;
}

function tell(photo, state, more = {}) {
  photo.state = state;
  document.dispatchEvent(new CustomEvent("photo:state", { detail: { photo, state, ...more } }));
  showCount();
}

/** XMLHttpRequest, because fetch does not say how far it is. */
function send(photo) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("photo", photo.blob, "photo.jpg");
  body.append("caption", photo.caption);
  if (photo.isHealth) body.append("is_health", "y");
  if (photo.visitId) body.append("visit_id", photo.visitId);
  request.open("PUT", `${photo.url}/${photo.id}`);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", document.querySelector('meta[name="csrf-token"]')?.content ?? "");
  request.responseType = "json";
  request.upload.onprogress = (event) => tell(photo, "sending", { part: event.loaded / event.total });
  return new Promise((resolve) => {
    request.onloadend = () => resolve(received(request));
    request.send(body);
  });
}

function received(request) {
  const left = request.status && request.getResponseHeader("X-Session-Seconds-Left");
  if (left) document.dispatchEvent(new CustomEvent("session:answered", { detail: { secondsLeft: left } }));
  return { status: request.status, answer: request.response ?? {} };
}

/** «전송 대기 1장» in the header of whatever page is open. */
function showCount() {
  const count = countWaiting();
  const place = document.querySelector(".photos-waiting") ?? added();
  if (!place) return;
  place.hidden = !count;
  const words = count ? `전송 대기 ${count}장` : "";
  if (place.textContent !== words) place.replaceChildren(...(count ? [icon("upload"), words] : []));
}

function added() {
  const header = document.querySelector(".site-status");
  if (!header) return null;
  const place = make("span", { class: "photos-waiting", role: "status", hidden: true });
  header.prepend(place);
  return place;
}
