"""Eighty-four cases of the fictional district, in every stage, some late: through the services, on the days it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Approval, Case
from app.cases.rules import CaseClass, CaseStage, CounsellingWay, Needed, Verdict
from app.cases.service import (
    CaseDetails,
    ClassDetails,
    ClosureDetails,
    CounsellingDetails,
    ask_closure,
    classify,
    decide_approval,
    end_unselected,
    move,
    open_case,
    record_counselling,
)
from app.core.clock import KOREA
from app.households.models import Household
from app.seed.surveys import Surveys

S, C = CaseStage, CaseClass
AFTERNOON = time(16, 10)
STEP = 4
"""Days from one step to the next in the story."""


LATER = (0, 3, 1, 5)
"""The plots are played once for each, so many days later."""


@dataclass(frozen=True, slots=True)
class Plot:
    """How one case goes: taken in so many days ago, brought to a stage, and closed for a reason where it was."""

    days_ago: int
    stage: CaseStage
    case_class: CaseClass = C.GENERAL
    closure: str = ""
    is_approved: bool = True
    comes_back: int | None = None
    """So many days ago the household was taken in again, as a new case linked to this one."""

    def later(self, days: int) -> Plot:
        """The same case, begun some days after; never so late that its steps do not fit before today."""
        least = STEP * (len(_way(self)) + 1) if self.stage is not S.INTAKE else 1
        return replace(self, days_ago=max(self.days_ago - days, least))


def _way(plot: Plot) -> list[CaseStage]:
    """The steps after the intake up to the plot's stage; a closure is a step of its own."""
    last = S.SERVICE if plot.closure else plot.stage
    stages = [S.ASSESSMENT, S.CONFERENCE, S.CLASSIFIED]
    if plot.case_class is C.NOT_SELECTED:
        return [*stages, S.ENDED]
    if plot.case_class is not C.LINKAGE:
        stages.append(S.PLAN)
    stages.append(S.SERVICE)
    return stages[: stages.index(last) + 1]


_SCENES = (
    Plot(2, S.INTAKE), Plot(16, S.INTAKE), Plot(37, S.INTAKE),
    Plot(6, S.ASSESSMENT), Plot(34, S.ASSESSMENT), Plot(11, S.CONFERENCE), Plot(22, S.CONFERENCE),
    Plot(17, S.CLASSIFIED), Plot(35, S.CLASSIFIED, C.COMPLEX), Plot(19, S.CLASSIFIED, C.LINKAGE),
    Plot(24, S.PLAN), Plot(44, S.PLAN, C.COMPLEX),
    Plot(60, S.SERVICE), Plot(70, S.SERVICE, C.COMPLEX), Plot(58, S.SERVICE, C.LINKAGE),
    Plot(150, S.SERVICE, C.GENERAL, "CLOSE_SHORT_GOAL", is_approved=False),
    Plot(200, S.AFTERCARE, C.GENERAL, "CLOSE_IMPROVED"), Plot(220, S.AFTERCARE, C.COMPLEX, "CLOSE_LONG_GOAL"),
    Plot(90, S.CLOSED, C.GENERAL, "CLOSE_NO_CONTACT"), Plot(30, S.ENDED, C.NOT_SELECTED),
    Plot(240, S.ENDED, C.NOT_SELECTED, comes_back=5),
)  # fmt: skip
PLOTS = tuple(plot.later(days) for days in LATER for plot in _SCENES)
REASONS = (
    ("TONGJANG", "월세가 석 달 밀리고 우편물이 쌓여 있다고 통장이 알림"), ("NEIGHBOUR", "며칠째 인기척이 적다고 이웃이 알림"),
    ("HEALTH_TEAM", "방문간호 중 끼니를 거르고 약을 챙기지 못하는 것이 보임"), ("SYS_CENTRAL", "건강보험료와 전기요금이 함께 체납됨"),
    ("SELF_VISIT", "일자리를 잃고 생활비가 없다며 찾아오심"), ("AGENCY", "복지관에서 돌봄이 더 필요하다고 의뢰함"),
)  # fmt: skip
COMPLAINTS = (
    "혼자 지내니 밥을 해 먹을 마음이 안 난다고 하심.", "월세가 밀려 집주인 보기가 겁난다고 하심.", "허리가 아파 일을 못 나간 지 두 달이라고 하심.",
    "아들과 연락이 끊긴 뒤로 잠을 못 잔다고 하심.", "병원비가 무서워 검사를 미루고 있다고 하심.",
)  # fmt: skip
WORDS = {
    C.GENERAL: "경제와 건강 욕구가 함께 있어 계획을 세워 돕기로 함", C.COMPLEX: "안전과 정신건강 욕구가 있어 고난도로 정함",
    C.LINKAGE: "한 가지 서비스로 풀 수 있어 연계하기로 함", C.NOT_SELECTED: "자녀가 돌보기로 하여 선정하지 않음",
}  # fmt: skip


