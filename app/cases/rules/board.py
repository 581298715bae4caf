"""The board of cases: what a card says, which cards a filter keeps, which stands first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.cases.rules.vocabulary import CaseClass, CaseStage
from app.follow_ups.rules import Status
from app.follow_ups.rules.dues import Due

LATE = frozenset({Status.OVERDUE, Status.LATE_TARGET})
COLUMNS = tuple(stage for stage in CaseStage if stage is not CaseStage.ENDED)


@dataclass(frozen=True, slots=True)
class Card:
    """One case on the board. `dues` are its clocks, the most pressing first."""

    case_id: int
    household_id: int
    title: str
    number: str
    stage: CaseStage
    since: date
    case_class: CaseClass | None
    keeper_id: int | None
    keeper: str
    is_new: bool
    """Whether the household has no earlier case."""
    dues: tuple[Due, ...] = ()

    @property
    def first(self) -> Due | None:
        """What is due first."""
        return self.dues[0] if self.dues else None

    @property
    def is_late(self) -> bool:
        """Past a target or a limit."""
        return any(due.status in LATE for due in self.dues)


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the board is narrowed to; None and False narrow nothing."""

    keeper_id: int | None = None
    case_class: CaseClass | None = None
    stage: CaseStage | None = None
    late: bool = False

    def keeps(self, card: Card) -> bool:
        """Whether a card stays."""
        return (
            (self.keeper_id is None or card.keeper_id == self.keeper_id)
            and (self.case_class is None or card.case_class is self.case_class)
            and (self.stage is None or card.stage is self.stage)
            and (card.is_late or not self.late)
        )


def in_need_order(cards: Iterable[Card]) -> list[Card]:
    """The earliest due day first; who has no clock last, the longest in its stage first."""
    return sorted(cards, key=lambda card: (_first_day(card), card.since, card.case_id))


def _first_day(card: Card) -> date:
    days = [due.due_on for due in card.dues if due.due_on]
    return min(days, default=date.max)


def columns_of(cards: Sequence[Card]) -> list[tuple[CaseStage, list[Card]]]:
    """Every stage of the board with its cards in the order of need."""
    return [(stage, in_need_order(card for card in cards if card.stage is stage)) for stage in COLUMNS]
