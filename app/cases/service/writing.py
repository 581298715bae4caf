"""What every verb of a case does: hold it against others, refuse days that cannot be, write the step and the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.cases.models import Case, CaseStep
from app.cases.rules import CaseStage
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.households.models import Household

LONGEST_AGO = timedelta(days=10 * 366)


def hold(session: Session, case: Case, *, version: int | None = None) -> None:
    """Whoever changes the same case at the same moment waits; then the case is as they left it.

    Args:
        version: the one the page was drawn from; None for verbs that follow from another record.

    Raises:
        StaleRecord: somebody changed the case since.
    """
    session.flush()
    session.refresh(case, with_for_update={"of": Case})
    if version is not None and case.version != version:
        raise StaleRecord("다른 사람이 먼저 이 사례를 고쳤습니다. 바뀐 내용을 보고 다시 해 주세요.")


def hold_household(session: Session, household: Household) -> None:
    """Two who open a case for the same household at once: the second sees the first one's."""
    session.execute(select(Household.id).where(Household.id == household.id).with_for_update())


def refuse_day(on: date, field: str, *, after: date | None, now: datetime) -> None:
    """Refuse a day that has not come, lies years back, or before the step it follows.

    Raises RuleBroken at `field`.
    """
    today = korean_date(now)
    if on > today:
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field=field)
    if on < today - LONGEST_AGO:
        raise RuleBroken("DISTANT_DAY", f"{on.year}년이 맞습니까?", field=field)
    if after is not None and on < after:
        text = f"앞 단계의 날짜({after.isoformat()})보다 앞설 수 없습니다."
        raise RuleBroken("BEFORE_STEP", text, field=field)


def write_step(
    session: Session, case: Case, to_stage: CaseStage, *, on: date, because: str, actor: Identity, now: datetime
) -> CaseStep:
    """Put the case into a stage and keep who did it, when and why."""
    step = CaseStep(
        case=case, from_stage=case.stage, to_stage=to_stage, on=on, because=because, by_id=actor.account_id, at=now
    )
    case.stage, case.stage_since, case.version = to_stage, on, (case.version or 1) + 1
    session.add(step)
    session.flush()
    return step


def written(session: Session, case: Case, what: str, *, actor: Identity, now: datetime) -> None:
    """Write the access log's row; call it last."""
    audit.record(
        session,
        Action.CASE,
        subject=f"case:{case.id}",
        household_id=case.household_id,
        detail=what,
        actor=actor,
        now=now,
    )
