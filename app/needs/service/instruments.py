"""Keep the form of needs: load what the product ships, add a 시군구's own version from a day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.needs import queries
from app.needs.models import NeedsForm
from app.needs.rules import FormRow, InstrumentError, document_of, instrument_from, read_rows


def add_needs_form(session: Session, document: Mapping[str, Any]) -> int:
    """Add a version that holds for everybody unless it is there. Returns how many were new."""
    version = str(document["version"])
    everybodys = select(NeedsForm.id).where(NeedsForm.version == version, NeedsForm.district_id.is_(None))
    if session.scalar(everybodys):
        return 0
    session.add(_stored(document, None))
    session.flush()
    return 1


def set_needs_form(
    session: Session, rows: Sequence[FormRow], *, name: str, effective_from: date, source: str, why: str,
    actor: Identity, now: datetime,
) -> NeedsForm:  # fmt: skip
    """A 시군구's own form from a day on: a new version, never a change of one in use. Items it knows keep their codes.

    Raises:
        RuleBroken: a day that has passed, no reason why, no name, or rows that are no form.
    """
    if effective_from < korean_date(now):
        raise RuleBroken("PAST_DATE", "오늘이나 앞날부터 쓸 수 있습니다.", field="effective_from")
    if not why.strip():
        raise RuleBroken("REASON_NEEDED", "왜 바꾸는지 적어 주세요.", field="why")
    if not name.strip():
        raise RuleBroken("NAME_NEEDED", "조사표의 이름을 적어 주세요.", field="name")
    forms = queries.list_forms(session, actor.district_id)
    own = sum(1 for row in forms if row.district_id is not None) + 1
    found = read_rows(rows, [queries.read(row) for row in reversed(forms)], stem=f"D{actor.district_id}V{own}")
    if found.problems:
        raise RuleBroken("ROWS_UNFIT", f"고칠 줄이 {len(found.problems)}개 있습니다. 파일을 고쳐 다시 올려 주세요.")
    document = document_of(
        found.domains, version=f"{effective_from.year}-{actor.district_id}-{own}", name=name.strip(),
        effective_from=effective_from, source=source.strip(), why=why.strip(),
    )  # fmt: skip
    row = _stored(_fit(document), actor.district_id)
    row.set_by_id, row.set_at = actor.account_id, now
    session.add(row)
    session.flush()
    audit.record(session, Action.CHANGE_RULE, subject="needs-form", detail=row.version, actor=actor, now=now)
    return row


def _fit(document: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        instrument_from(document)
    except InstrumentError as error:
        raise RuleBroken("FORM_UNFIT", error.problem) from None
    return document


def _stored(document: Mapping[str, Any], district_id: int | None) -> NeedsForm:
    return NeedsForm(
        district_id=district_id, version=str(document["version"]), name=document["name"],
        effective_from=date.fromisoformat(document["effective_from"]), document=dict(document),
    )  # fmt: skip
