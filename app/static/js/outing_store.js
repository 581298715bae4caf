// What this tablet knows about somebody who is out: kept on the device, so that neither a closed page, a lost line nor a
// sign-out forgets it. Ids and moments only, never a name. One entry for each account that uses the tablet.
//
//   open    {id, household, visit, startedAt, endAt}: where they are, until they say that they are out
//   ended   {id, household, startedAt, endedAt}: the visit before, for the page that still shows it
//   queue   [{url, fields}]: stamps the server has not heard of yet, oldest first
//   warned  {id, endAt, stage}: how loudly this device has spoken up about the end
//
// A name that was typed lives on the page alone: when the page is gone before the line is back, the stamp says that
// somebody was named, and not who.

import { renewToken, send } from "./http.js";

const KEY = "outing:";
const RETRY = 15000;
const FORGOTTEN = 12 * 60 * 60 * 1000; // a tablet nobody signed in at since: others will have looked for them
const FINAL = new Set([403, 404, 409, 422]); // the server has judged: asking again changes nothing
const names = new Map();

export class Store {
  constructor(account) {
    this.account = account;
    this.key = KEY + account;
    this.onChange = () => {};
    this.onRefusal = () => {};
    this.isSending = false;
  }

  get kept() {
    return read(this.key);
  }

  keep(changes) {
    const kept = { ...this.kept, ...changes };
    write(this.key, kept);
    this.onChange();
  }

  get open() {
    return this.kept.open ?? null;
  }

  get isUnsent() {
    return (this.kept.queue ?? []).length > 0;
  }

  /** What the server said when this page was drawn; stamps it has not heard of yet go before it. */
  hear(state) {
    if (this.isUnsent) return;
    if (state) this.keep({ open: state });
    else if (this.open) this.keep({ open: null });
  }

  begin(open, url, fields, name) {
    if (name) names.set(open.id, name);
    this.keep({ open, ended: null, warned: null, queue: [...(this.kept.queue ?? []), { url, fields, begins: open.id }] });
    return this.sendAll();
  }

  extend(endAt, url, fields) {
    const open = { ...this.open, endAt };
    this.keep({ open, queue: [...(this.kept.queue ?? []), { url, fields }] });
    return this.sendAll();
  }

  end(endedAt, url, fields) {
    const { id, household, startedAt } = this.open;
    this.keep({ open: null, ended: { id, household, startedAt, endedAt }, queue: this.withEnd(id, endedAt, { url, fields }) });
    return this.sendAll();
  }

  /** Both stamps of a visit without a line go as one, so that no alarm finds the first without the second. */
  withEnd(id, endedAt, stamp) {
    const queue = [...(this.kept.queue ?? [])];
    const beginning = this.isSending ? -1 : queue.findIndex(({ begins }) => begins === id);
    if (beginning < 0) return [...queue, stamp];
    queue[beginning] = { ...queue[beginning], fields: { ...queue[beginning].fields, "out-ended_at": endedAt } };
    return queue;
  }

  /** Send what waits, oldest first. Resolves to the status of the last answer; 0 when there is no line. */
  async sendAll() {
    if (this.isSending) return null;
    this.isSending = true;
    let status = null;
    try {
      while (this.isUnsent) {
        status = await this.sendFirst();
        if (status === 0 || status === 401 || status === 400 || status >= 500) break;
      }
    } finally {
      this.isSending = false;
    }
    clearTimeout(this.timer);
    if (this.isUnsent && status !== 401) this.timer = setTimeout(() => this.sendAll(), RETRY);
    this.onChange();
    return status;
  }

  async sendFirst() {
    const [stamp] = this.kept.queue;
    const { status, ok, answer } = await send("POST", stamp.url, new URLSearchParams(fieldsOf(stamp)));
    if (status === 401) document.dispatchEvent(new CustomEvent("session:over"));
    if (status === 400) await renewToken();
    if (ok || FINAL.has(status)) this.settle(stamp, ok, answer);
    return status;
  }

  /** A stamp the server took, or refused for good, waits no longer. */
  settle(stamp, isTaken, answer) {
    const queue = (this.kept.queue ?? []).slice(1);
    if (isTaken) return this.keep({ queue });
    if (!stamp.begins) {
      this.keep({ queue });
    } else {
      const isOpen = this.open?.id === stamp.begins;
      this.keep({ open: isOpen ? null : this.open, queue: queue.filter(({ url }) => !url.includes(stamp.begins)) });
    }
    this.onRefusal(answer, stamp);
  }

  /** Take a beginning back that must not be: nothing was sent of it. */
  takeBack(id) {
    this.keep({ open: null, queue: (this.kept.queue ?? []).filter(({ begins }) => begins !== id) });
  }
}

/** Every account of this device that is out, for pages on which nobody is signed in. */
export function allOpen() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEY));
    return keys.map((key) => read(key).open).filter((open) => open && Date.now() - Date.parse(open.endAt) < FORGOTTEN);
  } catch {
    return [];
  }
}

/** An id no other tablet makes. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function fieldsOf({ begins, fields }) {
  const name = begins && names.get(begins);
  return name ? { ...fields, "out-companion_name": name, "out-named": "" } : fields;
}

const pageOnly = new Map();

function read(key) {
  if (pageOnly.has(key)) return pageOnly.get(key);
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function write(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full or forbidden store: this page still knows, and the server hears of it as soon as there is a line.
    pageOnly.set(key, kept);
  }
}
