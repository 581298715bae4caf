// What an alarming value asks for on the page: its own symptoms, what was done, the words for 119.
//
// Every band that asks for something carries its checklist; only those symptoms are shown, and those already ticked.
// [data-call-119][data-lead="주소. 78세 여"] holds [data-words-for-119].

import { read } from "./judging.js";

const MEASURED_AGAIN = new Set(["REMEASURE", "REMEASURE_AND_ASK", "RECHECK_IN_15_MINUTES", "TREAT_LOW_GLUCOSE"]);
const RECHECKED = new Set(["RECHECK_IN_15_MINUTES", "TREAT_LOW_GLUCOSE"]);
const NOT_PRESSING = new Set(["REMEASURE", "RECHECK_IN_15_MINUTES"]);

/** The names of the parts that these bands ask for (`bands`: element of a vital → band or null). */
export function askedBy(group, bands) {
  const asked = new Set();
  for (const [vital, band] of bands) {
    if (band?.checklist?.length) asked.add("checklist");
    if (vital.querySelector("input[data-measure]")?.value.trim()) asked.add(`context:${vital.dataset.vital}`);
    for (const name of partsOf(band?.action, vital)) asked.add(name);
    if (needs119(group, band)) asked.add("call-119");
    if (isRisen(vital, band)) asked.delete("recheck");
  }
  return asked;
}

function partsOf(action, vital) {
  if (!action) return [];
  const parts = NOT_PRESSING.has(action) ? [] : ["action"];
  if (MEASURED_AGAIN.has(action)) parts.push(`again:${vital.dataset.vital}`);
  if (RECHECKED.has(action) && !vital.closest("[data-when]")) parts.push("recheck");
  return parts;
}

// The second glucose, which stands below the first, is no longer low: nobody has to wait for a third.
function isRisen(vital, band) {
  const isSecond = vital.closest('[data-when="again:GLUCOSE"]') !== null;
  return isSecond && band !== null && !RECHECKED.has(band.action);
}

// Somebody whose sugar is low and whose mind is clouded is not fed: that is a call as well.
function needs119(group, band) {
  const isClouded = group.querySelector('[data-symptom][value="CONSCIOUSNESS"]:checked') !== null;
  return band?.action === "CALL_119" || (band?.action === "TREAT_LOW_GLUCOSE" && isClouded);
}

/** Show the symptoms that belong to the bands that alarmed. */
export function askFor(group, bands) {
  const wanted = new Set([...bands.values()].flatMap((band) => (band?.checklist ?? []).map(({ code }) => code)));
  for (const box of group.querySelectorAll("[data-symptom]")) {
    box.closest("label").hidden = wanted.size > 0 && !wanted.has(box.value) && !box.checked;
  }
}

/** The words to say to 119, place first because the line may break. */
export function sayTo119(group, isAsked) {
  const part = group.querySelector("[data-call-119]");
  if (!part || !isAsked) return;
  const symptoms = [...group.querySelectorAll("[data-symptom]:checked")].map((box) => box.closest("label").textContent.trim());
  const felt = symptoms.length ? `증상: ${symptoms.join(", ")}` : "";
  const parts = [part.dataset.lead, measured(group), felt].filter(Boolean);
  part.querySelector("[data-words-for-119]").textContent = parts.map((each) => `${each}.`).join(" ");
}

const TOLD = new Set(["BLOOD_PRESSURE", "PULSE", "RESPIRATION", "TEMPERATURE", "SPO2", "GLUCOSE"]);

function measured(group) {
  const told = [];
  for (const vital of group.querySelectorAll("[data-vital]")) {
    if (!TOLD.has(vital.dataset.vital) || vital.querySelector(".is-wrong")) continue;
    const inputs = [...vital.querySelectorAll("input[data-measure]")];
    const values = inputs.map(({ value }) => value.trim());
    if (!inputs.length || !inputs.every(({ value }) => read(value) !== null)) continue;
    told.push(`${vital.dataset.word} ${values.join("/")}`);
  }
  return told.join(", ");
}
