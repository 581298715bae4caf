"""What a calendar feed may say, read back by a parser that did not write it."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import vobject
from app.access.identity import Identity
from app.access.permissions import Role
from app.calendars.rules.feed import (
    Feed,
    FeedDay,
    FeedVisit,
    due_days,
    holidays_in,
    initials_of,
    may_be_read,
    uid_of,
    window_of,
)
from app.calendars.rules.feed_limits import MissCounter
from app.calendars.service.feed_document import draw_feed
from app.core.clock import KOREA
from app.core.holidays import public_holidays
from app.core.text import normalise
from app.core.text.characters import INITIALS
from app.visits.rules import PlannedState
from app.web.logs import JsonLines
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import NOW, TODAY, day

TOKEN = "q3Zk9Xw1-aB_cD2eF3gH4iJ5kL6mN7oP8qR9sT0uVwX"


def visit(**changes: Any) -> FeedVisit:
    """김순자, tomorrow at half past ten for 45 minutes, just planned."""
    plain: dict[str, Any] = {
        "planned_id": UUID(int=7), "on": day(1), "at": time(10, 30), "minutes": 45, "initials": "ㄱㅅㅈ",
        "centre_name": "가람동 행정복지센터", "state": PlannedState.PLANNED, "version": 1, "changed_at": NOW,
        "is_covered": False,
    }  # fmt: skip
    return FeedVisit(**{**plain, **changes})


def feed(*visits: FeedVisit, due: tuple[FeedDay, ...] = (), holidays: tuple[FeedDay, ...] = ()) -> Feed:
    return Feed("가람동 행정복지센터", visits, due, holidays)


def parsed(made: Feed, *, now: datetime = NOW) -> Any:
    return vobject.readOne(draw_feed(made, now=now).decode())


def events(made: Feed) -> list[Any]:
    return list(parsed(made).contents.get("vevent", []))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("김순자", "ㄱㅅㅈ"),
        ("김순자 · 박영수", "ㄱㅅㅈ·ㅂㅇㅅ"),
        ("남궁현", "ㄴㄱㅎ"),
        ("김순자 · 박영수 · 김하나", "ㄱㅅㅈ·ㅂㅇㅅ 외 1"),
        ("Nguyen Thi Hoa", "NTH"),
        ("김 Anna", "ㄱA"),
        ("김Anna", "ㄱ"),
        ("李順子", "李"),
        ("이름 모름", "이름 모름"),
        ("", "이름 모름"),
        ("1234", "이름 모름"),
        ("010-2646-2265", "이름 모름"),
        ("김순자 010-2646-2265", "ㄱㅅㅈ"),
        ("\u1100\u1175\u11b7\u110c\u1175", "ㄱㅈ"),  # 김지, as a Mac writes it
    ],
)
def test_a_household_is_told_by_initials_alone(title: str, expected: str) -> None:
    assert initials_of(title) == expected


@given(st.text(max_size=30))
def test_of_no_word_more_than_its_initials_is_told(title: str) -> None:
    told = initials_of(title)
    if told == "이름 모름":
        return
    told = re.sub(r" 외 \d+$", "", told)
    assert not any("가" <= letter <= "힣" for letter in told)
    letters = [letter for letter in told if letter.isalpha() and letter not in INITIALS]
    assert len(letters) <= len(normalise(title.replace("·", " ")).split())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "방문 예정 ㄱㅅㅈ · 가람동 행정복지센터"),
        ({"state": PlannedState.KEPT}, "방문함 ㄱㅅㅈ · 가람동 행정복지센터"),
        ({"state": PlannedState.CANCELLED}, "방문 취소 ㄱㅅㅈ · 가람동 행정복지센터"),
        ({"is_covered": True}, "방문 예정 (대직) ㄱㅅㅈ · 가람동 행정복지센터"),
    ],
)
def test_what_a_visit_is_called(changes: dict[str, Any], expected: str) -> None:
    assert visit(**changes).summary == expected


def test_a_timed_visit_stands_at_its_hour_in_korea() -> None:
    (event,) = events(feed(visit()))
    assert event.dtstart.value == datetime(2026, 11, 24, 10, 30, tzinfo=KOREA)
    assert event.dtstart.value.utcoffset() == timedelta(hours=9)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=45)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Seoul"]
    assert (event.status.value, event.transp.value, event.sequence.value) == ("CONFIRMED", "OPAQUE", "0")


def test_the_zone_is_in_the_file_and_is_nine_hours_ahead_all_the_year() -> None:
    zone = parsed(feed(visit())).vtimezone
    text = draw_feed(feed(visit()), now=NOW).decode()
    assert zone.tzid.value == "Asia/Seoul"
    assert text.count("TZOFFSETTO:+0900") == 1
    assert "DAYLIGHT" not in text


def test_a_visit_without_an_hour_lasts_the_whole_day() -> None:
    (event,) = events(feed(visit(at=None)))
    assert (event.dtstart.value, event.dtend.value) == (day(1), day(2))


def test_a_cancelled_visit_stays_and_says_so() -> None:
    (event,) = events(feed(visit(state=PlannedState.CANCELLED, version=2)))
    assert (event.status.value, event.transp.value, event.sequence.value) == ("CANCELLED", "TRANSPARENT", "1")


def test_a_moved_visit_keeps_its_name_and_counts_on() -> None:
    (before,) = events(feed(visit()))
    later = NOW + timedelta(hours=3)
    (after,) = events(feed(visit(on=day(2), version=2, changed_at=later)))
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.last_modified.value > before.last_modified.value
    assert after.last_modified.value == later


def test_dues_are_one_event_a_day_with_a_number_alone() -> None:
    days = due_days([(day(2), 7), (day(2), 8), (day(2), 7), (day(-1), 9)], account_id=3, today=TODAY)
    past, coming = events(feed(due=days))
    assert (past.summary.value, past.dtstart.value) == ("지난 방문 기한 1가구", day(-1))
    assert (coming.summary.value, coming.dtstart.value, coming.dtend.value) == ("방문 기한 2가구", day(2), day(3))
    assert coming.transp.value == "TRANSPARENT"


def test_holidays_are_named_and_keep_nobody_busy() -> None:
    found = holidays_in(window_of(date(2026, 9, 1)), public_holidays([2026]))
    told = {event.dtstart.value: (event.summary.value, event.transp.value) for event in events(feed(holidays=found))}
    assert told[date(2026, 9, 25)] == ("추석 연휴", "TRANSPARENT")
    assert told[date(2026, 10, 3)] == ("개천절", "TRANSPARENT")
    assert date(2026, 12, 25) not in told  # more than ninety days ahead


def test_every_entry_has_a_name_of_its_own_that_tells_nothing() -> None:
    days = due_days([(day(1), 7), (day(2), 8)], account_id=3, today=TODAY)
    made = feed(
        visit(), visit(planned_id=UUID(int=8)), due=days, holidays=(FeedDay("holiday-2026-11-24", day(1), "휴일"),)
    )
    names = [event.uid.value for event in events(made)]
    assert len(set(names)) == 5
    assert all(name.endswith("@outreach") and "due" not in name and "2026" not in name for name in names)
    assert uid_of("x") == uid_of("x") != uid_of("y")


def test_no_line_is_longer_than_calendars_read() -> None:
    made = feed(visit(centre_name="아주아주아주긴이름을가진가람나래다솜라온마루바른사랑동 행정복지센터"))
    lines = draw_feed(made, now=NOW).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert events(made)[0].summary.value.endswith("바른사랑동 행정복지센터")


@pytest.mark.parametrize(
    "centre_name", ["가람동; 1,2\\n", "가람동\nATTENDEE:mailto:x@example.org", "가람동\r\nEND:VCALENDAR"]
)
def test_a_name_cannot_break_out_of_its_line(centre_name: str) -> None:
    made = feed(visit(centre_name=centre_name))
    text = draw_feed(made, now=NOW).decode()
    (event,) = events(made)
    assert "attendee" not in event.contents
    assert text.count("END:VCALENDAR") == 1 + text.count("\\nEND:VCALENDAR")


def test_the_tag_changes_with_what_is_told_and_with_nothing_else() -> None:
    tags = {
        made.tag
        for made in (
            feed(visit()),
            feed(visit()),
            feed(visit(version=2)),
            feed(visit(), due=(FeedDay("a", TODAY, "b"),)),
        )
    }
    assert len(tags) == 3


@pytest.mark.parametrize(
    ("role", "centres", "is_disabled", "expected"),
    [
        (Role.NURSE, {1}, False, True),
        (Role.WORKER, {1}, False, True),
        (Role.SUPERVISOR, {1}, False, True),
        (Role.NURSE, {1}, True, False),
        (Role.NURSE, set(), False, False),
        (Role.DISTRICT, {1, 2}, False, False),
        (Role.PRIVACY, {1}, False, False),
        (Role.ADMIN, set(), False, False),
    ],
)
def test_whose_feed_answers(role: Role, centres: set[int], is_disabled: bool, expected: bool) -> None:
    owner = Identity(5, "윤가람", role, 1, "가람동", 1, frozenset(centres))
    assert may_be_read(owner, is_disabled=is_disabled) is expected


def test_whoever_asks_for_many_addresses_that_lead_nowhere_waits_for_the_next_minute() -> None:
    misses, later = MissCounter(3), NOW + timedelta(minutes=1)
    for _ in range(3):
        assert not misses.is_full("10.0.0.1", NOW)
        misses.note("10.0.0.1", NOW)
    assert misses.is_full("10.0.0.1", NOW)
    assert not misses.is_full("10.0.0.2", NOW)
    assert not misses.is_full("10.0.0.1", later)


@pytest.fixture
def line() -> Any:
    """A log line as the product writes it."""
    return lambda text, *values: json.loads(
        JsonLines().format(logging.LogRecord("waitress", logging.ERROR, "", 1, text, values, None))
    )["text"]


@pytest.mark.parametrize(
    "text",
    [
        f"Exception while serving /calendar/feed/{TOKEN}.ics",
        f'"GET /calendar/feed/{TOKEN}.ics HTTP/1.1" 200',
        f"https://outreach.example/calendar/feed/{TOKEN}.ics?x=1",
    ],
)
def test_no_log_line_opens_a_calendar(line: Any, text: str) -> None:
    assert TOKEN not in line(text)
    assert TOKEN not in line("%s", text)
    assert "/calendar/feed/…" in line(text)


def test_other_paths_stay_as_they_are_in_the_log(line: Any) -> None:
    assert line("serving /calendar/feeds and /today") == "serving /calendar/feeds and /today"
    assert NOW.tzinfo is UTC
