"""Cases in the order of an agenda: what waits for a conference first, moved by hand afterwards. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.cases.rules import CaseClass, CaseStage
from app.conferences.rules.decisions import OVER
from app.conferences.rules.vocabulary import Matter
from app.core.labelled import Labelled


class Waiting(Labelled):
    """Why a case is offered for the agenda, the most pressing first."""

    CARRIED = "CARRIED", "지난 회의에서 미룬 안건"
    SELECT = "SELECT", "선정을 기다리는 사례"
    PLAN = "PLAN", "계획 승인을 기다리는 사례"
    CLOSE = "CLOSE", "종결 결재를 기다리는 사례"
    WORKED = "WORKED", "진행 중인 다른 사례"
    OVER = "OVER", "종결한 사례(재개입)"

    @property
    def is_pressing(self) -> bool:
        """Whether such cases wait for a conference; the others can be put on it all the same."""
        return self not in (Waiting.WORKED, Waiting.OVER)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that can be put on an agenda."""

    case_id: int
    household_id: int
    title: str
    number: str
    centre: str
    stage: CaseStage
    case_class: CaseClass | None
    since: date
    keeper: str
    matter: Matter
    waiting: Waiting


def waiting_for(matter: Matter, stage: CaseStage, *, is_carried: bool, is_asked: bool) -> Waiting:
    """Among which a case is offered: `is_carried` over from a conference, `is_asked` for in a request that waits."""
    if is_carried:
        return Waiting.CARRIED
    if matter is Matter.SELECT:
        return Waiting.SELECT if stage in (CaseStage.ASSESSMENT, CaseStage.CONFERENCE) else Waiting.WORKED
    if is_asked:
        return Waiting.PLAN if matter is Matter.PLAN else Waiting.CLOSE
    return Waiting.OVER if stage in OVER else Waiting.WORKED


def grouped(candidates: Iterable[Candidate]) -> list[tuple[Waiting, list[Candidate]]]:
    """Candidates by why they are offered, in each group the one that waits longest first; empty groups are left out."""
    every = sorted(candidates, key=lambda each: (each.since, each.case_id))
    groups = [(waiting, [each for each in every if each.waiting is waiting]) for waiting in Waiting]
    return [(waiting, each) for waiting, each in groups if each]


def moved(order: Sequence[int], item_id: int, step: int) -> list[int]:
    """The order with one item `step` places further down (negative: up), at most to the end; unknown items move nothing."""
    if item_id not in order:
        return list(order)
    at = order.index(item_id)
    rest = [each for each in order if each != item_id]
    to = min(max(at + step, 0), len(rest))
    return [*rest[:to], item_id, *rest[to:]]
