"""Households a new one may be a second copy of. Each trait is looked up through its own index, whatever the centre's size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.database import fetch
from app.core.text import doors_within, is_placeholder_phone, name_key, phone_digits, query_grams
from app.households.models import Household, Member
from app.households.queries.listing import with_line
from app.households.queries.searching import carrying_grams
from app.households.rules import NAME_UNKNOWN, HouseholdDetails, MemberDetails
from app.households.rules.similar import Place, may_be_one_person

MOST_SIMILAR = 10


def find_similar(session: Session, centre_ids: frozenset[int], details: HouseholdDetails) -> list[Household]:
    """Households of these centres that the one being typed may be a second copy of, by its head; at most ten.

    Same phone (not one that only fills the cell); same name with the same birth date or year; at the same door, however
    that is spelled, the same name or a slip of it. Where nothing but a name is known, the name alone: the same form sent
    twice must not make two households.
    """
    head, where = details.members[0], details.dwelling
    place = Place.of(where.road_address, where.lot_address, where.unit)
    phones = sorted({number for number in map(_real_phone, (details.phone, head.phone)) if number})
    found = {*_called(session, phones), *_born(session, head), *_behind(session, head.name, place)}
    if not (phones or head.birth_on or head.birth_year or place.road or place.lot):
        found.update(_named(session, centre_ids, head.name))
    if not found:
        return []
    scoped = select(Household).where(Household.id.in_(sorted(found)), Household.centre_id.in_(centre_ids))
    return list(session.scalars(scoped.order_by(Household.id).limit(MOST_SIMILAR).options(*with_line())).unique())


def _real_phone(text: str) -> str:
    digits = phone_digits(text) or ""
    return "" if is_placeholder_phone(digits) else digits


def _called(session: Session, phones: list[str]) -> Iterator[int]:
    own = select(Member.household_id).where(Member.phone.in_(phones))
    shared = select(Household.id).where(Household.phone.in_(phones))
    for statement in (own, shared) if phones else ():
        yield from (key for (key,) in fetch(session, statement, {}))


def _born(session: Session, head: MemberDetails) -> Iterator[int]:
    year = head.birth_on.year if head.birth_on else head.birth_year
    if year is None or not _is_known(head.name):
        return
    first, last = (head.birth_on, head.birth_on) if head.birth_on else (date(year, 1, 1), date(year, 12, 31))
    only_year = and_(Member.birth_on.is_(None), Member.birth_year == year)
    for born in (Member.birth_on.between(first, last), only_year):
        yield from _of_name(session, head.name, born)


def _named(session: Session, centre_ids: frozenset[int], name: str) -> Iterator[int]:
    grams = [f"t{gram}" for gram in query_grams(name)]
    if grams and _is_known(name):
        ids = carrying_grams(session, centre_ids, grams)
        yield from _of_name(session, name, Member.household_id.in_(ids))


def _of_name(session: Session, name: str, where: ColumnElement[bool]) -> list[int]:
    key = name_key(name)
    rows = fetch(session, select(Member.household_id, Member.name).where(where), {})
    return [household_id for household_id, known in rows if name_key(known) == key]


def _behind(session: Session, name: str, place: Place) -> Iterator[int]:
    """Whoever lives in the same building, by road and by lot, and may be the person."""
    if not name_key(name):
        return
    for column, building in ((Household.road_door, place.road), (Household.lot_door, place.lot)):
        for row in _neighbours(session, column, building) if building else ():
            if may_be_one_person(name, place, row.name, Place.of(row.road_address, row.lot_address, row.unit)):
                yield row.id


def _neighbours(session: Session, column: InstrumentedAttribute[str], building: str) -> Any:
    least, beyond = doors_within(building)
    columns = (Household.id, Member.name, Household.road_address, Household.lot_address, Household.unit)
    statement = select(*columns).join(Member, Member.household_id == Household.id)
    return fetch(session, statement.where(column >= least, column < beyond), {})


def _is_known(name: str) -> bool:
    return name_key(name) not in ("", name_key(NAME_UNKNOWN))
