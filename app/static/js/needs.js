// 욕구조사: how far it is answered, in all and in each domain; a figure from 1 to 4 answers the item that has the focus and
// goes on to the next; what is needed opens its line of words. Without script the form works as it stands.

const items = [...document.querySelectorAll("[data-item]")];
const progress = document.querySelector("[data-progress]");
const SPOKEN = new Set(["NEEDED", "URGENT"]);

const chosen = (item) => item.querySelector("input:checked");
const answers = (item) => [...item.querySelectorAll("input[type=radio]")];

function tell() {
  const given = items.filter(chosen).length;
  progress.hidden = false;
  progress.textContent = `${given}/${items.length} 답함`;
  for (const domain of document.querySelectorAll("[data-domain]")) {
    const own = [...domain.querySelectorAll("[data-item]")];
    const done = own.filter(chosen).length;
    domain.querySelector("[data-domain-progress]").textContent = done === own.length ? "다 답함" : `${done}/${own.length}`;
  }
}

function openWords({ target }) {
  const note = SPOKEN.has(target.value) && target.closest?.("[data-item]")?.querySelector("details");
  if (note) note.open = true;
}

function answerByFigure(event) {
  const item = event.target.closest?.("[data-item]");
  if (!item || event.target.type !== "radio" || !/^[1-4]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  const answer = answers(item)[Number(event.key) - 1];
  event.preventDefault();
  answer.checked = true;
  answer.dispatchEvent(new Event("change", { bubbles: true }));
  goOn(item, answer);
}

/** The next item without an answer; after the last one the answer keeps the focus. */
function goOn(item, answer) {
  const next = items.slice(items.indexOf(item) + 1).find((each) => !chosen(each));
  (next ? answers(next)[0] : answer).focus();
}

if (progress && items.length) {
  document.addEventListener("change", tell);
  document.addEventListener("change", openWords);
  document.addEventListener("keydown", answerByFigure);
  const hint = document.querySelector("[data-keyboard-hint]");
  if (hint) hint.hidden = !matchMedia("(pointer: fine)").matches;
  tell();
}
