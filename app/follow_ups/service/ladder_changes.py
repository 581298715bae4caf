"""Add a version of the absence ladder, or take back one that waits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.models import LadderVersion
from app.follow_ups.queries import hold_rules, list_with_absences
from app.follow_ups.queries.ladder_changes import holding_version, list_ladder_versions
from app.follow_ups.rules.drafts import LadderDraft
from app.follow_ups.service.refreshing import mark_stale
from app.follow_ups.service.rule_changes import NOTHING_CHANGED, OVERTAKEN, refuse_borrowed, refuse_day, refuse_taken

_STEPS = ("steps", "steps_living_alone")


def check_ladder_draft(session: Session, draft: LadderDraft, *, actor: Identity, now: datetime) -> None:
    """Refuse a ladder that cannot become the next version.

    Raises:
        RuleBroken: its name is taken, it begins before today or too far ahead, it changes nothing, or it changes
            steps and still names the source of the old ones.
    """
    refuse_day(draft.effective_from, today=korean_date(now))
    rows = list_ladder_versions(session, actor.district_id)
    refuse_taken(draft.version, [row.version for row in rows])
    held, asked = holding_version(rows, draft.effective_from).document, draft.as_document()
    if all(held.get(name) == asked[name] for name in (*_STEPS, "source", "confidence")):
        raise RuleBroken("NOTHING_CHANGED", NOTHING_CHANGED)
    if any(held.get(name) != asked[name] for name in _STEPS):
        refuse_borrowed(draft.source, draft.confidence, held["source"])


def add_ladder_version(
    session: Session, draft: LadderDraft, *, known: int, actor: Identity, now: datetime
) -> LadderVersion:
    """Store the 시군구's own next ladder; households with vain tries are judged anew from its first day on.

    Args:
        known: id of the newest version that the person had seen when deciding.

    Raises:
        RuleBroken: as `check_ladder_draft`.
        StaleRecord: somebody else added a version meanwhile.
    """
    hold_rules(session, actor.district_id)
    check_ladder_draft(session, draft, actor=actor, now=now)
    if max(row.id for row in list_ladder_versions(session, actor.district_id)) != known:
        raise StaleRecord(OVERTAKEN)
    row = LadderVersion(
        district_id=actor.district_id, version=draft.version, effective_from=draft.effective_from,
        document=draft.as_document(), note=draft.why, set_by_id=actor.account_id, set_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    touched = list_with_absences(session, actor.district_id)
    mark_stale(session, touched, from_on=row.effective_from)
    _record(session, row, f"{row.effective_from}부터 · 연속 부재 가구 {len(touched)}곳", actor=actor, now=now)
    return row


def withdraw_ladder_version(
    session: Session, row: LadderVersion, *, reason: str, actor: Identity, now: datetime
) -> None:
    """Take back a version of one's own that waits for its day; the access log keeps that it was there, and why it went.

    Raises:
        RuleBroken: it holds already, is not one's own, or no reason is given.
    """
    if row.district_id != actor.district_id or row.effective_from <= korean_date(now):
        raise RuleBroken("IN_USE", "이미 적용된 판은 거둘 수 없습니다. 새 판을 더해 주세요.")
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 거두는지 적어 주세요.", field="reason")
    hold_rules(session, actor.district_id)
    session.delete(row)
    session.flush()
    _record(session, row, f"거둠: {reason}", actor=actor, now=now)


def _record(session: Session, row: LadderVersion, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.CHANGE_RULE, subject="rule:absence-ladder", detail=f"부재 단계 {row.version}: {what}",
        actor=actor, now=now,
    )  # fmt: skip
