"""Keep the stored answers true: refreshed in the same transaction as whatever changes them, and every night."""

from __future__ import annotations

import json
import json.encoder
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, Text, bindparam, delete, or_, select, type_coerce
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.core.database import fetch
from app.follow_ups import queries
from app.follow_ups.models import Obligation
from app.follow_ups.queries import Judged, JudgedHousehold
from app.follow_ups.rules import Because
from app.households.models import Household

HOUSEHOLDS = cast(Table, Household.__table__)
ANSWERS = cast(Table, Obligation.__table__)
_quoted = json.encoder.encode_basestring_ascii
KEYS_AT_ONCE = 5000
BATCH = 2000

# Built once: they run with every visit, and nothing in the session needs to know of a stored answer.
_LISTS = ("missed", "because")
_WORDS = ("profession", "kind")
_DAYS = ("due_on", "window_start", "limit_on", "rests_from", "rests_until")
_WRITTEN = (
    "centre_id", "member_id", "profession", "kind", "label", "note", "due_on", "window_start", "limit_on", "done",
    "needed", "missed", "because", "rule_version_id", "ladder_step", "rests_from", "rests_until",
)  # fmt: skip
"""What an answer says. When it was computed and must be again is written beside it."""


def _plain(name: str) -> Any:
    """A column as the database has it: understanding every value of an unchanged row would take half of a refresh."""
    if name in _WORDS:
        return type_coerce(ANSWERS.c[name], Text)
    return sql_cast(ANSWERS.c[name], Text) if name in (*_LISTS, *_DAYS) else ANSWERS.c[name]


_STORED: Any = select(
    ANSWERS.c.id, ANSWERS.c.household_id, ANSWERS.c.term_id, ANSWERS.c.recompute_on, *map(_plain, _WRITTEN)
).where(ANSWERS.c.household_id.in_(bindparam("household_ids", expanding=True)))  # fmt: skip
_CHANGE = ANSWERS.update().where(ANSWERS.c.id == bindparam("of_answer"))
_KEEP = HOUSEHOLDS.update().where(HOUSEHOLDS.c.id == bindparam("of_household"))


class Answer(NamedTuple):
    """A row of the stored answers: `says` in the order of `_WRITTEN`, lists and days as text."""

    household_id: int
    term_id: int | None
    recompute_on: date | None
    says: tuple[Any, ...]


class Stored(NamedTuple):
    """An answer as it lies in the database."""

    id: int
    answer: Answer


def hold(session: Session, household: Household) -> None:
    """Wait until nobody else is changing what is due of this household, and see what they left; until the commit.

    Without it two visits stored at the same moment would each be refreshed without the other.
    """
    (place,) = queries.hold_places(session, [household.id])
    _see(household, place.last_seen_on, place.absences_in_row)


def _see(household: Household, last_seen_on: date | None, absences_in_row: int) -> None:
    set_committed_value(household, "last_seen_on", last_seen_on)
    set_committed_value(household, "absences_in_row", absences_in_row)


def refresh(session: Session, household: Household, *, today: date) -> None:
    """Bring the stored answers of one household up to date, and what is kept on the household itself."""
    (judged,) = refresh_households(session, [household.id], today=today)
    _see(household, judged.last_seen_on, judged.absences_in_row)


def refresh_households(session: Session, household_ids: Collection[int], *, today: date) -> list[JudgedHousehold]:
    """Bring the stored answers of many households up to date, of whichever 시군구; they stay held until the commit."""
    places = sorted(queries.hold_places(session, household_ids), key=lambda place: (place.district_id, place.id))
    judged: list[JudgedHousehold] = []
    for district_id, group in groupby(places, key=lambda place: place.district_id):
        grounds = queries.grounds_of(session, district_id, today=today)
        judged += queries.judge_places(session, list(group), grounds)
    _keep(session, judged)
    _store(session, judged, today)
    return judged


def _keep(session: Session, judged: Iterable[JudgedHousehold]) -> None:
    """What lists ask of every household stands on it; written past the session, which would look through all it holds."""
    changed = [
        {"of_household": each.place.id, "last_seen_on": each.last_seen_on, "absences_in_row": each.absences_in_row}
        for each in judged
        if (each.place.last_seen_on, each.place.absences_in_row) != (each.last_seen_on, each.absences_in_row)
    ]
    if changed:
        session.connection().execute(_KEEP, changed)


