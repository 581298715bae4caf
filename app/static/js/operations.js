// 자동 작업: while something waits or runs the page looks again every two seconds, for three minutes at most, so that
// an abandoned page does not keep its session alive. Without script «새로 고침» does the same.

const EVERY = 2000;
const MOST_LOOKS = 90;

const isWorthLooking = (page) => page.querySelector("[data-open-runs]") !== null;

async function lookAgain(looks) {
  const page = await fetched().catch(() => null);
  if (page) show(page);
  if (looks < MOST_LOOKS && (page === null || isWorthLooking(page))) setTimeout(lookAgain, EVERY, looks + 1);
}

async function fetched() {
  const response = await fetch(location.pathname, { credentials: "same-origin", redirect: "error" });
  if (!response.ok) return null;
  const secondsLeft = response.headers.get("X-Session-Seconds-Left");
  document.dispatchEvent(new CustomEvent("session:answered", { detail: { secondsLeft } }));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// Only what changed is exchanged: it is read out, and nothing else loses the focus.
function show(page) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh && fresh.textContent !== part.textContent) part.replaceChildren(...fresh.childNodes);
  }
}

if (isWorthLooking(document)) setTimeout(lookAgain, EVERY, 1);
