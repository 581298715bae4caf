// Asking the server in JSON, with the CSRF token, and telling the session clock about every answer.

const tokenMeta = () => document.querySelector('meta[name="csrf-token"]');

/** Send JSON (or the fields of a form, as URLSearchParams) and resolve to {status, ok, answer}; a broken line resolves to status 0 instead of throwing. */
export async function send(method, url, body, { keepalive = false } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": tokenMeta()?.content ?? "" };
  const isForm = body instanceof URLSearchParams;
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  try {
    const response = await fetch(url, {
      method,
      headers,
      keepalive,
      credentials: "same-origin",
      redirect: "manual",
      body: body === undefined || isForm ? body : JSON.stringify(body),
    });
    return await received(response);
  } catch {
    return { status: 0, ok: false, answer: {} };
  }
}

async function received(response) {
  // A redirect means the sign-in page: the session is over.
  const status = response.type === "opaqueredirect" ? 401 : response.status;
  const answer = await response.json().catch(() => ({}));
  if (status !== 401 && status < 500) tellClock(response, answer);
  return { status, ok: status >= 200 && status < 300, answer };
}

function tellClock(response, answer) {
  const left = response.headers.get("X-Session-Seconds-Left") ?? answer.seconds_left;
  document.dispatchEvent(new CustomEvent("session:answered", { detail: { secondsLeft: left } }));
}

/**
 * After somebody signed in again in another window: take the new CSRF token from a fresh page.
 * Resolves to "same", "stranger" (another person signed in) or "out".
 */
export async function renewToken() {
  try {
    const response = await fetch(document.body.dataset.meUrl, { credentials: "same-origin", redirect: "manual" });
    if (!response.ok) return "out";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (page.body.dataset.who !== document.body.dataset.who) return page.body.dataset.who ? "stranger" : "out";
    useToken(page.querySelector('meta[name="csrf-token"]')?.content ?? "");
    return "same";
  } catch {
    return "out";
  }
}

function useToken(token) {
  tokenMeta().content = token;
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = token;
}
