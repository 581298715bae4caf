"""The table of a case's stages: from which to which, for whom, and what must be there first. Pure.

Order and branches: 대상자 접수 → 욕구 및 위기도 조사 → 사례회의 → 구분·선정 → (사례관리) 계획 → 제공·점검 → 종결 → 사후관리 as several 시군구
publish them; 서비스연계 has no plan and one check; 미선정 ends. A stage is entered on the day its step took place: «조사» when the
survey was made, «사례회의» when the conference was held.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.cases.rules.vocabulary import CaseClass, CaseStage
from app.core.labelled import Labelled

S = CaseStage
CARE = frozenset({CaseClass.GENERAL, CaseClass.COMPLEX})
"""사례관리: classes with a plan and regular checks."""
ANY_CLASS = frozenset(CaseClass)
UNDECIDED: frozenset[CaseClass | None] = frozenset({None})


class Needed(Labelled):
    """What must be there before a case moves; the label says so to whoever is refused."""

    COUNSELLING = "COUNSELLING", "초기상담을 먼저 기록해 주세요."
    ASSESSMENT = "ASSESSMENT", "욕구·위기도 조사를 먼저 기록해 주세요."
    CONFERENCE = "CONFERENCE", "사례회의를 연 날을 먼저 기록해 주세요."
    CLASS = "CLASS", "구분과 그 까닭을 먼저 정해 주세요."
    PLAN = "PLAN", "서비스 제공계획을 먼저 세워 주세요."
    PLAN_APPROVED = "PLAN_APPROVED", "서비스 제공계획을 팀장이 먼저 승인해야 합니다."
    LINKED = "LINKED", "어떤 서비스를 연계했는지 먼저 적어 주세요."
    LINKAGE_CHECKED = "LINKAGE_CHECKED", "연계한 뒤의 점검을 먼저 해 주세요."
    GOALS = "GOALS", "목표를 어떻게 이루었는지 먼저 적어 주세요."
    CLOSURE_APPROVED = "CLOSURE_APPROVED", "종결을 팀장이 먼저 승인해야 합니다."
    CUT_SHORT = "CUT_SHORT", "이 단계에서는 거절, 이사, 사망 같은 중단 사유로만 종결할 수 있습니다."
    AFTERCARE_DUE = "AFTERCARE_DUE", "이 종결 사유에는 사후관리가 없습니다."
    AFTERCARE_OVER = "AFTERCARE_OVER", "사후관리 횟수를 채우거나, 먼저 끝내는 까닭을 적어 주세요."
    WORDS = "WORDS", "까닭을 적어 주세요."


@dataclass(frozen=True, slots=True)
class Move:
    """One row: a case of one of these classes (None: not yet classified) goes on when all of `needs` is there."""

    origin: CaseStage
    target: CaseStage
    classes: frozenset[CaseClass | None]
    needs: frozenset[Needed]


def _row(origin: CaseStage, target: CaseStage, classes: Collection[CaseClass | None], *needs: Needed) -> Move:
    return Move(origin, target, frozenset(classes), frozenset(needs))


N = Needed
_STOPS = (N.CUT_SHORT, N.CLOSURE_APPROVED)
MOVES: tuple[Move, ...] = (
    _row(S.INTAKE, S.ASSESSMENT, UNDECIDED, N.COUNSELLING, N.ASSESSMENT),
    _row(S.INTAKE, S.CLOSED, UNDECIDED, *_STOPS),
    _row(S.ASSESSMENT, S.CONFERENCE, UNDECIDED, N.CONFERENCE),
    _row(S.ASSESSMENT, S.CLOSED, UNDECIDED, *_STOPS),
    _row(S.CONFERENCE, S.CLASSIFIED, ANY_CLASS, N.CLASS),
    _row(S.CONFERENCE, S.CLOSED, UNDECIDED, *_STOPS),
    _row(S.CLASSIFIED, S.PLAN, CARE, N.PLAN),
    _row(S.CLASSIFIED, S.SERVICE, {CaseClass.LINKAGE}, N.LINKED),
    _row(S.CLASSIFIED, S.CLOSED, CARE | {CaseClass.LINKAGE}, *_STOPS),
    _row(S.CLASSIFIED, S.CLOSED, {CaseClass.NOT_SELECTED}, N.WORDS),
    _row(S.PLAN, S.SERVICE, CARE, N.PLAN_APPROVED),
    _row(S.PLAN, S.CLASSIFIED, {CaseClass.LINKAGE, CaseClass.NOT_SELECTED}, N.CLASS),
    _row(S.PLAN, S.CLOSED, CARE, *_STOPS),
    _row(S.SERVICE, S.CLASSIFIED, ANY_CLASS, N.CLASS),
    _row(S.SERVICE, S.CLOSED, CARE, N.GOALS, N.CLOSURE_APPROVED),
    _row(S.SERVICE, S.CLOSED, CARE | {CaseClass.LINKAGE}, *_STOPS),
    _row(S.SERVICE, S.CLOSED, {CaseClass.LINKAGE}, N.LINKAGE_CHECKED, N.CLOSURE_APPROVED),
    _row(S.CLOSED, S.AFTERCARE, CARE | {CaseClass.LINKAGE} | UNDECIDED, N.AFTERCARE_DUE),
    _row(S.CLOSED, S.ENDED, ANY_CLASS | UNDECIDED, N.WORDS),
    _row(S.AFTERCARE, S.ENDED, ANY_CLASS | UNDECIDED, N.AFTERCARE_OVER),
)
"""Every way a case can go. Where two rows lead to the same stage, one of them suffices."""
LIVE = frozenset({S.INTAKE, S.ASSESSMENT, S.CONFERENCE, S.CLASSIFIED, S.PLAN, S.SERVICE})
"""Stages of a case that is being worked; a household has one such case at a time."""


def rows_between(origin: CaseStage, target: CaseStage, case_class: CaseClass | None) -> list[Move]:
    """The rows by which a case of a class may go from one stage to another; none: there is no such way."""
    return [row for row in MOVES if (row.origin, row.target) == (origin, target) and case_class in row.classes]


def next_stages(origin: CaseStage, case_class: CaseClass | None) -> list[CaseStage]:
    """Where a case of a class may go from here, in the order of the stages."""
    reached = {row.target for row in MOVES if row.origin is origin and case_class in row.classes}
    return [stage for stage in CaseStage if stage in reached]


def stages_ahead(origin: CaseStage, case_class: CaseClass | None) -> frozenset[CaseStage]:
    """Every stage that a case of a class can still come to, by however many moves; without a class, by that of any."""
    classes = {case_class} if case_class else ANY_CLASS | UNDECIDED
    ahead: set[CaseStage] = set()
    fresh = {origin}
    while fresh:
        fresh = {row.target for row in MOVES if row.origin in fresh and row.classes & classes} - ahead
        ahead |= fresh
    return frozenset(ahead)


def missing_for(
    origin: CaseStage, target: CaseStage, case_class: CaseClass | None, there: Collection[Needed]
) -> list[Needed] | None:
    """What is missing on the way that misses least, in the order of the list; [] lets it go, None: there is no way."""
    gaps = [row.needs - set(there) for row in rows_between(origin, target, case_class)]
    if not gaps:
        return None
    nearest = min(gaps, key=len)
    return [need for need in Needed if need in nearest]


def refusal(
    origin: CaseStage, target: CaseStage, case_class: CaseClass | None, there: Collection[Needed]
) -> str | None:
    """Why a case may not go there, in Korean; None when it may."""
    missing = missing_for(origin, target, case_class, there)
    if missing is None:
        return no_way(origin, target, case_class)
    return " ".join(need.label for need in missing) or None


def no_way(origin: CaseStage, target: CaseStage, case_class: CaseClass | None) -> str:
    """«‘접수’ 단계에서 ‘계획’ 단계로 갈 수 없습니다», with where it may go."""
    of_class = f"{case_class.label} 사례는 " if case_class else ""
    follows = " 또는 ".join(f"‘{stage.label}’" for stage in next_stages(origin, case_class))
    ways = f" 다음 단계는 {follows}입니다." if follows else " 끝난 사례입니다."
    return f"{of_class}‘{origin.label}’ 단계에서 ‘{target.label}’ 단계로 갈 수 없습니다.{ways}"
