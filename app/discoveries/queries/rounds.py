"""Rounds of a 시군구, how far each is, and those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.discoveries.models import DiscoveryItem, ImportedList, Round
from app.discoveries.queries.items import visible_items
from app.discoveries.rules import ItemState
from app.discoveries.rules.rounds import Window

EARLIER = 6
"""A year of rounds."""


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its numbers, as far as somebody may see its people."""

    round: Round
    list_count: int
    assigned: int
    left: int
    """How many of them are not finished."""

    @property
    def window(self) -> Window:
        """Its first and last day."""
        return Window(self.round.opens_on, self.round.closes_on)

    @property
    def done(self) -> int:
        """How many are finished."""
        return self.assigned - self.left


def list_rounds(
    session: Session, who: Identity, *, after: tuple[date, int] | None = None, limit: int = 20
) -> list[RoundLine]:
    """Rounds of the own 시군구, the newest first, one more than `limit` when there are older ones.

    Args:
        after: first day and key of the last round of the page before.
    """
    statement = select(Round).where(Round.district_id == who.district_id)
    if after is not None:
        opened, key = after
        statement = statement.where((Round.opens_on < opened) | ((Round.opens_on == opened) & (Round.id < key)))
    newest = (Round.opens_on.desc(), Round.id.desc())
    return with_numbers(session, who, session.scalars(statement.order_by(*newest).limit(limit + 1)).all())


def list_open_rounds(session: Session, who: Identity, *, today: date) -> Sequence[Round]:
    """Those into which a list may come today, the newest first: open ones, and those to come."""
    return session.scalars(
        select(Round)
        .where(Round.district_id == who.district_id, Round.closes_on >= today)
        .order_by(Round.opens_on.desc(), Round.id.desc())
    ).all()


def list_earlier_rounds(session: Session, who: Identity, of_round: Round) -> list[RoundLine]:
    """Up to six rounds of the same source that opened before, the newest first."""
    statement = select(Round).where(
        Round.district_id == of_round.district_id, Round.source == of_round.source, Round.opens_on < of_round.opens_on
    )
    newest = statement.order_by(Round.opens_on.desc(), Round.id.desc()).limit(EARLIER)
    return with_numbers(session, who, session.scalars(newest).all())


def with_numbers(session: Session, who: Identity, rounds: Sequence[Round]) -> list[RoundLine]:
    """The rounds with their numbers, in two statements."""
    keys = [each.id for each in rounds]
    lists = dict(
        session.execute(
            select(ImportedList.round_id, func.count()).where(ImportedList.round_id.in_(keys)).group_by(ImportedList.round_id)
        ).all()
    )  # fmt: skip
    left = func.count().filter(DiscoveryItem.state != ItemState.CLOSED)
    counted = select(DiscoveryItem.round_id, func.count(), left).where(
        DiscoveryItem.round_id.in_(keys), visible_items(who)
    )
    numbers = {row[0]: (row[1], row[2]) for row in session.execute(counted.group_by(DiscoveryItem.round_id))}
    return [RoundLine(each, lists.get(each.id, 0), *numbers.get(each.id, (0, 0))) for each in rounds]
