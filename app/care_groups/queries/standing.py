"""Read where people stand: their group and since when, their registrations, what was decided and by what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.care_groups.models import GroupDecision, Registration
from app.care_groups.rules import Programme
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.follow_ups.models import TermRow
from app.follow_ups.queries import list_terms
from app.follow_ups.rules import CareGroup, group_of
from app.households.models import Household
from app.households.queries import visible_to


@dataclass(frozen=True, slots=True)
class Spell:
    """One stretch of time in a group, with the decision that began it where one was made."""

    group: CareGroup
    term: TermRow
    decision: GroupDecision | None
    looks: tuple[GroupDecision, ...] = ()
    """Later decisions that left the person in the group, the newest first."""

    @property
    def stands(self) -> bool:
        return self.term.ends_on is None or self.term.ends_on >= self.term.starts_on


def list_registrations(session: Session, household_id: int) -> Sequence[Registration]:
    """Every registration of a household's members, the newest first."""
    statement = (
        select(Registration)
        .where(Registration.household_id == household_id)
        .options(joinedload(Registration.member), joinedload(Registration.by), joinedload(Registration.discharged_by))
        .order_by(Registration.registered_on.desc(), Registration.id.desc())
    )
    return session.scalars(statement).all()


def standing_registrations(session: Session, member_ids: Collection[int]) -> Sequence[Registration]:
    """Registrations of these people that no discharge has ended, the oldest first."""
    statement = (
        select(Registration)
        .where(Registration.member_id.in_(member_ids), Registration.discharged_on.is_(None))
        .order_by(Registration.registered_on, Registration.id)
    )
    return session.scalars(statement).all()


def get_registration(session: Session, who: Identity, household_id: int, registration_id: int) -> Registration:
    """One registration of a visible household, or NotFound."""
    if registration_id > LARGEST_KEY or household_id > LARGEST_KEY:
        raise NotFound
    statement = (
        select(Registration)
        .join(Household, Household.id == Registration.household_id)
        .where(Registration.id == registration_id, Household.id == household_id, visible_to(who))
    )
    row = session.scalars(statement).first()
    if row is None:
        raise NotFound
    return row


def list_decisions(session: Session, household_id: int) -> Sequence[GroupDecision]:
    """What was decided about the groups of a household's members, the newest first."""
    statement = (
        select(GroupDecision)
        .where(GroupDecision.household_id == household_id)
        .options(joinedload(GroupDecision.by), joinedload(GroupDecision.member))
        .order_by(GroupDecision.at.desc(), GroupDecision.id.desc())
    )
    return session.scalars(statement).all()


def last_decision(session: Session, member_id: int) -> GroupDecision | None:
    """The newest decision about a person."""
    statement = select(GroupDecision).where(GroupDecision.member_id == member_id)
    return session.scalars(statement.order_by(GroupDecision.id.desc()).limit(1)).first()


def list_spells(session: Session, household_id: int) -> dict[int, list[Spell]]:
    """By member: the groups they were in, the newest first, each with the decisions that began it and left it standing."""
    decisions = list_decisions(session, household_id)
    terms = [term for term in list_terms(session, household_id) if group_of(term.rule.code) and term.member_id]
    began = {(each.member_id, each.at): each for each in decisions}
    looks: dict[int, list[GroupDecision]] = {}
    for decision in decisions:
        term = _standing_at(terms, decision)
        if term is not None and term.set_at != decision.at:
            looks.setdefault(term.id, []).append(decision)
    found: dict[int, list[Spell]] = {}
    for term in terms:
        group = group_of(term.rule.code)
        if group is not None and term.member_id is not None:
            first = began.get((term.member_id, term.set_at))
            found.setdefault(term.member_id, []).append(Spell(group, term, first, tuple(looks.get(term.id, ()))))
    return {member_id: [each for each in spells if each.stands] for member_id, spells in found.items()}


def _standing_at(terms: Sequence[TermRow], decision: GroupDecision) -> TermRow | None:
    """The newest term of the person's group that had been set when a decision was made."""
    own = (term for term in terms if term.member_id == decision.member_id and term.set_at <= decision.at)
    return max(own, key=lambda term: (term.set_at, term.id), default=None)


def standing_spell(spells: Iterable[Spell], *, today: date) -> Spell | None:
    """The one that holds today, or will hold when none does."""
    open_ones = [each for each in spells if each.term.ends_on is None or each.term.ends_on >= today]
    begun = [each for each in open_ones if each.term.starts_on <= today]
    return next(iter(begun or open_ones), None)


def others_of(registrations: Iterable[Registration], programme: Programme) -> list[Registration]:
    """Those of the standing registrations that are in another programme."""
    return [each for each in registrations if each.programme is not programme]
