// Every form: sent once, its errors found at once, its long texts growing and counted.

const OWN_GROWTH = CSS.supports("field-sizing", "content");

export function start() {
  for (const form of document.querySelectorAll("form")) form.addEventListener("submit", guard);
  window.addEventListener("pageshow", letAllGo);
  focusSummary();
  for (const area of document.querySelectorAll("textarea")) grow(area);
  for (const control of document.querySelectorAll("[data-max]")) count(control);
  for (const button of document.querySelectorAll("[data-reveal]")) reveal(button);
}

// Sent once. A second press is swallowed; the button keeps focus, so it is said to be disabled rather than being so.
// What opens another window or fetches a file leaves the page as it is: form[target] and button[data-keep-enabled].
function guard(event) {
  const form = event.currentTarget;
  const leaves = !form.target && form.method !== "dialog" && event.submitter?.dataset.keepEnabled === undefined;
  if (event.defaultPrevented || !leaves) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => event.submitter?.setAttribute("aria-disabled", "true"));
}

function letAllGo() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
  }
}

function focusSummary() {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  document.title = `오류: ${document.title}`;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    goTo(document.getElementById(link.hash.slice(1)));
  });
}

function goTo(target) {
  if (!target) return;
  target.dispatchEvent(new CustomEvent("step:open", { bubbles: true }));
  for (const closed of allAround(target, "details")) closed.open = true;
  const first = target.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
  (first ?? target).focus();
}

function* allAround(element, selector) {
  for (let at = element.closest(selector); at; at = at.parentElement?.closest(selector)) yield at;
}

function grow(area) {
  if (OWN_GROWTH) return;
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", fit);
  fit();
}

// Counted as the server counts: a line break travels as two characters.
const lengthOf = (text) => [...text.normalize("NFC").replaceAll("\n", "\r\n")].length;

function count(control) {
  const max = Number(control.dataset.max);
  const line = document.createElement("p");
  line.className = "field-note counter";
  line.id = `${control.id}-count`;
  control.closest(".control").after(line);
  control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  const show = () => {
    const length = lengthOf(control.value);
    const isOver = length > max;
    line.hidden = control.tagName !== "TEXTAREA" && length < max * 0.8;
    line.classList.toggle("is-over", isOver);
    line.textContent = `${length.toLocaleString("ko")} / ${max.toLocaleString("ko")}자${isOver ? ` · ${(length - max).toLocaleString("ko")}자 넘음` : ""}`;
  };
  control.addEventListener("input", show);
  show();
}

function reveal(button) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.textContent = isShown ? "보기" : "가리기";
    button.setAttribute("aria-pressed", String(!isShown));
  });
}
