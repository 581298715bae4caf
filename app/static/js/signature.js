// [data-signature]: a pad one signs on by pen, finger or mouse. What is kept are strokes, lists of [x, y, milliseconds]
// in units of the pad (2000 by 800, whatever the screen); the server draws the picture from them.

const WIDTH = 2000;
const HEIGHT = 800;
const MOST_POINTS = 20000;
const LONGEST = 3600000; // milliseconds
const NEAREST = 4; // units: points closer than that say nothing
const PEN = 9;

export function start() {
  for (const field of document.querySelectorAll("[data-signature]")) new Pad(field);
}

class Pad {
  constructor(field) {
    this.pad = field.querySelector("[data-signature-pad]");
    this.kept = field.querySelector("[data-signature-strokes]");
    this.state = field.querySelector("[data-signature-state]");
    this.pen = this.pad.getContext("2d");
    this.strokes = this.read();
    this.current = null;
    this.pad.addEventListener("pointerdown", (event) => this.begin(event));
    this.pad.addEventListener("pointermove", (event) => this.go(event));
    for (const kind of ["pointerup", "pointercancel"]) this.pad.addEventListener(kind, (event) => this.end(event));
    field.querySelector("[data-signature-undo]").addEventListener("click", () => this.undo());
    field.querySelector("[data-signature-clear]").addEventListener("click", () => this.clear());
    new ResizeObserver(() => this.fit()).observe(this.pad);
    this.fit();
    this.keep();
  }

  read() {
    try {
      const strokes = JSON.parse(this.kept.value || "[]");
      return Array.isArray(strokes) ? strokes : [];
    } catch {
      return [];
    }
  }

  /** As many pixels as the screen has, so that lines are sharp. */
  fit() {
    const { width } = this.pad.getBoundingClientRect();
    const pixels = Math.round((width || 1000) * (window.devicePixelRatio || 1));
    if (this.pad.width !== pixels) {
      this.pad.width = pixels;
      this.pad.height = Math.round((pixels * HEIGHT) / WIDTH);
    }
    this.draw();
  }

  begin(event) {
    if (!event.isPrimary || event.button > 0) return;
    event.preventDefault();
    this.pad.setPointerCapture(event.pointerId);
    this.since ??= event.timeStamp;
    this.current = [];
    this.strokes.push(this.current);
    this.add(event);
  }

  go(event) {
    if (!this.current || !event.isPrimary) return;
    const told = event.getCoalescedEvents?.() ?? [];
    for (const each of told.length ? told : [event]) this.add(each);
  }

  end(event) {
    if (!this.current || !event.isPrimary) return;
    this.current = null;
    this.keep();
  }

  add(event) {
    const box = this.pad.getBoundingClientRect();
    const x = within(((event.clientX - box.left) / box.width) * WIDTH, WIDTH);
    const y = within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT);
    const last = this.current.at(-1);
    if (last && Math.hypot(x - last[0], y - last[1]) < NEAREST) return;
    if (this.count() >= MOST_POINTS) return;
    this.current.push([x, y, within(event.timeStamp - this.since, LONGEST)]);
    this.line(this.current.slice(-2));
  }

  count() {
    return this.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  }

  undo() {
    this.strokes.pop();
    this.draw();
    this.keep();
  }

  clear() {
    this.strokes = [];
    this.since = undefined;
    this.draw();
    this.keep();
  }

  keep() {
    this.kept.value = this.strokes.length ? JSON.stringify(this.strokes) : "";
    this.state.textContent = this.strokes.length ? `${this.strokes.length}획` : "아직 비어 있습니다";
  }

  draw() {
    this.pen.clearRect(0, 0, this.pad.width, this.pad.height);
    for (const stroke of this.strokes) this.line(stroke);
  }

  line(points) {
    const scale = this.pad.width / WIDTH;
    const [first, ...others] = points;
    if (!first) return;
    Object.assign(this.pen, { lineWidth: PEN * scale, lineCap: "round", lineJoin: "round", strokeStyle: "#141414" });
    this.pen.beginPath();
    this.pen.moveTo(first[0] * scale, first[1] * scale);
    for (const [x, y] of others.length ? others : [first]) this.pen.lineTo(x * scale, y * scale);
    this.pen.stroke();
  }
}

const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
