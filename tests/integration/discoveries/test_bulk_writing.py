"""A list is written at once: few statements however long it is."""

from __future__ import annotations

from collections.abc import Iterator

from app.access.identity import Identity
from app.discoveries.rules import RowOutcome
from app.households.models import Household, SearchGram
from app.households.queries import searchable
from app.households.rules import grams_of
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.counting import Counting
from tests.factories.households import add_household
from tests.integration.discoveries.files import person, rows_with, take


def many(count: int, prefix: str) -> Iterator[tuple[str, ...]]:
    for at in range(count):
        yield person(f"{prefix}가나다라마바사아자차"[: at % 5 + 2], born=f"19{at % 60 + 30}-03-{at % 28 + 1:02d}", phone="",
                     road=f"{prefix}길 {at}", unit=f"{at}호")  # fmt: skip


def test_statements_do_not_grow_with_the_rows(
    session: Session, officer: Identity, counted_statements: Counting
) -> None:
    with counted_statements() as few:
        take(session, officer, *many(20, "이"))
    with counted_statements() as lots:
        imported = take(session, officer, *many(400, "박"))
    assert len(rows_with(session, imported, RowOutcome.NEW)) == 400
    assert len(lots) <= len(few) + 4  # statistics are looked at, and brought up to date, after many rows


def test_every_new_household_is_found_by_what_it_is(session: Session, officer: Identity) -> None:
    imported = take(session, officer, *many(30, "최"))
    for row in rows_with(session, imported, RowOutcome.NEW):
        household = session.get_one(Household, row.household_id)
        stored = set(session.scalars(select(SearchGram.gram).where(SearchGram.household_id == household.id)))
        assert stored == grams_of(searchable(household))
        assert [member.id for member in household.members] == [row.member_id]


def test_keys_given_beforehand_leave_room_for_those_that_come_one_by_one(session: Session, worker: Identity) -> None:
    take(session, worker, *many(5, "정"))
    one = add_household(session, worker)
    take(session, worker, *many(5, "강"))
    two = add_household(session, worker)
    assert one.id < two.id
    assert len(set(session.scalars(select(Household.id)))) == len(list(session.scalars(select(Household.id))))
