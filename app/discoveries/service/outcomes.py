"""Finish an item: what became of it, the supervisor's approval, taking it back, and its return on the day agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Centre
from app.accounts.queries import supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.cases import service as cases
from app.cases.service import CaseDetails
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.discoveries.models import DiscoveryItem
from app.discoveries.queries.items_tries import counted_modes
from app.discoveries.queries.triage import triage_in_force
from app.discoveries.rules import ItemOutcome, ItemState
from app.discoveries.rules.items import ItemAct, may_undo, refuse_others, state_after
from app.discoveries.rules.outcomes import OF_REPORTS, OUTCOME_RULES, OutcomeRefused, refusals
from app.discoveries.service.items import hold, record
from app.households.models import Household

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Closing:
    """What somebody says became of an item, drawn from its `version`."""

    outcome: ItemOutcome
    note: str = ""
    recheck_on: date | None = None
    version: int | None = None
    """The version the page was drawn from; None does not ask."""


class OutcomeLacks(RuleBroken):
    """Everything an outcome lacks, each with its field."""

    def __init__(self, problems: Sequence[OutcomeRefused]) -> None:
        super().__init__(problems[0].code, problems[0].text, field=problems[0].field)
        self.problems = tuple(problems)


def close_item(session: Session, item: DiscoveryItem, closing: Closing, *, actor: Identity, now: datetime) -> None:
    """Write what became of an item; 연락두절, 거부 and 소재미확인 go to the supervisor first, 사례관리 전환 opens a case.

    Raises:
        OutcomeLacks: a contact, tries, words or a day are missing.
        StaleRecord: somebody changed the item after the page was drawn.
        RuleBroken: not this person's item, or no case can be opened.
    """
    hold(session, item)
    if closing.version is not None and closing.version != item.version:
        raise StaleRecord
    act = ItemAct.ASK if OUTCOME_RULES[closing.outcome].needs_approval else ItemAct.CLOSE
    after = state_after(item.state, act)
    refuse_others(act, holder_id=item.claimed_by_id, actor_id=actor.account_id)
    _refuse_lacking(session, item, closing, now)
    item.state, item.outcome, item.outcome_note = after, closing.outcome, closing.note.strip()
    item.outcome_by_id, item.outcome_at, item.recheck_on = actor.account_id, now, closing.recheck_on
    item.approved_by_id, item.approved_at, item.sent_back_because = None, None, ""
    if closing.outcome is ItemOutcome.CASE:
        _open_case(session, item, actor=actor, now=now)
    record(session, item, act, actor=actor, now=now)
    if act is ItemAct.ASK:
        _ask(session, item, now)


def approve(session: Session, item: DiscoveryItem, *, actor: Identity, now: datetime) -> None:
    """The supervisor agrees: the item is finished until its day comes. Approved already, it changes nothing.

    Raises:
        RuleBroken: nothing was asked.
    """
    hold(session, item)
    if item.state is ItemState.CLOSED and item.approved_at is not None:
        return
    item.state = state_after(item.state, ItemAct.APPROVE)
    item.approved_by_id, item.approved_at = actor.account_id, now
    record(session, item, ItemAct.APPROVE, actor=actor, now=now)
    _tell(session, item, "승인되었습니다", now)


def send_back(session: Session, item: DiscoveryItem, because: str, *, actor: Identity, now: datetime) -> None:
    """The supervisor does not agree and says why; whoever asked works on with what was tried so far.

    Raises:
        RuleBroken: nothing was asked, or there are no words.
    """
    hold(session, item)
    after = state_after(item.state, ItemAct.SEND_BACK)
    if not because.strip():
        raise RuleBroken("NO_WORDS", "무엇을 더 해야 하는지 적어 주세요.", field="because")
    item.state, item.sent_back_because = after, because.strip()
    item.outcome_at, item.recheck_on = None, None
    record(session, item, ItemAct.SEND_BACK, actor=actor, now=now)
    _tell(session, item, "돌려보냈습니다", now)


def undo(session: Session, item: DiscoveryItem, *, actor: Identity, now: datetime) -> None:
    """Take a closing back on its own day, or a request before it was decided; the item is worked on as before.

    Raises:
        RuleBroken: it is of another day or person, was approved, or a case came of it.
    """
    hold(session, item)
    after = state_after(item.state, ItemAct.UNDO)
    is_own = item.outcome_by_id == actor.account_id and item.approved_at is None
    if not is_own and actor.role is not Role.SUPERVISOR:
        raise RuleBroken("NOT_YOURS", "결과를 적은 사람만 되돌릴 수 있고, 결재가 끝난 것은 팀장만 되돌릴 수 있습니다.")
    if item.state is ItemState.CLOSED and not may_undo(item.outcome_at, now=now):
        raise RuleBroken("TOO_LATE", "결과는 적은 날에만 되돌릴 수 있습니다. 팀장에게 말씀해 주세요.")
    if item.outcome is ItemOutcome.CASE:
        raise RuleBroken("CASE_OPEN", "사례가 열렸습니다. 사례 화면에서 종결해 주세요.")
    item.state, item.outcome, item.outcome_note, item.outcome_by_id = after, None, "", None
    item.outcome_at, item.recheck_on, item.approved_by_id, item.approved_at = None, None, None, None
    record(session, item, ItemAct.UNDO, actor=actor, now=now)


def return_due(session: Session, *, today: date) -> int:
    """Put items whose day has come back into the queue, with a line that says so. Returns how many.

    What had become of them stays on record until somebody writes anew.
    """
    due = select(DiscoveryItem).where(DiscoveryItem.state == ItemState.CLOSED, DiscoveryItem.recheck_on <= today)
    returned = 0
    while items := session.scalars(
        due.order_by(DiscoveryItem.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    ).all():
        for item in items:
            _return(session, item)
        session.flush()
        returned += len(items)
    return returned


def _return(session: Session, item: DiscoveryItem) -> None:
    item.state = state_after(item.state, ItemAct.COME_BACK)
    item.claimed_by_id, item.claimed_at, item.version = None, None, item.version + 1
    district_id = session.get_one(Centre, item.centre_id).district_id
    triage = triage_in_force(session, district_id, item.received_on)
    points = triage.weights.last_outcome.get(item.outcome, 0) if triage and item.outcome else 0
    words = f"다시 확인할 날이 됨: {item.outcome.label}" if item.outcome else "다시 확인할 날이 됨"
    kept = [line for line in item.score_lines if not line[1].startswith("다시 확인할 날")]
    item.score_lines = [*kept, [points, words]]
    item.score = sum(line[0] for line in item.score_lines)


def _refuse_lacking(session: Session, item: DiscoveryItem, closing: Closing, now: datetime) -> None:
    lacks = refusals(
        closing.outcome, counted_modes(session, item), note=closing.note, recheck_on=closing.recheck_on,
        today=korean_date(now),
    )  # fmt: skip
    if lacks:
        raise OutcomeLacks(lacks)
    if closing.outcome in OF_REPORTS and (item.list_row_id is not None or item.household_id is not None):
        text = f"«{closing.outcome.label}»은 어느 가구인지 모르는 신고에만 씁니다. 다른 결과를 골라 주세요."
        raise RuleBroken("NO_REPORT", text, field="outcome")
    if closing.outcome is ItemOutcome.CASE and item.household_id is None:
        raise RuleBroken("NO_HOUSEHOLD", "어느 가구인지 먼저 연결해야 사례를 열 수 있습니다.", field="outcome")


def _open_case(session: Session, item: DiscoveryItem, *, actor: Identity, now: datetime) -> None:
    household = session.get_one(Household, item.household_id)
    reason = item.outcome_note or "발굴 명단에서 사례관리로 전환"
    details = CaseDetails(korean_date(now), item.source.value, reason, keeper_id=actor.account_id, item_id=item.id)
    cases.open_case(session, household, details, actor=actor, now=now)


def _ask(session: Session, item: DiscoveryItem, now: datetime) -> None:
    told = item.outcome.label if item.outcome else ""
    raise_alert(
        session, AlertKind.APPROVAL_ASKED, subject=f"item:{item.id}:{item.version}",
        recipient_ids=supervisor_ids(session, item.centre_id), text=f"발굴 {item.id}번 {told} 결재를 올렸습니다.",
        household_id=item.household_id, now=now,
    )  # fmt: skip


def _tell(session: Session, item: DiscoveryItem, what: str, now: datetime) -> None:
    if item.outcome_by_id is None or item.outcome is None:
        return
    raise_alert(
        session, AlertKind.APPROVAL_DECIDED, subject=f"item:{item.id}:{item.version}",
        recipient_ids=[item.outcome_by_id], text=f"발굴 {item.id}번 {item.outcome.label}: {what}.",
        household_id=item.household_id, now=now,
    )  # fmt: skip
