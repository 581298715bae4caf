"""Deals out how things stand today: most in time, some due today or this week, a few overdue, a few not met twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from .care import Lane
from .dice import shuffled, stream
from .rhythms import RHYTHMS, Standing

_HANDS = {
    "garam.nurse1": ((Standing.OVERDUE, 2), (Standing.TODAY, 2), (Standing.THIS_WEEK, 8)),
    "narae.worker2": ((Standing.OVERDUE, 2), (Standing.TODAY, 1), (Standing.THIS_WEEK, 4)),
    "narae.worker1": ((Standing.OVERDUE, 2), (Standing.TODAY, 1), (Standing.THIS_WEEK, 4)),
}
"""The main nurse's hand leaves room for the featured households, which bring their own standing."""
_OTHER_HAND = ((Standing.OVERDUE, 1), (Standing.TODAY, 1), (Standing.THIS_WEEK, 4))
_MAIN_NURSE = "garam.nurse1"
_VAIN_TRIES = {"garam.nurse1": (2, 1), "narae.nurse1": (1,), "narae.worker1": (2,), "garam.worker2": (2, 1),
    "dasom.nurse1": (2,), "dasom.worker1": (1,)}  # fmt: skip


class Dealer:
    """Deals to one assignee after another. Only one lane of a household stands out."""

    def __init__(self, lanes: Sequence[Lane], holders: Mapping[tuple[str, str], str], today: date) -> None:
        self.lanes, self.holders, self.today = lanes, holders, today
        both = Counter(lane.household for lane in lanes)
        self.shared = {household for household, count in both.items() if count > 1}

    def deal(self, seed: int, fixed: Collection[str], can_fall_today: Callable[[str], bool]) -> list[Lane]:
        """The lanes with their standing; `fixed` households keep the one they have."""
        busy = set(fixed)
        dealt = {(lane.household, lane.duty): lane for lane in self.lanes}
        for login in sorted(set(self.holders.values()), key=lambda name: ("nurse" not in name, name)):
            mine = [lane for lane in dealt.values() if lane.is_open and self._holder(lane) == login]
            order = shuffled(stream(seed, "standings", login), [lane for lane in mine if lane.household not in busy])
            order.sort(key=self._is_main_nurses)
            for lane in self._hand(login, order, can_fall_today):
                dealt[lane.household, lane.duty] = lane
                busy.add(lane.household)
        return list(dealt.values())

    def _holder(self, lane: Lane) -> str:
        return self.holders.get((lane.household, lane.duty), "")

    def _is_main_nurses(self, lane: Lane) -> bool:
        """Their households come last for a welfare standing, so that the nurse's day stays a day's work."""
        return lane.duty == "WORKER" and self.holders.get((lane.household, "NURSE")) == _MAIN_NURSE

    def _hand(self, login: str, free: list[Lane], can_fall_today: Callable[[str], bool]) -> list[Lane]:
        """The lanes of one person that are not simply «later», overdue ones first."""
        tries = list(_VAIN_TRIES.get(login, ()))
        given = []
        for standing, count in _HANDS.get(login, _OTHER_HAND):
            for _ in range(count):
                lane = next((one for one in free if self._suits(one, standing, can_fall_today)), None)
                if lane is None:
                    break
                free.remove(lane)
                absences = tries.pop(0) if tries and self._may_be_absent(lane, standing) else 0
                given.append(replace(lane, standing=standing, absences=absences))
        return given

    def _may_be_absent(self, lane: Lane, standing: Standing) -> bool:
        return standing is not Standing.TODAY and lane.household not in self.shared

    def _suits(self, lane: Lane, standing: Standing, can_fall_today: Callable[[str], bool]) -> bool:
        """Whether this lane can stand so: old enough, and not soothed by the other profession's visits."""
        if lane.rule == "AFTERCARE" or not self._is_old_enough(lane):
            return False
        if standing is Standing.TODAY and not can_fall_today(lane.rule):
            return False
        if standing is Standing.THIS_WEEK:
            return True
        return lane.household not in self.shared or not lane.rule.startswith("ISOLATION")

    def _is_old_enough(self, lane: Lane) -> bool:
        return (self.today - lane.stretches[0].starts_on).days > RHYTHMS[lane.rule].step_days + 20
