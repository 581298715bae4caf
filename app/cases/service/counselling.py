"""초기상담: write the first talk down, once per id, and put it right later."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.cases import queries
from app.cases.models import Counselling
from app.cases.rules import CounsellingWay
from app.cases.service.writing import refuse_day
from app.core.errors import RuleBroken, StaleRecord
from app.households.models import Household

LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class CounsellingDetails:
    """A first talk as somebody types it; `complaint` is what the person said, in their own words."""

    counselled_on: date
    way: CounsellingWay
    route: str = ""
    with_whom: str = ""
    complaint: str = ""
    housing: str = ""
    income: str = ""
    health: str = ""
    family: str = ""
    told: str = ""
    measures: str = ""


def record_counselling(
    session: Session, household: Household, counselling_id: UUID, details: CounsellingDetails, *,
    visit_id: UUID | None = None, actor: Identity, now: datetime,
) -> Counselling:  # fmt: skip
    """Keep a first talk; it belongs to the case that is being worked, or waits for one to be opened.

    The same id again answers with the first record.

    Raises:
        RuleBroken: a day that has not come, no own words of the person, or the id is another household's.
    """
    known = session.get(Counselling, counselling_id)
    if known is not None:
        if known.household_id != household.id:
            raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 새 화면을 열어 다시 적어 주세요.")
        return known
    _refuse_unfit(details, now)
    case = queries.live_case(session, household.id)
    row = Counselling(
        id=counselling_id, household=household, case_id=case.id if case else None, visit_id=visit_id,
        by_id=actor.account_id, at=now, version=1, **asdict(details),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _record(session, row, "초기상담", actor=actor, now=now)
    return row


def change_counselling(
    session: Session, row: Counselling, details: CounsellingDetails, *, version: int, actor: Identity, now: datetime
) -> Counselling:
    """Put a first talk right.

    Raises:
        StaleRecord: somebody changed it since.
        RuleBroken: as `record_counselling`.
    """
    session.refresh(row, with_for_update={"of": Counselling})
    if row.version != version:
        raise StaleRecord
    _refuse_unfit(details, now)
    for name, value in asdict(details).items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    _record(session, row, "초기상담 정정", actor=actor, now=now)
    return row


def adopt_counselling(session: Session, household_id: int, case_id: int) -> int:
    """A talk held before the case was opened belongs to it. Returns how many."""
    waiting = [row for row in queries.list_counselling(session, household_id) if row.case_id is None]
    for row in waiting:
        row.case_id = case_id
    session.flush()
    return len(waiting)


def _refuse_unfit(details: CounsellingDetails, now: datetime) -> None:
    refuse_day(details.counselled_on, "counselled_on", after=None, now=now)
    if len(details.complaint.strip()) < LEAST_WORDS:
        raise RuleBroken("COMPLAINT_NEEDED", "무엇을 어려워하시는지 들은 대로 적어 주세요.", field="complaint")


def _record(session: Session, row: Counselling, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.CASE, subject=f"counselling:{row.id}", household_id=row.household_id, detail=what, actor=actor,
        now=now,
    )  # fmt: skip
