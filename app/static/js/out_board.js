// 지금 밖에 있는 직원: looks again every 20 seconds, and at once when somebody comes back to the page. It rests while
// somebody is answering, and after ten minutes in which nobody touched it, so that a screen left alone signs out.

const EVERY = 20000;
const RESTS_AFTER = 10 * 60000;
let touched = Date.now();

const board = () => document.querySelector("[data-out-board]");
const isAnswering = () => board().querySelector("details[open]") !== null;
const isResting = () => Date.now() - touched > RESTS_AFTER;

async function look() {
  const rests = isResting();
  say(rests ? "화면을 10분 동안 만지지 않아 새로 고침을 쉽니다. 화면을 누르면 다시 봅니다." : "20초마다 저절로 새로 고칩니다.");
  if (rests || isAnswering() || document.hidden) return;
  const page = await fetched().catch(() => null);
  if (page === null) return say("연결되지 않아 새로 고치지 못했습니다. 보이는 것은 조금 전 상태입니다.");
  if (isAnswering()) return;
  for (const part of document.querySelectorAll("[data-live]")) exchange(part, page.getElementById(part.id));
}

async function fetched() {
  const response = await fetch(board().dataset.outBoard, { credentials: "same-origin", redirect: "error" });
  if (!response.ok) return null;
  const secondsLeft = response.headers.get("X-Session-Seconds-Left");
  document.dispatchEvent(new CustomEvent("session:answered", { detail: { secondsLeft } }));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// Only what changed is exchanged, so that nothing loses the focus for nothing.
function exchange(part, fresh) {
  if (fresh && fresh.textContent !== part.textContent) part.replaceChildren(...fresh.childNodes);
}

function say(words) {
  const place = document.querySelector("[data-out-state]");
  if (place.textContent !== words) place.textContent = words;
}

for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => {
    const rested = isResting();
    touched = Date.now();
    if (rested) look();
  });
}
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(look, EVERY);
say("20초마다 저절로 새로 고칩니다.");
