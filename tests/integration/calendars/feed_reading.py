"""A feed as a phone reads it, by a parser that did not write it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import vobject
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.browsing import Answer
from tests.factories.households import SPOUSE, add_household
from tests.factories.town import Town

VISITS = ("방문 예정", "방문함", "방문 취소")


def couple(session: Session, town: Town) -> Household:
    """김순자 and 박영수, looked after by 윤가람 and 민하준."""
    made = add_household(session, town.who(town.worker), SPOUSE)
    made.title, made.nurse_id, made.worker_id = "김순자 · 박영수", town.nurse.id, town.worker.id
    return made


def events_of(answer: Answer) -> list[Any]:
    """Every event of the answer, in its order."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(vobject.readOne(answer.get_data(as_text=True)).contents.get("vevent", []))


def visits_of(answer: Answer) -> list[Any]:
    """The planned visits among them."""
    return [event for event in events_of(answer) if event.summary.value.startswith(VISITS)]


def dues_of(answer: Answer) -> dict[date, str]:
    """What is said of the dues of each day."""
    return {event.dtstart.value: event.summary.value for event in events_of(answer) if "기한" in event.summary.value}


def later(clock: Any) -> None:
    """A calendar asks again, not at once."""
    clock.shift(timedelta(minutes=10))
