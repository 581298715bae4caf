"""What came of the promises made at earlier visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.core.labelled import Labelled
from app.follow_ups.rules import ContactMode


class Told(Protocol):
    """A record as far as a promise needs it."""

    @property
    def occurred_on(self) -> date: ...
    @property
    def mode(self) -> ContactMode: ...
    @property
    def promised_on(self) -> date | None: ...
    @property
    def promise_note(self) -> str: ...


class Outcome(Labelled):
    KEPT = "KEPT", "지킴"
    LATE = "LATE", "늦게 지킴"
    OPEN = "OPEN", "남음"
    MISSED = "MISSED", "지남"


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """지난 약속: what was promised when, and what came of it by a day."""

    made_on: date
    on: date
    note: str
    outcome: Outcome
    met_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.met_on is None


def promises_of(records: Sequence[Told], *, today: date) -> list[PromiseMade]:
    """The promises of these records (newest first), newest first: every open one, and the newest that was met.

    As the due engine has it, a promise is met by the first face-to-face visit after the day it was made. A newer
    promise takes the place of an open one before it.
    """
    made = [_outcome(record, records, today) for record in records if record.promised_on is not None]
    newest_open = next((each for each in made if each.is_open), None)
    newest_met = next((each for each in made if not each.is_open), None)
    return [each for each in (newest_open, newest_met) if each is not None]


def _outcome(record: Told, records: Iterable[Told], today: date) -> PromiseMade:
    later = [
        each.occurred_on for each in records if each.mode is ContactMode.FACE and each.occurred_on > record.occurred_on
    ]
    met_on, on = min(later, default=None), record.promised_on or record.occurred_on
    if met_on is None:
        outcome = Outcome.OPEN if on >= today else Outcome.MISSED
    else:
        outcome = Outcome.KEPT if met_on <= on else Outcome.LATE
    return PromiseMade(record.occurred_on, on, record.promise_note, outcome, met_on)
