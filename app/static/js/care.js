// Find one of the 42 problems while typing, and take signs over by a tap. Without script all of them stand on the page.

// A keyboard joins two initials typed in a row into one letter.
const JOINED = { ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" };

export function start() {
  const box = document.querySelector("[data-care-filter]");
  if (!box) return;
  box.hidden = false;
  const form = box.closest("form");
  const input = box.querySelector("input");
  input.addEventListener("input", () => find(form, input.value));
  input.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && event.preventDefault());
  form.addEventListener("change", (event) => event.target.matches("[data-care-signs]") && offerSigns(form, event.target));
  const chosen = form.querySelector("[data-care-signs]:checked");
  if (chosen) offerSigns(form, chosen);
}

function find(form, typed) {
  const wanted = keyOf(typed);
  const kinds = [...form.querySelectorAll("[data-care-words]")];
  for (const kind of kinds) {
    const isFound = kind.dataset.careWords.includes(wanted);
    kind.hidden = !isFound && !kind.querySelector("input").checked;
  }
  for (const domain of form.querySelectorAll(".care-domain")) {
    domain.hidden = !domain.querySelector("[data-care-words]:not([hidden])");
  }
  const shown = kinds.filter(({ hidden }) => !hidden).length;
  form.querySelector("[data-care-found]").textContent = wanted ? (shown ? `${shown}가지` : "찾는 문제가 없습니다. 다른 말로 찾아 보세요.") : "";
}

/** As the server writes the words to be found: unspaced, in lower case, initials one by one. */
function keyOf(typed) {
  const compact = typed.normalize("NFC").replace(/\s+/g, "").toLowerCase();
  return [...compact].map((letter) => JOINED[letter] ?? letter).join("");
}

function offerSigns(form, chosen) {
  const row = form.querySelector("[data-care-signs-row]");
  const area = form.querySelector('textarea[name="signs"]');
  const chips = chosen.dataset.careSigns.split(", ").filter(Boolean).map((sign) => chipOf(sign, area));
  row.querySelector("[data-care-sign-chips]").replaceChildren(...chips);
  row.hidden = chips.length === 0;
}

function chipOf(sign, area) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.textContent = sign;
  chip.addEventListener("click", () => {
    area.value = area.value.trim() ? `${area.value.trimEnd()}, ${sign}` : sign;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    chip.remove();
  });
  return chip;
}
