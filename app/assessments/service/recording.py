"""Record what was answered; take it back with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments import queries
from app.assessments.models import Assessment, AssessmentLine, InstrumentVersion
from app.assessments.rules import (
    Instrument,
    Scored,
    Unanswered,
    score_items,
    score_total,
)
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.households.models import Household
from app.safety import service as safety
from app.safety.rules import ProtectionKind

PATHWAYS = {"SUICIDE": ProtectionKind.SUICIDE_RISK}


@dataclass(frozen=True, slots=True)
class AssessmentDetails:
    """What was typed. `answers` for an instrument with items, `total` for one of which only the score is written."""

    assessment_id: UUID
    code: str
    assessed_on: date
    member_id: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    total: Decimal | None = None
    chosen_band: str = ""
    override_reason: str = ""
    note: str = ""
    visit_id: UUID | None = None
    ticked: bool = False
    """The question beside a score (`Instrument.tick`) was answered with yes."""


def record_assessment(
    session: Session, household: Household, details: AssessmentDetails, *, actor: Identity, now: datetime
) -> Assessment:
    """Store an assessment, line by line; the same id again answers with the first one.

    An answer that opens a pathway opens it at once, whatever the total is.

    Raises:
        RuleBroken: an item without an answer, a score outside the range, a day that has not come, somebody who is not
            of the household, another band without a reason.
        NotFound: an instrument nobody knows.
    """
    known = session.get(Assessment, details.assessment_id)
    if known is not None:
        _refuse_foreign(known, household, actor)
        return known
    version = queries.get_version(session, household.centre.district_id, details.code, on=details.assessed_on)
    instrument = queries.read(version)
    _refuse_unfit(household, instrument, details, today=korean_date(now))
    scored = _scored(instrument, details)
    row = _row(household, version, details, scored, actor=actor, now=now)
    session.add(row)
    session.flush()
    _record(session, row, details.code, actor=actor, now=now)
    for pathway, because in _opened(instrument, scored, details):
        opened = safety.ProtectionDetails(
            PATHWAYS[pathway], because, member_id=details.member_id, visit_id=details.visit_id
        )
        safety.open_protection(session, household, opened, actor=actor, now=now)
    return row


def _opened(instrument: Instrument, scored: Scored, details: AssessmentDetails) -> Iterator[tuple[str, str]]:
    """Each pathway an answer opens, and why."""
    for item in scored.pathways:
        yield item.pathway, f"{instrument.name} {item.code}번 문항에 그렇다고 답함"
    if instrument.tick and details.ticked:
        yield instrument.tick.pathway, f"{instrument.name}: {instrument.tick.text}"


def _refuse_foreign(known: Assessment, household: Household, actor: Identity) -> None:
    if known.household_id != household.id or known.by_id != actor.account_id:
        raise RuleBroken("ID_TAKEN", "다른 기록이 쓰는 번호입니다. 화면을 새로 열어 주세요.")


def _refuse_unfit(household: Household, instrument: Instrument, details: AssessmentDetails, *, today: date) -> None:
    if details.assessed_on > today:
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field="assessed_on")
    needs_one = instrument.whom == "member" or details.member_id is not None
    if needs_one and details.member_id not in {member.id for member in household.members}:
        raise RuleBroken("MEMBER_NEEDED", "누구에 대한 평가인지 골라 주세요.", field="member_id")
    if details.chosen_band and instrument.band(details.chosen_band) is None:
        raise RuleBroken("NO_SUCH_BAND", "없는 구분입니다.", field="chosen_band")


def _scored(instrument: Instrument, details: AssessmentDetails) -> Scored:
    try:
        scored = score_items(instrument, details.answers) if instrument.has_items else _of_total(instrument, details)
    except Unanswered as missing:
        raise RuleBroken("UNANSWERED", "답을 고르지 않은 문항이 있습니다.", field=f"item_{missing.items[0]}") from None
    if scored.band is None and not details.chosen_band:
        raise RuleBroken("BAND_NEEDED", "결과를 골라 주세요.", field="chosen_band")
    differs = scored.band is not None and details.chosen_band not in ("", scored.band.code)
    if differs and not details.override_reason.strip():
        raise RuleBroken("REASON_NEEDED", "기준과 다른 결과로 정하는 까닭을 적어 주세요.", field="override_reason")
    if details.override_reason.strip() and not differs:
        raise RuleBroken("BAND_NEEDED", "기준과 다른 결과를 고르거나 적은 까닭을 지워 주세요.", field="chosen_band")
    return scored


def _of_total(instrument: Instrument, details: AssessmentDetails) -> Scored:
    try:
        if details.total is None:
            raise ValueError
        return score_total(instrument, details.total)
    except ValueError:
        span = f"{instrument.low}~{instrument.high}점"
        raise RuleBroken("OUT_OF_RANGE", f"{span} 사이의 점수를 적어 주세요.", field="total") from None


def _row(
    household: Household, version: InstrumentVersion, details: AssessmentDetails, scored: Scored, *, actor: Identity,
    now: datetime,
) -> Assessment:  # fmt: skip
    computed = scored.band.code if scored.band else details.chosen_band
    chosen = details.chosen_band if details.chosen_band != computed else ""
    lines = [
        AssessmentLine(position=position, item=line.item, answer=line.answer, points=line.points)
        for position, line in enumerate(scored.lines, start=1)
    ]
    tick = queries.read(version).tick
    if tick and details.ticked:
        lines.append(AssessmentLine(position=len(lines) + 1, item=tick.code, answer="Y", points=Decimal(0)))
    return Assessment(
        id=details.assessment_id, household_id=household.id,
        member_id=details.member_id, visit_id=details.visit_id, instrument_id=version.id,
        assessed_on=details.assessed_on, total=scored.total, band=computed, chosen_band=chosen,
        override_reason=details.override_reason if chosen else "", note=details.note, by_id=actor.account_id,
        recorded_at=now, lines=lines,
    )  # fmt: skip


def void_assessment(session: Session, row: Assessment, *, because: str, actor: Identity, now: datetime) -> None:
    """Take an assessment back; it stays on record and counts for nothing.

    Raises RuleBroken: no reason, somebody else's, or taken back already.
    """
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 취소하는지 적어 주세요.", field="because")
    if row.by_id != actor.account_id:
        raise RuleBroken("NOT_YOURS", "평가한 사람만 취소할 수 있습니다.")
    if row.voided_at is None:
        row.voided_at, row.voided_because = now, because
        session.flush()
        _record(session, row, "취소", actor=actor, now=now)


def _record(session: Session, row: Assessment, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.ASSESS, subject=f"assessment:{row.id}", household_id=row.household_id, detail=what, actor=actor,
        now=now,
    )  # fmt: skip
