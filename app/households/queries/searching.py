"""Find households by what somebody knows of them, and those a new one may be a second copy of."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.database import fetch
from app.core.text import is_placeholder_phone, normalise, phone_digits, search_key, tidy_address
from app.households.models import Household, Member, SearchGram
from app.households.queries.listed import LISTED, ListedHousehold, complete, with_flags
from app.households.queries.listing import with_line
from app.households.rules import NAME_UNKNOWN, Searchable, Wanted, begins_others, is_found

MOST_FOUND = 50
MOST_CANDIDATES = 400
MOST_SIMILAR = 10
_LAST_LETTER = "\U0010ffff"
"""Stands after every letter, where text is compared byte by byte."""


def search(session: Session, who: Identity, wanted: Wanted, *, limit: int = MOST_FOUND) -> list[ListedHousehold]:
    """Visible households that match, closed ones included, at most `limit`; the same empty answer for «none» and «not yours»."""
    if wanted.is_empty:
        return []
    is_proved = _grams_prove(wanted)
    bound = {"centre_ids": who.centre_ids, "most": limit if is_proved else MOST_CANDIDATES}
    wanted_grams = sorted(wanted.grams, key=len, reverse=True)
    grams = {f"gram_{place}": gram for place, gram in enumerate(wanted_grams)}
    after = {
        f"after_{place}": f"{gram}{_LAST_LETTER}" for place, gram in enumerate(wanted_grams) if begins_others(gram)
    }
    statement = _carrying(tuple(map(begins_others, wanted_grams)))
    candidates = complete(session, fetch(session, statement, bound | grams | after))
    if not is_proved:
        candidates = [household for household in candidates if is_found(wanted, searchable(household))][:limit]
    return with_flags(session, candidates)


def _grams_prove(wanted: Wanted) -> bool:
    """Whether having the grams is containing what was typed: two letters are one gram, three initials as well."""
    return all(len(text) <= 2 for text in wanted.texts) and all(len(text) <= 3 for text in wanted.initials)


@cache
def _carrying(are_beginnings: tuple[bool, ...]) -> Any:
    """Visible households with every one of so many grams, the active ones first: an index probe for each gram."""
    ids, *others = (_probe(place, is_beginning) for place, is_beginning in enumerate(are_beginnings))
    for other in others:
        ids = ids.where(SearchGram.household_id.in_(other.correlate(None)))
    statement = LISTED.where(Household.id.in_(ids.limit(MOST_CANDIDATES)))
    return statement.order_by(Household.status, Household.id).limit(bindparam("most"))


def _probe(place: int, is_beginning: bool) -> Select[int]:
    """Households of one gram; of the beginning of one, every gram it may begin."""
    here = SearchGram.centre_id.in_(bindparam("centre_ids", expanding=True))
    found = select(SearchGram.household_id).where(here)
    gram: BindParameter[str] = bindparam(f"gram_{place}")
    if not is_beginning:
        return found.where(SearchGram.gram == gram)
    return found.where(SearchGram.gram >= gram, SearchGram.gram <= bindparam(f"after_{place}")).distinct()


def searchable(household: Household | ListedHousehold) -> Searchable:
    """What may be searched of a household."""
    members = household.members
    phones = (household.phone, *(member.phone for member in members))
    years = (member.birth_on.year if member.birth_on else member.birth_year for member in members)
    return Searchable(
        number=household.number,
        names=tuple(member.name for member in members),
        birth_years=tuple(year for year in years if year),
        phones=tuple(phone for phone in phones if phone),
        addresses=tuple(text for text in (household.road_address, household.lot_address) if text),
        unit=household.unit,
    )


def find_similar(
    session: Session,
    centre_ids: frozenset[int],
    *,
    name: str,
    birth_on: date | None,
    phone: str,
    road_address: str,
    birth_year: int | None = None,
) -> list[Household]:
    """Households a new one may be a second copy of, at most ten.

    Same phone (not one that only fills the cell); or same name with the same birth date or year, or on the same street. Where nothing but a name is
    known, the name alone: the same form sent twice must not make two households.
    """
    year = birth_on.year if birth_on else birth_year
    digits = phone_digits(phone) or ""
    digits = "" if is_placeholder_phone(digits) else digits
    tests = _tests_of_sameness(name, birth_on, year, digits, tidy_address(road_address))
    if not tests:
        return []
    alike = select(Member.household_id).join(Household).where(Household.centre_id.in_(centre_ids), or_(*tests))
    statement = select(Household).where(Household.id.in_(alike)).order_by(Household.id).limit(MOST_SIMILAR)
    return list(session.scalars(statement.options(*with_line())).unique())


def _tests_of_sameness(
    name: str, birth_on: date | None, year: int | None, digits: str, road_address: str
) -> list[ColumnElement[bool]]:
    spelled, key = normalise(name), search_key(name)
    is_named = bool(key) and key != search_key(NAME_UNKNOWN)
    tests: list[ColumnElement[bool]] = [Member.phone == digits, Household.phone == digits] if digits else []
    if is_named and year:
        same_birth = Member.birth_on == birth_on if birth_on else Member.birth_year == year
        only_year = and_(Member.birth_on.is_(None), Member.birth_year == year)
        tests.append(and_(Member.name == spelled, or_(same_birth, only_year)))
    if key and road_address:
        tests.append(and_(Member.name == spelled, Household.road_address == road_address))
    if is_named and not (tests or year or digits or road_address):
        tests.append(Member.name == spelled)
    return tests
