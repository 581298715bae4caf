"""Keep the stored answers true: refreshed in the same transaction as whatever changes them, and every night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.core.database import fetch
from app.follow_ups import queries
from app.follow_ups.models import Obligation
from app.follow_ups.rules import AbsenceLadder, ContactMode, last_seen_on, vain_tries
from app.households.models import Household

_TRIES = AbsenceLadder(
    version="", absent_modes=frozenset({ContactMode.ABSENT, ContactMode.NO_ANSWER}),
    reached_modes=frozenset({ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE}), steps={}, steps_alone={},
)  # fmt: skip
"""What counts as a vain try and what ends a row of them, whatever the steps are."""
HOUSEHOLDS = cast(Table, Household.__table__)
ANSWERS = cast(Table, Obligation.__table__)
# Built once: they run with every visit, and nothing in the session needs to know of a stored answer.
_STORED = select(ANSWERS).where(ANSWERS.c.household_id == bindparam("of_household"))
_CHANGE = ANSWERS.update().where(ANSWERS.c.term_id == bindparam("of_term"))
_KEEP = HOUSEHOLDS.update().where(HOUSEHOLDS.c.id == bindparam("of_household"))
_HELD = (
    select(Household.last_seen_on, Household.absences_in_row)
    .where(Household.id == bindparam("of_household"))
    .with_for_update(key_share=True)
)


def hold(session: Session, household: Household) -> None:
    """Wait until nobody else is changing what is due of this household, and see what they left; until the commit.

    Without it two visits stored at the same moment would each be refreshed without the other.
    """
    for name, value in fetch(session, _HELD, {"of_household": household.id})[0]._mapping.items():
        set_committed_value(household, name, value)


def refresh(session: Session, household: Household, *, today: date) -> None:
    """Bring the stored answers of one household up to date, and what is kept on the household itself."""
    hold(session, household)
    district_id = queries.district_of(session, household)
    days = queries.working_days_for(session, district_id)
    contacts = queries.list_contacts(session, [household.id])[household.id]
    terms = queries.standing_terms(session, [household.id])[household.id]
    _keep(session, household, last_seen_on(contacts, today), len(vain_tries(contacts, _TRIES, today)))
    _store(session, household, queries.judge(terms, contacts, today=today, days=days), today=today)


def _keep(session: Session, household: Household, seen_on: date | None, absences: int) -> None:
    """What lists ask of every household stands on it; written past the session, which would look through all it holds."""
    if (household.last_seen_on, household.absences_in_row) == (seen_on, absences):
        return
    kept = {"last_seen_on": seen_on, "absences_in_row": absences}
    session.connection().execute(_KEEP, {"of_household": household.id, **kept})
    for name, value in kept.items():
        set_committed_value(household, name, value)


def _store(session: Session, household: Household, judged: Sequence[queries.Judged], *, today: date) -> None:
    """Write the answers that changed, and no others; rows of terms that no longer stand go."""
    rows = fetch(session, _STORED, {"of_household": household.id})
    stored = {row.term_id: dict(row._mapping) for row in rows}
    answers = {each.term.id: _columns(household, each, today) for each in judged}
    fresh = [answer for key, answer in answers.items() if key not in stored]
    changed = [answer for key, answer in answers.items() if key in stored and answer != stored[key]]
    connection = session.connection()
    if fresh:
        connection.execute(ANSWERS.insert(), fresh)
    if changed:
        connection.execute(_CHANGE, [{"of_term": answer["term_id"], **answer} for answer in changed])
    if gone := stored.keys() - answers.keys():
        connection.execute(ANSWERS.delete().where(ANSWERS.c.term_id.in_(gone)))


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
