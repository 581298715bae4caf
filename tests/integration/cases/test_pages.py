from __future__ import annotations

from typing import Any

import pytest
from app.access.permissions import Role
from app.cases import queries, service
from app.cases.models import Case, Counselling
from app.cases.rules import CaseClass, CaseStage, Verdict
from app.cases.service import ClosureDetails
from app.households.rules import HealthGround
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.cases import brought_to, counsel, open_case
from tests.factories.visits import visit_details
from tests.moments import NOW, TODAY, day

S, C = CaseStage, CaseClass


def test_a_household_becomes_a_case_and_stands_on_the_board_with_its_days_and_why(
    sign_in_as: Any, session: Session, household: Any
) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/households/{household.id}/cases/new").form("/cases/new")
    browser.submit(form, intake_on=day(-12).isoformat(), route="NEIGHBOUR", reason="이웃이 알림")
    case = session.scalars(select(Case)).one()
    page = browser.get("/cases").text
    assert "접수→조사 2일 지남" in page
    assert "기한이 지난 사례 1건" in page
    assert household.title in browser.get("/cases?view=list&late=1").text
    assert household.title not in browser.get("/cases?class=COMPLEX").text
    shown = browser.get(f"/cases/{case.id}").text
    assert "이웃신고" in shown
    assert "10일 내외" in shown or "접수→조사" in shown


def test_an_intake_without_a_reason_comes_back_with_what_was_typed(sign_in_as: Any, household: Any) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/households/{household.id}/cases/new").form("/cases/new")
    browser.submit(form, status=422, route="KIN", reason=" ", target_groups=["TG_JOBLESS"])
    again = browser.page.form("/cases/new")
    assert again.fields["route"] == "KIN"


def test_a_talk_taken_from_a_visit_says_what_the_visit_said(
    sign_in_as: Any, session: Session, household: Any, town: Any
) -> None:
    from app.visits import service as visits

    nurse = town.who(town.nurse)
    told = visit_details(
        household, welfare_note="전기가 끊길 뻔함", nursing_note="혈압약을 거름", shared_line="약을 거르심"
    )
    visit = visits.log_visit(session, household, told, typed_at=NOW, actor=nurse, now=NOW)
    browser = sign_in_as(Role.WORKER)
    page = browser.get(f"/households/{household.id}/counselling?visit={visit.id}")
    assert "혈압약을 거름" not in page.text
    form = page.form("/counselling")
    assert (form.fields["complaint"], form.fields["health"]) == ("전기가 끊길 뻔함", "약을 거르심")
    browser.submit(form)
    row = session.scalars(select(Counselling)).one()
    assert (row.visit_id, row.counselled_on) == (visit.id, visit.occurred_on)


def test_what_is_typed_of_a_talk_is_kept_before_it_is_sent(sign_in_as: Any, household: Any) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/households/{household.id}/counselling").form("/counselling")
    url = f"/households/{household.id}/drafts/counselling/{form.fields['visit_id']}"
    token = {"X-CSRFToken": form.fields["csrf_token"]}
    body = {"complaint": "밥을 못 먹음"}
    browser.open(url, method="put", json={"body": body, "version": 0}, headers=token, status=200)
    again = browser.get(f"/households/{household.id}/counselling").form("/counselling")
    assert again.fields["complaint"] == "밥을 못 먹음"


def test_health_of_a_talk_is_for_whoever_wrote_it_or_may_read_health(
    sign_in_as: Any, session: Session, household: Any, worker: Any
) -> None:
    talk = counsel(session, household, worker, health="당뇨로 발이 저림")
    assert "당뇨로" in sign_in_as(Role.WORKER).get(f"/counselling/{talk.id}").text
    assert "당뇨로" in sign_in_as(Role.NURSE).get(f"/counselling/{talk.id}").text
    supervisor = sign_in_as(Role.SUPERVISOR)
    assert "당뇨로" not in supervisor.get(f"/counselling/{talk.id}").text
    form = supervisor.get(f"/counselling/{talk.id}/edit").form("/edit")
    supervisor.submit(form, told="긴급복지를 안내함")
    session.refresh(talk)
    assert (talk.health, talk.told) == ("당뇨로 발이 저림", "긴급복지를 안내함")
    household.health_ground = HealthGround.CONSENT
    session.flush()
    assert "당뇨로" in supervisor.get(f"/counselling/{talk.id}").text


def test_the_supervisor_approves_a_closure_as_it_was_asked(
    sign_in_as: Any, session: Session, household: Any, worker: Any
) -> None:
    case = brought_to(session, household, worker, S.SERVICE)
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/cases/{case.id}/close").form("/close")
    browser.submit(form, status=422, reason="CLOSE_SHORT_GOAL")
    browser.submit(browser.page.form("/close"), reason="CLOSE_SHORT_GOAL", goals="빚을 갚음")
    boss = sign_in_as(Role.SUPERVISOR)
    assert "결재 1건" in boss.get("/cases").text
    (row,) = queries.list_waiting(session, worker)
    page = boss.get(f"/cases/approvals/{row.id}")
    assert "빚을 갚음" in page.text
    boss.submit(page.form(f"/approvals/{row.id}"), verdict="APPROVED")
    session.refresh(case)
    assert case.stage is S.AFTERCARE
    assert "결재 0건" in boss.get("/cases").text


