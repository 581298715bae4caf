"""Gather what the table looks at: blood pressure, sugar, scores and missed medicines of many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, InstrumentVersion
from app.care.models import MedicineCheck
from app.care.rules.vocabulary import Missed
from app.care_groups.rules import Findings, GroupTable, Taking
from app.core.database import fetch
from app.visits.models import Visit, VitalReading
from app.visits.rules import GlucoseContext, MeterFlag, VitalKind

Found = dict[int, dict[str, list[Taking]]]
SCORES = ("PHIS_FRAILTY", "K_FRAIL", "PHQ_9")
BEYOND_THE_METER = Decimal(600)
"""What a meter's «HI» counts as in mg/dL, and «LO» as `BELOW_THE_METER`: beyond every level."""
BELOW_THE_METER = Decimal(20)
_SUGAR = {
    GlucoseContext.FASTING: "GLUCOSE_FASTING",
    GlucoseContext.AFTER_MEAL_2H: "GLUCOSE_AFTER_MEAL",
    GlucoseContext.AFTER_MEAL_UNKNOWN: "GLUCOSE_RANDOM",
    GlucoseContext.RANDOM: "GLUCOSE_RANDOM",
}

_MISSED: dict[str, Decimal] = {Missed.NEVER: Decimal(0), Missed.FEW: Decimal(1), Missed.OFTEN: Decimal(3)}
"""How often medicine was missed at least, by the answer that was chosen."""
_MEMBERS: Any = bindparam("member_ids", expanding=True)
_READINGS = (
    select(
        VitalReading.member_id, VitalReading.visit_id, VitalReading.kind, VitalReading.value, VitalReading.systolic,
        VitalReading.diastolic, VitalReading.context, VitalReading.flag, Visit.occurred_on,
    )
    .join(Visit, Visit.id == VitalReading.visit_id)
    .where(
        VitalReading.member_id.in_(_MEMBERS), VitalReading.not_measured.is_(None), Visit.voided_at.is_(None),
        VitalReading.kind.in_([VitalKind.BLOOD_PRESSURE, VitalKind.GLUCOSE, VitalKind.HBA1C]),
        Visit.occurred_on >= bindparam("since"),
    )
    .order_by(VitalReading.id)
)  # fmt: skip
_SCORED = (
    select(Assessment.member_id, InstrumentVersion.code, InstrumentVersion.name, Assessment.total, Assessment.assessed_on, Assessment.id)
    .join(InstrumentVersion, InstrumentVersion.id == Assessment.instrument_id)
    .where(
        Assessment.member_id.in_(_MEMBERS), Assessment.voided_at.is_(None), InstrumentVersion.code.in_(SCORES),
        Assessment.assessed_on >= bindparam("since"),
    )
)  # fmt: skip
_CHECKS = (
    select(MedicineCheck.member_id, MedicineCheck.answers, MedicineCheck.checked_on, MedicineCheck.visit_id)
    .join(Visit, Visit.id == MedicineCheck.visit_id)
    .where(MedicineCheck.member_id.in_(_MEMBERS), MedicineCheck.checked_on >= bindparam("since"), Visit.voided_at.is_(None))
)  # fmt: skip


def findings_of(
    session: Session, member_ids: Collection[int], table: GroupTable, *, today: date
) -> dict[int, Findings]:
    """What was measured of these people so recently that it counts; people of whom nothing was are left out."""
    found: Found = defaultdict(lambda: defaultdict(list))
    bound = {"member_ids": list(member_ids), "since": today - timedelta(days=table.days)}
    if not member_ids:
        return {}
    for member_id, code, taking in (
        *_of_readings(fetch(session, _READINGS, bound)),
        *_of_scores(fetch(session, _SCORED, bound)),
        *_of_checks(fetch(session, _CHECKS, bound)),
    ):
        found[member_id][code].append(taking)
    return {member_id: dict(takings) for member_id, takings in found.items()}


def _of_readings(rows: Iterable[Row[Any]]) -> Iterator[tuple[int, str, Taking]]:
    """One taking a visit: of readings repeated at one door the mean counts, of sugar the worst in each direction."""
    amounts: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for row in rows:
        for code, amount in _amounts(row):
            amounts[row.member_id, code, row.visit_id, row.occurred_on].append(amount)
    for (member_id, code, visit_id, on), taken in amounts.items():
        yield member_id, code, Taking(_of_one_visit(code, taken), on, "방문 기록", visit_id=str(visit_id))


def _amounts(row: Row[Any]) -> Iterator[tuple[str, Decimal]]:
    if row.kind is VitalKind.BLOOD_PRESSURE:
        yield from (
            (code, amount) for code, amount in (("SYSTOLIC", row.systolic), ("DIASTOLIC", row.diastolic)) if amount
        )
    elif row.kind is VitalKind.HBA1C:
        yield "HBA1C", row.value
    else:
        amount = _sugar(row)
        yield "GLUCOSE_LOW", amount
        if row.context in _SUGAR:
            yield _SUGAR[row.context], amount


def _sugar(row: Row[Any]) -> Decimal:
    if row.flag is None:
        return Decimal(row.value)
    return BEYOND_THE_METER if row.flag is MeterFlag.HI else BELOW_THE_METER


def _of_one_visit(code: str, taken: list[Decimal]) -> Decimal:
    if code in ("SYSTOLIC", "DIASTOLIC"):
        return (sum(taken, Decimal(0)) / len(taken)).quantize(Decimal(1), ROUND_HALF_UP)
    return min(taken) if code == "GLUCOSE_LOW" else max(taken)


def _of_scores(rows: Iterable[Row[Any]]) -> Iterator[tuple[int, str, Taking]]:
    for row in rows:
        yield row.member_id, row.code, Taking(row.total, row.assessed_on, "평가", assessment_id=str(row.id))


def _of_checks(rows: Iterable[Row[Any]]) -> Iterator[tuple[int, str, Taking]]:
    for row in rows:
        missed = row.answers.get("missed", "")
        if missed in _MISSED:
            said = Missed(missed).label
            taking = Taking(_MISSED[missed], row.checked_on, "약 확인", visit_id=str(row.visit_id), said=said)
            yield row.member_id, "MISSED_DOSES", taking
