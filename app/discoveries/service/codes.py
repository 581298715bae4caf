"""Load crisis codes as versioned data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.discoveries.models import CrisisCodeVersion
from app.discoveries.rules import CrisisCodes, crisis_codes_from


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


def as_crisis_codes(document: Mapping[str, Any]) -> CrisisCodes:
    """The codes of a stored version, ready to read cells with."""
    return crisis_codes_from(json.dumps(document))
