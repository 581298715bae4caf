"""Goals and services as rows, told alike on the plan and on the closing of its case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.reports.documents.boxes import BoxedForm
from app.reports.documents.tables import Align, Column
from app.reports.rules.plan_sheet import GoalFacts, ServiceFacts
from app.reports.rules.wording import day

_C = Align.CENTRE
_OPEN = "정하지 않음"


def put_goals(form: BoxedForm, goals: Sequence[GoalFacts], title: str = "목표") -> None:
    """The goals with how far each was reached."""
    columns = (
        Column("번호", 12, _C), Column("구분", 14, _C), Column("욕구", 34), Column("목표", 66),
        Column("언제까지", 24, _C, empty=_OPEN), Column("달성", 26, _C),
    )  # fmt: skip
    form.listing(title, columns, map(_goal, goals), hand_rows=4)


def _goal(goal: GoalFacts) -> tuple[str, ...]:
    text = f"{goal.text}\n[평가] {goal.note}" if goal.note.strip() else goal.text
    by_when = day(goal.target_on) if goal.target_on else ""
    return str(goal.number), goal.span, goal.need, text, by_when, goal.reach


def put_services(form: BoxedForm, services: Sequence[ServiceFacts], title: str = "제공할 서비스") -> None:
    """The services with what the law wants told of each: kind, how, how much, how long, by whom."""
    columns = (
        Column("번호", 12, _C), Column("급여·서비스", 38), Column("방법", 17, _C), Column("양", 21),
        Column("기간", 28, _C), Column("제공기관", 34), Column("점검", 26, _C),
    )  # fmt: skip
    form.listing(title, columns, map(_service, services), hand_rows=5)


def _service(each: ServiceFacts) -> tuple[str, ...]:
    goal = f"목표 {each.goal}" if each.goal else ""
    title = "\n".join(part for part in (each.title, goal, each.note, each.ended) if part.strip())
    kind = f"({each.provider_kind})" if each.provider_kind else ""
    provider = "\n".join(part for part in (each.provider, kind) if part.strip())
    checked = "\n".join(part for part in (each.checker, each.rhythm) if part)
    return str(each.number), title, each.method, each.amount, each.period, provider, checked


def links_of(services: Sequence[ServiceFacts]) -> Iterator[tuple[str, str]]:
    """Who works together: offices among themselves, and private bodies and neighbours (제15조 ①)."""
    public = [each for each in services if each.provider_kind == "공공"]
    other = [each for each in services if each.provider_kind and each.provider_kind != "공공"]
    if len({each.provider for each in public}) > 1:
        yield "보장기관 사이", _joined(public)
    if other:
        yield "민간·이웃", _joined(other)


def _joined(services: Sequence[ServiceFacts]) -> str:
    return "\n".join(f"{each.provider}: {each.title}" + (f" ({each.note})" if each.note else "") for each in services)
