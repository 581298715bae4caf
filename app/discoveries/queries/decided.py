"""What people said about whom the lists name and the households on record, to be remembered on later lists."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.text import name_key
from app.discoveries.models import DecidedLink, DiscoveryItem, ListRow, RowCandidate
from app.discoveries.rules import Agreement, Candidate, ListedPerson, Match, RowOutcome, Trait, judge_match
from app.households.models import Household

_EVIDENCE = frozenset({Trait.PHONE, Trait.ADDRESS})


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody said of one person and one household, and on what it rested.

    Two people may share name and birth date: what was said of one holds for the other only as far as it fits.
    """

    is_same: bool
    listed: Candidate
    """The person as the row named them that it was decided on."""
    agreed: frozenset[Trait]
    """What agreed with the household then."""

    def confirms(self, person: ListedPerson, match: Match) -> bool:
        """Whether nobody need be asked again: it was said of whoever has this telephone or lives at this door.

        A list that names neither cannot be told apart by anybody, and is taken as before.
        """
        has_evidence = bool(person.phone or person.address)
        return self.is_same and (
            not has_evidence or bool(_agreeing(match) | _agreeing(judge_match(person, self.listed)))
        )  # fmt: skip

    def refuses(self, match: Match) -> bool:
        """Whether the household is out of the question: nothing speaks for it now that did not speak for it then."""
        return not self.is_same and _agreeing(match) <= self.agreed


@dataclass(frozen=True, slots=True)
class Said:
    """One earlier decision about a person, as people read it."""

    is_same: bool
    household: Household
    by: str
    """Who decided; "" when nobody of the staff did."""
    at: datetime


def person_key(person: ListedPerson) -> str:
    """By what a decision about a person is remembered: SHA-256 in hex over name and birth date."""
    return hashlib.sha256(f"{name_key(person.name)}\x1f{person.birth_on}".encode()).hexdigest()


def decided_links(session: Session, centre_ids: frozenset[int]) -> Mapping[tuple[str, int], Decided]:
    """By person and household of these centres: what somebody said, that they belong together or that they do not."""
    statement = _links().join(Household, Household.id == DecidedLink.household_id)
    rows = session.execute(statement.where(Household.centre_id.in_(centre_ids)))
    return {(said.person_key, said.household_id): _decided(said, row, compared) for said, row, compared in rows}


def find_other_decision(session: Session, said: DecidedLink) -> tuple[ListRow, bool] | None:
    """The latest other row on which somebody said something of the same person and household, and what."""
    statement = (
        select(ListRow, RowCandidate.id)
        .join(DiscoveryItem, DiscoveryItem.list_row_id == ListRow.id)
        .outerjoin(RowCandidate, _is_of(said.household_id, ListRow.id))
        .where(
            DiscoveryItem.person_key == said.person_key, ListRow.id != said.list_row_id,
            ListRow.decided_by_id.is_not(None), ListRow.outcome.in_((RowOutcome.JOINED, RowOutcome.NEW)),
        )
        .order_by(ListRow.decided_at.desc(), ListRow.id.desc())
    )  # fmt: skip
    for row, was_compared in session.execute(statement):
        if row.household_id == said.household_id:
            return row, True
        if was_compared is not None and row.outcome is RowOutcome.NEW:
            return row, False
    return None


def list_earlier_decisions(session: Session, who: Identity, rows: Sequence[ListRow]) -> dict[int, list[Said]]:
    """By row: what was said on other rows of the person it names, as far as the households are in scope; newest first."""
    keys = {row.id: person_key(row.person) for row in rows if row.read_as is not None}
    statement = (
        select(DecidedLink, Household, Account.name)
        .join(Household, Household.id == DecidedLink.household_id)
        .outerjoin(Account, Account.id == DecidedLink.decided_by_id)
        .where(DecidedLink.person_key.in_(set(keys.values())), Household.centre_id.in_(who.centre_ids))
        .order_by(DecidedLink.decided_at.desc(), DecidedLink.id.desc())
    )
    found = session.execute(statement).all() if keys else ()
    return {
        row_id: [Said(link.is_same, household, name or "", link.decided_at) for link, household, name in found
                 if link.person_key == key and link.list_row_id != row_id]
        for row_id, key in keys.items()
    }  # fmt: skip


def _links() -> Select[DecidedLink, ListRow, RowCandidate]:
    compared = and_(RowCandidate.list_row_id == DecidedLink.list_row_id,
                    RowCandidate.household_id == DecidedLink.household_id)  # fmt: skip
    return (
        select(DecidedLink, ListRow, RowCandidate)
        .join(ListRow, ListRow.id == DecidedLink.list_row_id)
        .outerjoin(RowCandidate, compared)
    )  # fmt: skip


def _is_of(household_id: int, row_id: Any) -> Any:
    return and_(RowCandidate.list_row_id == row_id, RowCandidate.household_id == household_id)


def _decided(said: DecidedLink, row: ListRow, compared: RowCandidate | None) -> Decided:
    agreed = _agreeing(compared.match) if compared else frozenset()
    return Decided(said.is_same, Candidate.of(row.person), agreed)


def _agreeing(match: Match) -> frozenset[Trait]:
    """What of the telephone and the door agrees: name and birth date are the same whenever something is remembered."""
    return _EVIDENCE.intersection(match.traits(Agreement.SAME))
