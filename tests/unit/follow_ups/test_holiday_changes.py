"""What may be changed about days off, in which words it is refused, and what then holds."""

from __future__ import annotations

from datetime import date

import pytest
from app.core.errors import RuleBroken
from app.follow_ups.rules import HolidayKind
from app.follow_ups.rules.holiday_changes import (
    LONGEST_NAME,
    LONGEST_NOTE,
    DayChange,
    DayVerb,
    KnownDay,
    after_changes,
    refuse_unfit,
    refuse_unwritten,
    weekend_remark,
)
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 11, 23)
YEARS = range(2010, 2051)
FRIDAY, SATURDAY, CHRISTMAS = date(2026, 11, 27), date(2026, 11, 28), date(2026, 12, 25)
ADD, TAKE, UNDO = DayVerb.ADD, DayVerb.TAKE, DayVerb.UNDO

ordinary = KnownDay(FRIDAY)
added = KnownDay(FRIDAY, added_as="구민의 날", added_by="봉다온")
public = KnownDay(CHRISTMAS, "성탄절")
taken = KnownDay(CHRISTMAS, "성탄절", is_taken=True)
doubled = KnownDay(CHRISTMAS, "성탄절", added_as="창립일")
weekend_holiday = KnownDay(SATURDAY, "현충일")


def ask(verb: DayVerb, known: KnownDay) -> str:
    """The code of the refusal and its field, "" when it may be done."""
    change = DayChange(verb, known.on, "임시공휴일", HolidayKind.TEMPORARY, "까닭")
    try:
        refuse_unfit(change, known, today=TODAY, years=YEARS)
    except RuleBroken as broken:
        return f"{broken.code} {broken.field}"
    return ""


@pytest.mark.parametrize(
    ("verb", "known", "code"),
    [
        (ADD, ordinary, ""),
        (ADD, KnownDay(TODAY), ""),
        (ADD, KnownDay(SATURDAY), ""),
        (ADD, added, "ALREADY_ADDED"),
        (ADD, public, "ALREADY_PUBLIC"),
        (ADD, weekend_holiday, "ALREADY_PUBLIC"),
        (ADD, taken, "ALREADY_TAKEN"),
        (ADD, KnownDay(date(2026, 11, 20)), "PAST_DAY"),
        (ADD, KnownDay(date(2051, 1, 2)), "NO_HOLIDAY_YEAR"),
        (ADD, KnownDay(date(2009, 1, 2)), "NO_HOLIDAY_YEAR"),
        (TAKE, public, ""),
        (TAKE, ordinary, "NOT_A_HOLIDAY"),
        (TAKE, added, "NOT_A_HOLIDAY"),
        (TAKE, doubled, "NOT_A_HOLIDAY"),
        (TAKE, taken, "ALREADY_TAKEN"),
        (TAKE, weekend_holiday, "WEEKEND_STAYS_OFF"),
        (TAKE, KnownDay(date(2026, 10, 9), "한글날"), "PAST_DAY"),
        (UNDO, added, ""),
        (UNDO, taken, ""),
        (UNDO, doubled, ""),
        (UNDO, public, "NOTHING_TO_UNDO"),
        (UNDO, ordinary, "NOTHING_TO_UNDO"),
        (UNDO, KnownDay(date(2026, 11, 20), added_as="지난 날"), "PAST_DAY"),
    ],
)
def test_a_change_that_means_nothing_is_refused(verb: DayVerb, known: KnownDay, code: str) -> None:
    assert ask(verb, known) == (f"{code} on" if code else "")


@pytest.mark.parametrize(
    ("verb", "known", "words"),
    [
        (ADD, added, "11월 27일(금)은 이미 «구민의 날» 이름으로 추가되어 있습니다 (봉다온)."),
        (ADD, public, "12월 25일(금)은 이미 공휴일입니다: 성탄절"),
        (
            ADD,
            KnownDay(date(2026, 11, 20)),
            "11월 20일(금)은 지난 날입니다. 휴무일은 오늘부터 뒤의 날만 바꿀 수 있습니다.",
        ),
        (TAKE, weekend_holiday, "11월 28일(토)은 주말이라 공휴일에서 빼도 쉬는 날입니다."),
    ],
)
def test_the_refusal_says_why_in_plain_words(verb: DayVerb, known: KnownDay, words: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        refuse_unfit(DayChange(verb, known.on, "이름"), known, today=TODAY, years=YEARS)
    assert refused.value.text == words


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (DayChange(ADD, FRIDAY, "  "), "NAME_NEEDED", "name"),
        (DayChange(TAKE, CHRISTMAS, note=" "), "REASON_NEEDED", "note"),
        (DayChange(ADD, FRIDAY, "가" * (LONGEST_NAME + 1)), "WORDS_TOO_LONG", "name"),
        (DayChange(ADD, FRIDAY, "가", note="가" * (LONGEST_NOTE + 1)), "WORDS_TOO_LONG", "note"),
    ],
)
def test_words_that_are_read_later_must_be_there(change: DayChange, code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        refuse_unwritten(change)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("change", [DayChange(ADD, FRIDAY, "가" * LONGEST_NAME), DayChange(UNDO, FRIDAY)])
def test_what_says_enough_may_be_done(change: DayChange) -> None:
    refuse_unwritten(change)


def test_a_weekend_may_be_named_but_moves_nothing() -> None:
    assert weekend_remark(SATURDAY).startswith("토요일은 원래 쉬는 날이라")
    assert weekend_remark(FRIDAY) == ""


def test_what_holds_after_a_change_is_what_stood_before_and_the_change() -> None:
    known = [added, taken, KnownDay(date(2027, 1, 1), "신정")]
    assert after_changes(known, []) == ({FRIDAY: "구민의 날"}, {CHRISTMAS})
    more = [DayChange(ADD, SATURDAY, "행사"), DayChange(UNDO, CHRISTMAS), DayChange(TAKE, date(2027, 1, 1))]
    assert after_changes(known, more) == ({FRIDAY: "구민의 날", SATURDAY: "행사"}, {date(2027, 1, 1)})


days = st.dates(date(2026, 11, 23), date(2027, 12, 31)).map(KnownDay)


@given(st.lists(days, max_size=6, unique_by=lambda day: day.on), days, st.sampled_from([ADD, TAKE]))
def test_undoing_a_change_leaves_what_stood_before(known: list[KnownDay], on: KnownDay, verb: DayVerb) -> None:
    there = [day for day in known if day.on != on.on]
    changes = [DayChange(verb, on.on, "행사"), DayChange(UNDO, on.on)]
    assert after_changes(there, changes) == after_changes(there, [])
