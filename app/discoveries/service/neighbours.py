"""Take in what a neighbour saw: an item of the right centre, and a number that opens nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Centre
from app.accounts.queries import list_colleagues
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.text import normalise
from app.discoveries.models import DiscoveryItem, NeighbourReport
from app.discoveries.queries.neighbours import count_reports, same_report
from app.discoveries.rules import ItemState, Route
from app.discoveries.rules.neighbours import (
    RECEIPT_DIGITS,
    REMEMBERED,
    Sign,
    is_too_much,
    receipt_from,
    summary_of,
)
from app.discoveries.service.triage import rescore

TOO_MUCH = "지금은 더 받을 수 없습니다. 한 시간 뒤에 다시 보내거나 129로 전화해 주세요."


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """What somebody wrote on the public page. `centre_id` is who looks; `is_sure` False where the 동 is not known."""

    centre_id: int
    place: str
    seen: str
    signs: tuple[Sign, ...] = ()
    reporter_name: str = ""
    reporter_phone: str = ""
    is_sure: bool = True


def new_receipt() -> str:
    """A number to tell a reporter."""
    return receipt_from(secrets.randbelow(10**RECEIPT_DIGITS))


def receive_report(session: Session, details: ReportDetails, *, sender: str, now: datetime) -> str:
    """Keep a report and tell the centre; answers with the receipt. The same words of the same sender are one report.

    Nothing is looked up by what was typed: the answer takes the same way whoever lives there.

    Args:
        sender: `rules.neighbours.sender_key` of where it came from.

    Raises:
        RuleBroken: this sender, or everybody, has sent too much of late.
    """
    place, seen = normalise(details.place), details.seen.strip()
    known = same_report(session, sender, place=place, seen=seen, now=now)
    if known is not None:
        return known.receipt
    if is_too_much(count_reports(session, sender, now=now)):
        raise RuleBroken("TOO_MUCH", TOO_MUCH)
    item = _item(session, details, now)
    report = NeighbourReport(
        item_id=item.id, place=place, seen=seen, kinds=[sign.value for sign in details.signs],
        reporter_name=normalise(details.reporter_name), reporter_phone=details.reporter_phone.strip(),
        receipt=_unused(session), sender_hash=sender, at=now,
    )  # fmt: skip
    session.add(report)
    session.flush()
    rescore(session, [item])
    _tell(session, item, details, now)
    return report.receipt


def forget_senders(session: Session, *, now: datetime) -> int:
    """Forget where reports came from once a day has passed. Returns how many."""
    old = update(NeighbourReport).where(NeighbourReport.at <= now - REMEMBERED, NeighbourReport.sender_hash != "")
    return int(session.execute(old.values(sender_hash="")).rowcount)  # type: ignore[attr-defined]


def _item(session: Session, details: ReportDetails, now: datetime) -> DiscoveryItem:
    item = DiscoveryItem(
        centre_id=details.centre_id, source=Route.NEIGHBOUR, received_on=korean_date(now),
        summary=summary_of(details.signs), score=0, score_lines=[], state=ItemState.OPEN, version=1,
    )  # fmt: skip
    session.add(item)
    session.flush()
    return item


def _unused(session: Session) -> str:
    while True:
        receipt = new_receipt()
        if session.scalar(select(NeighbourReport.id).where(NeighbourReport.receipt == receipt)) is None:
            return receipt


def _tell(session: Session, item: DiscoveryItem, details: ReportDetails, now: datetime) -> None:
    """The centre's workers and supervisors; of a 동 nobody knows the 시군구 as well. Then the log: it holds the chain."""
    centre = session.get_one(Centre, item.centre_id)
    told = {each.id for each in list_colleagues(session, frozenset({centre.id}), Role.WORKER, Role.SUPERVISOR)}
    if not details.is_sure:
        told |= _officers(session, centre.district_id)
    raise_alert(
        session, AlertKind.NEIGHBOUR, subject=f"item:{item.id}", recipient_ids=told,
        text=f"이웃신고가 들어왔습니다(발굴 {item.id}번): {item.summary}", now=now,
    )  # fmt: skip
    actor = Identity(None, "이웃신고 접수", Role.ADMIN, None, "", centre.district_id, frozenset())
    audit.record(session, Action.CREATE, subject=f"item:{item.id}", detail=Route.NEIGHBOUR.label, actor=actor, now=now)


def _officers(session: Session, district_id: int) -> set[int]:
    statement = select(Account.id).where(
        Account.district_id == district_id, Account.role == Role.DISTRICT, Account.disabled_at.is_(None)
    )
    return set(session.scalars(statement))
