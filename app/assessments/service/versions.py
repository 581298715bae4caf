"""Load instruments, and a district's own cut-offs: always a new version, never a change of one in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments import queries
from app.assessments.models import InstrumentVersion
from app.assessments.rules import InstrumentError, with_cut_offs
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken


def add_instruments(session: Session, documents: Iterable[Mapping[str, Any]]) -> int:
    """Add versions that hold for everybody and are not there yet. Returns how many were new."""
    everybodys = InstrumentVersion.district_id.is_(None)
    stored = session.execute(select(InstrumentVersion.code, InstrumentVersion.version).where(everybodys))
    known = {(code, version) for code, version in stored}
    fresh = [document for document in documents if (document["code"], str(document["version"])) not in known]
    session.add_all(stored_version(document, None) for document in fresh)
    session.flush()
    return len(fresh)


def set_cut_offs(
    session: Session, code: str, edges: Sequence[tuple[str, Decimal, Decimal]], *, effective_from: date, source: str,
    why: str, actor: Identity, now: datetime,
) -> InstrumentVersion:  # fmt: skip
    """A district's own cut-offs of an instrument, from a day on: a new version, never a change of one in use.

    Raises RuleBroken: the bands leave a total out or give it two, a day that has passed, no reason.
    """
    refuse_past(effective_from, why, today=korean_date(now))
    last, version = own_version(session, code, effective_from=effective_from, actor=actor)
    try:
        document = with_cut_offs(
            last.document, edges, version=version, effective_from=effective_from.isoformat(), source=source,
            confidence="DISTRICT",
        )  # fmt: skip
    except InstrumentError as error:
        is_of_band = error.place in {code for code, _low, _high in edges}
        field = f"from_{error.place}" if is_of_band else f"to_{edges[-1][0]}"
        raise RuleBroken("BANDS_UNFIT", error.problem, field=field) from None
    return add_own(session, document, why=why, actor=actor, now=now)


def refuse_past(effective_from: date, why: str, *, today: date) -> None:
    """What every new version needs.

    Raises RuleBroken: a day that has passed, no reason.
    """
    if effective_from < today:
        raise RuleBroken("PAST_DATE", "오늘이나 앞날부터 쓸 수 있습니다.", field="effective_from")
    if not why.strip():
        raise RuleBroken("REASON_NEEDED", "왜 바꾸는지 적어 주세요.", field="why")


def own_version(session: Session, code: str, *, effective_from: date, actor: Identity) -> tuple[InstrumentVersion, str]:
    """The version a district's next one follows, and what the next one is called: «2026-7-1»."""
    versions = queries.list_versions(session, actor.district_id, code)
    own = sum(1 for row in versions if row.district_id)
    return versions[-1], f"{effective_from.year}-{actor.district_id}-{own + 1}"


def add_own(
    session: Session, document: Mapping[str, Any], *, why: str, actor: Identity, now: datetime
) -> InstrumentVersion:
    """Store a district's own version; `why` stays beside it."""
    row = stored_version(document, actor.district_id)
    row.note, row.set_by_id, row.set_at = why, actor.account_id, now
    session.add(row)
    session.flush()
    what = f"instrument:{row.code}"
    audit.record(session, Action.CHANGE_RULE, subject=what, detail=row.version, actor=actor, now=now)
    return row


def stored_version(document: Mapping[str, Any], district_id: int | None) -> InstrumentVersion:
    """A document as a row, not yet in the session; `district_id` None holds for everybody."""
    return InstrumentVersion(
        district_id=district_id, code=document["code"], version=str(document["version"]), name=document["name"],
        effective_from=date.fromisoformat(document["effective_from"]), document=dict(document), note="",
    )  # fmt: skip
