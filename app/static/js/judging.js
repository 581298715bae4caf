// The arithmetic of limits and bands, without a page: the same tables the server judges by.

const UNIT = /\s*(mmhg|mg\/dl|회\/분|회|°c|도|%|kg|cm|점)$/i;
const BEYOND = { LO: -Infinity, LOW: -Infinity, HI: Infinity, HIGH: Infinity };

/** The number typed, or null: full-width digits, Korean full stops, a comma for the point and a unit are understood,
    and so is the LO or HI that a glucose meter shows. */
export function read(text) {
  const plain = text.replaceAll(/[。｡·]/g, ".").normalize("NFKC").trim();
  const typed = plain.replace(UNIT, "").replace(",", ".");
  return /^\d{1,4}(\.\d{0,3})?$/.test(typed) ? Number(typed) : (BEYOND[plain.toUpperCase()] ?? null);
}

/** The limits of an input: its own data attributes, else those of its measure. */
export function limitsOf(input, table) {
  const { measure, refuseMin, refuseMax, confirmMin, confirmMax, unit, decimals } = input.dataset;
  const known = table.limits[measure];
  if (refuseMin === undefined && !known) return null;
  const own = (low, high, fallback) => (low === undefined ? fallback : [Number(low), Number(high)]);
  return {
    ...known,
    refused_outside: own(refuseMin, refuseMax, known?.refused_outside),
    asked_outside: own(confirmMin, confirmMax, known?.asked_outside),
    unit: unit ?? known?.unit,
    decimals: Number(decimals ?? known?.decimals ?? 0),
    slips: known?.slips ?? (Number(decimals) === 1 ? [0.1] : []),
  };
}

const within = (amount, span) => !span || (amount >= span[0] && amount <= span[1]);

/** What is wrong with one number: {isRefused, text, offer}, or null. `offer` is the number probably meant. */
export function judgeAmount(text, limits) {
  if (!text.trim()) return null;
  const amount = read(text);
  if (amount === null) return { isRefused: true, text: "숫자로 적어 주세요" };
  if (!Number.isFinite(amount)) return null;
  if (!within(amount, limits.refused_outside)) {
    return { isRefused: true, text: "잴 수 없는 값입니다", offer: meant(amount, limits, limits.refused_outside) };
  }
  const kept = Number(amount.toFixed(limits.decimals ?? 0));
  if (kept !== amount) return { isRefused: true, text: limits.decimals ? "소수 첫째 자리까지" : "소수점 없이", offer: kept.toFixed(limits.decimals ?? 0) };
  if (within(amount, limits.asked_outside)) return null;
  return { isRefused: false, text: "확인해 주세요", offer: meant(amount, limits, limits.asked_outside) };
}

/** A value far from the member's last one (`data-last`): weight by more than a share, height by more than so many cm. */
export function judgeChange(input, { change, unit = "" }) {
  const [last, amount] = [Number(input.dataset.last), read(input.value)];
  if (!change || !last || amount === null || !Number.isFinite(amount)) return null;
  const difference = amount - last;
  if (Math.abs(difference) <= (change.by ?? last * change.share) + 1e-9) return null;
  const way = difference > 0 ? "늘었습니다" : "줄었습니다";
  return { isRefused: false, text: `지난번보다 ${Math.abs(difference).toFixed(1)}${unit} ${way}. 확인해 주세요` };
}

function meant(amount, { slips = [], decimals = 0 }, span) {
  const undone = slips.map((factor) => Number((amount * factor).toFixed(6)));
  const fits = undone.find((fixed) => within(fixed, span) && Number(fixed.toFixed(decimals)) === fixed);
  return fits === undefined ? null : fits.toFixed(decimals);
}

/** The first band of a kind that speaks about these amounts in this circumstance, or null. */
export function findBand(table, kind, amounts, circumstance) {
  return (table.bands[kind] ?? []).find((band) => concerns(band, circumstance) && holds(band, amounts)) ?? null;
}

function concerns(band, { context, sex, hasSymptom = false }) {
  if (band.contexts?.length && !band.contexts.includes(context)) return false;
  if (band.sex && band.sex !== sex) return false;
  return hasSymptom || !band.needs_symptom;
}

function holds(band, amounts) {
  const passed = band.bounds.map(({ of, at_least: low, below: high }) => {
    const amount = amounts[of];
    if (amount === undefined) return false;
    return (low ?? -Infinity) <= amount && amount < (high ?? Infinity);
  });
  return band.match === "any" ? passed.some(Boolean) : passed.every(Boolean);
}
