from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from app.access.permissions import Role
from app.audit.models import AccessLog
from app.cases import queries, service
from app.cases.models import Case
from app.cases.rules import CaseClass, CaseStage, FoundNeed, Needed
from app.cases.service import ClassDetails
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import ContactMode, Purpose
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.cases import DETAILS, brought_to, counsel, open_case
from tests.factories.households import add_contact
from tests.moments import NOW, TODAY, day

S, C = CaseStage, CaseClass


def clocks(session: Session, case: Case) -> dict[str, tuple[date | None, str]]:
    """What runs for a case: due day and status by name."""
    return {due.label: (due.due_on, due.status.value) for due in list_dues(session, case.household, today=TODAY)}


def test_a_new_case_counts_ten_days_to_the_survey_and_thirty_to_the_plan(
    session: Session, household: Any, worker: Any
) -> None:
    case = open_case(session, household, worker)
    assert case.keeper_id == worker.account_id
    assert clocks(session, case) == {
        "접수→조사": (day(-10), "LATE_TARGET"), "접수→계획": (day(10), "UPCOMING")
    }  # fmt: skip
    assert all(due.because for due in list_dues(session, household, today=TODAY))


def test_putting_the_intake_day_right_moves_its_clocks(session: Session, household: Any, worker: Any) -> None:
    case = open_case(session, household, worker)
    service.change_intake(
        session, case, replace(DETAILS, intake_on=day(-35)), version=case.version, actor=worker, now=NOW
    )
    assert clocks(session, case) == {"접수→조사": (day(-25), "LATE_TARGET"), "접수→계획": (day(-5), "OVERDUE")}
    assert (case.stage_since, case.steps[0].on) == (day(-35), day(-35))


def test_no_survey_without_a_first_talk_and_no_survey_by_word_alone(
    session: Session, household: Any, worker: Any
) -> None:
    case = open_case(session, household, worker)
    shown = {Needed.ASSESSMENT, Needed.COUNSELLING}
    with pytest.raises(RuleBroken, match="MOVE_REFUSED") as caught:
        service.move(session, case, S.ASSESSMENT, on=TODAY, shown=shown, actor=worker, now=NOW)
    assert caught.value.text == "초기상담을 먼저 기록해 주세요."
    counsel(session, household, worker)
    with pytest.raises(RuleBroken) as caught:
        service.move(session, case, S.ASSESSMENT, on=TODAY, actor=worker, now=NOW)
    assert caught.value.text == "욕구·위기도 조사를 먼저 기록해 주세요."
    service.move(session, case, S.ASSESSMENT, on=TODAY, shown=shown, actor=worker, now=NOW)
    assert "접수→조사" not in clocks(session, case)


def test_a_talk_held_before_the_case_was_opened_belongs_to_it(session: Session, household: Any, worker: Any) -> None:
    talk = counsel(session, household, worker)
    case = open_case(session, household, worker)
    assert talk.case_id == case.id


@pytest.mark.parametrize(("stage", "case_class", "running"), [
    (S.ASSESSMENT, C.GENERAL, {"접수→계획"}),
    (S.CONFERENCE, C.GENERAL, {"접수→계획", "회의→선정"}),
    (S.CLASSIFIED, C.COMPLEX, {"접수→계획", "선정→계획"}),
    (S.CLASSIFIED, C.LINKAGE, set()),
    (S.CLASSIFIED, C.NOT_SELECTED, set()),
    (S.PLAN, C.GENERAL, {"접수→계획", "선정→계획"}),
    (S.SERVICE, C.GENERAL, {"일반 점검"}),
    (S.SERVICE, C.COMPLEX, {"고난도 점검"}),
    (S.SERVICE, C.LINKAGE, {"연계 점검"}),
])  # fmt: skip
def test_each_stage_has_its_clocks(
    session: Session, household: Any, worker: Any, stage: CaseStage, case_class: CaseClass, running: set[str]
) -> None:
    case = brought_to(session, household, worker, stage, case_class)
    assert case.stage is stage
    assert set(clocks(session, case)) == running


def test_a_graver_class_while_served_changes_the_checks_and_keeps_the_stage(
    session: Session, household: Any, worker: Any
) -> None:
    case = brought_to(session, household, worker, S.SERVICE)
    service.classify(session, case, ClassDetails(C.COMPLEX, TODAY, "자해 위험이 드러남"), actor=worker, now=NOW)
    assert case.stage is S.SERVICE
    assert set(clocks(session, case)) == {"고난도 점검"}


def test_a_linkage_that_needs_more_stands_at_its_class_again_and_owes_a_plan(
    session: Session, household: Any, worker: Any
) -> None:
    case = brought_to(session, household, worker, S.SERVICE, C.LINKAGE)
    service.classify(session, case, ClassDetails(C.GENERAL, TODAY, "한 가지로 풀리지 않음"), actor=worker, now=NOW)
    assert case.stage is S.CLASSIFIED
    assert clocks(session, case) == {"선정→계획": (day(15), "UPCOMING")}


