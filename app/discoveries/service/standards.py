"""What holds whenever a 시군구 changes what lists and items are judged by."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import District
from app.core.errors import RuleBroken


def held_district(session: Session, district_id: int) -> District:
    """The 시군구, held until the commit: what is done to it at once would not know of each other."""
    return session.scalars(select(District).where(District.id == district_id).with_for_update(of=District)).one()


def refuse_past(effective_from: date, why: str, *, today: date) -> None:
    """A version begins today or later, and says why.

    Raises:
        RuleBroken: it does not.
    """
    if effective_from < today:
        raise RuleBroken("PAST_DATE", "오늘이나 앞날부터 쓸 수 있습니다.", field="effective_from")
    if not why.strip():
        raise RuleBroken("REASON_NEEDED", "왜 바꾸는지 적어 주세요.", field="why")


def refuse_conflict(drawn_from: str, last: str) -> None:
    """A change is made to the version that somebody had before them.

    Raises:
        RuleBroken: another one came between (CONFLICT).
    """
    if drawn_from != last:
        raise RuleBroken(
            "CONFLICT", f"그사이 {last}판이 생겼습니다. 그 판을 확인한 뒤 다시 저장해 주세요. 적은 내용은 그대로입니다."
        )
