"""부재: a record of a door that stayed closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from app.follow_ups.rules import ContactMode
from app.visits.rules import (
    AbsenceDetails,
    Severity,
    Tried,
    check_absence,
)

ABSENCE = AbsenceDetails(
    visit_id=UUID("6f1f4d0e-6f5b-4d0e-9a53-0b8f6a1f0a02"),
    household_id=127,
    occurred_on=date(2026, 11, 16),
    at=datetime(2026, 11, 16, 1, 20, tzinfo=UTC),
    tried=frozenset({Tried.BELL, Tried.PHONE}),
    notice_left=True,
    neighbour_asked="201호, 어제 봄",
)
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


def codes(absence: AbsenceDetails, now: datetime = NOW) -> list[tuple[str, str, Severity]]:
    return [(problem.code, problem.field, problem.severity) for problem in check_absence(absence, now=now)]


def test_an_absence_with_something_tried_is_accepted_on_the_day_and_later() -> None:
    assert codes(ABSENCE) == []
    assert codes(ABSENCE, NOW + timedelta(days=5)) == []


@pytest.mark.parametrize("tried", list(Tried))
def test_an_absence_needs_one_way_tried(tried: Tried) -> None:
    assert codes(replace(ABSENCE, tried=frozenset())) == [("NOTHING_TRIED", "tried", Severity.REFUSE)]
    found = codes(replace(ABSENCE, tried=frozenset({tried}), at=None))
    assert not any(severity is Severity.REFUSE for _, _, severity in found)


def test_an_absence_found_by_telephone_alone_is_asked_back() -> None:
    only_phoned = replace(ABSENCE, tried=frozenset({Tried.PHONE}))
    assert codes(only_phoned) == [("ONLY_PHONED", "mode", Severity.CONFIRM)]
    assert codes(replace(only_phoned, mode=ContactMode.NO_ANSWER)) == []


@pytest.mark.parametrize("mode", list(ContactMode))
def test_an_absence_is_never_recorded_as_a_contact(mode: ContactMode) -> None:
    absent = mode in (ContactMode.ABSENT, ContactMode.NO_ANSWER)
    expected = [] if absent else [("NOT_AN_ABSENCE", "mode", Severity.REFUSE)]
    assert codes(replace(ABSENCE, mode=mode)) == expected


def test_an_absence_of_tomorrow_is_refused() -> None:
    tomorrow = replace(ABSENCE, occurred_on=date(2026, 11, 17), at=None)
    assert codes(tomorrow) == [("FUTURE_DATE", "occurred_on", Severity.REFUSE)]


def test_an_absence_at_an_hour_that_has_not_come_is_refused() -> None:
    later = replace(ABSENCE, at=NOW + timedelta(hours=1))
    assert codes(later) == [("FUTURE_TIME", "at", Severity.REFUSE)]


def test_the_note_of_an_absence_has_the_same_limit_as_a_visits() -> None:
    assert codes(replace(ABSENCE, note="가" * 10_000)) == []
    assert codes(replace(ABSENCE, note="가" * 10_001)) == [("TOO_LONG", "note", Severity.REFUSE)]
