"""The problem list: open, rate, describe, close with a reason, open again. Two at once: the second is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.care.models import Problem, ProblemRating
from app.care.queries import omaha, sight_of
from app.care.rules import ProblemKind, Rated
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.core.privacy import mask_resident_numbers
from app.follow_ups.service import hold
from app.households.models import Household

INCOMPLETE = "지식·행동·상태를 모두 골라 주세요."


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """A problem as it is added; `rated` is how it stands at first, where that was said."""

    code: str
    member_id: int | None = None
    signs: str = ""
    opened_on: date | None = None
    """None: today."""


def open_problem(
    session: Session, household: Household, details: ProblemDetails, *, actor: Identity, now: datetime
) -> Problem:
    """Put a problem on the list.

    Raises:
        RuleBroken: a code there is not or that the person may not see, nobody named for a problem of the body, a day
            that has not come, or the same problem of the same person stands open already.
    """
    kind = _kind(household, details.code, actor)
    _refuse_unfit(household, kind, details, today=korean_date(now))
    hold(session, household)
    _refuse_twice(session, household, details)
    problem = Problem(
        household_id=household.id, member_id=details.member_id, code=details.code,
        signs=mask_resident_numbers(details.signs), opened_on=details.opened_on or korean_date(now),
        opened_by_id=actor.account_id, version=1,
    )  # fmt: skip
    session.add(problem)
    session.flush()
    _record(session, problem, "열기", actor=actor, now=now)
    return problem


def _kind(household: Household, code: str, actor: Identity) -> ProblemKind:
    kind = omaha().problems.get(code)
    if kind is None:
        raise RuleBroken("NO_SUCH_PROBLEM", "문제를 하나 골라 주세요.", field="code")
    if not sight_of(actor, household).shows(kind, opened_by_id=actor.account_id):
        raise RuleBroken("HEALTH_ONLY", "건강 문제는 방문간호사나 공유 근거가 있는 담당자가 적습니다.", field="code")
    return kind


def _refuse_unfit(household: Household, kind: ProblemKind, details: ProblemDetails, *, today: date) -> None:
    if details.member_id is None and kind.is_health:
        raise RuleBroken("MEMBER_NEEDED", "누구의 문제인지 골라 주세요.", field="member_id")
    if details.member_id is not None and details.member_id not in {member.id for member in household.members}:
        raise RuleBroken("NOT_A_MEMBER", "이 가구의 가구원이 아닙니다.", field="member_id")
    if details.opened_on is not None and details.opened_on > today:
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field="opened_on")


def _refuse_twice(session: Session, household: Household, details: ProblemDetails) -> None:
    whose = Problem.member_id.is_(None) if details.member_id is None else Problem.member_id == details.member_id
    same = (Problem.household_id == household.id, Problem.code == details.code, Problem.closed_on.is_(None), whose)
    if session.scalar(select(Problem.id).where(*same)):
        raise RuleBroken("ALREADY_OPEN", "이미 목록에 있는 문제입니다. 그 문제를 다시 평가해 주세요.", field="code")


def rate_problem(
    session: Session, problem: Problem, rated: Rated, *, on: date, visit_id: UUID | None = None,
    version: int | None = None, actor: Identity, now: datetime,
) -> ProblemRating:  # fmt: skip
    """Say how a problem stands on a day. A rating adds to those before it; nothing is written over.

    Args:
        version: of the problem as the person saw it; None where a visit form rates it, which takes nothing away.

    Raises:
        RuleBroken: a scale without a value from 1 to 5, or a day that has not come.
        StaleRecord: somebody rated or closed it since the page was opened.
    """
    if rated.missing:
        raise RuleBroken("SCALE_MISSING", INCOMPLETE, field=rated.missing)
    if on > korean_date(now):
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field="rated_on")
    if version is not None:
        _lock(session, problem, version)
    rating = ProblemRating(
        visit_id=visit_id, rated_on=on, knowledge=rated.knowledge, behaviour=rated.behaviour,
        status=rated.status, note=mask_resident_numbers(rated.note), by_id=actor.account_id,
    )  # fmt: skip
    problem.ratings.append(rating)
    problem.version += 1
    session.flush()
    if visit_id is None:
        _record(session, problem, "평가", actor=actor, now=now)
    return rating


def describe_problem(
    session: Session, problem: Problem, signs: str, *, version: int, actor: Identity, now: datetime
) -> None:
    """Write the signs of a problem anew.

    Raises:
        StaleRecord: somebody changed the problem since the page was opened.
    """
    _lock(session, problem, version)
    problem.signs = mask_resident_numbers(signs)
    problem.version += 1
    _record(session, problem, "징후 수정", actor=actor, now=now)


def close_problem(
    session: Session, problem: Problem, *, because: str, version: int, actor: Identity, now: datetime
) -> None:
    """Take a problem off the open list, with the reason; earlier reasons stay below it.

    Raises:
        RuleBroken: no reason, or it is closed already.
        StaleRecord: somebody changed it since the page was opened.
    """
    reason = " ".join(mask_resident_numbers(because).split())
    if not reason:
        raise RuleBroken("REASON_NEEDED", "종결하는 까닭을 적어 주세요.", field="because")
    _lock(session, problem, version)
    if problem.closed_on is not None:
        raise RuleBroken("ALREADY_CLOSED", "이미 종결한 문제입니다.")
    problem.closed_on, problem.closed_by_id = korean_date(now), actor.account_id
    problem.closed_because = "\n".join(filter(None, (reason, problem.closed_because)))
    problem.version += 1
    _record(session, problem, "종결", actor=actor, now=now)


def reopen_problem(session: Session, problem: Problem, *, version: int, actor: Identity, now: datetime) -> None:
    """Put a closed problem back on the list; why and when it was closed stays readable.

    Raises:
        RuleBroken: it is open, or the same problem was opened anew meanwhile.
        StaleRecord: somebody changed it since the page was opened.
    """
    hold(session, problem.household)
    _lock(session, problem, version)
    if problem.closed_on is None:
        raise RuleBroken("NOT_CLOSED", "종결하지 않은 문제입니다.")
    _refuse_twice(session, problem.household, ProblemDetails(problem.code, problem.member_id))
    problem.closed_because = f"{problem.closed_on:%Y-%m-%d} 종결: {problem.closed_because}"
    problem.closed_on = problem.closed_by_id = None
    problem.version += 1
    _record(session, problem, "다시 열기", actor=actor, now=now)


def _lock(session: Session, problem: Problem, version: int) -> None:
    session.flush()
    locked = select(Problem.version).where(Problem.id == problem.id).with_for_update()
    if session.scalar(locked) != version:
        raise StaleRecord("다른 사람이 먼저 이 문제를 고쳤습니다. 아래의 새 내용을 확인하고 다시 저장해 주세요.")


def _record(session: Session, problem: Problem, what: str, *, actor: Identity, now: datetime) -> None:
    session.flush()
    audit.record(
        session, Action.CARE, subject=f"problem:{problem.id}", household_id=problem.household_id, detail=f"문제 {what}",
        actor=actor, now=now,
    )  # fmt: skip
