"""Who hears of what a household's own people have to do: they themselves, whoever covers them, or else the supervisors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.consents.models import Consent
from app.consents.rules import ConsentKind
from app.reminders.queries.people import covers_on, watchers_of


@dataclass(frozen=True, slots=True)
class Hearers:
    """The people of a 시군구 as far as reminders go."""

    working: frozenset[int]
    """Accounts that are not barred."""
    covering: Mapping[int, frozenset[int]]
    """By whoever is on leave: who does their work."""
    watchers: Mapping[int, frozenset[int]]
    """By centre."""

    def of(self, consent: Consent) -> frozenset[int]:
        """Whoever is to ask again: the worker, of health the nurse as well; the nurse alone where no worker is."""
        house = consent.household
        both = (house.worker_id, house.nurse_id)
        able = [key for key in both if key is not None and key in self.working]
        own = able if consent.kind is ConsentKind.SENSITIVE else able[:1]
        covered = (self.covering.get(key, frozenset()) for key in own)
        return frozenset(own).union(*covered) or self.watchers.get(house.centre_id, frozenset())


def hearers_of(session: Session, district_id: int, *, today: date) -> Hearers:
    """Who hears what in a 시군구 today."""
    working = select(Account.id).where(Account.district_id == district_id, Account.disabled_at.is_(None))
    covering: dict[int, set[int]] = defaultdict(set)
    for absent_id, covered_by_id in covers_on(session, today):
        covering[absent_id].add(covered_by_id)
    return Hearers(
        frozenset(session.scalars(working)), {key: frozenset(ids) for key, ids in covering.items()},
        watchers_of(session, district_id, today=today),
    )  # fmt: skip
