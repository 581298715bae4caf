"""Which services are to be checked when, and which checks were missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import LIVE
from app.households.models import Household
from app.households.queries import visible_to
from app.plans.models import Plan, PlanService, ServiceCheck
from app.plans.rules import PlanState, Rhythm, earliest, is_missed, next_check

MOST_READ = 5000
"""Plans of a whole 시군구 that hold at once."""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service with its next check; `due_on` None: with the checks of the case, or never again."""

    service: PlanService
    due_on: date | None
    is_missed: bool

    @property
    def last(self) -> ServiceCheck | None:
        """The newest check."""
        return self.service.checks[-1] if self.service.checks else None


@dataclass(frozen=True, slots=True)
class MissedCheck:
    """A check that is due, with its household."""

    household: Household
    plan: Plan
    line: ServiceLine


def service_lines(plan: Plan, *, today: date) -> list[ServiceLine]:
    """The services of a version in their order, each with its next check; only a version that holds is checked."""
    return [_line(plan, service, today) for service in plan.services]


def _line(plan: Plan, service: PlanService, today: date) -> ServiceLine:
    due_on = None
    if plan.state is PlanState.APPROVED and plan.approved_on is not None:
        rhythm = Rhythm(
            service.starts_on, service.ends_on, service.check_days, service.ended_on,
            tuple(check.checked_on for check in service.checks),
        )  # fmt: skip
        due_on = next_check(rhythm, approved_on=plan.approved_on)
    return ServiceLine(service, due_on, is_missed(due_on, today=today))


def list_checks_due(session: Session, who: Identity, *, today: date, until: date | None = None) -> list[MissedCheck]:
    """Checks of the scope that are due by `until` (today), the longest missed first."""
    statement = (
        _holding()
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who))
        .options(joinedload(Plan.case).joinedload(Case.household))
    )
    found = [
        MissedCheck(plan.case.household, plan, line)
        for plan in session.scalars(statement.limit(MOST_READ))
        for line in service_lines(plan, today=today)
        if line.due_on is not None and line.due_on <= (until or today)
    ]
    return sorted(found, key=lambda each: (each.line.due_on or date.max, each.household.id, each.line.service.position))


def next_of_household(session: Session, household_id: int, *, today: date) -> tuple[date, str] | None:
    """The next check of a household's plan with the name of the service; None when nothing is to be checked."""
    plans: Sequence[Plan] = session.scalars(_holding().where(Case.household_id == household_id)).all()
    lines = [line for plan in plans for line in service_lines(plan, today=today)]
    return earliest((line.due_on, line.service.title) for line in lines)


def _holding() -> Select[Plan]:
    services = selectinload(Plan.services)
    return (
        select(Plan)
        .join(Case, Case.id == Plan.case_id)
        .where(Plan.state == PlanState.APPROVED, Case.stage.in_(sorted(LIVE)))
        .options(services.selectinload(PlanService.checks), services.joinedload(PlanService.checker))
    )
