// A hint beside each measurement while it is typed. Nothing is fetched and nothing decided: the server judges again.
//
// script#judgements {limits: {MEASURE: {label, unit, field, refused_outside, asked_outside, decimals, slips, change}},
//                    bands: {KIND: [{label, text, tone, match, bounds, contexts, sex, needs_symptom, checklist, action}]}}
// One member is the [data-vitals] or <section> around grids [data-vitals-grid][data-sex]. In it: [data-vital="KIND"]
// with input[data-measure][data-last], [data-judgement] and [data-unmeasured]; [data-vital-context-of="KIND"]; [data-symptom]
// tick boxes; [data-mean]; buttons [data-puts] and [data-reveals]; parts that show when they are asked for,
// [data-when="checklist" | "action" | "call-119" | "recheck" | "context:KIND" | "again:KIND"], and
// details[data-opens-when-asked].
// input[data-refuse-min|-max|-confirm-min|-max|-unit|-decimals] override or replace the block's limits.

import { askFor, askedBy, sayTo119 } from "./alarms.js";
import { Countdown } from "./countdown.js";
import { icon, make } from "./elements.js";
import { isFilled } from "./form_values.js";
import { findBand, judgeAmount, judgeChange, limitsOf, read } from "./judging.js";
import { meanOf, showHow, startRows } from "./readings.js";

const SIGNS = { danger: "danger", warn: "warning", notice: "info", info: "info", ok: "check" };

export function start() {
  const block = document.getElementById("judgements");
  const table = block ? JSON.parse(block.textContent) : { limits: {}, bands: {} };
  const grids = [...document.querySelectorAll("[data-vitals-grid]")];
  const members = new Set(grids.map((grid) => grid.closest("[data-vitals]") ?? grid.closest("section, form")));
  for (const group of members) new Vitals(group, table);
}

class Vitals {
  constructor(group, table) {
    this.group = group;
    this.table = table;
    this.bands = new Map();
    this.countdown = new Countdown(group);
    this.revealed = startRows(group, () => this.showWhatIsAsked());
    for (const kind of ["input", "change"]) group.addEventListener(kind, ({ target }) => this.changed(target));
    this.judgeAll();
    for (const part of group.querySelectorAll("[data-unmeasured]")) showReason(part);
    for (const part of group.querySelectorAll("[data-taken-how]")) showHow(part);
  }

  changed(target) {
    if (target.closest("[data-symptom], [data-vital-context-of]")) return this.judgeAll();
    const reasons = target.closest("[data-unmeasured]");
    if (reasons) return showReason(reasons);
    const how = target.closest("[data-taken-how]");
    if (how) return showHow(how);
    const vital = target.closest("[data-vital]");
    if (!vital) return;
    this.judge(vital);
    this.judgeTogether();
  }

  judgeAll() {
    for (const vital of this.group.querySelectorAll("[data-vital]")) this.judge(vital);
    this.judgeTogether();
  }

  judgeTogether() {
    this.judgeBodyMass();
    this.sayMean();
    this.showWhatIsAsked();
  }

  judge(vital) {
    const inputs = [...vital.querySelectorAll("input[data-measure]")];
    if (!inputs.length) return;
    const problems = inputs.map((input) => this.problem(input)).filter(Boolean);
    const wrong = problems.find(({ isRefused }) => isRefused) ?? this.swapped(inputs) ?? problems[0];
    const amounts = amountsOf(inputs, this.table);
    const isWhole = Object.keys(amounts).length === inputs.length;
    const band = isWhole && !wrong?.isRefused ? findBand(this.table, vital.dataset.vital, amounts, this.circumstance(vital)) : null;
    this.bands.set(vital, band);
    this.say(vital, wrong, band);
  }

  problem(input) {
    const limits = limitsOf(input, this.table);
    const problem = limits && (judgeAmount(input.value, limits) ?? judgeChange(input, limits));
    input.classList.toggle("is-wrong", Boolean(problem?.isRefused));
    return problem && { ...problem, input, unit: limits.unit ?? "" };
  }

  swapped(inputs) {
    const [systolic, diastolic] = inputs.map((input) => read(input.value));
    if (inputs.length < 2 || systolic === null || diastolic === null || systolic > diastolic) return null;
    return { isRefused: true, text: "수축기가 이완기보다 커야 합니다", swap: systolic < diastolic ? inputs : null };
  }

