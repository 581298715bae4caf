"""What a 시군구 may change about the days off of a year, and what it is told when it may not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.errors import RuleBroken
from app.core.labelled import Labelled
from app.core.working_days import SATURDAY, WEEKDAY_NAMES
from app.follow_ups.rules.vocabulary import HolidayKind

LONGEST_NAME, LONGEST_NOTE = 60, 200


class DayVerb(Labelled):
    """What is done with a day."""

    ADD = "ADD", "휴무일로 추가"
    TAKE = "TAKE", "근무하는 날로 바꾸기"
    UNDO = "UNDO", "되돌리기"


@dataclass(frozen=True, slots=True)
class DayChange:
    """One day that is added to the days off, taken from them, or put back as the public list has it."""

    verb: DayVerb
    on: date
    name: str = ""
    kind: HolidayKind | None = None
    """What an added day is."""
    note: str = ""
    """Where an added day is declared, or why a day is taken away."""


@dataclass(frozen=True, slots=True)
class KnownDay:
    """What is known of one date before it is changed."""

    on: date
    public_name: str | None = None
    """Its name in the public list; None when it is no public holiday."""
    added_as: str | None = None
    """The name under which the 시군구 added it."""
    added_by: str = ""
    is_taken: bool = False
    """The 시군구 works on it although it is a public holiday."""

    @property
    def is_changed(self) -> bool:
        """Whether the 시군구 has a word of its own about it."""
        return self.is_taken or self.added_as is not None


def spoken_day(on: date) -> str:
    """«10월 5일(월)»."""
    return f"{on.month}월 {on.day}일({WEEKDAY_NAMES[on.weekday()]})"


def is_weekend(on: date) -> bool:
    """Whether the day is a Saturday or a Sunday."""
    return on.weekday() >= SATURDAY


def weekend_remark(on: date) -> str:
    """Why adding this day changes no date; empty for a day from Monday to Friday."""
    if not is_weekend(on):
        return ""
    return f"{WEEKDAY_NAMES[on.weekday()]}요일은 원래 쉬는 날이라 기한이 바뀌지 않습니다. 이름만 남습니다."


def refuse_unfit(change: DayChange, known: KnownDay, *, today: date, years: range) -> None:
    """Say no to a change that means nothing or rewrites the past.

    Args:
        known: what stands about the date now.
        years: the years whose public holidays are known.

    Raises:
        RuleBroken: NO_HOLIDAY_YEAR, PAST_DAY, ALREADY_PUBLIC, ALREADY_ADDED, ALREADY_TAKEN, NOT_A_HOLIDAY,
            WEEKEND_STAYS_OFF or NOTHING_TO_UNDO, all about the field `on`.
    """
    if change.on.year not in years:
        raise _refusal("NO_HOLIDAY_YEAR", f"{change.on.year}년은 공휴일 자료가 없어 바꿀 수 없습니다.")
    if change.on < today:
        raise _refusal(
            "PAST_DAY", f"{spoken_day(change.on)}은 지난 날입니다. 휴무일은 오늘부터 뒤의 날만 바꿀 수 있습니다."
        )
    _CHECKS[change.verb](change, known)


def refuse_unwritten(change: DayChange) -> None:
    """Say no to a change without the words that those who read it later need.

    Raises:
        RuleBroken: NAME_NEEDED for an added day, REASON_NEEDED for one taken away, WORDS_TOO_LONG.
    """
    if change.verb is DayVerb.ADD and not change.name.strip():
        raise RuleBroken("NAME_NEEDED", "무슨 날인지 이름을 적어 주세요.", field="name")
    if change.verb is DayVerb.TAKE and not change.note.strip():
        raise RuleBroken("REASON_NEEDED", "왜 근무하는지 적어 주세요.", field="note")
    if len(change.name) > LONGEST_NAME or len(change.note) > LONGEST_NOTE:
        limits = f"이름은 {LONGEST_NAME}자, 비고는 {LONGEST_NOTE}자까지 적을 수 있습니다."
        raise RuleBroken("WORDS_TOO_LONG", limits, field="name" if len(change.name) > LONGEST_NAME else "note")


def _refuse_adding(change: DayChange, known: KnownDay) -> None:
    if known.is_taken:
        raise _refusal(
            "ALREADY_TAKEN",
            f"{spoken_day(change.on)}은 «근무하는 날»로 바꾸어 둔 공휴일입니다. 목록에서 되돌리면 다시 쉬는 날이 됩니다.",
        )
    if known.added_as is not None:
        raise _refusal("ALREADY_ADDED", _added_already(known))
    if known.public_name is not None:
        raise _refusal("ALREADY_PUBLIC", f"{spoken_day(change.on)}은 이미 공휴일입니다: {known.public_name}")


def _added_already(known: KnownDay) -> str:
    by = f" ({known.added_by})" if known.added_by else ""
    return f"{spoken_day(known.on)}은 이미 «{known.added_as}» 이름으로 추가되어 있습니다{by}."


def _refuse_taking(change: DayChange, known: KnownDay) -> None:
    if known.is_taken:
        raise _refusal("ALREADY_TAKEN", f"{spoken_day(change.on)}은 이미 «근무하는 날»입니다.")
    if known.added_as is not None:
        raise _refusal("NOT_A_HOLIDAY", "직접 추가한 날입니다. «되돌리기»로 없애 주세요.")
    if known.public_name is None:
        raise _refusal("NOT_A_HOLIDAY", f"{spoken_day(change.on)}은 공휴일이 아닙니다.")
    if is_weekend(change.on):
        raise _refusal("WEEKEND_STAYS_OFF", f"{spoken_day(change.on)}은 주말이라 공휴일에서 빼도 쉬는 날입니다.")


def _refuse_undoing(change: DayChange, known: KnownDay) -> None:
    if not known.is_changed:
        raise _refusal("NOTHING_TO_UNDO", f"{spoken_day(change.on)}에는 되돌릴 것이 없습니다. 이미 되돌린 날입니다.")


def _refusal(code: str, text: str) -> RuleBroken:
    return RuleBroken(code, text, field="on")


_CHECKS = {DayVerb.ADD: _refuse_adding, DayVerb.TAKE: _refuse_taking, DayVerb.UNDO: _refuse_undoing}


def after_changes(known: Iterable[KnownDay], changes: Iterable[DayChange]) -> tuple[dict[date, str], frozenset[date]]:
    """What the 시군구 adds to and takes from the public list once the changes are made: (added, taken)."""
    standing = list(known)
    added = {day.on: day.added_as for day in standing if day.added_as is not None}
    taken = {day.on for day in standing if day.is_taken}
    for change in changes:
        added.pop(change.on, None)
        taken.discard(change.on)
        if change.verb is DayVerb.ADD:
            added[change.on] = change.name
        elif change.verb is DayVerb.TAKE:
            taken.add(change.on)
    return added, frozenset(taken)
