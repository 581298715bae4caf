from __future__ import annotations

from typing import Any

from app.cases.rules import CaseStage
from app.needs import queries, service
from app.needs.rules import FormRow, NeedLevel
from app.plans import service as plans
from sqlalchemy.orm import Session
from tests.factories.cases import brought_to
from tests.factories.needs import survey
from tests.moments import NOW, TODAY

L = NeedLevel


def test_what_the_latest_survey_found_stands_on_top_of_the_needs_a_goal_may_name(
    session: Session, household: Any, worker: Any
) -> None:
    brought_to(session, household, worker, CaseStage.CLASSIFIED)
    survey(session, household, worker, ECON_BASIC=L.NEEDED, RIGHTS=L.URGENT, JOB_KEEP=L.WATCH)
    offered = queries.needs_to_choose(session, household.id, worker, on=TODAY)
    assert offered[:3] == [
        ("RIGHTS", "권익보장 (긴급)"), ("ECON_BASIC", "기초생활 (필요)"), ("JOB_KEEP", "취업·고용유지 (관찰)"),
    ]  # fmt: skip
    assert len(offered) == 19
    assert len({code for code, _words in offered}) == 19


def test_the_editor_of_a_plan_offers_them_and_the_plan_says_an_offices_own_item_by_its_name(
    sign_in_as: Any, session: Session, household: Any, worker: Any, town: Any
) -> None:
    case = brought_to(session, household, worker, CaseStage.CLASSIFIED)
    own = service.set_needs_form(
        session, [FormRow(2, "디지털", "휴대전화 쓰기")], name="우리 표", effective_from=TODAY, source="지침", why="개정",
        actor=town.who(town.district_officer), now=NOW,
    )  # fmt: skip
    code = queries.read(own).items[0].code
    survey(session, household, worker, **{code: L.URGENT})
    plan = plans.begin_plan(session, case, actor=worker, now=NOW)
    session.commit()
    browser = sign_in_as(town.worker)
    page = browser.get(f"/plans/{plan.id}/edit")
    assert "휴대전화 쓰기 (긴급)" in page.text
    sent = {"goals-0-text": "혼자 전화를 건다", "goals-0-need": code}
    browser.submit(page.form("/edit"), **sent)
    assert "휴대전화 쓰기" in browser.get(f"/plans/{plan.id}").text
    assert "휴대전화 쓰기" in plans.plan_text(plan).text
    assert code not in plans.plan_text(plan).text


def test_a_goal_keeps_a_need_no_form_knows(
    sign_in_as: Any, session: Session, household: Any, worker: Any, town: Any
) -> None:
    case = brought_to(session, household, worker, CaseStage.CLASSIFIED)
    plan = plans.begin_plan(session, case, actor=worker, now=NOW)
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/plans/{plan.id}/edit").form("/edit")
    browser.submit(form, **{"goals-0-text": "목표", "goals-0-need": "OLD_CODE"})
    assert browser.get(f"/plans/{plan.id}/edit").form("/edit").fields["goals-0-need"] == "OLD_CODE"


def test_a_need_of_health_shows_its_level_to_nobody_who_does_not_read_health(
    session: Session, household: Any, worker: Any, town: Any
) -> None:
    brought_to(session, household, worker, CaseStage.CLASSIFIED)
    survey(session, household, worker, HEALTH_MENTAL=L.URGENT)
    officer = town.who(town.district_officer)
    assert queries.needs_to_choose(session, household.id, worker, on=TODAY)[0] == ("HEALTH_MENTAL", "정신 건강 (긴급)")
    assert ("HEALTH_MENTAL", "정신 건강") in queries.needs_to_choose(session, household.id, officer, on=TODAY)
    found = queries.comparison(session, household.id, who=officer)
    assert found is not None
    assert "건강" not in [each.label for each in found.domains]
    assert "정신" not in queries.needs_line(session, household.id)
