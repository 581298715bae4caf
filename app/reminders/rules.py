"""When people are reminded, of what, and in which words. Pure.

Words for the inbox and for mails hold numbers of households at most, never a name or an address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.core.clock import korean_time
from app.core.working_days import WorkingDays
from app.follow_ups.rules import LongBreak, RuleKind
from app.follow_ups.rules.dues import Due
from app.households.rules import Risk

FIRST_HOUR, LAST_HOUR = time(7), time(19)
"""Whatever comes late is told within these hours of the day, or not at all."""
MOST_NUMBERS = 10
"""So many household numbers stand in a mail; the rest is counted."""
WEEKDAYS = "월화수목금토일"


class EscalationError(ValueError):
    """The table of escalation cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """After how many working days past its due the supervisor hears of something undone, by the household's risk."""

    version: str
    source: str
    patience: Mapping[Risk, int]

    def told_before(self, today: date, days: WorkingDays) -> dict[Risk, date]:
        """By risk, the day before which a due must lie for more working days than its patience to have passed.

        Days off pass unnoticed: a due of Friday is one working day late on Monday. Raises MissingHolidayYear.
        """
        return {risk: days.last_of(patience + 1, today) for risk, patience in self.patience.items()}


def escalation_from(text: str) -> Escalation:
    """The table out of a JSON document.

    Raises:
        EscalationError: it is no such document, or names not exactly every level of risk with 0 to 60 working days.
    """
    try:
        document = json.loads(text)
        patience = {Risk(level): days for level, days in document["working_days_past_due"].items()}
        version, source = str(document["version"]), str(document["source"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise EscalationError("escalation.json needs version, source and working_days_past_due by risk") from error
    if patience.keys() != set(Risk):
        raise EscalationError(f"escalation.json must name each of {', '.join(risk.value for risk in Risk)}")
    if any(type(days) is not int or not 0 <= days <= 60 for days in patience.values()):
        raise EscalationError("escalation.json: working days are whole numbers from 0 to 60")
    return Escalation(version, source, patience)


def overdue_since(due: Due) -> date | None:
    """The last day on which it was not overdue; None for what is not, as far as `Status.OVERDUE` goes."""
    if not due.is_overdue:
        return None
    return due.limit_on if due.kind is RuleKind.DEADLINE else due.due_on


def subject_of(term_id: int | None, household_id: int, due_on: date | None) -> str:
    """Names an overdue thing for good: the same due date of the same term is told once."""
    return f"overdue:{f'absence-{household_id}' if term_id is None else term_id}:{due_on}"


def overdue_text(number: str, due: Due, days: WorkingDays) -> str:
    """«가람-0127 집중관리군 방문 기한(11/18 수)이 근무일로 3일 지났습니다.»; "" for what is not overdue."""
    last_on = overdue_since(due)
    if last_on is None:
        return ""
    late = days.count_between(last_on + timedelta(days=1), due.today)
    return f"{number} {due.label} 기한({last_on.month}/{last_on.day} {WEEKDAYS[last_on.weekday()]})이 근무일로 {late}일 지났습니다."


def _day(on: date) -> str:
    return f"{on.month}/{on.day}({WEEKDAYS[on.weekday()]})"


def is_time_to_tell(now: datetime) -> bool:
    """Whether somebody may be told something now: not at night, whatever was late."""
    return FIRST_HOUR <= korean_time(now).time() < LAST_HOUR


def morning_subject(today: date) -> str:
    """Names a day's digest: told once a day."""
    return f"morning:{today}"


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday."""

    first_on: date

    @property
    def last_on(self) -> date:
        return self.first_on + timedelta(days=6)

    @property
    def subject(self) -> str:
        """Names the digest that looks back on it: told once."""
        return f"weekly:{self.first_on}"

    @property
    def words(self) -> str:
        """«11/16(월)~11/22(일)»."""
        return f"{_day(self.first_on)}~{_day(self.last_on)}"


def week_before(today: date) -> Week:
    """The last whole week before the one of `today`."""
    return Week(today - timedelta(days=today.weekday() + 7))


class Numbered(NamedTuple):
    """A household by its key and its number, without a name."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class Heap:
    """Households that stand together for one reason."""

    households: tuple[Numbered, ...] = ()

    def __len__(self) -> int:
        return len(self.households)

    @property
    def shown(self) -> tuple[Numbered, ...]:
        """Those whose numbers a mail names."""
        return self.households[:MOST_NUMBERS]

    @property
    def words(self) -> str:
        """«가람-0127, 가람-0131 외 3가구»."""
        rest = len(self) - len(self.shown)
        return ", ".join(each.number for each in self.shown) + (f" 외 {rest}가구" if rest else "")


@dataclass(frozen=True, slots=True)
class Morning:
    """What waits for one person this morning."""

    on: date
    decisions: Heap = field(default_factory=Heap)
    """Waiting for the supervisor's word."""
    overdue: Heap = field(default_factory=Heap)
    due: Heap = field(default_factory=Heap)
    """Due today. Both as 오늘 shows them."""
    steps: Heap = field(default_factory=Heap)
    """Of those two, what nobody opened to and something is to be done about by today."""
    planned: Heap = field(default_factory=Heap)
    """Visits that stand in the calendar."""
    coming: LongBreak | None = None
    before_break: int = 0
    """Households better seen before the long break `coming`."""

    @property
    def is_empty(self) -> bool:
        """Nothing waits: nobody is told that nothing is to be done."""
        return not (self.decisions or self.overdue or self.due or self.planned or self.before_break)

    @property
    def named_ids(self) -> list[int]:
        """Keys of the households whose numbers a mail names."""
        heaps = (self.decisions, self.overdue, self.due, self.steps, self.planned)
        return list(dict.fromkeys(each.id for heap in heaps for each in heap.shown))

    @property
    def text(self) -> str:
        """One line for the inbox."""
        return " · ".join(
            f"{word} {count}{unit}"
            for word, count, unit in (
                ("팀장 판단", len(self.decisions), "가구"),
                ("기한 지남", len(self.overdue), "가구"),
                ("오늘까지", len(self.due), "가구"),
                ("부재 뒤 할 일", len(self.steps), "가구"),
                ("예정된 방문", len(self.planned), "건"),
                ("연휴 전 방문 권장", self.before_break, "가구"),
            )
            if count
        )


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """One person in a week that is over, and what is overdue with them now."""

    account_id: int
    name: str
    role_label: str
    visits: int
    absences: int
    overdue: int | None
    """None for those who have no list of their own on 오늘."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """A centre's week, looked back on."""

    week: Week
    people: Sequence[PersonWeek]
    overdue: int
    """Households of the centre, now; the people's do not add up to it, because one household may wait for two."""
    unseen: int
    """Households nobody of which was met for more than ninety days."""
    decisions: int

    @property
    def visits(self) -> int:
        return sum(person.visits for person in self.people)

    @property
    def absences(self) -> int:
        return sum(person.absences for person in self.people)

    @property
    def is_empty(self) -> bool:
        """Nothing happened and nothing waits: a centre that has not begun."""
        return not (self.visits or self.absences or self.overdue or self.unseen or self.decisions)

    @property
    def text(self) -> str:
        """One line for the inbox."""
        return (
            f"{self.week.words} 방문 {self.visits}건, 부재 {self.absences}건 · 지금 기한 지남 {self.overdue}가구 · "
            f"90일 넘게 못 만남 {self.unseen}가구 · 팀장 판단 {self.decisions}가구"
        )
