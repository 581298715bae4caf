from __future__ import annotations

from io import BytesIO
from typing import Any

from app.access.permissions import Role
from app.cases.rules import CaseClass, CaseStage
from app.households.rules import HealthGround
from app.needs import queries
from app.needs.rules import NeedLevel
from sqlalchemy.orm import Session
from tests.factories.cases import open_case
from tests.factories.needs import needs_details, survey
from tests.moments import NOW, TODAY, day

L = NeedLevel


def answers(session: Session, worker: Any, **levels: str) -> dict[str, str]:
    """Every item of the form, as the page sends it."""
    form = queries.read(queries.form_in_force(session, worker.district_id, on=TODAY))
    return {f"item_{item.code}": levels.get(item.code, "NONE") for item in form.items}


def test_a_survey_is_answered_from_the_case_and_the_case_shows_its_proposal(
    sign_in_as: Any, session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    browser = sign_in_as(town.worker)
    assert f"/households/{household.id}/needs/new" in browser.get(f"/cases/{case.id}").html
    form = browser.get(f"/households/{household.id}/needs/new").form("/needs/new")
    sent = answers(session, worker, SAFE_IN_FAMILY="URGENT", ECON_BASIC="NEEDED")
    browser.submit(form, **sent, note_SAFE_IN_FAMILY="아들이 때린다 하심", own_words="무서워요")
    row = queries.latest_assessment(session, household.id)
    assert row is not None
    assert row.found[0].note == "아들이 때린다 하심"
    shown = browser.get(f"/needs/{row.id}").text
    assert f"구분 제안: {CaseClass.COMPLEX.label}" in shown
    assert "무서워요" in shown
    assert (case.stage, case.proposed_class) == (CaseStage.ASSESSMENT, CaseClass.COMPLEX)
    assert CaseClass.COMPLEX.label in browser.get(f"/cases/{case.id}").text
    listed = browser.get(f"/households/{household.id}/needs").text
    assert "가족 내 안전 유지 긴급, 기초생활 해결 필요" in listed


def test_what_was_typed_comes_back_when_an_item_is_left_out(
    sign_in_as: Any, session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/needs/new").form("/needs/new")
    sent = answers(session, worker, ECON_BASIC="NEEDED")
    del sent["item_RIGHTS"]
    browser.submit(form, status=422, **sent, note_ECON_BASIC="월세 석 달", strengths="부지런함")
    again = browser.page.form("/needs/new")
    assert (again.fields["item_ECON_BASIC"], again.fields["note_ECON_BASIC"]) == ("NEEDED", "월세 석 달")
    assert again.fields["strengths"] == "부지런함"
    assert queries.latest_assessment(session, household.id) is None


def test_a_draft_is_kept_from_the_first_answer_and_opened_again_with_its_form(
    sign_in_as: Any, household: Any, case: Any, town: Any
) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/needs/new").form("/needs/new")
    fields = form.fields
    body = {"form_id": fields["form_id"], "item_ECON_BASIC": "URGENT", "note_ECON_BASIC": "쌀이 없음"}
    url = f"/households/{household.id}/drafts/needs/{fields['visit_id']}"
    token = {"X-CSRFToken": fields["csrf_token"]}
    browser.open(url, method="put", status=200, json={"body": body, "version": 0}, headers=token)
    page = browser.get(f"/households/{household.id}/needs/new")
    assert "작성하던 조사를 이어 씁니다" in page.text
    assert page.form("/needs/new").fields["note_ECON_BASIC"] == "쌀이 없음"
    assert "욕구조사" in browser.get("/today").text


def test_a_survey_waits_for_the_first_talk_and_says_so(
    sign_in_as: Any, session: Session, household: Any, worker: Any, town: Any
) -> None:
    open_case(session, household, worker)
    browser = sign_in_as(town.worker)
    page = browser.get(f"/households/{household.id}/needs/new")
    assert "초기상담을 먼저 기록해 주세요" in page.text
    browser.submit(page.form("/needs/new"), status=422, **answers(session, worker))
    assert "초기상담 적기" in browser.get(f"/households/{household.id}/needs").text


def test_a_survey_is_taken_back_with_a_reason_and_restored(
    sign_in_as: Any, session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    row = survey(session, household, worker, ECON_BASIC=L.NEEDED).row
    browser = sign_in_as(town.worker)
    browser.submit(browser.get(f"/needs/{row.id}").form("/void"), because=" ")
    assert row.voided_at is None
    browser.submit(browser.get(f"/needs/{row.id}").form("/void"), because="다른 집 것")
    browser.get(f"/households/{household.id}/needs")
    page = browser.get(f"/needs/{row.id}")
    assert "다른 집 것" in page.text
    assert "취소함" in browser.get(f"/households/{household.id}/needs").text
    browser.submit(page.form("/restore"))
    assert row.voided_at is None
    other = sign_in_as(town.other_worker)
    assert "조사 취소하기" not in other.get(f"/needs/{row.id}").text


def test_first_and_latest_stand_beside_each_other_in_words(
    sign_in_as: Any, session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    survey(session, household, worker, on=day(-9), SAFE_IN_FAMILY=L.URGENT, ECON_BASIC=L.WATCH)
    survey(session, household, worker, SAFE_IN_FAMILY=L.WATCH, ECON_BASIC=L.NEEDED)
    shown = sign_in_as(town.worker).get(f"/households/{household.id}/needs").text
    assert "긴급 → 관찰 나아짐" in shown
    assert "관찰 → 필요 나빠짐" in shown
    assert "나아진 영역 1, 나빠진 영역 1, 그대로 8" in shown
    assert "지난번 관찰" in sign_in_as(town.worker).get(f"/households/{household.id}/needs/new").text


def test_words_about_health_are_for_those_who_read_health_and_for_the_writer(
    sign_in_as: Any, session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    from app.needs import service

    details = needs_details(session, worker, HEALTH_MENTAL=L.NEEDED)
    noted = {"HEALTH_MENTAL": "죽고 싶다 하심", "ECON_BASIC": "월세 밀림"}
    row = service.record_needs(
        session, household, type(details)(details.assessment_id, details.form_id, TODAY, details.levels, noted),
        actor=worker, now=NOW,
    ).row  # fmt: skip
    assert household.health_ground in (None, *HealthGround)
    assert "죽고 싶다 하심" in sign_in_as(town.worker).get(f"/needs/{row.id}").text
    assert "죽고 싶다 하심" in sign_in_as(town.nurse).get(f"/needs/{row.id}").text
    seen = sign_in_as(town.district_officer).get(f"/needs/{row.id}").text
    assert "죽고 싶다 하심" not in seen
    assert "건강에 관한 답은 열람 권한이 있어야 봅니다" in seen
    assert "월세 밀림" in seen
    assert "정신적 건강" not in sign_in_as(town.district_officer).get(f"/households/{household.id}/needs").text


def test_another_centre_finds_nothing(
    sign_in_as: Any, session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    row = survey(session, household, worker).row
    browser = sign_in_as(town.narae_worker)
    for path in (f"/needs/{row.id}", f"/households/{household.id}/needs", f"/households/{household.id}/needs/new"):
        browser.get(path, status=404)


CSV = "영역,항목,설명\n안전,가족 내 안전 유지,폭력\n디지털,휴대전화 쓰기,\n,,\n디지털,,빈 항목\n"


def test_an_offices_own_form_is_read_shown_and_applied_from_a_day_on(
    sign_in_as: Any, session: Session, town: Any
) -> None:
    browser = sign_in_as(Role.DISTRICT)
    page = browser.get("/needs/form/load")
    browser.submit(page.form("/load"), status=200, file=(BytesIO(CSV.encode()), "조사표.csv"))
    assert "5행" in browser.page.text
    assert "항목이 비어 있습니다." in browser.page.text
    good = CSV.replace("디지털,,빈 항목\n", "").encode("cp949")
    browser.submit(browser.get("/needs/form/load").form("/load"), status=200, file=(BytesIO(good), "조사표.csv"))
    assert "새 항목" in browser.page.text
    assert "더 묻지 않게 되는 항목 18개" in browser.page.text
    for nonsense in ("", "[" * 100_000, '[["x", "안전"]]'):
        browser.submit(browser.page.form("/apply"), status=422, rows=nonsense, name="우리 조사표", why="개정")
        browser.submit(browser.get("/needs/form/load").form("/load"), status=200, file=(BytesIO(good), "조사표.csv"))
    browser.submit(browser.page.form("/apply"), status=422, name="우리 조사표", source="", why="개정")
    assert browser.page.form("/apply").fields["name"] == "우리 조사표"
    browser.submit(browser.page.form("/apply"), name="우리 조사표", source="지침", why="개정")
    assert "우리 조사표" in browser.get("/needs/form").text
    own = queries.form_in_force(session, town.who(town.worker).district_id, on=TODAY)
    assert next(item.code for item in queries.read(own).items) == "SAFE_IN_FAMILY"
    assert "휴대전화 쓰기" in browser.get(f"/needs/form/{own.id}").text


def test_a_file_that_is_no_form_says_why(sign_in_as: Any) -> None:
    browser = sign_in_as(Role.DISTRICT)
    for content in (b"{", b"[" * 100_000, b"a,b\n1,2\n", b"x" * 400_001):
        browser.submit(browser.get("/needs/form/load").form("/load"), status=422, file=(BytesIO(content), "f.json"))


def test_the_form_is_read_by_workers_and_changed_by_the_officer_only(sign_in_as: Any) -> None:
    browser = sign_in_as(Role.WORKER)
    shown = browser.get("/needs/form").text
    assert "가족 내 안전 유지" in shown
    assert "파일로 바꾸기" not in shown
    browser.get("/needs/form/load", status=403)
    browser.open("/needs/form/table.xlsx", status=200)
