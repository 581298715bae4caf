"""Add a version of a rule, or take back one that waits. A version in use is never edited: a change is a new version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.queries import engine_rule, hold_rules, list_under_rule
from app.follow_ups.queries.rule_book import list_rule_versions
from app.follow_ups.queries.rule_changes import holding_row, hypothetical, is_used
from app.follow_ups.rules import rule_from
from app.follow_ups.rules.descriptions import Confidence
from app.follow_ups.rules.drafts import RuleDraft
from app.follow_ups.service.refreshing import mark_stale

OVERTAKEN = "그 사이 다른 사람이 판을 더했습니다. 아래는 그 판과 견준 결과입니다. 맞으면 다시 적용해 주세요."
NOTHING_CHANGED = "그날 적용되는 판과 달라진 것이 없습니다. 바꿀 값을 고쳐 주세요."
FARTHEST = timedelta(days=3 * 366)
"""How far ahead a version may be announced: holidays are known far enough beyond it."""


def check_rule_draft(
    session: Session, base: RuleVersionRow, draft: RuleDraft, *, actor: Identity, now: datetime
) -> None:
    """Refuse a draft that cannot become the next version; `base` is the version it was drawn from.

    Raises:
        RuleBroken: its name is taken, it begins before today or too far ahead, it changes nothing, or it changes
            figures and still names the source of the old ones.
    """
    refuse_day(draft.effective_from, today=korean_date(now))
    rows = list_rule_versions(session, actor.district_id, base.code)
    refuse_taken(draft.version, [row.version for row in rows])
    held = holding_row(rows, draft.effective_from)
    if _says_the_same(held, draft):
        raise RuleBroken("NOTHING_CHANGED", NOTHING_CHANGED)
    if rule_from(draft.as_row()).parameters != engine_rule(held).parameters:
        refuse_borrowed(draft.source, draft.confidence, held.source)


def refuse_borrowed(source: str, confidence: Confidence, source_before: str) -> None:
    """Refuse other figures in the name of the same source: what confirmed the old ones does not confirm the new."""
    if confidence is not Confidence.DEFAULT and " ".join(source.split()) == " ".join(source_before.split()):
        text = "값을 바꾸면서 근거는 그대로입니다. 새 값의 근거를 적거나 «자체 기본값»으로 바꿔 주세요."
        raise RuleBroken("BORROWED_SOURCE", text, field="source")


def refuse_taken(label: str, taken: Iterable[str]) -> None:
    """Refuse a name that another version bears."""
    if label in taken:
        raise RuleBroken("VERSION_TAKEN", f"«{label}» 판은 이미 있습니다. 다른 이름을 적어 주세요.", field="version")


def refuse_day(effective_from: date, *, today: date) -> None:
    """Refuse a day from which nothing may begin to hold: the past keeps its answers, and the far future is unknown."""
    if effective_from < today:
        raise RuleBroken(
            "IN_THE_PAST",
            "오늘보다 앞선 날부터 적용할 수 없습니다. 지난 기한은 그때의 판으로 남습니다.",
            field="effective_from",
        )
    if effective_from > today + FARTHEST:
        raise RuleBroken("TOO_FAR", "3년 안의 날로 적어 주세요.", field="effective_from")


def _says_the_same(held: RuleVersionRow, draft: RuleDraft) -> bool:
    asked = replace(rule_from(draft.as_row()), version=held.version)
    return asked == engine_rule(held) and (draft.source, draft.confidence) == (held.source, held.confidence)


def add_rule_version(
    session: Session, base: RuleVersionRow, draft: RuleDraft, *, known: int, actor: Identity, now: datetime
) -> RuleVersionRow:
    """Store the 시군구's own next version; the households under the rule are counted anew from its first day on.

    Args:
        known: id of the newest version that the person had seen when deciding.

    Raises:
        RuleBroken: as `check_rule_draft`.
        StaleRecord: somebody else added a version meanwhile.
    """
    hold_rules(session, actor.district_id)
    check_rule_draft(session, base, draft, actor=actor, now=now)
    if max(row.id for row in list_rule_versions(session, actor.district_id, base.code)) != known:
        raise StaleRecord(OVERTAKEN)
    row = hypothetical(draft, base)
    row.district_id, row.set_by_id, row.set_at = actor.district_id, actor.account_id, now
    session.add(row)
    session.flush()
    touched = list_under_rule(session, actor.district_id, row.code)
    mark_stale(session, touched, from_on=row.effective_from)
    _record(session, row, f"{row.effective_from}부터 · 기준이 걸린 가구 {len(touched)}곳", actor=actor, now=now)
    return row


def withdraw_rule_version(
    session: Session, row: RuleVersionRow, *, reason: str, actor: Identity, now: datetime
) -> None:
    """Take back a version of one's own that waits for its day; the access log keeps that it was there, and why it went.

    Terms that were set by it keep the version that holds without it.

    Raises:
        RuleBroken: it holds already, judged something, is not one's own, or no reason is given.
    """
    if row.district_id != actor.district_id or row.effective_from <= korean_date(now) or is_used(session, row):
        raise RuleBroken("IN_USE", "이미 적용된 판은 거둘 수 없습니다. 새 판을 더해 주세요.")
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 거두는지 적어 주세요.", field="reason")
    hold_rules(session, actor.district_id)
    others = [each for each in list_rule_versions(session, actor.district_id, row.code) if each.id != row.id]
    before = [each for each in others if each.effective_from <= row.effective_from] or others
    session.execute(update(TermRow).where(TermRow.rule_version_id == row.id).values(rule_version_id=before[-1].id))
    session.delete(row)
    session.flush()
    _record(session, row, f"거둠: {reason}", actor=actor, now=now)


def _record(session: Session, row: RuleVersionRow, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.CHANGE_RULE, subject=f"rule:{row.code}", row_count=1, detail=f"{row.name} {row.version}: {what}",
        actor=actor, now=now,
    )  # fmt: skip
