"""What happened since a household was last reached: the vain tries, and what its neighbours said."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from app.follow_ups.rules import ContactMode
from app.visits.queries.records import VisitRecord, list_visits
from app.visits.rules import REACHED

FAR_ENOUGH = 60
"""Records looked through for the last time somebody was reached."""
VAIN = frozenset({ContactMode.ABSENT, ContactMode.NO_ANSWER})


class Unreached(NamedTuple):
    """A household since nobody of it was met or spoken to any more."""

    since: list[VisitRecord]
    """Everything after that, newest first: vain tries, words with neighbours, letters."""
    last_reached: VisitRecord | None
    last_seen: VisitRecord | None
    """The last time face to face, which may lie before `last_reached`."""

    @property
    def tries(self) -> list[VisitRecord]:
        """The vain tries among them."""
        return [visit for visit in self.since if visit.mode in VAIN]


def list_unreached(session: Session, household_id: int) -> Unreached:
    """What was tried since a household was last reached, and when that was."""
    visits = list_visits(session, household_id, limit=FAR_ENOUGH)
    reached = next((at for at, visit in enumerate(visits) if visit.mode in REACHED), len(visits))
    seen = (visit for visit in visits if visit.mode is ContactMode.FACE)
    return Unreached(visits[:reached], next(iter(visits[reached:]), None), next(seen, None))
