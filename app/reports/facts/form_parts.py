"""What several forms tell alike: whose household it is, goals, services, and a signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.households.models import Household
from app.households.rules import Benefit
from app.plans.models import Plan, PlanGoal, PlanService
from app.plans.service.signing import need_words
from app.reports.facts.persons import age_text, first_phone
from app.reports.rules import Letterhead, wording
from app.reports.rules.boxed import FormHouseholdFacts, FormMemberFacts, FormWishes
from app.reports.rules.plan_sheet import GoalFacts, ServiceFacts

WITH_THE_CASE = "사례 점검 때"
NO_END = "계속"


def ground_of(letterhead: Letterhead, wishes: FormWishes) -> dict[str, Any]:
    """The fields that every form has."""
    return {
        "letterhead": letterhead, "subject": wishes.subject, "empty": wishes.empty, "is_blank": wishes.is_blank
    }  # fmt: skip


def household_facts(household: Household, today: date, *, with_members: bool = True) -> FormHouseholdFacts:
    """The household as the head of a form names it; members are those who live there today, where the form asks."""
    return FormHouseholdFacts(
        number=household.number,
        name=household.title,
        address=household.address,
        phone=first_phone(household),
        household_type=household.household_type.label,
        benefits=tuple(Benefit(value).label for value in household.benefits),
        risk=household.risk.label,
        worker=household.worker.name if household.worker else "",
        nurse=household.nurse.name if household.nurse else "",
        members=tuple(
            FormMemberFacts(
                name=member.name,
                relation=member.relation.label,
                sex=member.sex.label if member.sex else "",
                age=age_text(member, today),
            )
            for member in household.members
            if member.is_present and with_members
        ),
    )


def goals_of(plan: Plan | None) -> tuple[GoalFacts, ...]:
    """The goals of a version in their order; none without a plan."""
    return tuple(_goal(at, goal) for at, goal in enumerate(plan.goals, start=1)) if plan else ()


def _goal(number: int, goal: PlanGoal) -> GoalFacts:
    return GoalFacts(
        number=number,
        span=goal.span.label,
        need=need_words(goal) if goal.need else "",
        text=goal.text,
        target_on=goal.target_on,
        reach=goal.reach.label,
        note=goal.reach_note,
    )


def services_of(plan: Plan | None) -> tuple[ServiceFacts, ...]:
    """The services of a version in their order; none without a plan."""
    return tuple(_service(at, each) for at, each in enumerate(plan.services, start=1)) if plan else ()


def _service(number: int, each: PlanService) -> ServiceFacts:
    ended = f"{wording.day(each.ended_on)} 끝냄: {each.ended_because}" if each.ended_on else ""
    return ServiceFacts(
        number=number,
        goal=str(each.goal_position or ""),
        title=each.title,
        method=each.method.label,
        amount=each.amount,
        period=f"{wording.day(each.starts_on)} ~ {wording.day(each.ends_on, NO_END)}",
        provider=each.giver,
        provider_kind=each.provider.kind.label if each.provider else "",
        checker=each.checker.name if each.checker else "",
        rhythm=f"{each.check_days}일마다" if each.check_days else WITH_THE_CASE,
        note=each.note,
        ended=ended,
    )


def lines_of(*parts: str) -> str:
    """The parts that say something, a line each."""
    return "\n".join(part for part in parts if part.strip())
