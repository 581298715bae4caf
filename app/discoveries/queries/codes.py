"""Which crisis codes (위기정보) are in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import RuleBroken
from app.discoveries.models import CrisisCodeVersion


def codes_in_force(session: Session, on: date) -> CrisisCodeVersion:
    """The newest version that has begun by `on`; where none has, the oldest there is.

    Raises:
        RuleBroken: no version was ever loaded.
    """
    versions = select(CrisisCodeVersion).order_by(CrisisCodeVersion.effective_from, CrisisCodeVersion.id)
    known = session.scalars(versions).all()
    if not known:
        raise RuleBroken("NO_CRISIS_CODES", "위기정보 코드표가 없습니다. 시스템 관리자에게 말씀해 주세요.")
    begun = [version for version in known if version.effective_from <= on]
    return begun[-1] if begun else known[0]


def crisis_words(version: CrisisCodeVersion, codes: list[str]) -> str:
    """«단전, 건강보험료 체납»; a code the version does not know is its own word."""
    labels: Mapping[str, str] = {row["code"]: row["label"] for row in version.document["codes"]}
    return ", ".join(labels.get(code, code) for code in codes)
