"""Cases of the town, brought to a stage through the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.access.identity import Identity
from app.cases import service
from app.cases.models import Case
from app.cases.rules import CaseClass, CaseStage, CounsellingWay, Needed
from app.cases.service import CaseDetails, ClassDetails, CounsellingDetails
from app.core.database import new_id
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.moments import NOW, day

DETAILS = CaseDetails(day(-20), "VISIT", "월세가 밀리고 식사를 거르신다 하여 접수")
TALK = CounsellingDetails(day(-19), CounsellingWay.VISIT, complaint="밥을 못 해 먹겠어요")


def open_case(session: Session, household: Household, actor: Identity, **changes: Any) -> Case:
    """A case taken in twenty days ago."""
    return service.open_case(session, household, replace(DETAILS, **changes), actor=actor, now=NOW)


def counsel(session: Session, household: Household, actor: Identity, **changes: Any) -> Any:
    """A first talk at the door."""
    return service.record_counselling(session, household, new_id(), replace(TALK, **changes), actor=actor, now=NOW)


def brought_to(
    session: Session, household: Household, actor: Identity, stage: CaseStage, case_class: CaseClass = CaseClass.GENERAL
) -> Case:
    """A case of a class brought as far as a live stage, two days for each step."""
    case = open_case(session, household, actor)
    counsel(session, household, actor)
    days: dict[CaseStage, date] = {each: day(-18 + 2 * number) for number, each in enumerate(CaseStage)}
    for each in list(CaseStage)[1:]:
        if case.stage is stage:
            break
        _step(session, case, each, case_class, on=days[each], actor=actor)
    return case


def _step(session: Session, case: Case, to: CaseStage, case_class: CaseClass, *, on: date, actor: Identity) -> None:
    if to is CaseStage.CLASSIFIED:
        service.classify(session, case, ClassDetails(case_class, on, "회의에서 정함"), actor=actor, now=NOW)
    elif to is not CaseStage.PLAN or case_class is not CaseClass.LINKAGE:
        service.move(session, case, to, on=on, because="다음", shown=set(Needed), actor=actor, now=NOW)
