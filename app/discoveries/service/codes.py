"""Keep the crisis codes as versioned data: load what the product ships, add a 시군구's own version from a day on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.discoveries import queries
from app.discoveries.models import CrisisCodeVersion
from app.discoveries.rules import CrisisCodes, crisis_codes_from
from app.discoveries.rules.crisis_versions import CodesChange, CodesError, changed_codes
from app.discoveries.service.standards import held_district, refuse_conflict, refuse_past


def add_crisis_codes(session: Session, document: Mapping[str, Any]) -> int:
    """Add a version of the crisis codes unless it is there already. Returns how many versions were new: 0 or 1.

    Args:
        document: as seed_data/crisis_codes.json; its `as_of` (ISO date) names the version and the day it begins.

    Raises:
        KeyError: no such document.
        ValueError: `as_of` is no date.
    """
    version = str(document["as_of"])
    if session.scalar(select(CrisisCodeVersion.id).where(CrisisCodeVersion.version == version)):
        return 0
    kept = dict(document)
    as_crisis_codes(kept)  # what cannot be read must not become a version
    session.add(CrisisCodeVersion(version=version, effective_from=date.fromisoformat(version), document=kept))
    session.flush()
    return 1


def change_crisis_codes(
    session: Session, change: CodesChange, *, drawn_from: str, actor: Identity, now: datetime
) -> CrisisCodeVersion:
    """Let a 시군구 read lists by other crisis codes from a day on; a list keeps the version it was read with.

    Args:
        drawn_from: the version the page was drawn from.

    Raises:
        RuleBroken: a day that has passed, no reason why, codes that do not fit, or a version that came between.
    """
    refuse_past(change.effective_from, change.why, today=korean_date(now))
    held_district(session, actor.district_id)
    versions = queries.list_code_versions(session, actor.district_id)
    last = versions[-1]
    refuse_conflict(drawn_from, last.version)
    if change.effective_from < last.effective_from:
        raise RuleBroken(
            "BEFORE_LAST",
            f"{last.effective_from}부터 쓰는 판이 있습니다. 그날이나 뒷날로 정해 주세요.",
            field="effective_from",
        )
    number = 1 + sum(1 for each in versions if each.district_id is not None)
    version = f"{change.effective_from.year}-{actor.district_id}-{number}"
    try:
        own_code = f"OWN_{actor.district_id}_{number}"
        document = changed_codes(last.document, change, version=version, own_code=own_code)
    except CodesError as error:
        raise RuleBroken("CODES_UNFIT", error.problem) from None
    row = CrisisCodeVersion(
        district_id=actor.district_id, version=version, effective_from=change.effective_from, document=document,
        set_by_id=actor.account_id, set_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, Action.CHANGE_RULE, subject="crisis-codes", detail=version, actor=actor, now=now)
    return row


def as_crisis_codes(document: Mapping[str, Any]) -> CrisisCodes:
    """The codes of a stored version, ready to read cells with."""
    return crisis_codes_from(json.dumps(document))
