"""What the engine is given and what it answers, as frozen values."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from app.follow_ups.rules.vocabulary import ContactMode, Purpose, ReasonCode, RuleKind, Shift, Status

MemberId = int | str

DAYS_IN_EVERY_MONTH = 28
LEAD_DAYS = 7
QUOTA_LEAD_DAYS = 3


class TermIncomplete(ValueError):
    """A term lacks the date its rule's kind starts from; `field` names it."""

    def __init__(self, field_name: str) -> None:
        super().__init__(f"the term has no {field_name}")
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: either days or calendar months (at least 1 of one of them)."""

    days: int = 0
    months: int = 0

    def __post_init__(self) -> None:
        if min(self.days, self.months) != 0 or max(self.days, self.months) < 1:
            raise ValueError("a span has either days or months, at least 1")

    def after(self, day: date, times: int = 1) -> date:
        """`day` plus this span `times` over, in one step, so that clamped month ends do not creep."""
        if self.days:
            return day + timedelta(days=self.days * times)
        year, month = divmod(day.year * 12 + day.month - 1 + self.months * times, 12)
        if day.day <= DAYS_IN_EVERY_MONTH:
            return date(year, month + 1, day.day)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    @property
    def label(self) -> str:
        return f"{self.days}일" if self.days else f"{self.months}개월"


@dataclass(frozen=True, slots=True)
class Interval:
    """A contact every so often from the last one; the first within `first_within` (default `every`)."""

    every: Span
    first_within: Span | None = None
    kind: ClassVar[RuleKind] = RuleKind.INTERVAL


@dataclass(frozen=True, slots=True)
class Quota:
    """`count` contact days in each `period` from the term's start, or in the first one only."""

    count: int
    period: Span
    repeats: bool
    kind: ClassVar[RuleKind] = RuleKind.QUOTA

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a quota asks for at least 1")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A target in days from an event, and a hard limit if the source has one. `about`: it says «내외»."""

    target_days: int
    limit_days: int | None = None
    about: bool = False
    kind: ClassVar[RuleKind] = RuleKind.DEADLINE

    def __post_init__(self) -> None:
        if self.target_days < 0 or (self.limit_days is not None and self.limit_days < self.target_days):
            raise ValueError("a limit is not before its target, and neither before the event")


@dataclass(frozen=True, slots=True)
class Once:
    """A promised date. `after_days` is for whoever sets the term; the engine reads the term alone."""

    after_days: int | None = None
    kind: ClassVar[RuleKind] = RuleKind.ONCE


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """A contact within so many days of an event; never moved off a day off, because it is a crisis rule."""

    within_days: int
    kind: ClassVar[RuleKind] = RuleKind.AFTER_EVENT


Parameters = Interval | Quota | Deadline | Once | AfterEvent


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version of a rule. An empty `counts_modes` or `counts_purposes` means any."""

    code: str
    version: str
    parameters: Parameters
    counts_modes: frozenset[ContactMode] = frozenset()
    counts_purposes: frozenset[Purpose] = frozenset()
    shift: Shift = Shift.NONE
    lead_days: int | None = None
    name: str = ""
    kind: RuleKind = field(init=False, repr=False, compare=False)
    called: str = field(init=False, repr=False, compare=False)
    """The Korean name, or the code where no name was given."""
    lead: timedelta = field(init=False, repr=False, compare=False)
    """From the opening of the window to the due date."""
    modes: frozenset[ContactMode] = field(init=False, repr=False, compare=False)
    purposes: frozenset[Purpose] = field(init=False, repr=False, compare=False)
    """All that count: every mode for «any», JOINT beside NURSING and WELFARE."""

    def __post_init__(self) -> None:
        """Work out once what every answer needs: a rule is asked a hundred thousand times."""
        kind, wanted = self.parameters.kind, self.counts_purposes or frozenset(Purpose)
        usual = QUOTA_LEAD_DAYS if kind is RuleKind.QUOTA else LEAD_DAYS
        put = object.__setattr__
        put(self, "kind", kind)
        put(self, "called", self.name or self.code)
        put(self, "lead", timedelta(days=usual if self.lead_days is None else self.lead_days))
        put(self, "modes", self.counts_modes or frozenset(ContactMode))
        put(self, "purposes", frozenset(each for each in Purpose if each.counts_as & wanted))


class Term(NamedTuple):
    """관리 기준: a rule holds from `starts_on` to the end of `ends_on`, for a household or one `member`."""

    starts_on: date
    ends_on: date | None = None
    member: MemberId | None = None
    event_on: date | None = None
    closed_on: date | None = None
    promised_on: date | None = None
    made_on: date | None = None
    """When the promise was made; without it, `starts_on`."""


class Contact(NamedTuple):
    """접촉: on this Korean date somebody was reached, or was not. `members` are those who were."""

    occurred_on: date
    mode: ContactMode
    purpose: Purpose
    members: Collection[MemberId] = frozenset()


class Because(NamedTuple):
    """One line of the reason, in Korean, true on every day until the answer's `recompute_on`."""

    code: ReasonCode
    text: str


class MissedWindow(NamedTuple):
    """A quota's window that ended with fewer contact days than it asked for."""

    starts_on: date
    done: int
    needed: int


class DaySpan(NamedTuple):
    """The days from the first to the last, both included."""

    first_on: date
    last_on: date


class JudgedWindows(NamedTuple):
    """What older versions of a rule judged for good: the windows that had ended by `until`."""

    until: date
    missed: tuple[MissedWindow, ...]


NOTHING_JUDGED = JudgedWindows(date.min, ())


class DueAnswer(NamedTuple):
    """What is due, when and why. `due_on` and `window_start` are None when nothing is due any more.

    All but `status` stays true until `recompute_on` (None: for good), as long as nothing else changes;
    `status_on` gives the status of any day before it.
    """

    status: Status
    due_on: date | None
    window_start: date | None
    limit_on: date | None
    """Hard limit of a DEADLINE."""
    done: int | None
    needed: int | None
    """Contact days in the window and how many it asks for; QUOTA only."""
    missed: tuple[MissedWindow, ...]
    because: tuple[Because, ...]
    last_counted_on: date | None
    """Latest contact that satisfied the term."""
    recompute_on: date | None
    rests: DaySpan | None = None
    """The answer rests on which days of this span are worked; None when on none."""
