"""Needs counted over a period: what a report of needs by type of household says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.households.models import Household
from app.households.queries import visible_to
from app.households.rules import age_on
from app.needs.models import NeedsAssessment
from app.needs.queries.instruments import read
from app.needs.rules import Answered, HouseholdNeeds, NeedCounts, NeedHouseholdType, label_domains, type_of


def count_domains(
    session: Session, who: Identity, *, centre_ids: Collection[int] | None = None, first_on: date, last_on: date
) -> NeedCounts:
    """Domain by type of household, by the latest survey of each visible household from one day to another, both included.

    Surveys that were taken back are left out. Ages are those of the day of the survey.

    Args:
        centre_ids: narrows the scope to these centres; None: all that `who` may see.
    """
    newest = _newest(session, who, centre_ids, first_on, last_on)
    forms = {row.form_id: row.form for row in newest}
    in_order = sorted(forms.values(), key=lambda form: (form.effective_from, form.id), reverse=True)
    return NeedCounts(
        label_domains([(each.code, each.label) for each in read(form).domains] for form in in_order),
        tuple(_household(row) for row in newest),
    )


def _newest(
    session: Session, who: Identity, centre_ids: Collection[int] | None, first_on: date, last_on: date
) -> Sequence[NeedsAssessment]:
    statement = (
        select(NeedsAssessment)
        .join(Household, Household.id == NeedsAssessment.household_id)
        .where(visible_to(who), NeedsAssessment.voided_at.is_(None))
        .where(NeedsAssessment.assessed_on.between(first_on, last_on))
        .options(
            joinedload(NeedsAssessment.household).selectinload(Household.members), joinedload(NeedsAssessment.form),
            selectinload(NeedsAssessment.found), joinedload(NeedsAssessment.by).lazyload("*"),
        )
        .order_by(NeedsAssessment.assessed_on, NeedsAssessment.at)
    )  # fmt: skip
    if centre_ids is not None:
        statement = statement.where(Household.centre_id.in_(sorted(centre_ids)))
    by_household = {row.household_id: row for row in session.scalars(statement)}
    return [by_household[key] for key in sorted(by_household)]


def _household(row: NeedsAssessment) -> HouseholdNeeds:
    answered = answered_of(row)
    levels = {each.code: answered.worst_of(each.code) for each in answered.instrument.domains}
    worst = {code: level for code, level in levels.items() if level is not None}
    return HouseholdNeeds(row.household_id, household_type_of(row.household, on=row.assessed_on), worst)


def answered_of(row: NeedsAssessment, *, with_health: bool = True) -> Answered:
    """A stored survey as the rules compare it, perhaps without what it says of health."""
    form = read(row.form)
    instrument = form if with_health else form.without_health
    return Answered(row.assessed_on, instrument, {each.item: each.level for each in row.found})


def household_type_of(household: Household, *, on: date) -> NeedHouseholdType:
    """The type a household is counted as on a day; who had left before is not counted."""
    present = [member for member in household.members if member.left_on is None or member.left_on > on]
    ages = [age_on(on, birth_on=member.birth_on, birth_year=member.birth_year) for member in present]
    return type_of(household.household_type, ages, household.benefits)