class Cases:
    """Puts the plots on households that somebody's worker keeps, a few in each centre."""

    def __init__(
        self, session: Session, seed: int, today: date, *, actor_of: Callable[[int | None], Identity | None]
    ) -> None:
        self.session, self.today, self.actor_of = session, today, actor_of
        self.surveys = Surveys(session, seed)

    def load(self, households: Iterable[Household], supervisors: Mapping[int, Identity]) -> int:
        """Open and bring on as many as there are plots and fitting households; returns how many."""
        fitting = [each for each in households if each.is_active and each.worker_id and each.centre_id in supervisors]
        chosen = _spread(fitting, len(PLOTS))
        for number, (plot, household) in enumerate(zip(PLOTS, chosen, strict=False)):
            worker = self.actor_of(household.worker_id)
            if worker is not None:
                self._play(number, plot, household, worker, supervisors[household.centre_id])
        return min(len(PLOTS), len(chosen))

    def _play(self, number: int, plot: Plot, household: Household, worker: Identity, boss: Identity) -> None:
        on = self.today - timedelta(days=plot.days_ago)
        route, reason = REASONS[number % len(REASONS)]
        details = CaseDetails(on, route, reason)
        case = open_case(self.session, household, details, actor=worker, now=self._at(on))
        if plot.stage is S.INTAKE:
            return
        self._counsel(number, case, on + timedelta(days=1), worker)
        for stage in _way(plot):
            on += timedelta(days=STEP)
            self._step(case, stage, plot, on, worker)
        if plot.closure:
            self._close(case, plot, worker, boss)
        if plot.comes_back is not None:
            again = self.today - timedelta(days=plot.comes_back)
            details = CaseDetails(again, "TONGJANG", "한동안 괜찮으셨으나 다시 월세가 밀렸다고 통장이 알림")
            open_case(self.session, household, details, actor=worker, now=self._at(again))

    def _counsel(self, number: int, case: Case, on: date, worker: Identity) -> None:
        details = CounsellingDetails(
            on, CounsellingWay.VISIT, case.route, "본인", COMPLAINTS[number % len(COMPLAINTS)],
            told="긴급복지와 주거급여를 안내함", measures="욕구·위기도 조사를 하기로 약속함",
        )  # fmt: skip
        talk_id = uuid5(NAMESPACE_URL, f"seed-counselling:{case.household.number}")
        record_counselling(self.session, case.household, talk_id, details, actor=worker, now=self._at(on))

    def _step(self, case: Case, stage: CaseStage, plot: Plot, on: date, worker: Identity) -> None:
        at = self._at(on)
        if stage is S.ASSESSMENT:
            self.surveys.first(case, plot.case_class, at, actor=worker)
        elif stage is S.CLASSIFIED:
            details = ClassDetails(plot.case_class, on, WORDS[plot.case_class])
            classify(self.session, case, details, actor=worker, now=at)
        elif stage is S.ENDED:
            end_unselected(self.session, case, on=on, because=WORDS[C.NOT_SELECTED], actor=worker, now=at)
        else:
            because = (
                "주거급여 신청을 돕고 푸드뱅크에 연계함" if plot.case_class is C.LINKAGE and stage is S.SERVICE else ""
            )
            move(self.session, case, stage, on=on, because=because, shown=tuple(Needed), actor=worker, now=at)

    def _close(self, case: Case, plot: Plot, worker: Identity, boss: Identity) -> None:
        on = self.today - timedelta(days=3 if not plot.is_approved else 25)
        lost = plot.closure == "CLOSE_NO_CONTACT"
        if not lost:
            self.surveys.again(case, self._at(on - timedelta(days=2)), actor=worker)
        details = ClosureDetails(
            plot.closure, on, goals="" if lost else "밀린 월세를 갚고 끼니를 스스로 챙기심",
            attempts="세 번 방문하고 다섯 번 전화했으나 만나지 못함" if lost else "",
            recheck_on=self.today + timedelta(days=20) if lost else None,
        )  # fmt: skip
        row: Approval = ask_closure(self.session, case, details, actor=worker, now=self._at(on))
        if plot.is_approved:
            decide_approval(self.session, row, Verdict.APPROVED, actor=boss, now=self._at(on + timedelta(days=1)))

    def _at(self, on: date) -> datetime:
        return datetime.combine(on, AFTERNOON, KOREA)


def _spread(households: Sequence[Household], wanted: int) -> list[Household]:
    """Every so many-th household, so that all centres and workers have some."""
    pace = max(1, len(households) // wanted)
    return list(households)[pace // 2 :: pace][:wanted]
