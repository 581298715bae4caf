"""Add many households at once, as a list of hundreds of people brings them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre
from app.core.database import bulk_insert, next_ids
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household, Member, SearchGram
from app.households.rules import HouseholdDetails, HouseholdStatus, Risk, Searchable, grams_of
from app.households.service.keeping import title_of
from app.households.service.stored import household_columns, member_columns

Columns = dict[str, Any]

HOUSEHOLDS, MEMBERS, GRAMS = (cast(Table, model.__table__) for model in (Household, Member, SearchGram))


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
    ids = next_ids(session, HOUSEHOLDS, len(rows))
    _add(session, HOUSEHOLDS, [{"id": key, **columns} for key, columns in zip(ids, rows, strict=True)])
    created = _add_members(session, ids, members)
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


def _add(session: Session, table: Table, rows: Sequence[Columns]) -> None:
    bulk_insert(session, table, list(rows[0]), (tuple(row.values()) for row in rows))


def _add_members(session: Session, ids: Sequence[int], members: Sequence[Sequence[Columns]]) -> list[Created]:
    ends = [0, *accumulate(map(len, members))]
    keys = next_ids(session, MEMBERS, ends[-1])
    of_each = [tuple(keys[first:end]) for first, end in pairwise(ends)]
    rows = [
        {"id": key, "household_id": household_id, "position": position, "left_because": "", **columns}
        for household_id, own, people in zip(ids, of_each, members, strict=True)
        for position, (key, columns) in enumerate(zip(own, people, strict=True))
    ]
    _add(session, MEMBERS, rows)
    return [Created(household_id, own) for household_id, own in zip(ids, of_each, strict=True)]


def _add_grams(session: Session, households: Iterable[tuple[int, Columns, Sequence[Columns]]]) -> None:
    """Some thirty grams for each household, in the order of their table: every page of it is then changed once."""
    rows = sorted(
        (columns["centre_id"], gram, household_id)
        for household_id, columns, people in households
        for gram in grams_of(_searchable(columns, people))
    )
    bulk_insert(session, GRAMS, ("centre_id", "gram", "household_id"), rows)


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
