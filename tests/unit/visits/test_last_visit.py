"""What became of the promises of earlier visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from app.follow_ups.rules import ContactMode
from app.visits.rules import Outcome, promises_of

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Told:
    occurred_on: date
    mode: ContactMode = ContactMode.FACE
    promised_on: date | None = None
    promise_note: str = ""


def nov(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("records", "said"),
    [
        pytest.param([], [], id="no record"),
        pytest.param([Told(nov(2))], [], id="nothing promised"),
        pytest.param([Told(nov(2), promised_on=nov(23))], [(nov(23), Outcome.OPEN, None)], id="promised for today"),
        pytest.param([Told(nov(2), promised_on=nov(20))], [(nov(20), Outcome.MISSED, None)], id="past, nobody came"),
        pytest.param(
            [Told(nov(12), ContactMode.ABSENT), Told(nov(2), promised_on=nov(20))],
            [(nov(20), Outcome.MISSED, None)],
            id="a door that stayed shut keeps no promise",
        ),
        pytest.param(
            [Told(nov(12), ContactMode.CALL), Told(nov(2), promised_on=nov(27))],
            [(nov(27), Outcome.OPEN, None)],
            id="nor does a call",
        ),
        pytest.param(
            [Told(nov(11)), Told(nov(2), promised_on=nov(11))], [(nov(11), Outcome.KEPT, nov(11))], id="kept on the day"
        ),
        pytest.param(
            [Told(nov(14)), Told(nov(2), promised_on=nov(11))], [(nov(11), Outcome.LATE, nov(14))], id="kept late"
        ),
        pytest.param(
            [Told(nov(14), promised_on=nov(30)), Told(nov(2), promised_on=nov(14))],
            [(nov(30), Outcome.OPEN, None), (nov(14), Outcome.KEPT, nov(14))],
            id="an open one above the last that was kept",
        ),
        pytest.param(
            [Told(nov(2), promised_on=nov(30)), Told(nov(2), promised_on=nov(25))],
            [(nov(30), Outcome.OPEN, None)],
            id="a newer promise takes the place of an open one",
        ),
    ],
)
def test_what_came_of_a_promise(records: list[Told], said: list[tuple[date, Outcome, date | None]]) -> None:
    assert [(each.on, each.outcome, each.met_on) for each in promises_of(records, today=TODAY)] == said
