"""The table of limits, each bound just inside, at, and just outside."""

from __future__ import annotations

from decimal import Decimal

import pytest
from app.visits.rules import (
    LIMITS,
    GlucoseContext,
    Measure,
    Reading,
    Severity,
    VitalKind,
    check_reading,
)

# measure, refused outside, confirmed outside, decimals
TABLE = [
    (Measure.SYSTOLIC, ("40", "300"), ("80", "200"), 0),
    (Measure.DIASTOLIC, ("20", "200"), ("45", "120"), 0),
    (Measure.PULSE, ("20", "250"), ("45", "130"), 0),
    (Measure.RESPIRATION, ("4", "60"), ("10", "30"), 0),
    (Measure.TEMPERATURE, ("30", "43"), ("35.0", "38.5"), 1),
    (Measure.SPO2, ("50", "100"), ("92", "100"), 0),
    (Measure.GLUCOSE, ("10", "1000"), ("60", "350"), 0),
    (Measure.HBA1C, ("3.0", "20.0"), ("4.5", "12.0"), 1),
    (Measure.WEIGHT, ("20", "250"), ("35", "120"), 1),
    (Measure.HEIGHT, ("100", "220"), ("120", "200"), 1),
    (Measure.WAIST, ("40", "200"), ("55", "130"), 1),
    (Measure.PAIN, ("0", "10"), ("0", "10"), 0),
]

# The other number of a pressure, chosen so that the pair is a usual one wherever it can be.
PARTNER_OF_SYSTOLIC = {40: 38, 41: 38, 39: 38, 79: 60, 80: 60, 81: 60}
PARTNER_OF_DIASTOLIC = 200


def reading_of(measure: Measure, amount: Decimal) -> Reading:
    if measure is Measure.SYSTOLIC:
        low = Decimal(PARTNER_OF_SYSTOLIC.get(int(amount), 100))
        return Reading(VitalKind.BLOOD_PRESSURE, systolic=amount, diastolic=low)
    if measure is Measure.DIASTOLIC:
        high = Decimal(300 if amount >= PARTNER_OF_DIASTOLIC - 1 else PARTNER_OF_DIASTOLIC)
        return Reading(VitalKind.BLOOD_PRESSURE, systolic=high, diastolic=amount)
    context = GlucoseContext.RANDOM if measure is Measure.GLUCOSE else None
    return Reading(VitalKind[measure.name], value=amount, context=context)


def found_severity(measure: Measure, amount: Decimal) -> Severity | None:
    """How a number is taken; what is said about the other number of a pair does not count."""
    found = check_reading(reading_of(measure, amount))
    return next((problem.severity for problem in found if problem.field == measure.field), None)


def edges() -> list[tuple[Measure, Decimal, Severity | None]]:
    cases = []
    for measure, refused, confirmed, decimals in TABLE:
        step = Decimal(1).scaleb(-decimals)
        low, high = (Decimal(bound) for bound in refused)
        usual_low, usual_high = (Decimal(bound) for bound in confirmed)
        at_low = None if usual_low == low else Severity.CONFIRM
        at_high = None if usual_high == high else Severity.CONFIRM
        cases += [
            (measure, low - step, Severity.REFUSE),
            (measure, low, at_low),
            (measure, low + step, at_low),
            (measure, usual_low, None),
            (measure, usual_low + step, None),
            (measure, usual_high - step, None),
            (measure, usual_high, None),
            (measure, high - step, at_high),
            (measure, high, at_high),
            (measure, high + step, Severity.REFUSE),
        ]
        if usual_low != low:
            cases.append((measure, usual_low - step, Severity.CONFIRM))
        if usual_high != high:
            cases.append((measure, usual_high + step, Severity.CONFIRM))
    return cases


@pytest.mark.parametrize(("measure", "amount", "severity"), edges())
def test_a_number_is_taken_asked_back_or_refused_by_the_table(
    measure: Measure, amount: Decimal, severity: Severity | None
) -> None:
    assert found_severity(measure, amount) is severity


@pytest.mark.parametrize(("measure", "refused", "confirmed", "decimals"), TABLE)
def test_the_limits_of_the_code_are_those_of_the_table(
    measure: Measure, refused: tuple[str, str], confirmed: tuple[str, str], decimals: int
) -> None:
    limit = LIMITS[measure]
    assert (limit.lowest, limit.highest) == tuple(map(Decimal, refused))
    assert (limit.usual_low, limit.usual_high) == tuple(map(Decimal, confirmed))
    assert limit.decimals == decimals


def test_the_table_names_every_measure() -> None:
    assert [row[0] for row in TABLE] == list(Measure)


@pytest.mark.parametrize(
    ("measure", "amount", "offered"),
    [
        (Measure.SYSTOLIC, "120.5", "121"),
        (Measure.PULSE, "78.4", "78"),
        (Measure.TEMPERATURE, "36.55", "36.6"),
        (Measure.HBA1C, "6.54", "6.5"),
        (Measure.WEIGHT, "48.25", "48.3"),
        (Measure.PAIN, "3.5", "4"),
    ],
)
def test_more_digits_than_the_device_shows_are_refused_with_the_rounded_value(
    measure: Measure, amount: str, offered: str
) -> None:
    problem = next(p for p in check_reading(reading_of(measure, Decimal(amount))) if p.code == "TOO_FINE")
    assert problem.is_refusal
    assert problem.offer is not None
    assert problem.offer.values == {measure.field: offered}


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("nonsense", ["NaN", "Infinity", "-Infinity", "1E+40", "-1E+40"])
def test_no_number_however_odd_makes_the_check_raise(measure: Measure, nonsense: str) -> None:
    amount = Decimal(nonsense)
    kind = VitalKind.BLOOD_PRESSURE if measure.name not in VitalKind.__members__ else VitalKind[measure.name]
    held = {one.field: amount for one in kind.measures}
    reading = Reading(kind, context=GlucoseContext.RANDOM, **held)
    assert any(problem.code == "OUT_OF_LIMITS" for problem in check_reading(reading, previous=Decimal(60)))


@pytest.mark.parametrize("kind", list(VitalKind))
def test_every_kind_has_its_words_and_unit(kind: VitalKind) -> None:
    assert kind.label
    assert kind.unit == kind.measures[0].unit
    assert kind.decimals in (0, 1)
