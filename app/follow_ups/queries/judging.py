"""Rules, terms and contacts out of the database, and the engine's answer to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from app.accounts.models import Account, Centre
from app.core.database import fetch
from app.core.errors import NotFound
from app.core.holidays import RELIABLE_YEARS, working_days
from app.core.working_days import WorkingDays
from app.follow_ups.models import ContactRow, HolidayOverride, LadderVersion, RuleVersionRow, TermRow
from app.follow_ups.rules import (
    AbsenceAnswer,
    AbsenceLadder,
    CareGroup,
    Contact,
    DueAnswer,
    RuleVersion,
    Term,
    due,
    group_of,
    judge_absence,
    ladder_from,
    rule_from,
)
from app.follow_ups.rules.dues import Due, due_from
from app.households.models import Household, Member
from app.households.rules import HouseholdStatus, HouseholdType

PLANNING_YEARS = range(2010, RELIABLE_YEARS[-1] + 1)


@dataclass(frozen=True, slots=True)
class Judged:
    """One term with the answer the engine gives for it today."""

    term: TermRow
    answer: DueAnswer


_OVERRIDES: Any = (
    select(HolidayOverride.on, HolidayOverride.name, HolidayOverride.is_holiday)
    .where(HolidayOverride.district_id == bindparam("district_id"))
    .order_by(HolidayOverride.on)
)


def working_days_for(session: Session, district_id: int) -> WorkingDays:
    """Working days of a 시군구: public holidays, with its own days added and taken away."""
    rows = fetch(session, _OVERRIDES, {"district_id": district_id})
    return _working_days(tuple(tuple(row) for row in rows))


@lru_cache(maxsize=32)
def _working_days(overrides: tuple[Any, ...]) -> WorkingDays:
    added = {on: name for on, name, is_holiday in overrides if is_holiday}
    removed = [on for on, _name, is_holiday in overrides if not is_holiday]
    return working_days(PLANNING_YEARS, added=added, removed=removed)


def district_of(session: Session, household: Household) -> int:
    """The 시군구 whose holidays hold for a household."""
    centre = session.get_one(Centre, household.centre_id)
    return centre.district_id


def get_rule_in_force(session: Session, code: str, *, on: date) -> RuleVersionRow:
    """The version of a rule that holds on a day, the first one for a day before any held; or NotFound."""
    versions = session.scalars(
        select(RuleVersionRow).where(RuleVersionRow.code == code).order_by(RuleVersionRow.effective_from)
    ).all()
    holding = [row for row in versions if row.effective_from <= on and (row.effective_until or on) >= on]
    if not versions or (not holding and versions[0].effective_from <= on):
        raise NotFound
    return holding[-1] if holding else versions[0]


def list_rules_in_force(session: Session, *, on: date, whom: str | None = None) -> Sequence[RuleVersionRow]:
    """Every rule's version that holds on a day."""
    statement = select(RuleVersionRow).where(
        RuleVersionRow.effective_from <= on,
        or_(RuleVersionRow.effective_until.is_(None), RuleVersionRow.effective_until >= on),
    )
    if whom is not None:
        statement = statement.where(RuleVersionRow.whom == whom)
    return session.scalars(statement.order_by(RuleVersionRow.id)).all()


_TERMS = (
    select(TermRow)
    .where(TermRow.household_id == bindparam("of_household"))
    .order_by(TermRow.id.desc())
    .options(
        joinedload(TermRow.member),
        joinedload(TermRow.set_by).options(lazyload(Account.centre), lazyload(Account.district)),
    )
)
_CONTACTS: Any = (
    select(
        ContactRow.household_id, ContactRow.occurred_on, ContactRow.mode, ContactRow.purpose, ContactRow.member_ids,
    )
    .where(ContactRow.household_id.in_(bindparam("household_ids", expanding=True)), ContactRow.voided_at.is_(None))
    .order_by(
        ContactRow.occurred_on,
        func.coalesce(ContactRow.happened_at, ContactRow.recorded_at),
        ContactRow.recorded_at,
    )
)  # fmt: skip


def list_terms(session: Session, household_id: int) -> Sequence[TermRow]:
    """Every term of a household, newest first."""
    return session.scalars(_TERMS, {"of_household": household_id}).all()


def list_contacts(session: Session, household_ids: Collection[int]) -> dict[int, list[Contact]]:
    """The contacts that count, by household, in the order they happened."""
    found: dict[int, list[Contact]] = defaultdict(list)
    rows = fetch(session, _CONTACTS, {"household_ids": household_ids})
    for household_id, occurred_on, mode, purpose, member_ids in rows:
        found[household_id].append(Contact(occurred_on, mode, purpose, frozenset(member_ids)))
    return found


