"""The pages of conferences: planned, filled, written by two, confirmed, and closed to whoever has no business there."""

from __future__ import annotations

from typing import Any

import pytest
from app.access.permissions import Role
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.cases import service as cases
from app.cases.models import Case
from app.cases.rules import CaseClass, CaseStage
from app.cases.service import ClassDetails
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import Decision
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.cases import brought_to
from tests.factories.conferences import conference, confirm, decide
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

S, D = CaseStage, Decision


@pytest.fixture
def case(session: Session, worker: Any) -> Case:
    made = brought_to(session, add_household(session, worker), worker, S.CONFERENCE)
    session.commit()
    return made


def test_a_conference_is_planned_filled_written_and_confirmed(
    sign_in_as: Any, session: Session, town: Town, case: Case
) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get("/conferences/new").form("/conferences/new")
    planned = {"kind": "INTERNAL", "held_on": TODAY.isoformat(), "began": "10:00", "place": "2층 회의실",
               "staff": [str(town.worker.id), str(town.supervisor.id)], "others": "김다솜, 가람종합복지관"}  # fmt: skip
    browser.submit(form, **planned)
    held = session.scalars(select(Conference)).one()
    assert {each["name"] for each in held.attendees} == {"도윤서", "민하준", "김다솜"}
    chooser = browser.get(f"/conferences/{held.id}/agenda")
    assert "선정을 기다리는 사례" in chooser.text
    browser.submit(chooser.form("/agenda"), cases=[str(case.id)])
    item = session.scalars(select(AgendaItem)).one()
    minutes = browser.get(f"/conferences/{held.id}/minutes")
    assert "끼니" in minutes.text or "월세" in minutes.text
    typed = {f"item-{item.id}-decision": "SELECT_GENERAL", f"item-{item.id}-note": "혼자 못 챙기심",
             f"item-{item.id}-said": "돌아가며 이야기함"}  # fmt: skip
    browser.submit(minutes.form("/minutes"), **typed)
    assert "확정하기" not in browser.get(f"/conferences/{held.id}").text
    browser.get(f"/conferences/{held.id}/confirm", status=403)
    lead = sign_in_as(Role.SUPERVISOR)
    page = lead.get(f"/conferences/{held.id}/confirm")
    assert "구분이 정해지고" in page.text
    lead.submit(page.form("/confirm"))
    session.expire_all()
    assert (case.stage, case.case_class) == (S.CLASSIFIED, CaseClass.GENERAL)
    shown = lead.get(f"/cases/{case.id}").text
    assert "내부사례회의" in shown
    assert "선정: 사례관리(일반)" in shown
    assert "선정: 사례관리(일반)" in lead.get(f"/households/{case.household_id}").text
    assert "확정한 회의" in lead.get("/conferences").text
    lead.submit(lead.get(f"/conferences/{held.id}/addendum").form("/addendum"), text="장소는 3층")
    assert "장소는 3층" in lead.get(f"/conferences/{held.id}").text


def test_what_cannot_be_planned_comes_back_as_it_was_typed(sign_in_as: Any) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get("/conferences/new").form("/conferences/new")
    browser.submit(form, status=422, kind="SOLUTION", place="강당", others="박나루")
    assert "박나루" in browser.page.text
    again = browser.page.form("/conferences/new")
    assert (again.fields["place"], again.fields["others"]) == ("강당", "박나루")
    browser.submit(form, status=422, kind="SOLUTION", held_on=day(5000).isoformat())
    assert "맞습니까" in browser.page.text


def test_a_decision_about_a_case_that_moved_is_refused_on_the_page_by_its_item(
    sign_in_as: Any, session: Session, town: Town, worker: Any, case: Case
) -> None:
    held = conference(session, worker, case)
    decide(session, held, worker, (D.LINKAGE, "반찬만"))
    session.commit()
    lead = sign_in_as(Role.SUPERVISOR)
    form = lead.get(f"/conferences/{held.id}/confirm").form("/confirm")
    cases.classify(session, case, ClassDetails(CaseClass.COMPLEX, TODAY, "급함"), actor=worker, now=NOW)
    session.commit()
    lead.submit(form, status=422)
    assert "결정을 적은 뒤 사례가 바뀌었습니다" in lead.page.text
    assert "아무것도 바뀌지 않았습니다" in lead.page.text
    session.expire_all()
    assert (held.confirmed_at, case.case_class) == (None, CaseClass.COMPLEX)
    again = sign_in_as(Role.WORKER)
    again.submit(again.get(f"/conferences/{held.id}/minutes").form("/minutes"))
    lead.submit(lead.get(f"/conferences/{held.id}/confirm").form("/confirm"))
    session.expire_all()
    assert case.case_class is CaseClass.LINKAGE


