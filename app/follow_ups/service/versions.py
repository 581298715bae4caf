"""Load rules. A version in use is never edited: a change is a new version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.service.refreshing import mark_stale


def add_rule_versions(session: Session, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add versions that hold for everybody and are not there yet. Returns how many were new.

    Whoever stands under such a rule is judged by the new version from its first day on.
    """
    everybodys = RuleVersionRow.district_id.is_(None)
    stored = session.execute(select(RuleVersionRow.code, RuleVersionRow.version).where(everybodys))
    known = {(code, version) for code, version in stored}
    fresh = [RuleVersionRow(**_rule_columns(row)) for row in rows if (row["code"], row["version"]) not in known]
    session.add_all(fresh)
    session.flush()
    for row in fresh:
        under = select(TermRow.household_id).join(TermRow.rule).where(RuleVersionRow.code == row.code).distinct()
        mark_stale(session, session.scalars(under), from_on=row.effective_from)
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
