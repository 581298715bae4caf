"""Confirm minutes: every decision is carried out, or none is; afterwards only addenda are added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.alerts.rules import AlertKind
from app.alerts.service.telling import News, tell
from app.cases.models import Case
from app.cases.rules import CaseClass
from app.conferences import queries
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import Decision, Effect, Gaps, Standing, gaps_of, read_attendees, read_closing
from app.conferences.service.agenda import add_cases
from app.conferences.service.applying import apply_decision
from app.conferences.service.writing import hold, written
from app.core.clock import korean_date
from app.core.errors import RuleBroken

NO_REASON = "종결 사유를 골라 주세요."


class MinutesRefused(RuleBroken):
    """Why minutes cannot be confirmed: `problems` of the whole, `by_item` with the reason for each item."""

    def __init__(self, problems: Sequence[str], by_item: Mapping[int, str]) -> None:
        super().__init__("MINUTES_REFUSED", "확정하지 못했습니다. 아무것도 바뀌지 않았습니다.")
        self.problems, self.by_item = list(problems), dict(by_item)


def confirm_minutes(
    session: Session, conference: Conference, *, version: int, actor: Identity, now: datetime
) -> Conference:
    """Confirm minutes and move the cases as decided, all in one; those who carry the cases are told.

    Raises:
        MinutesRefused: something is missing, or a decision can no longer be carried out; nothing has changed.
        StaleRecord: somebody changed the minutes since.
        RuleBroken: they are confirmed already, or cases of other centres are on the agenda.
    """
    hold(session, conference, version=version)
    if len(queries.shown_items(actor, conference)) < len(conference.agenda):
        raise RuleBroken("OTHER_CENTRES", "다른 센터의 안건이 있는 회의록은 시군구 담당이 확정합니다.")
    _hold_cases(session, conference)
    gaps = gaps_now(session, conference, now=now)
    if gaps:
        raise MinutesRefused(gaps.whole, gaps.items)
    effects = _carried_out(session, conference, actor=actor, now=now)
    conference.confirmed_at, conference.confirmed_by_id = now, actor.account_id
    session.flush()
    put_off = [item.case_id for item in conference.agenda if effects[item.id] is Effect.CARRY]
    _carry_over(session, conference, put_off, actor=actor, now=now)
    _tell(session, conference, actor=actor, now=now)
    written(session, conference, f"확정 {len(conference.agenda)}건", actor=actor, now=now)
    return conference


def gaps_now(session: Session, conference: Conference, *, now: datetime) -> Gaps:
    """What minutes lack at this moment, and which of their decisions speak of a case that has moved since."""
    items = tuple(
        Standing(item.id, item.decision, item.decision_note, item.case.stage, item.case.case_class)
        for item in conference.agenda
    )
    attendees = read_attendees(conference.attendees)
    gaps = gaps_of(conference.held_on, attendees=attendees, items=items, today=korean_date(now))
    marks = queries.marks_of(session, [item.case for item in conference.agenda])
    return Gaps(gaps.whole, {**_without_reason(conference, marks), **gaps.items, **_moved_since(conference, marks)})


def _without_reason(conference: Conference, marks: Mapping[int, str]) -> dict[int, str]:
    """Closures for which neither the minutes nor a request that waits say why."""
    return {
        item.id: NO_REASON
        for item in conference.agenda
        if item.decision is Decision.CLOSE
        and item.case.case_class is not CaseClass.NOT_SELECTED
        and not marks[item.case_id].rpartition(":")[2]
        and not read_closing(item.closing).reason
    }


def _moved_since(conference: Conference, marks: Mapping[int, str]) -> dict[int, str]:
    return {
        item.id: _what_moved(item, marks[item.case_id])
        for item in conference.agenda
        if item.decision is not None and item.seen != marks[item.case_id]
    }


def _what_moved(item: AgendaItem, mark: str) -> str:
    before, after = item.seen.split(":"), mark.split(":")
    case = item.case
    if before[:2] != after[:2]:
        now = f"‘{case.stage.label}’{f', {case.case_class.label}' if case.case_class else ''}"
        what = f"결정을 적은 뒤 사례가 바뀌었습니다(지금 {now})."
    else:
        what = "결정을 적은 뒤 계획이나 종결 결재가 바뀌었습니다."
    return f"{what} 회의록에서 결정을 다시 보고 저장해 주세요."


def _hold_cases(session: Session, conference: Conference) -> None:
    """In one order for everybody, so that two conferences about the same households never wait for each other in a ring."""
    ids = [item.case_id for item in conference.agenda]
    held = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update(of=Case)
    session.scalars(held.execution_options(populate_existing=True)).all()


def _carried_out(session: Session, conference: Conference, *, actor: Identity, now: datetime) -> dict[int, Effect]:
    """Every decision in the order of the agenda; all that are refused are named at once, and none is kept then."""
    effects: dict[int, Effect] = {}
    refused: dict[int, str] = {}
    with session.begin_nested():
        for item in list(conference.agenda):
            key = item.id
            try:
                with session.begin_nested():
                    effects[key] = apply_decision(session, item, actor=actor, now=now)
            except RuleBroken as broken:
                refused[key] = broken.text
        if refused:
            raise MinutesRefused((), refused)
    return effects


def _carry_over(
    session: Session, conference: Conference, case_ids: Sequence[int], *, actor: Identity, now: datetime
) -> None:
    """What was put off goes on the next agenda where one is planned; otherwise on that of the next to be planned."""
    following = queries.next_of(session, conference)
    if case_ids and following is not None:
        matters = {item.case_id: item.matter for item in conference.agenda}
        add_cases(session, following, case_ids, matters=matters, actor=actor, now=now)


def _tell(session: Session, conference: Conference, *, actor: Identity, now: datetime) -> None:
    """Whoever carries a case or looks after its household hears what was decided, except who confirmed it."""
    news = [
        News(f"agenda:{item.id}", recipient, _said(item), item.household_id)
        for item in conference.agenda
        for recipient in {item.case.keeper_id, item.case.household.worker_id} - {None, actor.account_id}
        if recipient is not None
    ]
    tell(session, AlertKind.CONFERENCE, news, now=now)


def _said(item: AgendaItem) -> str:
    decided = item.decision.label if item.decision else ""
    held = item.conference
    return f"{held.kind.label}({held.held_on.isoformat()}) 결정. {item.case.household.number}: {decided}."