@lru_cache(maxsize=512)
def _engine_rule(rule_id: int, code: str, version: str, frozen: tuple[Any, ...]) -> RuleVersion:
    name, kind, parameters, modes, purposes, shift, lead_days = frozen
    return rule_from(
        {
            "code": code, "version": version, "name": name, "kind": kind, "parameters": _thaw(parameters),
            "counts_modes": list(modes), "counts_purposes": list(purposes), "shift": shift, "lead_days": lead_days,
        }
    )  # fmt: skip


def engine_rule(row: RuleVersionRow) -> RuleVersion:
    """A stored rule version as the engine reads it."""
    frozen = (
        row.name, row.kind.value, _freeze(row.parameters), tuple(row.counts_modes), tuple(row.counts_purposes),
        row.shift.value, row.lead_days,
    )  # fmt: skip
    return _engine_rule(row.id, row.code, row.version, frozen)


def _freeze(value: Any) -> Any:
    return tuple(sorted((key, _freeze(inner)) for key, inner in value.items())) if isinstance(value, dict) else value


def _thaw(value: Any) -> Any:
    return {key: _thaw(inner) for key, inner in value} if isinstance(value, tuple) else value


def engine_term(row: TermRow) -> Term:
    """A stored term as the engine reads it."""
    return Term(
        starts_on=row.starts_on, ends_on=row.ends_on, member=row.member_id, event_on=row.event_on,
        closed_on=row.closed_on, promised_on=row.promised_on, made_on=row.made_on,
    )  # fmt: skip


def judge(rows: Iterable[TermRow], contacts: Sequence[Contact], *, today: date, days: WorkingDays) -> list[Judged]:
    """Ask the engine about each term."""
    return [
        Judged(row, due(engine_term(row), engine_rule(row.rule), contacts, today=today, working_days=days))
        for row in rows
    ]


def due_of(judged: Judged, *, today: date) -> Due:
    """A judged term as people read it."""
    term = judged.term
    return due_from(
        judged.answer, term_id=term.id, household_id=term.household_id, member_id=term.member_id, label=term.rule.name,
        profession=term.profession, kind=term.rule.kind, today=today, note=term.note,
    )  # fmt: skip


_STANDING = (
    select(TermRow)
    .join(Household, Household.id == TermRow.household_id)
    .outerjoin(Member, Member.id == TermRow.member_id)
    .where(
        TermRow.household_id.in_(bindparam("household_ids", expanding=True)),
        TermRow.closed_on.is_(None),
        Member.left_on.is_(None),
        Household.status == HouseholdStatus.ACTIVE,
    )
    .order_by(TermRow.id)
)


def standing_terms(session: Session, household_ids: Collection[int]) -> dict[int, list[TermRow]]:
    """Terms that may still be due, by household, of households that are looked after and of people who still live there."""
    found: dict[int, list[TermRow]] = defaultdict(list)
    for row in session.scalars(_STANDING, {"household_ids": household_ids}):
        found[row.household_id].append(row)
    return found


def absence_step(session: Session, household: Household, *, today: date) -> AbsenceAnswer | None:
    """Where a household stands on the absence ladder in force; None when somebody was reached last."""
    contacts = list_contacts(session, [household.id])[household.id]
    ladder = ladder_in_force(session, on=today)
    if not contacts or ladder is None:
        return None
    return judge_absence(
        contacts,
        ladder,
        risk=household.risk.value,
        lives_alone=household.household_type is HouseholdType.SINGLE,
        today=today,
        working_days=working_days_for(session, district_of(session, household)),
    )


def ladder_in_force(session: Session, *, on: date) -> AbsenceLadder | None:
    """The version of the absence ladder that holds on a day."""
    statement = select(LadderVersion).where(LadderVersion.effective_from <= on)
    row = session.scalars(statement.order_by(LadderVersion.effective_from.desc()).limit(1)).first()
    return ladder_from(row.document) if row else None


def standing_groups(session: Session, household_id: int, *, today: date) -> dict[int, CareGroup]:
    """The care group of each member of a household that has one."""
    return groups_in(list_terms(session, household_id), today=today)


def groups_in(terms: Iterable[TermRow], *, today: date) -> dict[int, CareGroup]:
    """The same out of a household's terms, the newest first as `list_terms` gives them."""
    groups: dict[int, CareGroup] = {}
    for term in terms:
        group = group_of(term.rule.code)
        if group and term.member_id is not None and term.starts_on <= today <= (term.ends_on or today):
            groups.setdefault(term.member_id, group)
    return groups
