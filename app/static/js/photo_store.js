// Photos that could not be sent yet, kept on the tablet so that a closed page loses none.
//
// Everything about a photo (the picture, its words, whose household) is encrypted under a key that only the server
// gives, and only to the person who took it; what lies in the browser's storage is an id, a day and noise. Where the
// page came without TLS there is no cryptography and nothing is kept beyond the page.

const NAME = "outreach-waiting";
const KEPT_DAYS = 3;
const DAY = 24 * 60 * 60 * 1000;

let opened = null;
let key = null;

/** The photos this person left waiting, oldest first; empty when they cannot be read. */
export async function load() {
  const rows = await inStore("readonly", (store) => store.getAll()).catch(() => []);
  if (!rows?.length) return [];
  const mine = [];
  for (const row of rows.sort((one, other) => one.at - other.at)) {
    if (Date.now() - row.at > KEPT_DAYS * DAY) await forget(row.id);
    else mine.push(await open(row).catch(() => null));
  }
  return mine.filter(Boolean);
}

/** Keep a photo; resolves to whether it is safe beyond this page. */
export async function keep(photo) {
  try {
    const sealed = await seal(photo);
    await inStore("readwrite", (store) => store.put({ id: photo.id, at: Date.now(), ...sealed }));
    return true;
  } catch {
    return false;
  }
}

/** The photo is on the server, or thrown away. */
export async function forget(id) {
  await inStore("readwrite", (store) => store.delete(id)).catch(() => {});
}

function inStore(mode, act) {
  return database().then(
    (store) =>
      new Promise((resolve, reject) => {
        const transaction = store.transaction("photo", mode);
        const request = act(transaction.objectStore("photo"));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      }),
  );
}

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photo", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Fetched once a page, while there is a line: a key that has to be asked for later comes too late. */
export async function fetchKey() {
  if (key || !crypto.subtle) return;
  try {
    const root = document.body.dataset.meUrl.replace(/\/me$/, "");
    const answer = await fetch(`${root}/photos/waiting-key`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) return;
    const { key: hex } = await answer.json();
    const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
    key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  } catch {
    key = null;
  }
}

async function seal({ blob, ...words }) {
  await fetchKey();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const head = new TextEncoder().encode(JSON.stringify({ ...words, type: blob.type }));
  const size = new Uint8Array(new Uint32Array([head.length]).buffer);
  const plain = await new Blob([size, head, blob]).arrayBuffer();
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

async function open({ iv, sealed }) {
  await fetchKey();
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);
  const [length] = new Uint32Array(plain.slice(0, 4));
  const { type, ...words } = JSON.parse(new TextDecoder().decode(plain.slice(4, 4 + length)));
  return { ...words, blob: new Blob([plain.slice(4 + length)], { type }) };
}
