"""Keep the texts people agree to: load what the product ships, add a 시군구's own from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.consents import queries
from app.consents.models import ConsentText
from app.consents.rules import ConsentKind, Paragraph, TextError, words_from
from app.core.clock import korean_date
from app.core.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class TextChange:
    """A 시군구's own wording of one kind."""

    kind: ConsentKind
    title: str
    paragraphs: tuple[Paragraph, ...]
    months: int
    effective_from: date
    source: str
    why: str


def add_consent_texts(session: Session, document: Mapping[str, Any]) -> int:
    """Load everybody's texts unless they are there. Returns how many were new.

    Raises:
        TextError: a text that says too little.
    """
    added = 0
    for told in document["texts"]:
        kind, version = ConsentKind(told["kind"]), str(told["version"])
        kept = {name: told[name] for name in ("paragraphs", "months", "source", "confidence")}
        words_from(kind, version, told["title"], kept)  # what cannot be read must not become a version
        same = select(ConsentText.id).where(
            ConsentText.kind == kind, ConsentText.version == version, ConsentText.district_id.is_(None)
        )
        if session.scalar(same) is None:
            begins = date.fromisoformat(told["effective_from"])
            session.add(
                ConsentText(kind=kind, version=version, effective_from=begins, title=told["title"], document=kept)
            )
            added += 1
    session.flush()
    return added


def change_text(session: Session, change: TextChange, *, actor: Identity, now: datetime) -> ConsentText:
    """Let a 시군구 ask by its own words from a day on; whoever agreed before agreed to what they were shown.

    Raises:
        RuleBroken: a day that has passed, no reason why, or a text that says too little.
    """
    if change.effective_from < korean_date(now):
        raise RuleBroken("PAST_DATE", "오늘이나 앞날부터 쓸 수 있습니다.", field="effective_from")
    if not change.why.strip():
        raise RuleBroken("REASON_NEEDED", "왜 바꾸는지 적어 주세요.", field="why")
    row = ConsentText(
        district_id=actor.district_id, kind=change.kind, version=_version(session, change, actor),
        effective_from=change.effective_from, title=change.title.strip(), document=_document(change),
        set_by_id=actor.account_id, set_at=now,
    )  # fmt: skip
    try:
        words_from(row.kind, row.version, row.title, row.document)
    except TextError as error:
        raise RuleBroken("TEXT_UNFIT", error.problem) from None
    session.add(row)
    session.flush()
    audit.record(session, Action.CHANGE_RULE, subject="consent-text", detail=row.version, actor=actor, now=now)
    return row


def _version(session: Session, change: TextChange, actor: Identity) -> str:
    own = [row for row in queries.list_texts(session, actor.district_id, change.kind) if row.district_id is not None]
    return f"{change.effective_from.year}-{actor.district_id}-{len(own) + 1}"


def _document(change: TextChange) -> dict[str, Any]:
    return {
        "paragraphs": [{"heading": each.heading, "words": each.words.strip()} for each in change.paragraphs],
        "months": change.months, "source": change.source.strip(), "confidence": "DISTRICT", "why": change.why.strip(),
    }  # fmt: skip
