from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.cases import queries, service
from app.cases.models import Approval, Case
from app.cases.rules import ApprovalKind, CaseClass, CaseStage, Verdict
from app.cases.service import ClosureDetails, ReasonChange, approvals
from app.core.database import unit_of_work
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import ContactMode, Purpose
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.cases import DETAILS, brought_to, open_case
from tests.factories.households import add_contact, add_household
from tests.factories.town import find_town
from tests.moments import NOW, TODAY, day

S, C = CaseStage, CaseClass
REACHED = ClosureDetails("CLOSE_SHORT_GOAL", TODAY, goals="월세를 모두 갚고 끼니를 챙기심")
LOST = ClosureDetails("CLOSE_NO_CONTACT", TODAY, attempts="11/2, 11/9, 11/16 방문과 전화", recheck_on=day(30))


@pytest.fixture
def supervisor(town: Any) -> Any:
    return town.who(town.supervisor)


@pytest.fixture
def case(session: Session, worker: Any) -> Case:
    return brought_to(session, add_household(session, worker), worker, S.SERVICE)


def asked(session: Session, case: Case, actor: Any, details: ClosureDetails = REACHED) -> Approval:
    return service.ask_closure(session, case, details, actor=actor, now=NOW)


def approve(session: Session, row: Approval, actor: Any, now: datetime = NOW) -> Approval:
    return service.decide_approval(session, row, Verdict.APPROVED, actor=actor, now=now)


def test_reached_goals_end_in_two_contacts_within_nine_months(
    session: Session, case: Case, worker: Any, supervisor: Any
) -> None:
    approve(session, asked(session, case, worker), supervisor)
    assert (case.stage, case.closed_on, case.closure_reason) == (S.AFTERCARE, TODAY, "CLOSE_SHORT_GOAL")
    assert case.aftercare_until == date(2027, 8, 23)
    (due,) = list_dues(session, case.household, today=TODAY)
    assert (due.label, due.done, due.needed) == ("사후관리", 0, 2)


def test_a_case_ends_after_its_two_contacts_or_before_with_a_reason(
    session: Session, case: Case, worker: Any, supervisor: Any
) -> None:
    approve(session, asked(session, case, worker), supervisor)
    with pytest.raises(RuleBroken, match="MOVE_REFUSED"):
        service.end_case(session, case, on=TODAY, because=" ", actor=worker, now=NOW)
    later = NOW + timedelta(days=40)
    for on in (day(20), day(40)):
        add_contact(session, case.household, on, mode=ContactMode.CALL, purpose=Purpose.WELFARE, now=later)
    service.end_case(session, case, on=day(40), because="", actor=worker, now=later)
    assert (case.stage, case.ended_on) == (S.ENDED, day(40))
    assert list_dues(session, case.household, today=day(41)) == []


def test_lost_contact_asks_for_attempts_and_a_day_to_look_again(
    session: Session, case: Case, worker: Any, supervisor: Any
) -> None:
    for details, code in (
        (replace(LOST, attempts=" "), "ATTEMPTS_NEEDED"),
        (replace(LOST, recheck_on=None), "RECHECK_NEEDED"),
        (replace(LOST, recheck_on=TODAY), "RECHECK_NEEDED"),
        (replace(REACHED, goals=""), "GOALS_NEEDED"),
        (ClosureDetails("CLOSE_OTHER", TODAY), "NOTE_NEEDED"),
        (ClosureDetails("CLOSE_NOTHING", TODAY), "NO_REASON"),
    ):
        with pytest.raises(RuleBroken, match=code):
            asked(session, case, worker, details)
    approve(session, asked(session, case, worker, LOST), supervisor)
    assert case.stage is S.CLOSED
    (due,) = list_dues(session, case.household, today=TODAY)
    assert (due.label, due.due_on) == ("종결 뒤 재확인", day(30))
    assert "11/16" in case.closure_note


def test_a_death_ends_the_case_at_once(session: Session, case: Case, worker: Any, supervisor: Any) -> None:
    approve(session, asked(session, case, worker, ClosureDetails("CLOSE_DEATH", TODAY)), supervisor)
    assert [step.to_stage for step in session.scalars(select(Case)).one().steps][-2:] == [S.CLOSED, S.ENDED]
    assert list_dues(session, case.household, today=TODAY) == []


