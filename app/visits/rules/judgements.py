"""Where a value stands in the published bands, as a hint beside the entry: 참고, never a diagnosis.

The bands are data with a version and sources (`seed_data/vitals_judgements.json`). A record keeps the version
it was judged with, and `find_in_force` picks the version of a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.households.rules import Sex
from app.visits.rules.alarms import RequiredAction, Symptom, Tone
from app.visits.rules.vital_kinds import GlucoseContext, MeterFlag, VitalKind
from app.visits.rules.vitals import Reading, mean_blood_pressure

BMI = "BMI"

Amounts = Mapping[str, Decimal]

_BEYOND_METER = {MeterFlag.LO: Decimal("-Infinity"), MeterFlag.HI: Decimal("Infinity")}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said about one value; `code` is stable, `version` names the table that said it."""

    code: str
    label: str
    tone: Tone
    text: str
    source: str
    confidence: str
    version: str
    action_required: RequiredAction | None = None
    checklist: tuple[Symptom, ...] = ()

    @property
    def sentence(self) -> str:
        """The judgement as one line that says it is a hint: «참고 · 고혈압 1기 범위. 다시 재세요.»"""
        return f"참고 · {self.label}. {self.text}".rstrip()


@dataclass(frozen=True, slots=True)
class Bound:
    """`of` (systolic, diastolic or value) is `at_least` this and `below` that; None leaves a side open."""

    of: str
    at_least: Decimal | None = None
    below: Decimal | None = None

    def passes(self, amounts: Amounts) -> bool:
        amount = amounts.get(self.of)
        if amount is None:
            return False
        high_enough = self.at_least is None or amount >= self.at_least
        return high_enough and (self.below is None or amount < self.below)


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What is known about the person beside the number."""

    context: GlucoseContext | None = None
    sex: Sex | None = None
    has_symptom: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the table: when it applies, and what it says. Bands of a subject are tried from the top."""

    subject: str
    bounds: tuple[Bound, ...]
    says: Judgement
    needs_all: bool = True
    contexts: frozenset[GlucoseContext] = frozenset()
    sex: Sex | None = None
    needs_symptom: bool = False

    def fits(self, amounts: Amounts, circumstance: Circumstance) -> bool:
        """Whether this band speaks about `amounts` in that circumstance."""
        return self._concerns(circumstance) and self._holds(amounts)

    def _concerns(self, circumstance: Circumstance) -> bool:
        right_context = not self.contexts or circumstance.context in self.contexts
        right_sex = self.sex is None or circumstance.sex is self.sex
        return right_context and right_sex and (circumstance.has_symptom or not self.needs_symptom)

    def _holds(self, amounts: Amounts) -> bool:
        passed = (bound.passes(amounts) for bound in self.bounds)
        return all(passed) if self.needs_all else any(passed)


@dataclass(frozen=True, slots=True)
class Judgements:
    """One version of the whole table, as `load_judgements` reads it."""

    version: str
    effective_from: date
    source: str
    confidence: str
    caution: str
    bands: tuple[Band, ...] = field(repr=False)
    checklists: Mapping[str, tuple[Symptom, ...]] = field(repr=False)

    def judge_amounts(self, subject: str, amounts: Amounts, circumstance: Circumstance) -> Judgement | None:
        """What the first fitting band of `subject` says; None when none fits."""
        fitting = (band for band in self.bands if band.subject == subject and band.fits(amounts, circumstance))
        band = next(fitting, None)
        return band.says if band else None


def find_in_force(tables: Iterable[Judgements], on: date) -> Judgements | None:
    """The table that held on a Korean calendar day: the latest one effective by then."""
    begun = [table for table in tables if table.effective_from <= on]
    return max(begun, key=lambda table: table.effective_from, default=None)


def judge(
    reading: Reading,
    judgements: Judgements,
    *,
    symptoms: Iterable[Symptom] = (),
    sex: Sex | None = None,
) -> Judgement | None:
    """The judgement of one reading; None when nothing was measured or no band speaks about it.

    Any symptom counts as one, whichever checklist it stands on: at the door the careful side is 119.
    Waist needs `sex`. A meter's LO lies below every bound and its HI above.
    """
    if not reading.is_measured:
        return None
    circumstance = Circumstance(reading.context, sex, has_symptom=any(True for _ in symptoms))
    return judgements.judge_amounts(reading.kind, _named_amounts(reading), circumstance)


def _named_amounts(reading: Reading) -> dict[str, Decimal]:
    if reading.flag is not None:
        return {"value": _BEYOND_METER[reading.flag]}
    return {measure.field: amount for measure, amount in reading.amounts.items()}


def body_mass_index(*, weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """kg/m² with one decimal, halves up; ValueError when a length or weight is not positive."""
    if weight_kg <= 0 or height_cm <= 0:
        raise ValueError("weight and height must be positive")
    metres = height_cm / 100
    return (weight_kg / (metres * metres)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def judge_bmi(judgements: Judgements, *, weight_kg: Decimal, height_cm: Decimal) -> Judgement | None:
    """The judgement of the body mass index as printed (one decimal), so that word and number agree."""
    amounts = {"value": body_mass_index(weight_kg=weight_kg, height_cm=height_cm)}
    return judgements.judge_amounts(BMI, amounts, Circumstance())


def judge_mean(readings: Iterable[Reading], judgements: Judgements) -> Judgement | None:
    """The judgement of the mean blood pressure, for a chart or a line; alarms look at each reading."""
    mean = mean_blood_pressure(readings)
    if mean is None:
        return None
    shown = Reading(VitalKind.BLOOD_PRESSURE, systolic=mean.systolic, diastolic=mean.diastolic)
    return judge(shown, judgements)
