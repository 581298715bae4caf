// The calendar by keys and by mouse. Everything here can be done by links and buttons as well.
//
// [data-calendar] holds [data-earlier] and [data-later]: ← and → turn the page.
// [data-board] holds buttons [data-slot]: one of them is reached by Tab, the arrows go from hour to hour.
// [data-visit] is a tile that a mouse may pull onto another [data-day]; #drop asks why and posts as the page would.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR_ENOUGH = 8; // pixels a mouse moves before a press becomes a pull

export function start() {
  const bar = document.querySelector("[data-calendar]");
  if (bar) document.addEventListener("keydown", (event) => turn(event, bar));
  for (const board of document.querySelectorAll("[data-board]")) roam(board);
  const dialog = document.querySelector("#drop");
  if (dialog) for (const tile of document.querySelectorAll("[data-visit]")) pull(tile, dialog);
}

// Turning the page

function turn(event, bar) {
  const step = { ArrowLeft: "earlier", ArrowRight: "later" }[event.key];
  const isBusy = event.target.closest("input, select, textarea, [popover], dialog, [role=region]");
  if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isBusy) return;
  if (document.querySelector(":popover-open, dialog[open]")) return;
  event.preventDefault();
  location.assign(bar.querySelector(`[data-${step}]`).href);
}

// Hours of the board

function roam(board) {
  const slots = [...board.querySelectorAll("[data-slot]")];
  const first = board.querySelector(".slot-own, .is-suggested .slot-free") ?? board.querySelector(".slot-free") ?? slots[0];
  for (const slot of slots) slot.tabIndex = slot === first ? 0 : -1;
  board.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    const here = event.target.closest("[data-slot]");
    if (!way || !here) return;
    event.preventDefault();
    const next = nearest(slots, here, way);
    if (!next) return;
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/** The closest slot in a direction, as it stands on the screen: in columns on a tablet, in rows of four on a phone. */
function nearest(slots, here, [right, down]) {
  const from = centre(here);
  let best = null;
  for (const slot of slots) {
    const to = centre(slot);
    const ahead = (to.x - from.x) * right + (to.y - from.y) * down;
    if (slot === here || ahead < 4) continue;
    const aside = Math.abs(right ? to.y - from.y : to.x - from.x);
    const cost = ahead + aside * 3;
    if (!best || cost < best.cost) best = { slot, cost };
  }
  return best?.slot;
}

function centre(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

// Pulling a visit onto another day

function pull(tile, dialog) {
  if (!tile.dataset.moveUrl) return;
  tile.addEventListener("pointerdown", (press) => {
    if (press.pointerType !== "mouse" || press.button !== 0) return;
    const pulling = { tile, from: { x: press.clientX, y: press.clientY }, ghost: null, day: null };
    const move = (event) => moved(event, pulling);
    const end = (event) => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("keydown", escape);
      dropped(pulling, event.type === "pointerup" ? dialog : null);
    };
    const escape = (event) => event.key === "Escape" && end(event);
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("keydown", escape);
  });
}

function moved(event, pulling) {
  const { from, tile } = pulling;
  if (!pulling.ghost) {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < FAR_ENOUGH) return;
    pulling.ghost = ghostOf(tile);
  }
  event.preventDefault();
  pulling.ghost.style.translate = `${event.clientX - from.x}px ${event.clientY - from.y}px`;
  const day = document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.matches("[data-day]"));
  if (pulling.day !== day) pulling.day?.classList.remove("is-target");
  pulling.day = day && day !== tile.closest("[data-day]") ? day : null;
  pulling.day?.classList.add("is-target");
}

function ghostOf(tile) {
  const { left, top, width } = tile.getBoundingClientRect();
  const ghost = tile.cloneNode(true);
  ghost.classList.add("is-pulled");
  ghost.setAttribute("aria-hidden", "true");
  ghost.removeAttribute("popovertarget");
  Object.assign(ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  document.body.append(ghost);
  return ghost;
}

function dropped({ tile, ghost, day }, dialog) {
  if (!ghost) return;
  ghost.remove();
  day?.classList.remove("is-target");
  swallowClick(tile);
  if (!dialog || !day) return;
  const { moveUrl, version, hour, title } = tile.dataset;
  const form = dialog.querySelector("form");
  form.action = moveUrl;
  form.elements.version.value = version;
  form.elements.slot.value = hour ? `${day.dataset.day}T${hour}` : day.dataset.day;
  form.elements.companion_id.value = tile.dataset.companion ?? "";
  dialog.querySelector("[data-drop-words]").textContent = `${title} → ${day.dataset.words} ${hour ?? ""}`.trim();
  dialog.showModal();
}

// The release of a pull is no press of the tile.
function swallowClick(tile) {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  tile.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => tile.removeEventListener("click", swallow, { capture: true }));
}
