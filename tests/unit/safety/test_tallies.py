"""Incidents counted: nothing is lost, nothing is counted twice, and sums agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from app.safety.rules import Happening, IncidentKind, by_centre, by_month, months_of, next_month
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
HAPPENINGS = st.lists(st.builds(Happening, st.sampled_from(IncidentKind), DAYS, st.integers(1, 4), st.booleans()))


@given(HAPPENINGS)
def test_every_incident_of_the_period_is_in_exactly_one_cell(happenings: list[Happening]) -> None:
    months = months_of(date(2026, 1, 1), date(2026, 12, 31))
    tally = by_month(happenings, months)
    assert tally.all == sum(each.on.year == 2026 for each in happenings)
    assert tally.all == sum(tally.of_kind(kind) for kind in IncidentKind)
    assert tally.all == sum(tally.of_column(at) for at in range(len(months)))


@given(HAPPENINGS)
def test_months_and_centres_count_the_same(happenings: list[Happening]) -> None:
    months = by_month(happenings, months_of(date(2025, 1, 1), date(2026, 12, 31)))
    centres = by_centre(happenings, [1, 2, 3, 4])
    assert [months.of_kind(kind) for kind in IncidentKind] == [centres.of_kind(kind) for kind in IncidentKind]


def test_a_cell_holds_its_kind_and_month() -> None:
    told = [
        Happening(IncidentKind.VERBAL, date(2026, 3, 31), 1, False),
        Happening(IncidentKind.VERBAL, date(2026, 4, 1), 1, False),
        Happening(IncidentKind.WEAPON, date(2026, 4, 30), 2, True),
    ]
    tally = by_month(told, months_of(date(2026, 3, 1), date(2026, 4, 30)))
    assert tally.row(IncidentKind.VERBAL) == (1, 1)
    assert tally.row(IncidentKind.WEAPON) == (0, 1)
    assert by_centre(told, [2]).all == 1


@pytest.mark.parametrize(
    ("first_on", "last_on", "count"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2026, 1, 31), date(2026, 2, 1), 2),
        (date(2025, 12, 15), date(2026, 1, 2), 2),
        (date(2026, 5, 1), date(2026, 5, 1), 1),
        (date(2026, 5, 1), date(2026, 4, 30), 0),
    ],
)
def test_months_are_those_touched_from_one_day_to_another(first_on: date, last_on: date, count: int) -> None:
    assert len(months_of(first_on, last_on)) == count


@given(DAYS)
def test_the_next_month_begins_after_the_last_day_of_this_one(on: date) -> None:
    first = on.replace(day=1)
    assert (next_month(first) - timedelta(days=1)).month == first.month
    assert next_month(first).day == 1