def test_goals_are_no_reason_before_anything_was_served(session: Session, worker: Any) -> None:
    case = brought_to(session, add_household(session, worker), worker, S.CLASSIFIED)
    with pytest.raises(RuleBroken, match="MOVE_REFUSED") as caught:
        asked(session, case, worker)
    assert (caught.value.field, "중단 사유" in caught.value.text) == ("reason", True)
    assert asked(session, case, worker, ClosureDetails("CLOSE_MOVED", TODAY)).is_waiting


def test_a_linkage_is_closed_after_its_check(session: Session, worker: Any, supervisor: Any) -> None:
    case = brought_to(session, add_household(session, worker), worker, S.SERVICE, C.LINKAGE)
    with pytest.raises(RuleBroken, match="MOVE_REFUSED"):
        asked(session, case, worker)
    later = NOW + timedelta(days=3)
    add_contact(session, case.household, day(3), mode=ContactMode.CALL, purpose=Purpose.WELFARE, now=later)
    row = service.ask_closure(session, case, replace(REACHED, on=day(3)), actor=worker, now=later)
    approve(session, row, supervisor, later)
    assert case.stage is S.AFTERCARE


def test_nothing_is_closed_unasked(session: Session, case: Case, worker: Any) -> None:
    with pytest.raises(RuleBroken) as caught:
        service.close(session, case, REACHED, actor=worker, now=NOW)
    assert caught.value.text == "종결을 팀장이 먼저 승인해야 합니다."


def told(session: Session, kind: AlertKind) -> list[tuple[int, bool]]:
    rows = session.scalars(select(Alert).where(Alert.kind == kind)).all()
    return [(row.recipient_id, row.read_at is not None) for row in rows]


def test_the_supervisor_is_told_and_then_the_worker(
    session: Session, case: Case, worker: Any, supervisor: Any, town: Any
) -> None:
    row = asked(session, case, worker)
    assert told(session, AlertKind.APPROVAL_ASKED) == [(town.supervisor.id, False)]
    service.decide_approval(session, row, Verdict.SENT_BACK, words="목표별로 적어 주세요", actor=supervisor, now=NOW)
    assert told(session, AlertKind.APPROVAL_ASKED) == [(town.supervisor.id, True)]
    assert told(session, AlertKind.APPROVAL_DECIDED) == [(town.worker.id, False)]
    assert (case.stage, row.words) == (S.SERVICE, "목표별로 적어 주세요")
    assert asked(session, case, worker).is_waiting


def test_sending_back_needs_words(session: Session, case: Case, worker: Any, supervisor: Any) -> None:
    with pytest.raises(RuleBroken, match="WORDS_NEEDED"):
        service.decide_approval(
            session, asked(session, case, worker), Verdict.SENT_BACK, words=" ", actor=supervisor, now=NOW
        )


def test_a_request_is_made_once_and_may_be_taken_back(
    session: Session, case: Case, worker: Any, supervisor: Any
) -> None:
    row = asked(session, case, worker)
    with pytest.raises(RuleBroken, match="ASKED_ALREADY"):
        asked(session, case, worker)
    service.withdraw_approval(session, row, actor=worker, now=NOW)
    assert queries.count_waiting(session, supervisor) == 0
    with pytest.raises(StaleRecord):
        approve(session, row, supervisor)
    assert asked(session, case, worker).is_waiting


def test_what_is_approved_is_what_stood_there_when_it_was_asked(
    session: Session, case: Case, worker: Any, supervisor: Any
) -> None:
    row = asked(session, case, worker)
    assert ["목표 달성", REACHED.goals] in row.asked["lines"]
    approve(session, row, supervisor)
    assert case.goals_reached == REACHED.goals


