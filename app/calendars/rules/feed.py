"""What a calendar feed may say, and to whom. Pure.

Whoever holds the address reads the feed, and a phone's calendar hands it on to others (a watch, a car, a colleague
who looks over the shoulder). So it tells that somebody goes somewhere at an hour: initials and the centre, never a
name, an address, a telephone number or a purpose, which would tell of health.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.core.text import choseong, normalise
from app.households.rules import NAME_UNKNOWN
from app.visits.rules import PlannedState

DAYS_BACK, DAYS_AHEAD = 30, 90
TOKEN_BYTES = 32
MOST_FEEDS = 5
"""Devices of one person; who needs a further one takes away one that is no longer used."""
LONGEST_DEVICE = 40
SOONEST_AGAIN = timedelta(seconds=5)
"""A calendar that asks again sooner is told to wait."""
MISSES_A_MINUTE = 30
"""Addresses that lead nowhere, asked for from one place, before that place is told to wait."""

_NAMESPACE = UUID("4d5f3c0a-6f0e-5d0b-9c3c-2a7e5f1b8d64")
_HANGUL = re.compile("[가-힣]+")
_PEOPLE_SHOWN = 2
_STATE_WORDS = {PlannedState.PLANNED: "방문 예정", PlannedState.KEPT: "방문함", PlannedState.CANCELLED: "방문 취소"}


@dataclass(frozen=True, slots=True)
class Window:
    """The days a feed shows, both included."""

    first_on: date
    last_on: date

    def holds(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class FeedVisit:
    """A planned visit as the feed tells it."""

    planned_id: UUID
    on: date
    at: time | None
    """Hour in Korea; None for «some time that day»."""
    minutes: int
    initials: str
    centre_name: str
    state: PlannedState
    version: int
    """1 as it was planned; every change counts one on."""
    changed_at: datetime
    """When it was planned, or last moved, cancelled or kept."""
    is_covered: bool
    """Done for a colleague who is on leave."""

    @property
    def summary(self) -> str:
        """«방문 예정 ㄱㅅㅈ · 가람동 행정복지센터»."""
        words = _STATE_WORDS[self.state] + (" (대직)" if self.is_covered else "")
        return f"{words} {self.initials} · {self.centre_name}"


@dataclass(frozen=True, slots=True)
class FeedDay:
    """Something that lasts a whole day: the dues of that day, or a holiday."""

    key: str
    on: date
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Everything one person's feed tells, in the order of the days."""

    centre_name: str
    visits: tuple[FeedVisit, ...]
    due_days: tuple[FeedDay, ...]
    holidays: tuple[FeedDay, ...]

    @property
    def tag(self) -> str:
        """The same for the same content, so that a calendar need not fetch it twice."""
        return hashlib.sha256(repr((self.centre_name, self.visits, self.due_days, self.holidays)).encode()).hexdigest()[
            :32
        ]


def window_of(today: date) -> Window:
    """Thirty days back and ninety ahead."""
    return Window(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))


def may_be_read(owner: Identity, *, is_disabled: bool) -> bool:
    """Whether a feed still answers: its owner may sign in, and holds a role that keeps a feed."""
    return not is_disabled and bool(owner.centre_ids) and can(owner, Permission.KEEP_FEED)


def initials_of(title: str) -> str:
    """Who is visited, without a name: «김순자 · 박영수» gives «ㄱㅅㅈ·ㅂㅇㅅ», «Nguyen Hoa» gives «NH».

    Of what is not written in Hangul only the first letter of each word is left. At most two people are told.
    """
    if normalise(title) == NAME_UNKNOWN:
        return NAME_UNKNOWN
    people = [initials for part in title.split("·") if (initials := "".join(map(_initial, normalise(part).split())))]
    more = f" 외 {len(people) - _PEOPLE_SHOWN}" if len(people) > _PEOPLE_SHOWN else ""
    return "·".join(people[:_PEOPLE_SHOWN]) + more or NAME_UNKNOWN


def _initial(word: str) -> str:
    syllables = "".join(_HANGUL.findall(word))
    letters = [letter for letter in word if letter.isalpha()]
    return choseong(syllables) if syllables else letters[0].upper()[:1] if letters else ""


def due_days(dues_on: Iterable[tuple[date, int]], *, account_id: int, today: date) -> tuple[FeedDay, ...]:
    """One entry for each day on which something is due (day, household), with the number of households alone."""
    by_day: dict[date, set[int]] = {}
    for day, household_id in dues_on:
        by_day.setdefault(day, set()).add(household_id)
    return tuple(
        FeedDay(f"due-{account_id}-{day.isoformat()}", day, _due_summary(len(found), is_past=day < today))
        for day, found in sorted(by_day.items())
    )


def _due_summary(households: int, *, is_past: bool) -> str:
    return f"{'지난 방문 기한' if is_past else '방문 기한'} {households}가구"


def holidays_in(window: Window, holidays: Mapping[date, str]) -> tuple[FeedDay, ...]:
    """The named days off of a window."""
    return tuple(
        FeedDay(f"holiday-{day.isoformat()}", day, name) for day, name in sorted(holidays.items()) if window.holds(day)
    )


def uid_of(key: str) -> str:
    """The name by which a calendar knows an entry again, whoever's feed it stands in; it tells nothing by itself."""
    return f"{uuid5(_NAMESPACE, key)}@outreach"