  circumstance(vital) {
    return {
      context: this.group.querySelector(`[data-vital-context-of="${vital.dataset.vital}"] :checked`)?.value,
      sex: this.group.querySelector("[data-sex]")?.dataset.sex,
      hasSymptom: this.group.querySelector("[data-symptom]:checked") !== null,
    };
  }

  say(vital, wrong, band) {
    const place = vital.querySelector("[data-judgement]");
    const tone = wrong?.isRefused ? "danger" : wrong ? "warn" : (band?.tone ?? "");
    const text = wrong?.text ?? (band ? sentence(band) : "");
    if (place.dataset.said === `${tone} ${text}`) return;
    place.dataset.said = `${tone} ${text}`;
    place.replaceChildren(...(text ? [line(tone, text), ...offers(wrong)] : []));
    if (wrong && band && band.tone !== "ok") place.append(line(band.tone, sentence(band)));
  }

  judgeBodyMass() {
    const place = this.group.querySelector('[data-vital="BMI"] [data-judgement]');
    if (!place) return;
    const weight = this.fitting("WEIGHT");
    const [measured, last] = [this.fitting("HEIGHT"), Number(this.input("HEIGHT")?.dataset.last) || null];
    const height = measured ?? last;
    const value = weight && height ? Math.round((weight / (height / 100) ** 2) * 10 + 1e-9) / 10 : null;
    const band = value === null ? null : findBand(this.table, "BMI", { value }, {});
    const from = measured ? "" : " (지난번 키)";
    place.replaceChildren(...(band ? [line(band.tone, `체질량지수 ${value.toFixed(1)}${from} · ${band.label}`)] : []));
  }

  input(measure) {
    return this.group.querySelector(`input[data-measure="${measure}"]`);
  }

  fitting(measure) {
    const input = this.input(measure);
    const limits = input && limitsOf(input, this.table);
    return input && !judgeAmount(input.value, limits ?? {})?.isRefused ? read(input.value) : null;
  }

  /** The mean of two or more pressures, and what it would be called. */
  sayMean() {
    const place = this.group.querySelector("[data-mean]");
    if (!place) return;
    const mean = meanOf(this.group, (input) => limitsOf(input, this.table));
    const band = mean && findBand(this.table, "BLOOD_PRESSURE", mean, this.circumstance(place));
    const words = mean ? `${mean.times}회 평균 ${mean.systolic}/${mean.diastolic}` : "";
    place.replaceChildren(...(mean ? [line(band?.tone ?? "info", [words, band?.label].filter(Boolean).join(" · "))] : []));
  }

  // A part once filled stays: an answer never disappears from sight.
  showWhatIsAsked() {
    const asked = askedBy(this.group, this.bands);
    for (const part of this.group.querySelectorAll("[data-when]")) {
      part.hidden = !asked.has(part.dataset.when) && !this.revealed.has(part) && !isFilled(part);
    }
    askFor(this.group, this.bands);
    sayTo119(this.group, asked.has("call-119"));
    this.countdown.follow(asked.has("recheck"));
    if (!asked.has("action") && !asked.has("checklist")) return;
    for (const part of this.group.querySelectorAll("[data-opens-when-asked]")) part.open = true;
  }
}

function amountsOf(inputs, table) {
  const entries = inputs.map((input) => [limitsOf(input, table)?.field ?? "value", read(input.value)]);
  return Object.fromEntries(entries.filter(([, amount]) => amount !== null));
}

const sentence = ({ tone_label: tone, label, text }) => [tone, label, text].filter(Boolean).join(" · ");
const line = (tone, text) =>
  make("span", { class: `judgement-line is-${tone}` }, icon(SIGNS[tone] ?? "info"), make("span", {}, text));

function offers(wrong) {
  if (wrong?.offer) return [offer(`${wrong.offer}${wrong.unit}로 바꾸기`, () => put(wrong.input, wrong.offer))];
  if (!wrong?.swap) return [];
  const [systolic, diastolic] = wrong.swap;
  const [high, low] = [diastolic.value, systolic.value];
  return [offer("서로 바꾸기", () => (put(systolic, high), put(diastolic, low)))];
}

function offer(words, act) {
  const button = make("button", { class: "button", type: "button" }, words);
  button.addEventListener("click", act);
  return button;
}

function put(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
}

function showReason(details) {
  const chosen = details.querySelector("input:checked");
  const words = chosen?.value ? chosen.closest("label").textContent.trim() : "";
  details.querySelector("summary").textContent = words ? `재지 못함: ${words}` : "재지 못함";
}
