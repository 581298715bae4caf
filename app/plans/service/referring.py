"""의뢰: write a referral, send it when nothing stands in the way, write the reply down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.consents.queries import facts_of
from app.consents.rules import covering
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.queries import engine_rule, get_rule_in_force
from app.follow_ups.rules import Deadline
from app.households.models import Household
from app.plans import queries
from app.plans.models import Referral
from app.plans.queries.needed import asked_of, people_of
from app.plans.rules import (
    RULE_OF_KIND,
    Block,
    ReferralGround,
    ReferralReply,
    ReferralState,
    SharedFacts,
    what_blocks,
)
from app.plans.rules.referring import may_become
from app.plans.service.clocks import LATE_KIND, follow_replies

LONGEST_AGO = timedelta(days=2 * 366)


class ReferralBlocked(RuleBroken):
    """Why a referral may not be sent; `blocks` in their order."""

    def __init__(self, blocks: list[Block]) -> None:
        super().__init__("REFERRAL_BLOCKED", " ".join(block.label for block in blocks))
        self.blocks = blocks


@dataclass(frozen=True, slots=True)
class ReferralDetails:
    """A referral as somebody types it."""

    receiver: str
    reason: str
    asked_for: str
    ground: ReferralGround
    ground_note: str = ""
    provider_id: int | None = None
    member_id: int | None = None
    case_id: int | None = None
    shared: tuple[SharedFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyDetails:
    """What an agency answered, and when."""

    reply: ReferralReply
    replied_on: date
    note: str = ""


def draft_referral(
    session: Session, household: Household, details: ReferralDetails, *, actor: Identity, now: datetime
) -> Referral:
    """Begin a referral; it may lack anything until it is sent.

    Raises RuleBroken: somebody who is not of the household.
    """
    _refuse_stranger(household, details)
    row = Referral(household=household, state=ReferralState.DRAFT, by_id=actor.account_id, at=now, version=0)
    _write(row, details)
    session.add(row)
    _written(session, row, "작성", actor, now)
    return row


def change_referral(
    session: Session, row: Referral, details: ReferralDetails, *, version: int, actor: Identity, now: datetime
) -> None:
    """Write a referral anew before it is sent.

    Raises:
        StaleRecord: somebody changed it since.
        RuleBroken: it was sent or given up, or somebody who is not of the household.
    """
    _hold(session, row, version)
    if row.state is not ReferralState.DRAFT:
        raise RuleBroken("SENT_ALREADY", f"«{row.state.label}» 상태의 의뢰는 고칠 수 없습니다.")
    _refuse_stranger(row.household, details)
    _write(row, details)
    _written(session, row, "고침", actor, now)


def blocks_of(session: Session, row: Referral, *, on: date) -> list[Block]:
    """What stands in the way of sending a referral on a day."""
    missing = queries.missing_of(session, row, on=on)
    return what_blocks(asked_of(row), missing, has_people=bool(people_of(row)))


def send_referral(
    session: Session, row: Referral, *, version: int, sent_on: date, actor: Identity, now: datetime
) -> None:
    """Send a referral; its answer is due by the rule of the agency's kind, and the clock stands on 오늘.

    Raises:
        ReferralBlocked: what is missing, named.
        StaleRecord: somebody changed it since.
        RuleBroken: sent or given up already, or an impossible day.
    """
    _hold(session, row, version)
    _refuse_move(row, ReferralState.SENT)
    _refuse_day(sent_on, "sent_on", after=None, now=now)
    blocks = blocks_of(session, row, on=sent_on)
    if blocks:
        raise ReferralBlocked(blocks)
    row.consent_id = _resting_on(session, row, sent_on)
    row.state, row.sent_on = ReferralState.SENT, sent_on
    row.reply_due_on = sent_on + timedelta(days=_days(session, row, sent_on))
    _written(session, row, "보냄", actor, now)
    follow_replies(session, row.household, actor=actor, now=now)


def record_reply(session: Session, row: Referral, details: ReplyDetails, *, actor: Identity, now: datetime) -> None:
    """Write down what the agency answered, or put it right.

    Raises RuleBroken: not sent, a day before it was sent or that has not come.
    """
    _hold(session, row, None)
    _refuse_move(row, ReferralState.REPLIED)
    _refuse_day(details.replied_on, "replied_on", after=row.sent_on, now=now)
    row.state, row.reply, row.replied_on = ReferralState.REPLIED, details.reply, details.replied_on
    row.reply_note = details.note.strip()
    _written(session, row, f"회신 {details.reply.value}", actor, now)
    follow_replies(session, row.household, actor=actor, now=now)


def end_referral(session: Session, row: Referral, *, because: str, actor: Identity, now: datetime) -> None:
    """Give a referral up, with a reason; its answer is waited for no more.

    Raises RuleBroken: no reason, answered or given up already.
    """
    _hold(session, row, None)
    _refuse_move(row, ReferralState.ENDED)
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 그만두는지 적어 주세요.", field="because")
    row.state, row.ended_because = ReferralState.ENDED, because.strip()
    _written(session, row, "그만둠", actor, now)
    follow_replies(session, row.household, actor=actor, now=now)


def _resting_on(session: Session, row: Referral, on: date) -> int | None:
    """The consent by which the agency may be told; of several people's the first one's."""
    needs = queries.needs_of_referral(row)
    found = covering(needs[0], facts_of(session, row.household_id), on=on) if needs else None
    return found.consent_id if found else None


def _days(session: Session, row: Referral, on: date) -> int:
    code = RULE_OF_KIND[row.provider.kind.value if row.provider else LATE_KIND]
    rule = get_rule_in_force(session, code, district_id=row.household.centre.district_id, on=on)
    parameters = engine_rule(rule).parameters
    return parameters.target_days if isinstance(parameters, Deadline) else 0


def _write(row: Referral, details: ReferralDetails) -> None:
    row.receiver, row.reason, row.asked_for = details.receiver.strip(), details.reason, details.asked_for
    row.ground, row.ground_note = details.ground, details.ground_note
    row.provider_id, row.member_id, row.case_id = details.provider_id, details.member_id, details.case_id
    row.shared = [each.value for each in details.shared]


def _refuse_stranger(household: Household, details: ReferralDetails) -> None:
    if details.member_id is not None and details.member_id not in {member.id for member in household.members}:
        raise RuleBroken("NOT_A_MEMBER", "이 가구의 가구원이 아닙니다.", field="member_id")


def _refuse_move(row: Referral, target: ReferralState) -> None:
    if not may_become(row.state, target):
        raise RuleBroken("WRONG_STATE", f"«{row.state.label}» 상태에서는 할 수 없습니다.")


def _refuse_day(on: date, field: str, *, after: date | None, now: datetime) -> None:
    today = korean_date(now)
    if on > today:
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field=field)
    if on < today - LONGEST_AGO:
        raise RuleBroken("DISTANT_DAY", f"{on.year}년이 맞습니까?", field=field)
    if after is not None and on < after:
        raise RuleBroken("BEFORE_SENT", f"보낸 날({after.isoformat()})보다 앞섭니다.", field=field)


def _hold(session: Session, row: Referral, version: int | None) -> None:
    session.flush()
    session.refresh(row, with_for_update={"of": Referral})
    if version is not None and row.version != version:
        raise StaleRecord


def _written(session: Session, row: Referral, what: str, actor: Identity, now: datetime) -> None:
    row.version += 1
    session.flush()
    audit.record(
        session, Action.REFER, subject=f"referral:{row.id}", household_id=row.household_id, detail=what, actor=actor,
        now=now,
    )  # fmt: skip
