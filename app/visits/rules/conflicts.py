"""What speaks against an hour: each conflict one Korean sentence that a person may overrule, save how it is gone to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import combinations
from uuid import UUID

from app.core.working_days import WorkingDays
from app.households.rules import FlagRule
from app.safety.rules import Company, refusal_of
from app.visits.rules.planning import CLOSES, OPENS, TRAVEL_MINUTES, Slot, day_words, minutes_of, span_words
from app.visits.rules.problems import Problem, confirm, refuse


@dataclass(frozen=True, slots=True)
class Engagement:
    """A visit that stands in somebody's calendar."""

    planned_id: UUID | None
    household_id: int
    slot: Slot
    title: str
    """What the household is called."""
    place: str = ""
    """The building; two doors of one building need no way between them. Empty: unknown."""

    @property
    def span(self) -> tuple[int, int] | None:
        """From which minute of the day to which; None without an hour."""
        if self.slot.at is None:
            return None
        began = minutes_of(self.slot.at)
        return began, began + self.slot.minutes


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away from a day to a day, both included, and a colleague covers (대직)."""

    account_id: int
    name: str
    from_on: date
    until_on: date
    cover_id: int
    cover_name: str

    def holds(self, on: date) -> bool:
        """Whether that day is one of it."""
        return self.from_on <= on <= self.until_on

    @property
    def days_words(self) -> str:
        """«10/5~10/7», or «10/5»."""
        first, last = (f"{day.month}/{day.day}" for day in (self.from_on, self.until_on))
        return first if first == last else f"{first}~{last}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that an hour is held against."""

    working_days: WorkingDays
    engagements: Sequence[Engagement] = ()
    """Visits of the people concerned, and of the household."""
    leaves: Sequence[Leave] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    """Names of the people concerned, by account."""
    rule: FlagRule | None = None
    """How the household must be visited."""
    allowed: frozenset[tuple[int, date]] = frozenset()
    """Whom the supervisor lets go alone, on which day."""
    moment: tuple[date, time] | None = None
    """Today and the clock in Korea: an hour before it is warned about."""


def find_conflicts(wanted: Engagement, around: Surroundings) -> tuple[Problem, ...]:
    """What speaks against `wanted`, the most telling first; how the household must be visited is refused, not asked.

    A visit does not conflict with itself (`planned_id`).

    Raises MissingHolidayYear.
    """
    others = [each for each in around.engagements if wanted.planned_id is None or each.planned_id != wanted.planned_id]
    return (
        *_clashes(wanted, others, around.names),
        *_same_household(wanted, others, around.names),
        *_on_leave(wanted.slot, around.leaves),
        *_bad_day(wanted.slot, around.working_days),
        *_bad_hour(wanted.slot, around.moment),
        *_unsafe(wanted.slot, around),
    )


def gap_between(one: Engagement, other: Engagement) -> int | None:
    """Minutes between the end of the one and the beginning of the other; negative when they overlap.

    None when they are on different days, have no hour, or nobody goes to both.
    """
    if one.slot.on != other.slot.on or not one.slot.people & other.slot.people:
        return None
    first, second = one.span, other.span
    if first is None or second is None:
        return None
    return max(second[0] - first[1], first[0] - second[1])


def way_between(one: Engagement, other: Engagement) -> int:
    """Minutes needed from the one door to the other."""
    return 0 if one.place and one.place == other.place else TRAVEL_MINUTES


def find_clashes(engagements: Iterable[Engagement]) -> list[tuple[Engagement, Engagement]]:
    """Pairs in which somebody would have to be at two doors at once."""
    return [pair for pair in combinations(engagements, 2) if (gap := gap_between(*pair)) is not None and gap < 0]


def _clashes(wanted: Engagement, others: Iterable[Engagement], names: Mapping[int, str]) -> Iterator[Problem]:
    for other in others:
        gap = gap_between(wanted, other)
        if gap is None or other.household_id == wanted.household_id:
            continue
        who = _shared_companion(wanted, other, names)
        what = f"{who}{span_words(other.slot.at, other.slot.minutes)} {other.title} 방문"
        value = f"{wanted.slot.on} {wanted.slot.at} {other.planned_id}"
        if gap < 0:
            yield confirm("OVERLAP", "slot", f"{what}과 겹칩니다.", value=value)
        elif gap < way_between(wanted, other):
            yield confirm("TIGHT", "slot", f"{what}과 이어져 이동할 시간({TRAVEL_MINUTES}분)이 없습니다.", value=value)


def _shared_companion(wanted: Engagement, other: Engagement, names: Mapping[int, str]) -> str:
    """«동행 서다솜: » where it is the second person who cannot be at two doors."""
    if wanted.slot.assignee_id in other.slot.people or wanted.slot.companion_id is None:
        return ""
    return f"동행 {names.get(wanted.slot.companion_id, '')}: "


def _same_household(wanted: Engagement, others: Iterable[Engagement], names: Mapping[int, str]) -> Iterator[Problem]:
    for other in others:
        if other.household_id == wanted.household_id and other.slot.on == wanted.slot.on:
            who = names.get(other.slot.assignee_id, "")
            hour = f" {other.slot.at:%H:%M}" if other.slot.at else ""
            said = f"같은 날{hour}에 이 가구 방문이 이미 잡혀 있습니다" + (f" ({who})." if who else ".")
            yield confirm("TWICE", "slot", said, value=f"{wanted.slot.on} {other.planned_id}")


def _on_leave(slot: Slot, leaves: Iterable[Leave]) -> Iterator[Problem]:
    for leave in leaves:
        if leave.account_id in slot.people and leave.holds(slot.on):
            said = f"{leave.name} 님은 {leave.days_words} 자리를 비웁니다 (대직 {leave.cover_name})."
            yield confirm("ON_LEAVE", "slot", said, value=f"{slot.on} {leave.account_id}")


def _bad_day(slot: Slot, days: WorkingDays) -> Iterator[Problem]:
    why = days.reason(slot.on)
    if why is not None:
        yield confirm("DAY_OFF", "slot", f"{day_words(slot.on)}은 쉬는 날입니다: {why}.", value=slot.on)


def _bad_hour(slot: Slot, moment: tuple[date, time] | None) -> Iterator[Problem]:
    if slot.at is None:
        return
    if slot.at < OPENS or minutes_of(slot.at) + slot.minutes > minutes_of(CLOSES):
        said = f"근무 시간({OPENS:%H:%M}~{CLOSES:%H:%M}) 밖입니다: {span_words(slot.at, slot.minutes)}."
        yield confirm("OUTSIDE_HOURS", "slot", said, value=f"{slot.at} {slot.minutes}")
    if moment is not None and (slot.on, slot.at) < moment:
        yield confirm("HOUR_GONE", "slot", f"오늘 {slot.at:%H:%M}, 이미 지난 시각입니다.", value=f"{slot.on} {slot.at}")


def _unsafe(slot: Slot, around: Surroundings) -> Iterator[Problem]:
    company = Company(slot.companion_id, slot.companion_name)
    refusal = refusal_of(around.rule, company, is_allowed=(slot.assignee_id, slot.on) in around.allowed)
    if refusal is not None:
        yield refuse(refusal.code, _PLACES.get(refusal.code, "slot"), refusal.text)


_PLACES = {"ALONE": "companion_id", "POLICE": "companion_name"}
