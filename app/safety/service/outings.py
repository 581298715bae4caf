"""Go out to a household and come back: two stamps, a planned end that may move, and nothing that follows anybody.

A stamp may come late, from a tablet that had no line: it keeps its own time, and `received_at` says when it arrived.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date, korean_time
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.follow_ups import service as follow_ups
from app.households.models import Household
from app.safety import queries
from app.safety.models import Outing
from app.safety.rules import CheckIn, Company, Refusal, refusal_of
from app.safety.rules.outings import KEPT_BY_TABLETS, LATE_AFTER, LONGEST, NAME_LENGTH, WENT_ON
from app.safety.service.alarms import close_alarms

TOO_LATE_TO_REFUSE = "연결이 없는 곳에서 시작해 막지 못함"


class GoingRefused(RuleBroken):
    """Nobody goes there like this. `refusal` says whether the supervisor may allow it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code, refusal.text, field="companion_name")
        self.refusal = refusal


def check_in(session: Session, household: Household, details: CheckIn, *, actor: Identity, now: datetime) -> Outing:
    """도착: somebody is at the door and says until when; the same id again answers with the first.

    Where they had not stamped the end of the visit before, going on ended it.

    Raises:
        GoingRefused: two must go, the police must, or nobody; a stamp that comes late is kept and says so instead.
        RuleBroken: an id that belongs to another outing, a colleague of another centre, moments that cannot be.
    """
    follow_ups.hold(session, household)
    known = session.get(Outing, details.outing_id)
    if known is not None:
        return _same(known, household, actor)
    started_at = _stamped(details.started_at, now)
    _refuse_stranger(session, household, details.company, actor)
    allowed_by_id, alone_because = _judge_company(session, household, details, actor, started_at, now)
    _end_before(session, started_at, actor=actor, now=now)
    outing = Outing(
        id=details.outing_id, account_id=actor.account_id, household=household, visit_id=details.visit_id,
        companion_id=details.company.account_id, companion_name=_clean(details.company.name), started_at=started_at,
        planned_end_at=_planned_end(details.planned_end_at, started_at), extended=[], alone_because=alone_because,
        allowed_by_id=allowed_by_id, received_at=now,
    )  # fmt: skip
    session.add(outing)
    record_outing(session, outing, "시작", actor=actor, now=now)
    if details.ended_at is not None:
        end_outing(session, outing, at=details.ended_at, actor=actor, now=now)
    return outing


def extend_outing(
    session: Session, outing: Outing, until_at: datetime, *, at: datetime, actor: Identity, now: datetime
) -> Outing:
    """조금 더: move the planned end, and with it the steps of the alarm. Told twice it moves once.

    Args:
        at: when it was said; it may arrive late.

    Raises RuleBroken: somebody else's outing, one that has ended, or an end that does not lie after the one before.
    """
    hold_outing(session, outing)
    _refuse_foreign(outing, actor)
    before, said_at = outing.planned_end_at, _stamped(at, now)
    if [said_at.isoformat()] in [each[:1] for each in outing.extended]:
        return outing
    if outing.ended_at is not None:
        raise RuleBroken("ENDED", "이미 나온 것으로 표시되어 있습니다.")
    if until_at <= before:
        raise RuleBroken("NOT_LONGER", "지금 예정보다 늦은 시각으로만 늘릴 수 있습니다.")
    outing.planned_end_at = min(until_at, said_at + LONGEST)
    outing.extended = [*outing.extended, [said_at.isoformat(), before.isoformat()]]
    record_outing(session, outing, "연장", actor=actor, now=now)
    close_alarms(
        session, outing, f"조금 더 있다고 알림 ({korean_time(outing.planned_end_at):%H:%M}까지)", actor=actor, now=now
    )
    return outing


def end_outing(
    session: Session, outing: Outing, *, at: datetime, note: str = "", actor: Identity, now: datetime
) -> Outing:
    """나왔습니다: the second stamp. It closes the alarm and tells those who were told; told twice it ends once.

    Args:
        at: when they were out of the door; never before they were in.

    Raises RuleBroken: somebody else's outing, which only a supervisor or whoever went along may end, or no reason.
    """
    hold_outing(session, outing)
    _refuse_foreign(outing, actor)
    if outing.ended_at is not None:
        return outing
    said = _clean(note)
    if actor.account_id not in (outing.account_id, outing.companion_id) and not said:
        raise RuleBroken("REASON_NEEDED", "어떻게 알았는지 적어 주세요.", field="note")
    outing.ended_at = max(_stamped(at, now), outing.started_at)
    outing.ended_by_id, outing.end_note = actor.account_id, said
    record_outing(session, outing, "끝", actor=actor, now=now)
    came_out = f"{korean_time(outing.ended_at):%H:%M}에 나왔습니다"
    close_alarms(session, outing, f"{came_out}: {said}" if said else came_out, actor=actor, now=now)
    return outing


