// A list or board worked by keyboard: j, k or the arrows go from row to row; Enter opens, for a row is a link.
// Nothing happens while somebody types, chooses, or holds a modifier.

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const TYPED = "input, select, textarea, dialog[open], [contenteditable]";

export function start() {
  const place = document.querySelector("[data-rows]");
  if (place) document.addEventListener("keydown", (event) => walk(event, place));
}

function walk(event, place) {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
  const rows = [...place.querySelectorAll("[data-row]")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  if (here < 0 && event.key.startsWith("Arrow")) return; // the arrows scroll until a row was chosen
  const next = rows[here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
