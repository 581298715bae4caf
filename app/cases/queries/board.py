"""Put the cases of the scope on a board, each with its clocks."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.queries.cases import list_board
from app.cases.queries.clocks import dues_of_cases
from app.cases.rules import Card
from app.follow_ups.rules.dues import Due


def cards_of(session: Session, who: Identity, *, today: date) -> list[Card]:
    """A card for every case of the scope that has not ended."""
    cases = list_board(session, who)
    dues = dues_of_cases(session, who, cases, today=today)
    return [_card(case, dues.get(case.id, [])) for case in cases]


def _card(case: Case, dues: list[Due]) -> Card:
    return Card(
        case.id, case.household_id, case.household.title, case.household.number, case.stage, case.stage_since,
        case.case_class, case.keeper_id, case.keeper.name if case.keeper else "", case.previous_id is None, tuple(dues),
    )  # fmt: skip