def leave_with_record(
    session: Session, household: Household, visit_id: UUID, *, stays: bool = False, actor: Identity, now: datetime
) -> Outing | None:
    """Tie the outing of this person at a household to the record just submitted, and end it unless they stay."""
    outing = queries.find_outing_of_visit(session, actor, household.id, visit_id)
    if outing is None:
        return None
    outing.visit_id = visit_id
    return outing if stays else end_outing(session, outing, at=now, actor=actor, now=now)


def hold_outing(session: Session, outing: Outing) -> None:
    """Wait until nobody else, the alarm included, is changing this outing, and see what they left."""
    session.flush()
    session.refresh(outing, with_for_update={"of": Outing})


def record_outing(session: Session, outing: Outing, what: str, *, actor: Identity, now: datetime) -> None:
    """Write the access-log row of a change of an outing, by its key alone."""
    session.flush()
    audit.record(
        session, Action.OUTING, subject=f"outing:{outing.id}", household_id=outing.household_id, detail=what,
        actor=actor, now=now,
    )  # fmt: skip


def _same(known: Outing, household: Household, actor: Identity) -> Outing:
    if known.household_id != household.id or known.account_id != actor.account_id:
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 새 화면을 열어 다시 시작해 주세요.")
    return known


def _stamped(at: datetime, now: datetime) -> datetime:
    """A tablet's moment; one that is ahead of our clock is now."""
    if at < now - KEPT_BY_TABLETS:
        raise RuleBroken("TOO_OLD", "일주일이 넘은 표시는 받지 않습니다. 기기의 시계를 확인해 주세요.")
    return min(at, now)


def _planned_end(planned_end_at: datetime, started_at: datetime) -> datetime:
    if not started_at < planned_end_at <= started_at + LONGEST + timedelta(minutes=5):
        raise RuleBroken("LENGTH", "나올 시각을 다시 골라 주세요.", field="minutes")
    return planned_end_at


def _refuse_stranger(session: Session, household: Household, company: Company, actor: Identity) -> None:
    key = company.account_id
    if key is not None and (key == actor.account_id or key not in queries.colleague_ids(session, household.centre_id)):
        raise RuleBroken("NOT_OF_CENTRE", "이 센터에서 함께 일하는 사람만 고를 수 있습니다.", field="companion_id")


def _judge_company(
    session: Session, household: Household, details: CheckIn, actor: Identity, started_at: datetime, now: datetime
) -> tuple[int | None, str]:
    """Who allowed somebody to go alone, and why they did; refuses where nobody did."""
    rule, company = queries.rule_of(household), details.company
    if refusal_of(rule, company, is_allowed=False) is None:
        return None, ""
    override = queries.find_override(session, household.id, actor.account_id or 0, on=korean_date(started_at))
    refusal = refusal_of(rule, company, is_allowed=override is not None)
    if refusal is None and override is not None:
        return override.by_id, override.reason
    if refusal is not None and now - started_at <= LATE_AFTER:
        raise GoingRefused(refusal)
    return None, TOO_LATE_TO_REFUSE


def _end_before(session: Session, started_at: datetime, *, actor: Identity, now: datetime) -> None:
    """Nobody is at two doors: what somebody forgot to end, ended when they went on."""
    for other in queries.list_open_of(session, actor.account_id or 0):
        if other.started_at <= started_at:
            end_outing(session, other, at=started_at, note=WENT_ON, actor=actor, now=now)


def _refuse_foreign(outing: Outing, actor: Identity) -> None:
    if actor.account_id not in (outing.account_id, outing.companion_id) and actor.role is not Role.SUPERVISOR:
        raise RuleBroken("NOT_OWN", "본인이나 동행자, 팀장만 표시할 수 있습니다.")


def _clean(text: str) -> str:
    return mask_resident_numbers(" ".join(text.split()))[: NAME_LENGTH * 4]
