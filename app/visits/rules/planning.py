"""A visit that somebody means to make: when, how long, by whom; what can be said for and against an hour.

An hour is warned about, never forbidden: the person who plans knows the alley and the phone call of this morning.
Only what makes no sense at all is refused: a day gone by, a household that is no longer looked after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from uuid import UUID

from app.core.labelled import Labelled
from app.core.working_days import WEEKDAY_NAMES
from app.follow_ups.rules import Profession, Purpose
from app.visits.rules.problems import Problem, refuse

OPENS, CLOSES = time(9), time(18)
"""Working hours of a centre (지방공무원 복무규정: 09:00–18:00)."""
LUNCH = (time(12), time(13))
SLOT_MINUTES = 30
USUAL_MINUTES = 30
LENGTHS = (20, 30, 45, 60, 90, 120)
"""Minutes a form offers."""
SHORTEST, LONGEST = 5, 480
TRAVEL_MINUTES = 10
"""From one door to the next; nothing when both doors are in the same building."""
FARTHEST_AHEAD = timedelta(days=366)
NOTE_LENGTH, REASON_LENGTH = 200, 200
TAKEN_BACK = "바로 되돌림"
"""Why a plan was cancelled that its maker took back at once; calendars do not show it."""
MOVED_BACK = "되돌림"


class PlanChange(Labelled):
    """Why a planned visit is moved or cancelled, as people say it on the telephone."""

    ASKED = "ASKED", "대상자 요청"
    STAFF = "STAFF", "직원 사정"
    WEATHER = "WEATHER", "날씨"
    OTHER = "OTHER", "기타"


@dataclass(frozen=True, slots=True)
class Slot:
    """When and by whom. `at` is None for «some time that day»; `minutes` is how long it is meant to take."""

    on: date
    at: time | None
    assignee_id: int
    companion_id: int | None = None
    minutes: int = USUAL_MINUTES
    companion_name: str = ""
    """Somebody without an account who goes along: police, 통장, another agency."""

    @property
    def people(self) -> frozenset[int]:
        """Everybody who goes."""
        return frozenset({self.assignee_id} | ({self.companion_id} if self.companion_id else set()))

    @property
    def key(self) -> tuple[date, time | None, int]:
        """What a move changes; the length of a visit and who goes along may change without one."""
        return self.on, self.at, self.assignee_id

    def by(self, assignee_id: int) -> Slot:
        """The same hour, gone to by somebody else."""
        companion = None if self.companion_id == assignee_id else self.companion_id
        return replace(self, assignee_id=assignee_id, companion_id=companion)


@dataclass(frozen=True, slots=True)
class PlanDetails:
    """A visit as it is planned. `planned_id` is made by the device."""

    planned_id: UUID
    slot: Slot
    purpose: Purpose
    note: str = ""


def slots() -> Iterator[time]:
    """The hours a visit may begin at: 09:00, 09:30 … 17:30."""
    return (as_time(minute) for minute in range(minutes_of(OPENS), minutes_of(CLOSES), SLOT_MINUTES))


def minutes_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def as_time(minutes: int) -> time:
    """The clock time so many minutes after midnight; the end of the day for what lies beyond it."""
    return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else time(23, 59)


def ends_at(at: time, minutes: int) -> time:
    """When a visit of that length is over, on the same day."""
    return as_time(minutes_of(at) + minutes)


def span_words(at: time | None, minutes: int) -> str:
    """«10:00~10:30», or «시간 미정»."""
    return f"{at:%H:%M}~{ends_at(at, minutes):%H:%M}" if at else "시간 미정"


def day_words(on: date) -> str:
    """«11/24(화)»."""
    return f"{on.month}/{on.day}({WEEKDAY_NAMES[on.weekday()]})"


def when_words(on: date, at: time | None) -> str:
    """«11/24(화) 10:00», or the day alone."""
    return f"{day_words(on)} {at:%H:%M}" if at else day_words(on)


def change_words(change: PlanChange, note: str = "") -> str:
    """«대상자 요청: 병원 가는 날»; where it is «기타» the words alone."""
    said = " ".join(note.split())
    if change is PlanChange.OTHER:
        return said
    return f"{change.label}: {said}" if said else change.label


def purpose_of(profession: Profession) -> Purpose:
    """What a visit of that profession is usually for."""
    return Purpose.NURSING if profession is Profession.NURSE else Purpose.WELFARE


def serves(purpose: Purpose, profession: Profession) -> bool:
    """Whether a visit for that purpose is one that this profession's due waits for."""
    if purpose is Purpose.CHECK_IN:
        return True
    return purpose_of(profession) in purpose.counts_as


def check_slot(slot: Slot, *, today: date, is_active: bool) -> tuple[Problem, ...]:
    """What makes no sense at all; nothing of it can be confirmed.

    Args:
        today: the Korean date; today itself may be planned, even an hour that has passed.
        is_active: whether the household is looked after.
    """
    found = []
    if not is_active:
        found.append(refuse("CLOSED", "slot", "종료한 가구에는 방문을 잡을 수 없습니다."))
    if slot.on < today:
        found.append(
            refuse("PAST_DAY", "slot", "지난 날에는 잡을 수 없습니다. 다녀온 방문은 방문 기록으로 남겨 주세요.")
        )
    if slot.on > today + FARTHEST_AHEAD:
        found.append(refuse("TOO_FAR", "slot", "1년 안의 날짜를 골라 주세요."))
    if not SHORTEST <= slot.minutes <= LONGEST:
        found.append(refuse("LENGTH", "minutes", f"걸리는 시간은 {SHORTEST}분에서 {LONGEST}분 사이로 골라 주세요."))
    if slot.companion_id == slot.assignee_id:
        found.append(refuse("SAME_PERSON", "companion_id", "가는 사람과 동행이 같습니다."))
    return tuple(found)


def check_change(change: PlanChange | None, note: str) -> tuple[Problem, ...]:
    """A move or a cancellation says why; «기타» says it in words."""
    if change is None:
        return (refuse("REASON_NEEDED", "change", "까닭을 골라 주세요."),)
    if change is PlanChange.OTHER and not note.strip():
        return (refuse("WORDS_NEEDED", "note", "무슨 일인지 적어 주세요."),)
    return ()
