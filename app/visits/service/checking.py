"""Before a record is stored: whether it is there already, who may write what, and what cannot be true."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.core.database import fetch
from app.core.errors import RuleBroken
from app.follow_ups import service as follow_ups
from app.households.models import Household
from app.safety.queries import rule_on
from app.visits import queries
from app.visits.models import Visit
from app.visits.rules import (
    Judgements,
    Problem,
    VisitDetails,
    check_alone,
    check_copies,
    check_next_visit,
    check_visit,
    list_unanswered,
    runs_of,
)

NOTES = ("nursing_note", "welfare_note")
_STORED = select(Visit.id).where(Visit.id == bindparam("visit_id"))


class ProblemsFound(RuleBroken):
    """What must be put right or confirmed before the record can be stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("PROBLEMS_FOUND", problems[0].message)
        self.problems = tuple(problems)


def find_known(session: Session, household: Household, visit_id: UUID, actor: Identity) -> Visit | None:
    """The record that this id already made, when it is the same person's about the same household.

    Whoever sends it twice at once waits for the first to be stored.

    Raises:
        RuleBroken: the id belongs to another record.
    """
    follow_ups.hold(session, household)
    if not fetch(session, _STORED, {"visit_id": visit_id}):
        return None
    known = session.get_one(Visit, visit_id)
    if known.household_id != household.id or known.typed_by_id != actor.account_id:
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 새 화면을 열어 다시 적어 주세요.")
    return known


def writes_health(actor: Identity) -> bool:
    """Whether what somebody writes may be the nursing note and vitals of a visit."""
    return actor.role is Role.NURSE


def refuse_foreign_health(details: VisitDetails, actor: Identity) -> None:
    """Health detail is a nurse's to write.

    Raises:
        RuleBroken: somebody else sent a nursing note or readings.
    """
    if not writes_health(actor) and (details.nursing_note.strip() or details.readings):
        raise RuleBroken("NURSE_ONLY", "간호 기록과 활력징후는 방문간호사만 적을 수 있습니다.")


def refuse_problems(
    session: Session,
    household: Household,
    details: VisitDetails,
    judgements: Judgements,
    *,
    confirmed: Collection[str],
    proposed_on: date | None = None,
    actor: Identity,
    now: datetime,
) -> None:
    """Check a visit against the rules and the household's people.

    Raises:
        ProblemsFound: a refusal, or a question that nobody answered.
    """
    member_ids = {member.id for member in household.members}
    is_compared = any(reading.kind in queries.REMEMBERED_KINDS for reading in details.readings)
    previous = queries.last_values(session, member_ids) if is_compared else {}
    problems = check_visit(details, now=now, members=member_ids, judgements=judgements, previous=previous)
    later = check_next_visit(details.promised_on, proposed_on=proposed_on, reason=details.next_visit_reason)
    alone = check_alone(details, rule_on(household, details.occurred_on))
    copies = check_copies({name: getattr(details, name) for name in NOTES}, _own_notes(session, details, actor))
    unanswered = list_unanswered((*problems, *later, *alone, *copies), confirmed)
    if unanswered:
        raise ProblemsFound(unanswered)


def _own_notes(session: Session, details: VisitDetails, actor: Identity) -> list[tuple[date, str]]:
    """What this person last wrote about the household; nothing where the record's own notes are too short to copy."""
    if not any(runs_of(getattr(details, name)) for name in NOTES):
        return []
    written = queries.list_notes_of(session, details.household_id, actor.account_id or 0, besides=details.visit_id)
    return [(on, note) for on, *notes in written for note in notes if note]
