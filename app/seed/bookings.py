"""Gives every occasion its people and its hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from .chronicle import Booking
from .clock import Diary
from .dice import happens, stream
from .flags import rule_on
from .occasions import Occasion
from .portraits import Portrait
from .shapes import FlagPlan
from .staffing import Rota, logins

_AT_THE_DOOR = ("FACE", "ABSENT")
_WENT_TOGETHER = {"PAIR": 0.9, "POLICE": 1.0}


class Bookings:
    """Books all occasions of the district, day by day."""

    def __init__(self, seed: int, rota: Rota, flags: Mapping[str, Sequence[FlagPlan]]) -> None:
        self.seed, self.rota, self.flags = seed, rota, flags
        self._diary = Diary()

    def book(
        self, portraits: Mapping[str, Portrait], occasions: Mapping[str, Sequence[Occasion]]
    ) -> dict[str, list[Booking]]:
        """For every household its bookings in the order in which they happened."""
        booked: dict[str, list[Booking]] = {key: [] for key in occasions}
        everything = [o for of_one in occasions.values() for o in of_one]
        for occasion in sorted(everything, key=_longest_first):
            of_one = booked[occasion.household]
            same_day = of_one and of_one[-1].occasion.on == occasion.on
            earliest = of_one[-1].ended_at if same_day else None
            of_one.append(self._book(occasion, portraits[occasion.household], earliest))
        return {key: sorted(bookings, key=lambda one: one.began_at) for key, bookings in booked.items()}

    def _book(self, occasion: Occasion, portrait: Portrait, earliest: datetime | None) -> Booking:
        """One booking; what follows a vain try of the same day does so after `earliest`."""
        by = self.rota.on_duty(occasion.household, occasion.duty, occasion.on)
        rule = rule_on(self.flags.get(occasion.household, ()), occasion.on)
        companion = self._companion(occasion, portrait, by, rule)
        people = (by, companion) if companion else (by,)
        rng = stream(self.seed, "hour", occasion.household, occasion.on, occasion.mode)
        began_at, ended_at = self._diary.book(rng, people, occasion.on, occasion.mode, earliest)
        return Booking(occasion, by, companion, began_at, ended_at, rule)

    def _companion(self, occasion: Occasion, portrait: Portrait, by: str, rule: str) -> str | None:
        """The second person: the other profession on a joint visit, a colleague where two must go."""
        if occasion.purpose == "JOINT":
            return self.rota.on_duty(occasion.household, "WORKER", occasion.on)
        if occasion.mode not in _AT_THE_DOOR or rule not in _WENT_TOGETHER:
            return None
        rng = stream(self.seed, "companion", occasion.household, occasion.on)
        colleagues = [login for login in logins(portrait.centre, "WORKER") if login != by]
        return rng.choice(colleagues) if happens(rng, _WENT_TOGETHER[rule]) else None


def _longest_first(occasion: Occasion) -> tuple[date, bool, bool, str]:
    """Of one day the visits of two people first, then those of one; calls find room between them."""
    at_the_door = occasion.mode in _AT_THE_DOOR
    return occasion.on, occasion.purpose != "JOINT", not at_the_door, occasion.household
