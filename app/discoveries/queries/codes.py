"""Which crisis codes (위기정보) are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.core.database import fetch
from app.core.errors import RuleBroken
from app.discoveries.models import CrisisCodeVersion

_OF_DISTRICT = select(CrisisCodeVersion).where(
    or_(CrisisCodeVersion.district_id.is_(None), CrisisCodeVersion.district_id == bindparam("district_id"))
)
_ORDER = (CrisisCodeVersion.effective_from, CrisisCodeVersion.district_id.is_not(None), CrisisCodeVersion.id)
_VERSIONS = _OF_DISTRICT.order_by(*_ORDER)
_BEGUN = (
    _OF_DISTRICT.where(CrisisCodeVersion.effective_from <= bindparam("on"))
    .order_by(*(each.desc() for each in _ORDER))
    .limit(1)
)
_DOCUMENTS = tuple(each.with_only_columns(CrisisCodeVersion.document) for each in (_BEGUN, _VERSIONS.limit(1)))


def list_code_versions(session: Session, district_id: int | None) -> Sequence[CrisisCodeVersion]:
    """Everybody's versions and those of the 시군구 itself (None: everybody's alone), in the order in which they follow one another."""
    return session.scalars(_VERSIONS, {"district_id": district_id}).all()


def codes_in_force(session: Session, on: date, *, district_id: int | None = None) -> CrisisCodeVersion:
    """The newest version that has begun by `on`, in a 시군구 or for everybody; where none has, the oldest there is.

    Raises:
        RuleBroken: no version was ever loaded.
    """
    asked = {"district_id": district_id, "on": on}
    for statement in (_BEGUN, _VERSIONS.limit(1)):
        if found := session.scalars(statement, asked).first():
            return found
    raise RuleBroken("NO_CRISIS_CODES", "위기정보 코드표가 없습니다. 시스템 관리자에게 말씀해 주세요.")


def codes_to_choose(session: Session, on: date, *, district_id: int) -> list[tuple[str, str]]:
    """The codes in force on a day, each with its label; none where no version was ever loaded."""
    asked = {"district_id": district_id, "on": on}
    for statement in _DOCUMENTS:
        for row in fetch(session, statement, asked):
            return [(each["code"], each["label"]) for each in row.document["codes"]]
    return []


def crisis_words(version: CrisisCodeVersion, codes: list[str]) -> str:
    """«단전, 건강보험료 체납»; a code the version does not know is its own word."""
    labels: Mapping[str, str] = {row["code"]: row["label"] for row in version.document["codes"]}
    return ", ".join(labels.get(code, code) for code in codes)