def test_another_slice_carries_out_what_was_decided_about_its_own(
    session: Session, case: Case, worker: Any, supervisor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[int | None, Verdict | None]] = []

    def follower(_session: Session, row: Approval, _actor: Any, _now: datetime) -> None:
        heard.append((row.subject_id, row.verdict))

    monkeypatch.setitem(approvals._FOLLOWERS, ApprovalKind.PLAN, follower)
    row = service.ask_approval(
        session, case, ApprovalKind.PLAN, asked={"lines": [["목표", "끼니"]]}, subject_id=7, actor=worker, now=NOW
    )
    approve(session, row, supervisor)
    assert heard == [(7, Verdict.APPROVED)]
    assert queries.was_approved(session, case.id, ApprovalKind.PLAN)


def test_a_closed_case_begins_again_as_a_new_one_linked_to_it(
    session: Session, case: Case, worker: Any, supervisor: Any
) -> None:
    with pytest.raises(RuleBroken, match="STILL_OPEN"):
        service.reopen(session, case, DETAILS, actor=worker, now=NOW)
    approve(session, asked(session, case, worker), supervisor)
    again = service.reopen(session, case, replace(DETAILS, intake_on=TODAY), actor=worker, now=NOW)
    assert (again.previous_id, again.stage, case.stage) == (case.id, S.INTAKE, S.ENDED)
    assert {due.label for due in list_dues(session, case.household, today=TODAY)} == {"접수→조사", "접수→계획"}
    assert [each.id for each in queries.list_next_of(session, case.id)] == [again.id]


def test_two_supervisors_decide_once(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        who = town.who(town.worker)
        case = brought_to(session, add_household(session, who), who, S.SERVICE)
        row_id = asked(session, case, who).id
        boss = town.who(town.supervisor)

    def decide(number: int) -> str:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            row = queries.get_approval(session, boss, row_id)
            verdict = Verdict.APPROVED if number % 2 else Verdict.SENT_BACK
            try:
                service.decide_approval(session, row, verdict, words="봄", actor=boss, now=NOW)
            except StaleRecord:
                return "late"
            return "first"

    assert sorted(all_at_once(decide)).count("first") == 1
    with Session(fresh_database.engine) as session:
        steps = [step.to_stage for step in session.scalars(select(Case)).one().steps]
        assert steps.count(S.CLOSED) <= 1


def test_a_district_words_its_own_reasons_from_a_day_on(session: Session, worker: Any, town: Any) -> None:
    officer = town.who(town.district_officer)
    change = ReasonChange(
        {"CLOSE_MOVED": "다른 시군구로 이사", "CLOSE_IMPROVED": ""},
        ["장기 입원"],
        day(1),
        "업무안내 12쪽",
        "지침이 바뀜",
    )
    service.change_reasons(session, change, actor=officer, now=NOW)
    today, tomorrow = (queries.closure_reasons(session, worker.district_id, on=on) for on in (TODAY, day(1)))
    assert today.find("CLOSE_IMPROVED") is not None
    assert tomorrow.find("CLOSE_IMPROVED") is None
    moved, own = tomorrow.find("CLOSE_MOVED"), tomorrow.reasons[-1]
    assert moved is not None
    assert (moved.label, moved.confidence, own.label, own.needs_note) == (
        "다른 시군구로 이사",
        "DISTRICT",
        "장기 입원",
        True,
    )
    assert queries.reason_label(session, worker.district_id, "CLOSE_IMPROVED") == "상황호전"
    assert queries.closure_reasons(session, town.haneul.district_id, on=day(1)).find("CLOSE_IMPROVED") is not None


@pytest.mark.parametrize(("changes", "code"), [
    ({"effective_from": day(-1)}, "PAST_DATE"), ({"why": " "}, "REASON_NEEDED"),
])  # fmt: skip
def test_a_change_of_the_reasons_says_why_and_never_looks_back(
    session: Session, town: Any, changes: dict[str, Any], code: str
) -> None:
    change = replace(ReasonChange({}, [], day(1), "업무안내", "바뀜"), **changes)
    with pytest.raises(RuleBroken, match=code):
        service.change_reasons(session, change, actor=town.who(town.district_officer), now=NOW)


def test_a_new_case_needs_a_standing_household(session: Session, worker: Any) -> None:
    household = add_household(session, worker)
    household.status = type(household.status)("CLOSED")
    with pytest.raises(RuleBroken, match="HOUSEHOLD_CLOSED"):
        open_case(session, household, worker)
