"""What a plan says, and what it must hold before it is approved. Pure.

사회보장급여법 제15조 asks for the kind, way, amount and period of what is given, who gives it, and how several of them and
private services are tied together; the views of the person or family are considered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from app.plans.rules.vocabulary import GoalReach, GoalSpan, ServiceMethod

MOST_GOALS, MOST_SERVICES = 12, 20
TEXT_LIMIT, LINE_LIMIT, NOTE_LIMIT = 300, 200, 2000
LONGEST_RHYTHM = 366
"""Days; nothing that is planned is left unchecked longer than a year."""


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """One goal as somebody types it."""

    text: str = ""
    span: GoalSpan = GoalSpan.SHORT
    need: str = ""
    target_on: date | None = None
    reach: GoalReach = GoalReach.OPEN
    reach_note: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed: such a row is left out, however its choices stand."""
        return not (self.text.strip() or self.need or self.target_on or self.reach_note.strip())


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """One service as somebody types it. `goal` is the number of the goal it serves, from 1."""

    title: str = ""
    method: ServiceMethod = ServiceMethod.SERVICE
    amount: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    provider_id: int | None = None
    provider_name: str = ""
    checker_id: int | None = None
    check_days: int | None = None
    goal: int | None = None
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed."""
        return not (
            self.title.strip()
            or self.amount.strip()
            or self.provider_id
            or self.provider_name.strip()
            or self.note.strip()
        )


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A whole plan as it stands on the page."""

    goals: tuple[GoalDraft, ...] = ()
    services: tuple[ServiceDraft, ...] = ()
    clients_view: str = ""
    because: str = ""
    """Why there is a new version."""

    @property
    def tidied(self) -> PlanDraft:
        """Without rows in which nothing was typed; services keep pointing at the goal they served."""
        kept = [at for at, goal in enumerate(self.goals, 1) if not goal.is_blank]
        place = {old: new for new, old in enumerate(kept, 1)}
        services = tuple(_pointing(each, place) for each in self.services if not each.is_blank)
        return PlanDraft(tuple(self.goals[at - 1] for at in kept), services, self.clients_view, self.because)


def _pointing(service: ServiceDraft, place: dict[int, int]) -> ServiceDraft:
    return replace(service, goal=place.get(service.goal or 0))


class Gap(NamedTuple):
    """Something a plan lacks: where («goals-0-text», «services-2-amount», «clients_view») and the sentence for it."""

    field: str
    text: str


def gaps_of(plan: PlanDraft, *, number: int) -> list[Gap]:
    """All that is missing before a plan may be approved, row by row; none: it is complete.

    Args:
        number: of the version; from the second on it says why there is a new one.
    """
    found = [gap for at, goal in enumerate(plan.goals) for gap in _goal_gaps(f"goals-{at}", goal)]
    found += [gap for at, each in enumerate(plan.services) for gap in _service_gaps(f"services-{at}", each, plan.goals)]
    if not any(goal.span is GoalSpan.SHORT and goal.text.strip() for goal in plan.goals):
        found.append(Gap("goals", "단기 목표를 하나는 적어 주세요."))
    if not plan.services:
        found.append(Gap("services", "제공할 서비스를 하나는 적어 주세요."))
    if not plan.clients_view.strip():
        found.append(Gap("clients_view", "본인이나 가족의 의견을 적어 주세요. 없으면 «없음»이라고 적습니다."))
    if number > 1 and not plan.because.strip():
        found.append(Gap("because", "왜 계획을 바꾸는지 적어 주세요."))
    return found


def _goal_gaps(place: str, goal: GoalDraft) -> Iterable[Gap]:
    if not goal.text.strip():
        yield Gap(f"{place}-text", "목표를 적어 주세요.")
    if not goal.need:
        yield Gap(f"{place}-need", "어떤 욕구에 대한 목표인지 골라 주세요.")


def _service_gaps(place: str, each: ServiceDraft, goals: Sequence[GoalDraft]) -> Iterable[Gap]:
    if not each.title.strip():
        yield Gap(f"{place}-title", "무엇을 제공하는지 적어 주세요.")
    if not each.amount.strip():
        yield Gap(f"{place}-amount", "얼마나 제공하는지 적어 주세요. 예: 주 1회, 쌀 10kg")
    if each.starts_on is None:
        yield Gap(f"{place}-starts_on", "언제부터 제공하는지 적어 주세요.")
    elif each.ends_on is not None and each.ends_on < each.starts_on:
        yield Gap(f"{place}-ends_on", "끝나는 날이 시작하는 날보다 앞섭니다.")
    if not (each.provider_id or each.provider_name.strip()):
        yield Gap(f"{place}-provider_name", "누가 제공하는지 고르거나 적어 주세요.")
    if each.checker_id is None:
        yield Gap(f"{place}-checker_id", "누가 점검하는지 골라 주세요.")
    if each.check_days is not None and not 1 <= each.check_days <= LONGEST_RHYTHM:
        yield Gap(f"{place}-check_days", f"점검 주기는 1일부터 {LONGEST_RHYTHM}일까지입니다.")
    if each.goal is not None and not 1 <= each.goal <= len(goals):
        yield Gap(f"{place}-goal", "목표의 번호를 다시 골라 주세요.")
