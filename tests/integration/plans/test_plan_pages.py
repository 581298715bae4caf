"""The pages of plans: rows by buttons, drafts kept, errors at their row, signed, asked, checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.access.permissions import Role
from app.accounts.models import Account
from app.cases.models import Case
from app.core.database import new_id
from app.households.models import Household
from app.plans import queries, service
from app.plans.models import Plan
from app.plans.rules import PlanState
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.planning import approved_plan, provider, signed_plan, whole_draft
from tests.factories.town import Town
from tests.moments import NOW, TODAY
from tests.pages import Page

SignIn = Callable[[Role | Account], Browser]


def the_plan(session: Session) -> Plan:
    session.expire_all()
    return session.scalars(select(Plan).order_by(Plan.number.desc())).first()  # type: ignore[return-value]


def shown(browser: Browser) -> Page:
    assert browser.page is not None
    return browser.page


def filled(town: Town) -> dict[str, Any]:
    return {
        "goals-0-text": "하루 두 끼", "goals-0-need": "DAILY_LIVING", "services-0-title": "밑반찬",
        "services-0-amount": "주 2회", "services-0-starts_on": TODAY.isoformat(), "services-0-provider_name": "가람 복지관",
        "services-0-checker_id": str(town.worker.id), "services-0-check_days": "14", "services-0-goal": "1",
        "clients_view": "좋다",
    }  # fmt: skip


def test_a_plan_is_begun_filled_and_stored_with_the_entry_of_the_directory(
    sign_in_as: SignIn, session: Session, town: Town, household: Household, case: Case
) -> None:
    entry = provider(session, town.who(town.worker))
    browser = sign_in_as(town.worker)
    begun = browser.get(f"/households/{household.id}/plans").form("/plans/new")
    browser.submit(begun)
    plan = the_plan(session)
    form = browser.get(f"/plans/{plan.id}/edit").form("/edit")
    browser.submit(form, **filled(town))
    plan = the_plan(session)
    assert [(row.title, row.provider_id, row.provider_name) for row in plan.services] == [
        ("밑반찬", entry.id, entry.name)
    ]
    text = browser.get(f"/plans/{plan.id}").text
    assert "서명받기" in text
    assert "빠진 것이" not in text
    stranger = {"services-0-checker_id": str(town.narae_worker.id)}
    browser.submit(browser.get(f"/plans/{plan.id}/edit").form("/edit"), **stranger)
    assert the_plan(session).services[0].checker_id is None


def test_rows_are_added_moved_and_taken_out_and_what_was_typed_stays(
    sign_in_as: SignIn, session: Session, town: Town, case: Case
) -> None:
    plan = service.begin_plan(session, case, actor=town.who(town.worker), now=NOW)
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/plans/{plan.id}/edit").form("/edit")
    browser.submit(form, **filled(town) | {"act": "add-goals", "services-0-starts_on": "모름"}, status=200)
    page = shown(browser)
    form = page.form("/edit")
    assert form.fields["services-0-starts_on"] == "모름"
    browser.submit(form, **{"goals-1-text": "친구를 사귄다", "act": "up-goals-1"}, status=200)
    page = shown(browser)
    form = page.form("/edit")
    assert [form.fields["goals-0-text"], form.fields["goals-1-text"]] == ["친구를 사귄다", "하루 두 끼"]
    assert form.fields["services-0-goal"] == "2"
    browser.submit(form, act="remove-goals-0", status=200)
    page = shown(browser)
    assert page.form("/edit").fields["goals-0-text"] == "하루 두 끼"
    assert [goal.text for goal in the_plan(session).goals] == ["하루 두 끼"]


def test_an_error_stands_at_its_row_and_nothing_is_lost(
    sign_in_as: SignIn, session: Session, town: Town, case: Case
) -> None:
    plan = service.begin_plan(session, case, actor=town.who(town.worker), now=NOW)
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/plans/{plan.id}/edit").form("/edit")
    browser.submit(form, **filled(town) | {"services-0-check_days": "1000"}, status=422)
    page = shown(browser)
    assert 'id="services-0-check_days-error"' in page.html
    assert page.form("/edit").fields["goals-0-text"] == "하루 두 끼"
    assert not the_plan(session).goals


def test_what_is_missing_stands_at_its_field(sign_in_as: SignIn, session: Session, town: Town, case: Case) -> None:
    plan = service.begin_plan(session, case, actor=town.who(town.worker), now=NOW)
    draft = whole_draft(town.who(town.worker), clients_view="")
    service.keep_draft(session, plan, draft, version=plan.version, actor=town.who(town.worker), now=NOW)
    session.commit()
    browser = sign_in_as(town.worker)
    assert browser.open(f"/plans/{plan.id}/sign", status=302).headers["Location"].endswith("check=1")
    page = browser.get(f"/plans/{plan.id}/edit?check=1")
    assert 'id="clients_view-error"' in page.html


def test_what_is_typed_is_kept_and_two_windows_do_not_write_over_each_other(
    sign_in_as: SignIn, session: Session, town: Town, case: Case
) -> None:
    plan = service.begin_plan(session, case, actor=town.who(town.worker), now=NOW)
    session.commit()
    browser = sign_in_as(town.worker)
    version = plan.version
    body = filled(town) | {"goals-0-is_row": "1", "services-0-is_row": "1"}
    browser.get("/plans")
    token = {"X-CSRFToken": str(shown(browser).forms()[0].fields["csrf_token"])}
    path = f"/plans/{plan.id}/draft"
    answer = browser.open(path, method="put", json={"body": body, "version": version}, headers=token, status=200)
    assert (answer.json or {})["version"] == version + 1
    assert the_plan(session).goals[0].text == "하루 두 끼"
    late = browser.open(path, method="put", json={"body": {}, "version": version}, headers=token, status=409)
    assert (late.json or {})["body"]["goals-0-text"] == "하루 두 끼"
    browser.open(path, method="put", json={"body": 3}, headers=token, status=422)


def test_a_signed_plan_is_asked_about_and_taken_back(
    sign_in_as: SignIn, session: Session, town: Town, case: Case
) -> None:
    plan = signed_plan(session, case, town.who(town.worker))
    session.commit()
    browser = sign_in_as(town.worker)
    browser.submit(browser.get(f"/plans/{plan.id}").form("/ask"))
    assert the_plan(session).state is PlanState.ASKED
    assert "결재하기" in sign_in_as(town.supervisor).get(f"/plans/{plan.id}").text
    browser.submit(browser.get(f"/plans/{plan.id}").form("/take-back"))
    assert the_plan(session).state is PlanState.DRAFT


def test_somebody_signs_on_the_page(sign_in_as: SignIn, session: Session, town: Town, case: Case) -> None:
    worker = town.who(town.worker)
    plan = service.begin_plan(session, case, actor=worker, now=NOW)
    service.keep_draft(session, plan, whole_draft(worker), version=plan.version, actor=worker, now=NOW)
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/plans/{plan.id}/sign").form("/sign")
    browser.submit(form, signer="천둥솔", not_signed="HAND", witness="통장 민하준")
    assert "손을 쓰기 어려움" in browser.get(f"/plans/{plan.id}").text


def test_a_check_is_written_down_and_the_lists_know_it(
    sign_in_as: SignIn, session: Session, town: Town, case: Case, household: Household
) -> None:
    plan = approved_plan(session, case, town.who(town.worker), town.who(town.supervisor))
    session.commit()
    row, browser = plan.services[0], sign_in_as(town.worker)
    form = browser.get(f"/plans/{plan.id}/services/{row.id}/check").form("/check")
    browser.submit(form, is_given="no", status=422)
    page = shown(browser)
    assert "왜 제공되지 않는지" in page.text
    browser.submit(page.form("/check"), is_given="yes", is_satisfied="yes", check_id=str(new_id()))
    assert "지난 점검" in browser.get(f"/plans/{plan.id}").text
    goal = browser.get(f"/plans/{plan.id}").form("/reach")
    browser.submit(goal, reach="REACHED", note="두 끼 드심")
    assert "달성" in browser.get(f"/plans/{plan.id}").text
    ending = browser.get(f"/plans/{plan.id}/services/{row.id}/end").form("/end")
    browser.submit(ending, because="폐업")
    assert queries.next_of_household(session, household.id, today=TODAY) is None


def test_the_worklist_and_a_new_version(
    sign_in_as: SignIn, session: Session, town: Town, case: Case, household: Household
) -> None:
    approved_plan(session, case, town.who(town.worker), town.who(town.supervisor))
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/plans").form("/plans/new")
    for because, why in (("", "왜 계획을 바꾸는지"), ("글" * 3000, "줄여서 다시")):
        browser.submit(form, because=because, status=422)
        assert why in shown(browser).text
        assert shown(browser).form("/plans/new").fields["because"] == because
    assert the_plan(session).number == 1
    browser.submit(form, because="입원 410302-2345678")
    second = the_plan(session)
    assert (second.number, second.because) == (2, "입원 410302-*******")
    assert household.title in browser.get("/plans?view=plans").text
    browser.submit(browser.get(f"/plans/{second.id}").form("/drop"))
    assert the_plan(session).number == 1


def test_a_nurse_sees_plans_and_writes_none(sign_in_as: SignIn, session: Session, town: Town, case: Case) -> None:
    plan = service.begin_plan(session, case, actor=town.who(town.worker), now=NOW)
    session.commit()
    nurse = sign_in_as(town.nurse)
    nurse.get(f"/plans/{plan.id}")
    nurse.get(f"/plans/{plan.id}/edit", status=403)
    sign_in_as(town.narae_worker).get(f"/plans/{plan.id}", status=404)
