"""Write a survey of needs; take it back with a reason, and take that back. A correction is a new survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.audit import service as audit
from app.audit.rules import Action
from app.cases import queries as cases
from app.cases import service as cases_service
from app.cases.models import Case
from app.cases.rules import LIVE, CaseStage, ClassProposal, FoundNeed, Needed
from app.cases.service.writing import hold
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.households.models import Household
from app.needs import queries
from app.needs.models import NeedFound, NeedsAssessment, NeedsForm
from app.needs.rules import NeedLevel

FARTHEST_BACK_DAYS = 366
"""A survey is written down within a year."""


@dataclass(frozen=True, slots=True)
class NeedsDetails:
    """What was typed: a level for every item of the form, and the words beside it."""

    assessment_id: UUID
    form_id: int
    assessed_on: date
    levels: Mapping[str, NeedLevel]
    notes: Mapping[str, str] = field(default_factory=dict)
    strengths: str = ""
    own_words: str = ""
    workers_view: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A survey, and what it proposes for the case; None where there is no case that is being worked."""

    row: NeedsAssessment
    proposal: ClassProposal | None = None
    has_moved: bool = False
    """Whether the case went on from 접수 to 조사 with it."""


def record_needs(
    session: Session, household: Household, details: NeedsDetails, *, actor: Identity, now: datetime
) -> Recorded:
    """Store a survey; the same id again answers with the first one. The case goes on to 조사, a class is proposed.

    Raises:
        RuleBroken: no first talk yet, a day that has not come or lies before the case's intake or the first talk,
            an item without a level, a form of another day, or the id is another household's.
        NotFound: a form that is none of this 시군구's.
    """
    known = session.get(NeedsAssessment, details.assessment_id)
    if known is not None:
        return _first_one(known, household, actor)
    form = queries.get_form(session, actor.district_id, details.form_id)
    case = cases.standing_case(session, household.id)
    if case is not None:
        hold(session, case)  # a colleague's survey of the same moment is seen, and moves the case but once
    _refuse_day(session, household, case, details, form, today=korean_date(now))
    _refuse_unanswered(form, details)
    row = _stored(session, household, case, form, details, actor=actor, now=now)
    has_moved = case is not None and case.stage is CaseStage.INTAKE
    if case is not None and has_moved:
        shown = {Needed.ASSESSMENT}
        cases_service.move(
            session, case, CaseStage.ASSESSMENT, on=details.assessed_on, shown=shown, actor=actor, now=now
        )
    proposal = _propose(session, row.household_id, case, actor=actor, now=now)
    _record(session, row, "조사", actor=actor, now=now)
    return Recorded(row, proposal, has_moved)


def void_needs(session: Session, row: NeedsAssessment, *, because: str, actor: Identity, now: datetime) -> None:
    """Take a survey back; it stays on record and counts for nothing. The case keeps its stage, its proposal follows.

    Raises:
        RuleBroken: no reason, or neither one's own nor a supervisor's to decide.
    """
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 취소하는지 적어 주세요.", field="because")
    _refuse_strangers(row, actor)
    if row.voided_at is None:
        row.voided_at, row.voided_because = now, because.strip()
        _changed(session, row, "취소", actor=actor, now=now)


def restore_needs(session: Session, row: NeedsAssessment, *, actor: Identity, now: datetime) -> None:
    """Let a survey count again that was taken back.

    Raises:
        RuleBroken: neither one's own nor a supervisor's to decide.
    """
    _refuse_strangers(row, actor)
    if row.voided_at is not None:
        row.voided_at, row.voided_because = None, ""
        _changed(session, row, "취소 되돌림", actor=actor, now=now)


def may_take_back(row: NeedsAssessment, actor: Identity) -> bool:
    """Whoever asked, and the supervisors, may take a survey back."""
    return row.by_id == actor.account_id or actor.role is Role.SUPERVISOR


def _refuse_strangers(row: NeedsAssessment, actor: Identity) -> None:
    if not may_take_back(row, actor):
        raise RuleBroken("NOT_YOURS", "조사한 사람과 팀장만 취소할 수 있습니다.")


def _changed(session: Session, row: NeedsAssessment, what: str, *, actor: Identity, now: datetime) -> None:
    session.flush()
    _propose(session, row.household_id, cases.live_case(session, row.household_id), actor=actor, now=now)
    _record(session, row, what, actor=actor, now=now)


def _first_one(known: NeedsAssessment, household: Household, actor: Identity) -> Recorded:
    if known.household_id != household.id or known.by_id != actor.account_id:
        raise RuleBroken("ID_TAKEN", "다른 기록이 쓰는 번호입니다. 화면을 새로 열어 주세요.")
    return Recorded(known)


def _refuse_day(
    session: Session, household: Household, case: Case | None, details: NeedsDetails, form: NeedsForm, *, today: date
) -> None:
    on = details.assessed_on
    if on > today:
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field="assessed_on")
    if (today - on).days > FARTHEST_BACK_DAYS:
        raise RuleBroken("DISTANT_DAY", f"{on.year}년이 맞습니까?", field="assessed_on")
    if form.effective_from > today:
        raise RuleBroken("FORM_NOT_YET", "아직 쓰지 않는 조사표입니다. 화면을 새로 열어 주세요.")
    talks = cases.counselling_of(session, case) if case else cases.list_counselling(session, household.id)
    if not talks:
        raise RuleBroken("COUNSELLING_NEEDED", Needed.COUNSELLING.label)
    begun = max(min(talk.counselled_on for talk in talks), case.intake_on if case else date.min)
    if on < begun:
        text = f"초기상담이나 접수({begun.isoformat()})보다 앞설 수 없습니다."
        raise RuleBroken("BEFORE_STEP", text, field="assessed_on")


def _refuse_unanswered(form: NeedsForm, details: NeedsDetails) -> None:
    for item in queries.read(form).items:
        if item.code not in details.levels:
            raise RuleBroken("UNANSWERED", "답을 고르지 않은 항목이 있습니다.", field=f"item_{item.code}")


def _stored(
    session: Session, household: Household, case: Case | None, form: NeedsForm, details: NeedsDetails, *,
    actor: Identity, now: datetime,
) -> NeedsAssessment:  # fmt: skip
    found = [
        NeedFound(
            position=at, item=item.code, level=details.levels[item.code], note=details.notes.get(item.code, "").strip()
        )
        for at, item in enumerate(queries.read(form).items, start=1)
    ]
    row = NeedsAssessment(
        id=details.assessment_id, household=household, case_id=case.id if case else None, form=form,
        assessed_on=details.assessed_on, strengths=details.strengths.strip(), own_words=details.own_words.strip(),
        workers_view=details.workers_view.strip(), by_id=actor.account_id, at=now, voided_because="", found=found,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _propose(
    session: Session, household_id: int, case: Case | None, *, actor: Identity, now: datetime
) -> ClassProposal | None:
    """What the newest survey of the case proposes its class to be; nothing where none stands or nobody works it."""
    if case is None or case.stage not in LIVE:
        return None
    rows = [row for row in queries.list_assessments(session, household_id) if row.case_id == case.id]
    if not rows:
        return None
    found = [
        FoundNeed(need.label, need.level.is_needed, need.is_grave, need.level is NeedLevel.URGENT)
        for need in queries.needs_of(rows[0])
    ]
    return cases_service.propose_for(session, case, found, actor=actor, now=now)


def _record(session: Session, row: NeedsAssessment, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.NEEDS, subject=f"needs:{row.id}", household_id=row.household_id, detail=what, actor=actor,
        now=now,
    )  # fmt: skip
