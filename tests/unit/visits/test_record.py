"""How a record keeps what was typed, and how late it says it is."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from app.visits.rules import VisitDetails, keep_text, lateness
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("typed_at", "words"),
    [
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 14, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), "사후 입력 1일 뒤"),
        (datetime(2026, 11, 25, 1, 0, tzinfo=UTC), "사후 입력 2일 뒤"),
        (datetime(2027, 11, 23, 1, 0, tzinfo=UTC), "사후 입력 365일 뒤"),
        (datetime(2026, 11, 20, 1, 0, tzinfo=UTC), None),
    ],
)
def test_a_record_typed_on_a_later_korean_day_says_how_late(typed_at: datetime, words: str | None) -> None:
    assert lateness(date(2026, 11, 23), typed_at) == words


def test_a_moment_without_a_time_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        lateness(date(2026, 11, 23), datetime(2026, 11, 25, 1, 0))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("field", ["welfare_note", "nursing_note", "shared_line", "told_to", "place"])
def test_a_text_typed_on_a_mac_is_kept_in_the_form_searches_use(visit: VisitDetails, field: str) -> None:
    decomposed = unicodedata.normalize("NFD", "김영희 할머니")
    assert getattr(replace(visit, **{field: decomposed}), field) == "김영희 할머니"


@pytest.mark.parametrize("text", ["  앞뒤 빈칸  ", "줄\n\n바꿈\t칸", "<b>x</b>", "👨‍👩‍👧", "뷁", "=1+1", ""])
def test_a_text_is_otherwise_kept_exactly_as_typed(visit: VisitDetails, text: str) -> None:
    assert replace(visit, welfare_note=text).welfare_note == text


def test_line_ends_of_a_browser_become_single_newlines(visit: VisitDetails) -> None:
    assert replace(visit, welfare_note="첫 줄\r\n둘째\r셋째").welfare_note == "첫 줄\n둘째\n셋째"


@given(st.text(max_size=200))
def test_keeping_a_kept_text_changes_nothing(text: str) -> None:
    assert keep_text(keep_text(text)) == keep_text(text)


@pytest.mark.parametrize(
    ("seen", "named", "whose"),
    [({7}, None, 7), ({7}, 7, 7), ({7, 8}, 8, 8), ({7, 8}, None, None), (set(), None, None)],
)
def test_an_unnamed_reading_belongs_to_the_only_person_seen(
    visit: VisitDetails, seen: set[int], named: int | None, whose: int | None
) -> None:
    assert replace(visit, members_seen=frozenset(seen)).member_of(named) == whose