def test_what_is_typed_is_kept_and_two_writers_see_each_other(
    sign_in_as: Any, session: Session, worker: Any, case: Case
) -> None:
    held = conference(session, worker, case)
    [item] = held.agenda
    session.commit()
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/conferences/{held.id}/minutes").form("/minutes")
    token, url, name = (
        {"X-CSRFToken": form.fields["csrf_token"]},
        f"/conferences/{held.id}/draft",
        f"item-{item.id}-said",
    )
    version = held.version
    mine = {"body": {name: "민하준의 글", "others": "박나", "held_on": "", "staff": []}, "version": version}
    answer = browser.open(url, method="put", json=mine, headers=token, status=200)
    session.expire_all()
    assert (item.said, held.held_on, answer.json["version"]) == ("민하준의 글", TODAY, held.version)
    assert held.attendees == [{"name": "박나", "agency": "", "account_id": None}]
    theirs = {"body": {name: "도윤서의 글"}, "version": version}
    lead = sign_in_as(Role.SUPERVISOR)
    token = {"X-CSRFToken": lead.get(f"/conferences/{held.id}/minutes").form("/minutes").fields["csrf_token"]}
    refused = lead.open(url, method="put", json=theirs, headers=token, status=409)
    assert refused.json["body"][name] == "민하준의 글"
    assert refused.json["version"] == held.version
    lead.open(url, method="put", json={"body": "?"}, headers=token, status=422)
    browser.submit(form, status=422, **{name: "늦은 글"})
    assert "다른 사람이 먼저 고쳤습니다" in browser.page.text
    assert "늦은 글" in browser.page.text


def test_items_are_moved_and_taken_off_by_buttons_and_what_was_typed_stays(
    sign_in_as: Any, session: Session, worker: Any, case: Case
) -> None:
    other = brought_to(session, add_household(session, worker), worker, S.ASSESSMENT)
    held = conference(session, worker, case, other)
    first, second = held.agenda
    session.commit()
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/conferences/{held.id}/minutes").form("/minutes")
    browser.submit(form, status=200, act=f"up-{second.id}", **{f"item-{first.id}-said": "적던 글"})
    assert browser.page.form("/minutes").fields[f"item-{first.id}-said"] == "적던 글"
    session.expire_all()
    assert [item.id for item in held.agenda] == [second.id, first.id]
    browser.submit(browser.page.form("/minutes"), status=200, act=f"remove-{second.id}")
    session.expire_all()
    assert [(item.id, item.said) for item in held.agenda] == [(first.id, "적던 글")]


def test_a_case_is_put_on_the_next_conference_from_its_own_page(
    sign_in_as: Any, session: Session, worker: Any, case: Case
) -> None:
    browser = sign_in_as(Role.WORKER)
    assert "다음 사례회의에 올리기" in browser.get(f"/cases/{case.id}").text
    assert "올릴 수 있는 회의가 없습니다" in browser.get(f"/cases/{case.id}/conference").text
    held = conference(session, worker)
    session.commit()
    form = browser.get(f"/cases/{case.id}/conference").form("/conference")
    browser.submit(form, matter="REVIEW")
    session.expire_all()
    assert [(item.case_id, item.matter.value) for item in held.agenda] == [(case.id, "REVIEW")]
    assert "올릴 수 있는 회의가 없습니다" in browser.get(f"/cases/{case.id}/conference").text


def test_every_household_on_the_page_is_a_look_and_other_centres_see_nothing(
    sign_in_as: Any, session: Session, town: Town, worker: Any, case: Case
) -> None:
    held = conference(session, worker, case)
    session.commit()
    sign_in_as(Role.NURSE).get(f"/conferences/{held.id}")
    look = session.scalars(select(AccessLog).where(AccessLog.subject == f"conference:{held.id}",
                                                   AccessLog.action == Action.VIEW)).one()  # fmt: skip
    assert look.detail == str(case.household_id)
    for way in ("", "/minutes", "/agenda", "/confirm", "/addendum", "/paper"):
        sign_in_as(town.narae_supervisor).get(f"/conferences/{held.id}{way}", status=404)
    sign_in_as(Role.NURSE).get(f"/conferences/{held.id}/minutes", status=403)
    assert "새 회의" not in sign_in_as(Role.NURSE).get("/conferences").text
    sign_in_as(Role.NURSE).get("/conferences/new", status=403)


def test_confirmed_minutes_have_no_way_back(
    sign_in_as: Any, session: Session, town: Town, worker: Any, case: Case
) -> None:
    held = conference(session, worker, case)
    decide(session, held, worker, (D.SELECT_GENERAL, "까닭"))
    confirm(session, held, town.who(town.supervisor))
    session.commit()
    lead = sign_in_as(Role.SUPERVISOR)
    for way in ("minutes", "agenda", "confirm"):
        lead.open(f"/conferences/{held.id}/{way}", status=302)
    page = lead.get(f"/conferences/{held.id}")
    assert "확정한 회의록입니다" in page.text
    assert "회의록 쓰기" not in page.text


def test_the_district_narrows_the_list_to_a_centre_and_a_kind(
    sign_in_as: Any, session: Session, town: Town, worker: Any, case: Case
) -> None:
    conference(session, worker, case)
    session.commit()
    officer = sign_in_as(Role.DISTRICT)
    assert "내부사례회의" in officer.get(f"/conferences?centre={town.garam.id}&kind=INTERNAL").text
    assert "아직 회의가 없습니다" in officer.get(f"/conferences?centre={town.centres['나래동'].id}").text
    assert "아직 회의가 없습니다" in officer.get("/conferences?kind=SOLUTION").text
    assert "내부사례회의" in officer.get("/conferences?centre=x&kind=NONE&after=0").text
    assert "나래동" in officer.get(f"/conferences/new?centre={town.centres['나래동'].id}").text
