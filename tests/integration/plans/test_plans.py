"""A plan: written, signed for, approved, made anew; its checks are dues."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from app.access.permissions import Role
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.attachments.service import FileStore
from app.cases import queries as case_queries
from app.cases import service as cases
from app.cases.models import Case
from app.cases.rules import ApprovalKind, CaseStage, Verdict
from app.core.database import new_id
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.follow_ups.queries import list_dues
from app.households.models import Household
from app.plans import queries, service
from app.plans.rules import GoalReach, PlanDraft, PlanState
from app.plans.service import CheckDetails, PlanIncomplete
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.planning import approved_plan, signed_plan, unsigned, whole_draft
from tests.factories.town import Town
from tests.moments import TODAY, at, day


def check_due(session: Session, household: Household, today: object = TODAY) -> object:
    dues = list_dues(session, household, today=today)  # type: ignore[arg-type]
    return next(((due.note, due.due_on) for due in dues if due.label.startswith("서비스 점검")), None)


def test_a_plan_goes_from_draft_to_approval_and_the_case_with_it(
    session: Session, town: Town, case: Case, household: Household
) -> None:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    plan = signed_plan(session, case, worker)
    service.ask_for_approval(session, plan, version=plan.version, actor=worker, now=at(TODAY, 10))
    assert (plan.state, case.stage) == (PlanState.ASKED, CaseStage.PLAN)
    assert session.scalars(select(Alert).where(Alert.kind == AlertKind.APPROVAL_ASKED)).one()
    row = case_queries.waiting_of(session, case.id, ApprovalKind.PLAN)
    assert row is not None
    assert ["서비스", "밑반찬 (현물), 주 2회, 2026-11-23부터, 제공 가람복지관"] in row.asked["lines"]
    cases.decide_approval(session, row, Verdict.APPROVED, actor=lead, now=at(TODAY, 11))
    assert (plan.state, plan.approved_on, case.stage) == (PlanState.APPROVED, TODAY, CaseStage.SERVICE)
    assert queries.current_plan(session, case.id) is plan
    assert check_due(session, household) == ("밑반찬", TODAY + timedelta(days=14))


def test_what_was_sent_back_can_be_written_again(session: Session, town: Town, case: Case) -> None:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    plan = signed_plan(session, case, worker)
    service.ask_for_approval(session, plan, version=plan.version, actor=worker, now=at(TODAY, 10))
    row = case_queries.waiting_of(session, case.id, ApprovalKind.PLAN)
    assert row is not None
    cases.decide_approval(session, row, Verdict.SENT_BACK, words="금액을 적어 주세요", actor=lead, now=at(TODAY, 11))
    assert plan.state is PlanState.DRAFT
    service.ask_for_approval(session, plan, version=plan.version, actor=worker, now=at(TODAY, 12))
    service.take_back(session, plan, actor=worker, now=at(TODAY, 13))
    assert plan.state is PlanState.DRAFT
    with pytest.raises(RuleBroken):
        service.take_back(session, plan, actor=worker, now=at(TODAY, 13))


def test_a_plan_that_lacks_something_is_neither_signed_nor_asked_about(
    session: Session, town: Town, case: Case, now: datetime, tmp_path: Path
) -> None:
    worker = town.who(town.worker)
    plan = service.begin_plan(session, case, actor=worker, now=now)
    with pytest.raises(PlanIncomplete) as broken:
        service.ask_for_approval(session, plan, version=plan.version, actor=worker, now=now)
    assert {"goals", "services", "clients_view"} == {gap.field for gap in broken.value.problems}
    with pytest.raises(PlanIncomplete):
        service.sign_plan(
            session, plan, unsigned(), shown_hash=service.plan_text(plan).sha256, store=FileStore(tmp_path), actor=worker,
            now=now,
        )  # fmt: skip
    service.keep_draft(session, plan, whole_draft(worker), version=plan.version, actor=worker, now=now)
    with pytest.raises(RuleBroken, match="NOT_SIGNED"):
        service.ask_for_approval(session, plan, version=plan.version, actor=worker, now=now)


def test_a_signature_counts_only_for_the_words_it_was_given_to(
    session: Session, town: Town, case: Case, now: datetime
) -> None:
    worker = town.who(town.worker)
    plan = signed_plan(session, case, worker)
    assert plan.unsigned_because
    service.keep_draft(session, plan, service.draft_of(plan), version=plan.version, actor=worker, now=now)
    assert plan.signature_id is not None
    other = whole_draft(worker, clients_view="쌀도 있으면 좋겠다", because=plan.because)
    service.keep_draft(session, plan, other, version=plan.version, actor=worker, now=now)
    assert (plan.signature_id, plan.unsigned_because) == (None, "")


def test_two_who_write_at_once_do_not_write_over_each_other(
    session: Session, town: Town, case: Case, now: datetime
) -> None:
    worker = town.who(town.worker)
    plan = service.begin_plan(session, case, actor=worker, now=now)
    version = plan.version
    service.keep_draft(session, plan, PlanDraft(clients_view="먼저"), version=version, actor=worker, now=now)
    with pytest.raises(StaleRecord):
        service.keep_draft(session, plan, PlanDraft(clients_view="나중"), version=version, actor=worker, now=now)
    assert plan.clients_view == "먼저"


def test_a_new_version_begins_with_what_holds_and_takes_its_place(
    session: Session, town: Town, case: Case, now: datetime
) -> None:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    first = approved_plan(session, case, worker, lead)
    second = service.begin_plan(session, case, because="입원", actor=worker, now=now)
    assert service.begin_plan(session, case, actor=worker, now=now) is second
    assert (second.number, second.because) == (2, "입원")
    assert service.draft_of(second).services == service.draft_of(first).services
    assert queries.plan_before(session, second) is first
    service.drop_draft(session, second, version=second.version, actor=worker, now=now)
    again = approved_plan(session, case, worker, lead, whole_draft(worker, because="퇴원"))
    assert (first.state, again.state) == (PlanState.REPLACED, PlanState.APPROVED)


def test_a_case_that_is_not_selected_has_no_plan(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    worker = town.who(town.worker)
    case = cases.open_case(session, household, cases.CaseDetails(TODAY, "OWN_VISIT", "끼니"), actor=worker, now=now)
    with pytest.raises(RuleBroken, match="NO_PLAN_HERE"):
        service.begin_plan(session, case, actor=worker, now=now)


def test_a_check_moves_the_due_on_and_an_ended_service_is_checked_no_more(
    session: Session, town: Town, case: Case, household: Household, now: datetime
) -> None:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    plan = approved_plan(session, case, worker, lead)
    later = at(day(20), 10)
    assert [each.line.is_missed for each in queries.list_checks_due(session, lead, today=day(20))] == [True]
    check = CheckDetails(new_id(), day(20), is_given=True, is_satisfied=True)
    row = service.record_check(session, plan.services[0], check, actor=worker, now=later)
    assert service.record_check(session, plan.services[0], check, actor=worker, now=later) is row
    assert len(plan.services[0].checks) == 1
    assert queries.next_of_household(session, household.id, today=day(20)) == (day(34), "밑반찬")
    assert not queries.list_checks_due(session, lead, today=day(20))
    service.end_service(session, plan.services[0], on=day(20), because="복지관 폐업", actor=worker, now=later)
    assert check_due(session, household, day(20)) is None
    with pytest.raises(RuleBroken, match="ENDED"):
        service.record_check(
            session, plan.services[0], CheckDetails(new_id(), day(20), is_given=True), actor=worker, now=later
        )


def test_a_service_that_is_not_given_needs_words(session: Session, town: Town, case: Case, now: datetime) -> None:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    plan = approved_plan(session, case, worker, lead)
    for check, code in (
        (CheckDetails(new_id(), TODAY, is_given=False), "NOTE_NEEDED"),
        (CheckDetails(new_id(), day(1), is_given=True), "FUTURE_DATE"),
        (CheckDetails(new_id(), day(-1), is_given=True), "BEFORE_START"),
    ):
        with pytest.raises(RuleBroken, match=code):
            service.record_check(session, plan.services[0], check, actor=worker, now=now)
    service.judge_goal(session, plan.goals[0], GoalReach.PARTLY, note="한 끼는 드심", actor=worker, now=now)
    assert plan.goals[0].reach is GoalReach.PARTLY


def test_another_centres_plan_does_not_exist(session: Session, town: Town, case: Case, now: datetime) -> None:
    plan = service.begin_plan(session, case, actor=town.who(town.worker), now=now)
    assert town.narae_worker.role is Role.WORKER
    with pytest.raises(NotFound):
        queries.get_plan(session, town.who(town.narae_worker), plan.id)
    assert not queries.list_unfinished(session, town.who(town.narae_worker))
    assert queries.list_unfinished(session, town.who(town.worker)) == [plan]


def test_a_case_that_closes_takes_the_clock_of_its_checks_along(
    session: Session, town: Town, case: Case, household: Household, now: datetime
) -> None:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    approved_plan(session, case, worker, lead)
    assert check_due(session, household) is not None
    row = cases.ask_closure(session, case, cases.ClosureDetails("CLOSE_MOVED", TODAY), actor=worker, now=now)
    cases.decide_approval(session, row, Verdict.APPROVED, actor=lead, now=now)
    assert check_due(session, household) is None
    assert queries.next_of_household(session, household.id, today=TODAY) is None