def test_a_worker_decides_no_closure(sign_in_as: Any, session: Session, household: Any, worker: Any) -> None:
    case = brought_to(session, household, worker, S.SERVICE)
    details = ClosureDetails("CLOSE_MOVED", TODAY)
    row = service.ask_closure(session, case, details, actor=worker, now=NOW)
    browser = sign_in_as(Role.WORKER)
    page = browser.get(f"/cases/approvals/{row.id}")
    assert "돌려보내기" not in page.text
    browser.submit(page.form("/withdraw"))
    session.refresh(row)
    assert not row.is_waiting


def test_a_class_is_decided_with_a_reason_and_a_linkage_is_written(
    sign_in_as: Any, session: Session, household: Any, worker: Any
) -> None:
    case = brought_to(session, household, worker, S.CONFERENCE)
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/cases/{case.id}/class").form("/class")
    browser.submit(form, case_class="LINKAGE", reason="주거급여 신청이면 됨")
    browser.submit(browser.get(f"/cases/{case.id}/link").form("/link"), status=422)
    browser.submit(browser.page.form("/link"), because="주거급여 신청 도움")
    assert "연계 점검" in browser.get(f"/cases/{case.id}").text


def test_who_is_not_selected_ends_on_one_page(sign_in_as: Any, session: Session, household: Any, worker: Any) -> None:
    case = brought_to(session, household, worker, S.CLASSIFIED, C.NOT_SELECTED)
    browser = sign_in_as(Role.WORKER)
    browser.submit(browser.get(f"/cases/{case.id}/close").form("/close"), because="자녀가 돌봄")
    assert "미선정" in browser.get(f"/households/{household.id}/cases").text


def test_the_intake_is_put_right_on_its_page(sign_in_as: Any, session: Session, household: Any, worker: Any) -> None:
    case = open_case(session, household, worker)
    browser = sign_in_as(Role.WORKER)
    page = browser.get(f"/cases/{case.id}/intake")
    browser.submit(page.form("/intake"), intake_on=day(-5).isoformat(), route="KIN")
    assert "접수→조사 5일 뒤" in browser.get(f"/cases/{case.id}").text
    browser.submit(page.form("/intake"), status=422, route="KIN")


def test_another_centre_finds_neither_case_nor_talk_nor_request(
    sign_in_as: Any, session: Session, household: Any, worker: Any, town: Any
) -> None:
    case = brought_to(session, household, worker, S.SERVICE)
    talk = queries.list_counselling(session, household.id)[0]
    row = service.ask_closure(session, case, ClosureDetails("CLOSE_MOVED", TODAY), actor=worker, now=NOW)
    stranger = sign_in_as(town.narae_worker)
    for path in (
        f"/cases/{case.id}",
        f"/counselling/{talk.id}",
        f"/cases/approvals/{row.id}",
        f"/cases/{case.id}/close",
    ):
        stranger.get(path, status=404)
    assert household.title not in stranger.get("/cases").text


def test_the_household_shows_its_case_and_its_steps(
    sign_in_as: Any, session: Session, household: Any, worker: Any
) -> None:
    brought_to(session, household, worker, S.SERVICE)
    page = sign_in_as(Role.NURSE).get(f"/households/{household.id}").text
    assert "제공·점검, 사례관리(일반)" in page
    assert "사례 사례회의" in page


def test_the_district_words_the_reasons_on_their_page(sign_in_as: Any) -> None:
    officer = sign_in_as(Role.DISTRICT)
    form = officer.get("/cases/reasons/new").form("/reasons/new")
    officer.submit(form, label_CLOSE_MOVED="전출", source="업무안내", why="말을 맞춤", effective_from=TODAY.isoformat())
    assert "전출" in officer.get("/cases/reasons").text
    sign_in_as(Role.WORKER).get("/cases/reasons/new", status=403)


@pytest.mark.parametrize(
    ("details", "stage", "said"),
    [
        (ClosureDetails("CLOSE_SHORT_GOAL", TODAY, goals="빚을 갚음"), S.AFTERCARE, "사후관리 중입니다"),
        (
            ClosureDetails("CLOSE_NO_CONTACT", TODAY, attempts="세 번 감", recheck_on=day(30)),
            S.CLOSED,
            "다시 확인할 일",
        ),
        (ClosureDetails("CLOSE_DEATH", TODAY), S.ENDED, "끝난 사례입니다"),
    ],
)
def test_a_closed_case_is_not_closed_again_and_says_why(
    sign_in_as: Any, session: Session, town: Any, household: Any, worker: Any, details: ClosureDetails, stage: S, said: str
) -> None:  # fmt: skip
    case = brought_to(session, household, worker, S.SERVICE)
    browser = sign_in_as(Role.WORKER)
    opened_before = browser.get(f"/cases/{case.id}/close").form("/close")
    row = service.ask_closure(session, case, details, actor=worker, now=NOW)
    service.decide_approval(session, row, Verdict.APPROVED, actor=town.who(town.supervisor), now=NOW)
    assert case.stage is stage
    answer = browser.open(f"/cases/{case.id}/close", status=302)
    assert answer.headers["Location"] == f"/cases/{case.id}"
    page = browser.get(f"/cases/{case.id}")
    assert f"이미 종결했습니다({TODAY})" in page.text
    assert said in page.text
    answer = browser.submit(opened_before, reason="CLOSE_MOVED", status=302)
    assert answer.headers["Location"] == f"/cases/{case.id}"
    assert "이미 종결했습니다" in browser.get(f"/cases/{case.id}").text
    assert not queries.list_waiting(session, worker)
