"""Load rules. A version in use is never edited: a change is a new version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.follow_ups.models import RuleVersionRow


def add_rule_versions(session: Session, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add rule versions that are not there yet; a version in use is never edited. Returns how many were new."""
    known = {(row[0], row[1]) for row in session.execute(select(RuleVersionRow.code, RuleVersionRow.version))}
    fresh = [row for row in rows if (row["code"], row["version"]) not in known]
    session.add_all(RuleVersionRow(**_rule_columns(row)) for row in fresh)
    session.flush()
    return len(fresh)


def _rule_columns(row: Mapping[str, Any]) -> dict[str, Any]:
    until = row.get("effective_until")
    names = (
        "code",
        "version",
        "name",
        "profession",
        "whom",
        "kind",
        "parameters",
        "counts_modes",
        "counts_purposes",
        "shift",
    )
    return {name: row[name] for name in names} | {
        "lead_days": row.get("lead_days"),
        "source": row["source"],
        "confidence": row["confidence"],
        "effective_from": date.fromisoformat(row["effective_from"]),
        "effective_until": date.fromisoformat(until) if until else None,
    }
