"""People and dues as papers say them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.core.text import format_phone
from app.follow_ups.rules import Due
from app.households.models import Household
from app.households.rules import age_on
from app.reports.rules import wording


def age_text(person: Any, today: date) -> str:
    """«85세», or nothing when neither day nor year of birth is known."""
    age = age_on(today, birth_on=person.birth_on, birth_year=person.birth_year)
    return "" if age is None else f"{age}세"


def birth_text(person: Any) -> str:
    """«1941. 3. 2.», «1941», or nothing."""
    return wording.day(person.birth_on) if person.birth_on else str(person.birth_year or "")


def first_phone(household: Household) -> str:
    """The number to call first: the household's, else the first member's."""
    numbers = (household.phone, *(member.phone for member in household.members))
    return format_phone(next((number for number in numbers if number), ""))


def because_text(due: Due) -> str:
    """All reasons of a due in one sentence, with what was promised; days as papers write them."""
    promise = f"{due.note}. " if due.note and due.kind.value == "ONCE" else ""
    return promise + wording.as_on_paper(" ".join(due.because))


def days_overdue(due: Due | None) -> int:
    """Days past the due date, 0 unless it has passed."""
    return max(0, -due.days_left) if due is not None and due.due_on else 0


def of_profession(dues: Iterable[Due], profession: str) -> Sequence[Due]:
    """The dues that one profession answers for."""
    return [due for due in dues if due.profession.value == profession]
