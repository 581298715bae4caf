"""Prove that what is stored is what the engine says from scratch, on a live database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.follow_ups import queries
from app.follow_ups.queries import JudgedHousehold
from app.follow_ups.service.refreshing import Stored, answer_of, read_stored
from app.households.models import Household

AT_ONCE = 1000


def all_households(session: Session, *, at_once: int = AT_ONCE) -> Iterator[Sequence[int]]:
    """The ids of every household, ascending, some at a time; a commit in between does no harm."""
    last = 0
    page = select(Household.id).order_by(Household.id).limit(at_once)
    while ids := session.scalars(page.where(Household.id > last)).all():
        yield ids
        last = ids[-1]


def find_untrue(session: Session, household_ids: Collection[int], *, today: date) -> dict[str, str]:
    """Numbers of households whose stored answers are not what the engine says today, with what differs.

    Nothing is written. A stale row is no fault: whoever reads it computes it anew.
    """
    stored: dict[int, list[Stored]] = defaultdict(list)
    for (household_id, _term_id), row in read_stored(session, household_ids).items():
        stored[household_id].append(row)
    wrong = {
        judged.place.id: said
        for judged in _judged(session, household_ids, today)
        if (said := _difference(judged, stored[judged.place.id], today))
    }
    numbers = session.execute(select(Household.id, Household.number).where(Household.id.in_(wrong)))
    return {number: wrong[household_id] for household_id, number in numbers}


def _judged(session: Session, household_ids: Collection[int], today: date) -> Iterator[JudgedHousehold]:
    places = sorted(queries.list_places(session, household_ids), key=lambda place: (place.district_id, place.id))
    for district_id, group in groupby(places, key=lambda place: place.district_id):
        yield from queries.judge_places(session, list(group), queries.grounds_of(session, district_id, today=today))


def _difference(judged: JudgedHousehold, rows: Iterable[Stored], today: date) -> str:
    """What of a household's stored answers is untrue, in words without a name; empty when all is true."""
    if (judged.place.last_seen_on, judged.place.absences_in_row) != (judged.last_seen_on, judged.absences_in_row):
        return "last seen or vain tries"
    stored = {row.answer.term_id: row.answer for row in rows}
    if any(each.recompute_on is not None and each.recompute_on <= today for each in stored.values()):
        return ""
    fresh = {each.term_id: answer_of(judged, each) for each in judged.judged}
    if stored.keys() != fresh.keys():
        return "terms without an answer, or answers without a term"
    differing = [key for key, answer in fresh.items() if stored[key].says != answer.says]
    return f"term {differing[0] or 'of the absence ladder'}" if differing else ""
