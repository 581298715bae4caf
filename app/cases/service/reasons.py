"""Keep the closure reasons: load what the product ships, add a 시군구's own version from a day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.cases import queries
from app.cases.models import ReasonTable
from app.cases.rules import CLOSURE_REASONS, ReasonsError, reasons_from
from app.core.clock import korean_date
from app.core.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class ReasonChange:
    """What was typed: a label by code («» leaves the reason out from then on), and reasons of one's own."""

    labels: Mapping[str, str]
    own: Sequence[str]
    effective_from: date
    source: str
    why: str


def add_reason_table(session: Session, name: str, document: Mapping[str, Any]) -> int:
    """Add a version that holds for everybody unless it is there. Returns how many were new."""
    version = str(document["version"])
    everybodys = select(ReasonTable.id).where(
        ReasonTable.name == name, ReasonTable.version == version, ReasonTable.district_id.is_(None)
    )
    if session.scalar(everybodys):
        return 0
    session.add(_stored(name, document, None))
    session.flush()
    return 1


def change_reasons(session: Session, change: ReasonChange, *, actor: Identity, now: datetime) -> ReasonTable:
    """Let a 시군구 close with other reasons from a day on; what was closed keeps its reason.

    What a reason asks for (attempts, a day to look again, aftercare) stays as shipped: only its name is theirs. A reason
    of their own asks for words.

    Raises:
        RuleBroken: a day that has passed, no reason why, or nothing left to choose from.
    """
    if change.effective_from < korean_date(now):
        raise RuleBroken("PAST_DATE", "오늘이나 앞날부터 쓸 수 있습니다.", field="effective_from")
    if not change.why.strip():
        raise RuleBroken("REASON_NEEDED", "왜 바꾸는지 적어 주세요.", field="why")
    document = _document(session, change, actor=actor)
    try:
        reasons_from(document)
    except ReasonsError as error:
        raise RuleBroken("REASONS_UNFIT", error.problem) from None
    row = _stored(CLOSURE_REASONS, document, actor.district_id)
    row.set_by_id, row.set_at = actor.account_id, now
    session.add(row)
    session.flush()
    audit.record(session, Action.CHANGE_RULE, subject="closure-reasons", detail=row.version, actor=actor, now=now)
    return row


def _document(session: Session, change: ReasonChange, *, actor: Identity) -> dict[str, Any]:
    tables = queries.list_tables(session, actor.district_id, CLOSURE_REASONS)
    own = sum(1 for row in tables if row.district_id is not None)
    version = f"{change.effective_from.year}-{actor.district_id}-{own + 1}"
    last = tables[-1].document
    kept = [_renamed(row, change) for row in last["reasons"] if change.labels.get(row["code"], row["label"]).strip()]
    if not any(row.get("is_offered", True) for row in kept):
        raise RuleBroken("REASONS_UNFIT", "사유를 하나는 남겨 주세요.")
    added = [
        {"code": f"OWN_{actor.district_id}_{own + 1}_{number}", "label": label.strip(), "source": change.source,
         "confidence": "DISTRICT", "needs_note": True}
        for number, label in enumerate((text for text in change.own if text.strip()), start=1)
    ]  # fmt: skip
    return {
        "version": version, "effective_from": change.effective_from.isoformat(), "source": change.source,
        "why": change.why.strip(), "reasons": [*kept, *added],
    }  # fmt: skip


def _renamed(row: Mapping[str, Any], change: ReasonChange) -> dict[str, Any]:
    label = change.labels.get(row["code"], row["label"]).strip()
    is_same = label == row["label"]
    return (
        {**row, "label": label}
        if is_same
        else {**row, "label": label, "source": change.source, "confidence": "DISTRICT"}
    )


def _stored(name: str, document: Mapping[str, Any], district_id: int | None) -> ReasonTable:
    return ReasonTable(
        name=name, district_id=district_id, version=str(document["version"]),
        effective_from=date.fromisoformat(document["effective_from"]), document=dict(document),
    )  # fmt: skip
