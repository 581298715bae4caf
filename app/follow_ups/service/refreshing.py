"""Keep the stored answers true: refreshed in the same transaction as whatever changes them, and every night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from app.follow_ups import queries
from app.follow_ups.models import Obligation
from app.follow_ups.rules import AbsenceLadder, ContactMode, last_seen_on, vain_tries
from app.households.models import Household

_TRIES = AbsenceLadder(
    version="", absent_modes=frozenset({ContactMode.ABSENT, ContactMode.NO_ANSWER}),
    reached_modes=frozenset({ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE}), steps={}, steps_alone={},
)  # fmt: skip
"""What counts as a vain try and what ends a row of them, whatever the steps are."""
KEPT_ON_HOUSEHOLD = ("last_seen_on", "absences_in_row")


def hold(session: Session, household: Household) -> None:
    """Wait until nobody else is changing what is due of this household, and see what they left; until the commit.

    Without it two visits stored at the same moment would each be refreshed without the other.
    """
    session.refresh(household, KEPT_ON_HOUSEHOLD, with_for_update={"key_share": True})


def refresh(session: Session, household: Household, *, today: date) -> None:
    """Bring the stored answers of one household up to date, and what is kept on the household itself."""
    hold(session, household)
    district_id = queries.district_of(session, household)
    days = queries.working_days_for(session, district_id)
    contacts = queries.list_contacts(session, [household.id])[household.id]
    terms = queries.standing_terms(session, [household.id])[household.id]
    household.last_seen_on = last_seen_on(contacts, today)
    household.absences_in_row = len(vain_tries(contacts, _TRIES, today))
    _store(session, household, queries.judge(terms, contacts, today=today, days=days), today=today)


def _store(session: Session, household: Household, judged: Sequence[queries.Judged], *, today: date) -> None:
    """Write the answers that changed; rows of terms that no longer stand go."""
    rows = select(Obligation).where(Obligation.household_id == household.id)
    stored = {row.term_id: row for row in session.scalars(rows.execution_options(populate_existing=True))}
    fresh = []
    for each in judged:
        values = _columns(household, each, today)
        row = stored.pop(each.term.id, None)
        if row is None:
            fresh.append(values)
        else:
            for name, value in values.items():
                setattr(row, name, value)
    if fresh:
        session.execute(insert(Obligation), fresh)
    for row in stored.values():
        session.delete(row)
    session.flush()


def _columns(household: Household, judged: queries.Judged, today: date) -> dict[str, Any]:
    term, answer = judged.term, judged.answer
    return {
        "term_id": term.id, "household_id": household.id, "centre_id": household.centre_id, "member_id": term.member_id,
        "profession": term.profession, "kind": term.rule.kind, "label": term.rule.name,
        "note": term.note, "due_on": answer.due_on,
        "window_start": answer.window_start, "limit_on": answer.limit_on, "done": answer.done, "needed": answer.needed,
        "missed": [[missed.starts_on.isoformat(), missed.done, missed.needed] for missed in answer.missed],
        "because": [{"code": line.code.value, "text": line.text} for line in answer.because],
        "computed_on": today, "recompute_on": answer.recompute_on,
    }  # fmt: skip


def refresh_stale(session: Session, *, today: date, batch: int = 500) -> int:
    """Refresh every household whose stored answers time has made stale. Returns how many."""
    refreshed = 0
    while ids := session.scalars(_stale(today).limit(batch)).all():
        for household in session.scalars(select(Household).where(Household.id.in_(ids)).order_by(Household.id)):
            refresh(session, household, today=today)
        refreshed += len(ids)
    return refreshed


def _stale(today: date) -> Select[Any]:
    return select(Obligation.household_id).where(Obligation.recompute_on <= today).distinct()


def household_closed(session: Session, household: Household) -> None:
    """Nothing is due of a closed household: its stored answers go, its terms stay on record."""
    session.execute(delete(Obligation).where(Obligation.household_id == household.id))
