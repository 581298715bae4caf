"""Add many households at once, as a list of hundreds of people brings them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre
from app.core.database import insert_narrow, is_sqlite
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household, Member, SearchGram
from app.households.rules import HouseholdDetails, HouseholdStatus, Risk, Searchable, grams_of
from app.households.service.keeping import title_of
from app.households.service.stored import household_columns, member_columns

Columns = dict[str, Any]

GRAMS_AT_ONCE = 16
"""In one statement to a server: 48 parameters, the most that psycopg still remembers a statement for. A file has no
way to go, and takes one at a time the fastest."""


class Created(NamedTuple):
    """The keys of one new household."""

    household_id: int
    member_ids: tuple[int, ...]


def create_households(
    session: Session, many: Sequence[HouseholdDetails], *, actor: Identity, now: datetime
) -> list[Created]:
    """Add households as `create_household` does, in a handful of statements; the answers are in the same order.

    Writes no access-log row: whoever calls writes one for all of them, last. Meant for some thousand at a time.

    Raises:
        RuleBroken: one of them has no member with a name.
        NotFound: one of the centres is out of scope.
    """
    numbers = _numbers(session, many, actor)
    members = [[member_columns(member) for member in details.members] for details in many]
    rows = [
        {"number": number, "centre_id": details.centre_id, "title": _title(people), "created_at": now,
         "created_by_id": actor.account_id, "status": HouseholdStatus.ACTIVE, "risk": Risk.NONE, "absences_in_row": 0,
         "version": 1, "closure_note": "", **household_columns(details)}
        for number, details, people in zip(numbers, many, members, strict=True)
    ]  # fmt: skip
    if not rows:
        return []
    ids = _add_rows(session, rows)
    created = list(_add_members(session, ids, members))
    _add_grams(session, zip(ids, rows, members, strict=True))
    return created


def _numbers(session: Session, many: Sequence[HouseholdDetails], actor: Identity) -> list[str]:
    """The next household numbers of each centre. The centres are held, in one order, until the commit."""
    wanted = {details.centre_id for details in many}
    if actor.account_id is not None and not wanted <= actor.centre_ids:
        raise NotFound
    locked = select(Centre).where(Centre.id.in_(wanted)).order_by(Centre.id).with_for_update(of=Centre)
    centres = {centre.id: centre for centre in session.scalars(locked.execution_options(populate_existing=True))}
    return [_next_number(centres[details.centre_id]) for details in many]


def _next_number(centre: Centre) -> str:
    centre.last_household_number += 1
    return f"{centre.code}-{centre.last_household_number:04d}"


def _title(people: Sequence[Columns]) -> str:
    if not people or not people[0]["name"]:
        raise RuleBroken("NAME_NEEDED", "세대주 이름을 적어 주세요. 모르면 «이름 모름»이라고 적습니다.", field="name")
    if len(people) == 1:
        return str(people[0]["name"])
    return title_of([Member(**columns) for columns in people])


def _add_rows(session: Session, rows: list[Columns]) -> list[int]:
    """Insert and read the keys back by number: RETURNING would cost a statement for each row, or a huge one for all."""
    session.execute(insert(Household), rows)
    numbers = [row["number"] for row in rows]
    found = session.execute(select(Household.number, Household.id).where(Household.number.in_(numbers)))
    keys = {row.number: row.id for row in found}
    return [keys[number] for number in numbers]


def _add_members(session: Session, ids: Sequence[int], members: Sequence[Sequence[Columns]]) -> Iterator[Created]:
    rows = [
        {"household_id": household_id, "position": position, "left_because": "", **columns}
        for household_id, people in zip(ids, members, strict=True)
        for position, columns in enumerate(people)
    ]
    session.execute(insert(Member), rows)
    found = select(Member.household_id, Member.id).where(Member.household_id.in_(ids)).order_by(Member.position)
    keys: dict[int, list[int]] = defaultdict(list)
    for household_id, key in session.execute(found):
        keys[household_id].append(key)
    return (Created(household_id, tuple(keys[household_id])) for household_id in ids)


def _add_grams(session: Session, households: Iterable[tuple[int, Columns, Sequence[Columns]]]) -> None:
    """Some fifty grams for each household."""
    rows = [
        (columns["centre_id"], gram, household_id)
        for household_id, columns, people in households
        for gram in grams_of(_searchable(columns, people))
    ]
    insert_narrow(
        session,
        SearchGram.metadata.tables[SearchGram.__tablename__],
        rows,
        at_once=1 if is_sqlite(session) else GRAMS_AT_ONCE,
    )


def _searchable(columns: Columns, people: Sequence[Columns]) -> Searchable:
    phones = (columns["phone"], *(person["phone"] for person in people))
    return Searchable(
        number=columns["number"],
        names=tuple(person["name"] for person in people),
        birth_years=tuple(person["birth_year"] for person in people if person["birth_year"]),
        phones=tuple(phone for phone in phones if phone),
        addresses=tuple(text for text in (columns["road_address"], columns["lot_address"]) if text),
        unit=columns["unit"],
    )
