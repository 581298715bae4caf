// What stands in a form, as the draft keeps it: {name: value}, or a list where a name stands more than once.

const NEVER = new Set(["csrf_token"]);

/** The form's values without token, files and passwords. */
export function draftBody(form) {
  const body = {};
  for (const control of form.elements) {
    if (!isKept(control)) continue;
    const values = valuesOf(control);
    if (isList(form, control)) body[control.name] = [...(body[control.name] ?? []), ...values];
    else if (values.length) body[control.name] = values[0];
    else body[control.name] ??= "";
  }
  return body;
}

function isKept(control) {
  if (!control.name || control.disabled || NEVER.has(control.name)) return false;
  return !["file", "password", "submit", "button", "reset", "image"].includes(control.type) && control.tagName !== "FIELDSET";
}

function valuesOf(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked ? [control.value] : [];
  if (control.multiple && control.options) return [...control.selectedOptions].map((option) => option.value);
  return [control.value];
}

function isList(form, control) {
  if (control.type === "radio") return false;
  return Boolean(control.multiple) || [...form.elements].filter(({ name }) => name === control.name).length > 1;
}

/** Put values into the form, as a person would: fields that are not named stay as they are. */
export function fill(form, body) {
  for (const [name, given] of Object.entries(body)) {
    const values = [given].flat();
    const controls = [...form.elements].filter((control) => control.name === name && isKept(control));
    controls.forEach((control, place) => put(control, values, place));
    controls[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function put(control, values, place) {
  if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
  else if (control.multiple && control.options) {
    for (const option of control.options) option.selected = values.includes(option.value);
  } else control.value = values[place] ?? "";
}

/** What a value looks like to a person: the words of chosen options, otherwise the text. */
export function shown(form, name, given) {
  const words = [given].flat().map((value) => {
    const controls = [...form.elements].filter((control) => control.name === name);
    const choice = controls.find(({ type, value: own }) => (type === "checkbox" || type === "radio") && own === value);
    const option = [...(controls[0]?.options ?? [])].find(({ value: own }) => own === value);
    return choice?.labels?.[0]?.textContent.trim() ?? option?.text ?? value;
  });
  return words.filter(Boolean).join(", ") || "(비어 있음)";
}

/** Whether somebody has answered anything within an element, or something in it is wrong. What the page began with as
    a usual answer ([data-usual]) is none. */
export const isFilled = (part) =>
  part.querySelector(".field-error") !== null ||
  [...part.querySelectorAll("input:checked:not([value=''])")].some((box) => !box.closest("[data-usual]")) ||
  [...part.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea")].some(({ value }) => value.trim());
