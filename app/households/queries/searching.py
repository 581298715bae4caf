"""Find households by what somebody knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.database import fetch
from app.households.models import Household, SearchGram
from app.households.queries.listed import LISTED, ListedHousehold, complete, with_flags
from app.households.rules import Searchable, Wanted, begins_others, is_found

MOST_FOUND = 50
MOST_CANDIDATES = 400
_LAST_LETTER = "\U0010ffff"
"""Stands after every letter, where text is compared byte by byte."""


def search(session: Session, who: Identity, wanted: Wanted, *, limit: int = MOST_FOUND) -> list[ListedHousehold]:
    """Visible households that match, closed ones included, at most `limit`; the same empty answer for «none» and «not yours»."""
    if wanted.is_empty:
        return []
    is_proved = _grams_prove(wanted)
    bound = {"centre_ids": who.centre_ids, "most": limit if is_proved else MOST_CANDIDATES}
    grams = _longest_first(wanted.grams)
    statement = _carrying(tuple(map(begins_others, grams)))
    candidates = complete(session, fetch(session, statement, bound | _bound(grams)))
    if not is_proved:
        candidates = [household for household in candidates if is_found(wanted, searchable(household))][:limit]
    return with_flags(session, candidates)


def _grams_prove(wanted: Wanted) -> bool:
    """Whether having the grams is containing what was typed: two letters are one gram, three initials as well."""
    return all(len(text) <= 2 for text in wanted.texts) and all(len(text) <= 3 for text in wanted.initials)


def carrying_grams(session: Session, centre_ids: frozenset[int], grams: Sequence[str]) -> list[int]:
    """Keys of households of these centres with every one of these grams, at least one; not more than 400."""
    wanted = _longest_first(grams)
    statement = _ids_carrying(tuple(map(begins_others, wanted)))
    return [key for (key,) in fetch(session, statement, {"centre_ids": centre_ids} | _bound(wanted))]


def _longest_first(grams: Sequence[str]) -> list[str]:
    return sorted(grams, key=len, reverse=True)


def _bound(grams: Sequence[str]) -> dict[str, str]:
    """What stands for the grams in a statement made for so many."""
    after = {f"after_{place}": f"{gram}{_LAST_LETTER}" for place, gram in enumerate(grams) if begins_others(gram)}
    return {f"gram_{place}": gram for place, gram in enumerate(grams)} | after


@cache
def _carrying(are_beginnings: tuple[bool, ...]) -> Any:
    """Visible households with every one of so many grams, the active ones first."""
    statement = LISTED.where(Household.id.in_(_ids_carrying(are_beginnings)))
    return statement.order_by(Household.status, Household.id).limit(bindparam("most"))


@cache
def _ids_carrying(are_beginnings: tuple[bool, ...]) -> Select[int]:
    """Their keys: an index probe for each gram."""
    ids, *others = (_probe(place, is_beginning) for place, is_beginning in enumerate(are_beginnings))
    for other in others:
        ids = ids.where(SearchGram.household_id.in_(other.correlate(None)))
    return ids.limit(MOST_CANDIDATES)


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
