"""Move a case by the table, decide its class, end it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases import queries
from app.cases.models import Case
from app.cases.rules import (
    CARE,
    NOT_SELECTED,
    ApprovalKind,
    CaseClass,
    CaseStage,
    ClassProposal,
    FoundNeed,
    Needed,
    next_stages,
    no_way,
    propose_class,
    refusal,
)
from app.cases.rules.clocks import AFTERCARE, LINKAGE_CHECK
from app.cases.service.clocks import turn_clocks
from app.cases.service.writing import hold, refuse_day, write_step, written
from app.core.clock import korean_date
from app.core.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class ClassDetails:
    """A class as somebody decides it; `proposed` is what the needs suggested, None when nothing did."""

    case_class: CaseClass
    on: date
    reason: str = ""
    proposed: CaseClass | None = None


def move(
    session: Session, case: Case, to: CaseStage, *, on: date, because: str = "", shown: Collection[Needed] = (),
    version: int | None = None, actor: Identity, now: datetime,
) -> Case:  # fmt: skip
    """Move a case to another stage on the day its step took place; its clocks follow.

    Args:
        shown: what the caller has seen to be there (a survey, a conference, a plan); what this slice keeps itself
            (counselling, approvals, checks) is looked up and cannot be claimed.
        version: the one the page was drawn from; None when the move follows from another record.

    Raises:
        RuleBroken: the table knows no such way, something is missing (its Korean sentence), or an impossible day.
        StaleRecord: somebody changed the case since.
    """
    hold(session, case, version=version)
    refuse_day(on, "on", after=case.stage_since, now=now)
    there = _kept(session, case, because, today=korean_date(now)) | (set(shown) & CLAIMABLE)
    refused = refusal(case.stage, to, case.case_class, there)
    if refused is not None:
        raise RuleBroken("MOVE_REFUSED", refused)
    enter(session, case, to, on=on, because=because, actor=actor, now=now)
    written(session, case, f"{to.value} {on}", actor=actor, now=now)
    return case


CLAIMABLE = frozenset({
    Needed.ASSESSMENT, Needed.CONFERENCE, Needed.PLAN, Needed.PLAN_APPROVED, Needed.LINKED, Needed.GOALS, Needed.CUT_SHORT,
    Needed.AFTERCARE_DUE,
})  # fmt: skip


def enter(
    session: Session, case: Case, to: CaseStage, *, on: date, because: str, actor: Identity, now: datetime
) -> None:
    """Put a case into a stage that was found to be allowed: step, clocks, and the day it ended."""
    write_step(session, case, to, on=on, because=because.strip(), actor=actor, now=now)
    if to is CaseStage.ENDED:
        case.ended_on = on
    turn_clocks(session, case, to, on=on, actor=actor, now=now)


def classify(
    session: Session, case: Case, details: ClassDetails, *, version: int | None = None, actor: Identity, now: datetime
) -> Case:
    """Decide a case's class, first or anew, with a reason. The stage follows where the new class asks for it.

    Another 사례관리 class leaves a case in its stage; from 사례관리 to 서비스연계 or back it stands at 구분·선정 again.

    Raises:
        RuleBroken: no reason, the same class again, or a stage before the conference or after the end.
        StaleRecord: somebody changed the case since.
    """
    hold(session, case, version=version)
    refuse_day(details.on, "on", after=case.stage_since, now=now)
    _refuse_class(case, details)
    before, case.case_class = case.case_class, details.case_class
    case.classified_on, case.class_reason = details.on, details.reason.strip()
    case.proposed_class = details.proposed or case.proposed_class
    stage = _stage_after(case, before)
    words = f"{details.case_class.label}: {details.reason.strip()}"
    write_step(session, case, stage, on=details.on, because=words, actor=actor, now=now)
    if stage is CaseStage.SERVICE or not {before, case.case_class} <= CARE:
        turn_clocks(session, case, stage, on=details.on, actor=actor, now=now)
    written(session, case, f"구분 {details.case_class.value}", actor=actor, now=now)
    return case


def propose_for(
    session: Session, case: Case, needs: Iterable[FoundNeed], *, actor: Identity, now: datetime
) -> ClassProposal:
    """Keep on a case what the found needs propose its class to be; a person decides later, with a reason.

    Each survey proposes anew; a class that was decided stays.
    """
    proposal = propose_class(needs)
    hold(session, case)
    case.proposed_class = proposal.case_class
    session.flush()
    written(session, case, f"구분 제안 {proposal.case_class.value}", actor=actor, now=now)
    return proposal


def end_unselected(
    session: Session, case: Case, *, on: date, because: str, version: int | None = None, actor: Identity, now: datetime
) -> Case:
    """Close a case that was not selected; it has no aftercare and ends with the same act.

    Raises:
        RuleBroken: another class or stage, no words, or an impossible day.
    """
    move(session, case, CaseStage.CLOSED, on=on, because=because, version=version, actor=actor, now=now)
    case.closed_on, case.closure_reason, case.closure_note = on, NOT_SELECTED, because.strip()
    enter(session, case, CaseStage.ENDED, on=on, because="미선정", actor=actor, now=now)
    return case


def end_case(
    session: Session, case: Case, *, on: date, because: str, version: int | None = None, actor: Identity, now: datetime
) -> Case:
    """End a closed case: after its aftercare, or before with a reason.

    Raises:
        RuleBroken: the case is not closed, the contacts are not complete and no reason is given, an impossible day.
    """
    return move(session, case, CaseStage.ENDED, on=on, because=because, version=version, actor=actor, now=now)


def _refuse_class(case: Case, details: ClassDetails) -> None:
    if not details.reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 이렇게 구분하는지 적어 주세요.", field="reason")
    if case.case_class is details.case_class:
        raise RuleBroken("SAME_CLASS", f"이미 {details.case_class.label}입니다.", field="case_class")
    stands = case.stage in (CaseStage.CLASSIFIED, CaseStage.PLAN, CaseStage.SERVICE)
    if not stands and CaseStage.CLASSIFIED not in next_stages(case.stage, details.case_class):
        raise RuleBroken("MOVE_REFUSED", no_way(case.stage, CaseStage.CLASSIFIED, case.case_class))


def _stage_after(case: Case, before: CaseClass | None) -> CaseStage:
    if case.stage in (CaseStage.PLAN, CaseStage.SERVICE) and {before, case.case_class} <= CARE:
        return case.stage
    return CaseStage.CLASSIFIED


def _kept(session: Session, case: Case, because: str, *, today: date) -> set[Needed]:
    """What this slice itself keeps of a case."""
    kept: set[Needed] = {Needed.CLASS} if case.case_class else set()
    if because.strip():
        kept |= {Needed.WORDS, Needed.AFTERCARE_OVER}
    if queries.counselling_of(session, case):
        kept.add(Needed.COUNSELLING)
    if queries.was_approved(session, case.id, ApprovalKind.CLOSURE):
        kept.add(Needed.CLOSURE_APPROVED)
    if queries.is_done(session, case, LINKAGE_CHECK, today=today):
        kept.add(Needed.LINKAGE_CHECKED)
    if queries.is_done(session, case, AFTERCARE, today=today):
        kept.add(Needed.AFTERCARE_OVER)
    return kept
