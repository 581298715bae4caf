// Two windows wrote the same draft. Both texts are shown, field by field, and a person chooses.

import { make, wordsFor } from "./elements.js";
import { shown } from "./form_values.js";

const plain = (given) => JSON.stringify([given ?? ""].flat().filter(Boolean));
const isEmpty = (given) => plain(given) === "[]";
const same = (left, right) => plain(left) === plain(right);

/** Ask which of `mine` and `theirs` to keep for each field that differs; resolves to the chosen values. */
export function chooseBetween(form, mine, theirs) {
  const typed = new Set([...form.elements].filter(({ type }) => type !== "hidden").map(({ name }) => name));
  const names = Object.keys({ ...theirs, ...mine }).filter((name) => typed.has(name) && !same(mine[name], theirs[name]));
  if (!names.length) return Promise.resolve({});
  return new Promise((resolve) => {
    const dialog = drawn(form, names, mine, theirs);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => {
      const answers = Object.fromEntries(names.map((name, place) => [name, answer(dialog, place, mine[name], theirs[name])]));
      dialog.remove();
      resolve(answers);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// Closing without an answer keeps both texts where both can stand: nothing is dropped unseen.
function answer(dialog, place, mine, theirs) {
  const choice = dialog.querySelector(`input[name="choice-${place}"]:checked`).value;
  if (choice === "both") return `${theirs}\n\n${mine}`;
  return (choice === "theirs" ? theirs : mine) ?? "";
}

function drawn(form, names, mine, theirs) {
  const keep = make("button", { class: "button button-main", value: "keep" }, "고른 대로 저장");
  return make(
    "dialog",
    { class: "dialog dialog-wide", "aria-labelledby": "conflict-title" },
    make("h2", { id: "conflict-title" }, "다른 창에서 같은 기록을 고쳤습니다"),
    make("p", {}, "서로 다른 칸마다 남길 것을 골라 주세요. 고르기 전에는 어느 쪽도 지워지지 않습니다."),
    make(
      "form",
      { method: "dialog" },
      make("div", { class: "versions" }, ...names.map((name, place) => question(form, name, place, mine[name], theirs[name]))),
      make("div", { class: "dialog-actions" }, keep),
    ),
  );
}

function question(form, name, place, mine, theirs) {
  const control = [...form.elements].find((element) => element.name === name);
  const isLong = control?.tagName === "TEXTAREA" && mine && theirs;
  const takesTheirs = !isLong && isEmpty(mine); // what one window left empty must not wipe out the other's words
  return make(
    "fieldset",
    {},
    make("legend", { class: "field-label" }, control ? wordsFor(control) : name),
    make(
      "div",
      { class: "chips" },
      choice(place, "mine", "이 화면", shown(form, name, mine ?? ""), !isLong && !takesTheirs),
      choice(place, "theirs", "다른 창", shown(form, name, theirs ?? ""), takesTheirs),
      isLong ? choice(place, "both", "둘 다 남기기", "다른 창의 글 아래에 이 화면의 글을 잇습니다.", true) : null,
    ),
  );
}

function choice(place, value, title, text, isChosen) {
  const radio = make("input", { class: "mark", type: "radio", name: `choice-${place}`, value, checked: isChosen });
  return make("label", { class: "chip" }, radio, make("span", {}, title, make("small", { class: "as-typed" }, text)));
}