def _store(session: Session, judged: Sequence[JudgedHousehold], today: date) -> None:
    """Write the answers that changed, and no others; rows of terms that no longer stand go."""
    stored = read_stored(session, [each.place.id for each in judged])
    answers = [answer_of(each, answer) for each in judged for answer in each.judged]
    found = {(each.household_id, each.term_id): each for each in answers}
    connection = session.connection()
    if fresh := [_columns(each, today) for key, each in found.items() if key not in stored]:
        connection.execute(ANSWERS.insert(), fresh)
    known = [(stored[key], each) for key, each in found.items() if key in stored]
    if changed := [
        {"of_answer": row.id, **_columns(each, today)} for row, each in known if row.answer.says != each.says
    ]:
        connection.execute(_CHANGE, changed)
    _put_off(session, [(row, each) for row, each in known if row.answer.says == each.says], today)
    _delete(session, [row.id for key, row in stored.items() if key not in found])


def read_stored(session: Session, household_ids: Collection[int]) -> dict[tuple[int, int | None], Stored]:
    """What is stored of households, by household and term; None for the absence ladder."""
    rows = fetch(session, _STORED, {"household_ids": household_ids})
    return {(row[1], row[2]): Stored(row[0], Answer(row[1], row[2], row[3], row[4:])) for row in map(tuple, rows)}


def answer_of(household: JudgedHousehold, judged: Judged) -> Answer:
    """An answer of the engine as it would be stored."""
    answer = judged.answer
    rests_from, rests_until = answer.rests or (None, None)
    says = (
        household.place.centre_id, judged.member_id, judged.profession.value, judged.kind.value, judged.label,
        judged.note, _text(answer.due_on), _text(answer.window_start), _text(answer.limit_on), answer.done, answer.needed,
        json.dumps([(each.starts_on.isoformat(), each.done, each.needed) for each in answer.missed]) if answer.missed else "[]",
        f"[{', '.join(map(_line, answer.because))}]",
        judged.rule_version_id, judged.ladder_step, _text(rests_from), _text(rests_until),
    )  # fmt: skip
    return Answer(judged.household_id, judged.term_id, answer.recompute_on, says)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _line(line: Because) -> str:
    """A line of the reasons as the database's JSON columns are written, so that texts can be compared."""
    return f'{{"code": "{line.code}", "text": {_quoted(line.text)}}}'


def _columns(answer: Answer, today: date) -> dict[str, Any]:
    says = dict(zip(_WRITTEN, answer.says, strict=True))
    read = {name: json.loads(says[name]) for name in _LISTS}
    read |= {name: says[name] and date.fromisoformat(says[name]) for name in _DAYS}
    return says | read | {
        "household_id": answer.household_id, "term_id": answer.term_id, "recompute_on": answer.recompute_on,
        "computed_on": today,
    }  # fmt: skip


def _put_off(session: Session, known: Iterable[tuple[Stored, Answer]], today: date) -> None:
    """Answers that say the same as before get their new date of recomputation, all of one date at once."""
    by_date: dict[date | None, list[int]] = defaultdict(list)
    for row, answer in known:
        if row.answer.recompute_on != answer.recompute_on:
            by_date[answer.recompute_on].append(row.id)
    for recompute_on, keys in by_date.items():
        values = {"recompute_on": recompute_on, "computed_on": today}
        session.connection().execute(ANSWERS.update().where(ANSWERS.c.id.in_(keys)).values(values))


def _delete(session: Session, keys: Sequence[int]) -> None:
    if keys:
        session.connection().execute(ANSWERS.delete().where(ANSWERS.c.id.in_(keys)))


def mark_stale(session: Session, household_ids: Iterable[int], *, from_on: date) -> None:
    """From a day on the stored answers of these households are not believed: in the transaction of what changes them.

    Whoever reads one computes it anew; `refresh_batch` makes them all true again.
    """
    keys = sorted(set(household_ids))
    later = or_(ANSWERS.c.recompute_on.is_(None), ANSWERS.c.recompute_on > from_on)
    for at in range(0, len(keys), KEYS_AT_ONCE):
        chosen = ANSWERS.c.household_id.in_(keys[at : at + KEYS_AT_ONCE])
        session.connection().execute(ANSWERS.update().where(chosen, later).values(recompute_on=from_on))


def refresh_batch(session: Session, *, district_id: int | None = None, today: date, most: int = 500) -> int:
    """Refresh some of the households whose stored answers are stale. Returns how many; 0 when none is left."""
    ids = queries.list_stale(session, district_id=district_id, today=today, most=most)
    return len(refresh_households(session, ids, today=today)) if ids else 0


def household_closed(session: Session, household: Household) -> None:
    """Nothing is due of a closed household: its stored answers go, its terms stay on record."""
    session.execute(delete(Obligation).where(Obligation.household_id == household.id))
