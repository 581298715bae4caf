// Short news over the page (read out as well), banners that close, and the word when the line is gone.

import { icon, make } from "./elements.js";

const SHOWN_FOR = 6000;

/** Say something that needs no answer. */
export function tell(text, sign = "check") {
  const toast = make("div", { class: "toast" }, icon(sign), make("span", {}, text));
  document.querySelector("[data-toasts]")?.append(toast);
  setTimeout(() => toast.remove(), SHOWN_FOR);
}

export function start() {
  for (const button of document.querySelectorAll("[data-close-banner]")) {
    button.hidden = false;
    button.addEventListener("click", () => closeBanner(button));
  }
  readOutFlashes();
  window.addEventListener("offline", () => tell("인터넷이 끊겼습니다. 쓰던 글은 이 화면에 남아 있습니다.", "warning"));
  window.addEventListener("online", () => tell("다시 연결되었습니다."));
}

function closeBanner(button) {
  button.closest(".banner").remove();
  document.getElementById("main")?.focus();
}

// A live region that was full from the start is not read out; taking its content out and putting it back is.
function readOutFlashes() {
  const region = document.querySelector("[data-flashes]");
  if (!region?.children.length) return;
  const banners = [...region.children];
  setTimeout(() => region.replaceChildren(...banners), 150);
}