def test_another_care_class_before_the_plan_leaves_its_day_as_it_was(
    session: Session, household: Any, worker: Any
) -> None:
    case = brought_to(session, household, worker, S.CLASSIFIED)
    before = clocks(session, case)
    service.classify(session, case, ClassDetails(C.COMPLEX, TODAY, "정신건강 욕구"), actor=worker, now=NOW)
    assert clocks(session, case) == before


def test_who_is_not_selected_ends_with_words_and_without_aftercare(
    session: Session, household: Any, worker: Any
) -> None:
    case = brought_to(session, household, worker, S.CLASSIFIED, C.NOT_SELECTED)
    with pytest.raises(RuleBroken):
        service.end_unselected(session, case, on=TODAY, because=" ", actor=worker, now=NOW)
    service.end_unselected(session, case, on=TODAY, because="자녀가 돌봄", actor=worker, now=NOW)
    assert (case.stage, case.closed_on, case.ended_on) == (S.ENDED, TODAY, TODAY)
    assert clocks(session, case) == {}


def test_a_household_has_one_case_at_work(session: Session, household: Any, worker: Any) -> None:
    open_case(session, household, worker)
    with pytest.raises(RuleBroken, match="CASE_OPEN") as caught:
        open_case(session, household, worker)
    assert "진행 중인 사례" in caught.value.text


@pytest.mark.parametrize(("changes", "code"), [
    ({"reason": " "}, "REASON_NEEDED"), ({"intake_on": day(1)}, "FUTURE_DATE"), ({"intake_on": date(1926, 1, 1)}, "DISTANT_DAY"),
])  # fmt: skip
def test_an_intake_that_cannot_be_is_refused_at_its_field(
    session: Session, household: Any, worker: Any, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code) as caught:
        open_case(session, household, worker, **changes)
    assert caught.value.field in changes


def test_a_step_is_not_dated_before_the_one_it_follows(session: Session, household: Any, worker: Any) -> None:
    case = open_case(session, household, worker)
    with pytest.raises(RuleBroken, match="BEFORE_STEP"):
        service.move(session, case, S.ASSESSMENT, on=day(-21), actor=worker, now=NOW)


def test_who_saw_an_older_page_does_not_move_the_case(session: Session, household: Any, worker: Any) -> None:
    case = brought_to(session, household, worker, S.CONFERENCE)
    details = ClassDetails(C.GENERAL, TODAY, "회의에서 정함")
    service.classify(session, case, details, version=case.version, actor=worker, now=NOW)
    with pytest.raises(StaleRecord):
        service.classify(
            session, case, replace(details, case_class=C.COMPLEX), version=case.version - 1, actor=worker, now=NOW
        )


def test_a_check_made_answers_for_the_linkage(session: Session, household: Any, worker: Any) -> None:
    case = brought_to(session, household, worker, S.SERVICE, C.LINKAGE)
    assert not queries.is_done(session, case, "LINKAGE_CHECK", today=TODAY)
    later = NOW + timedelta(days=1)  # what was linked today is not checked by today's call
    add_contact(session, household, day(1), mode=ContactMode.CALL, purpose=Purpose.WELFARE, now=later)
    assert queries.is_done(session, case, "LINKAGE_CHECK", today=day(1))


def test_another_centres_case_does_not_exist(session: Session, household: Any, worker: Any, town: Any) -> None:
    case = open_case(session, household, worker)
    with pytest.raises(NotFound):
        queries.get_case(session, town.who(town.narae_worker), case.id)
    assert queries.get_case(session, worker, case.id).id == case.id
    assert queries.list_board(session, town.who(town.narae_worker)) == []
    assert queries.list_board(session, worker) == [case]


def test_every_act_on_a_case_is_logged(session: Session, household: Any, worker: Any) -> None:
    case = open_case(session, household, worker)
    rows = session.scalars(select(AccessLog).where(AccessLog.subject == f"case:{case.id}")).all()
    assert [(row.actor_id, row.household_id) for row in rows] == [(worker.account_id, household.id)]
    assert worker.role is Role.WORKER


def test_the_found_needs_propose_a_class_that_nobody_has_to_take(session: Session, household: Any, worker: Any) -> None:
    case = brought_to(session, household, worker, S.CONFERENCE)
    needs = [FoundNeed("가정 내 안전", is_needed=True, is_grave=True)]
    assert service.propose_for(session, case, needs, actor=worker, now=NOW).case_class is C.COMPLEX
    assert (case.proposed_class, case.case_class) == (C.COMPLEX, None)
    service.classify(session, case, ClassDetails(C.GENERAL, TODAY, "이미 안전해짐"), actor=worker, now=NOW)
    assert (case.proposed_class, case.case_class) == (C.COMPLEX, C.GENERAL)
