"""The pages of a joint visit, of taking a record back, and of a visit that did not take place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from app.access.permissions import Role
from app.households.models import Household
from app.safety.models import Outing
from app.visits import service
from app.visits.models import Visit, VisitDraft
from app.visits.rules import PlannedState, VisitState
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import set_rule
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, visit_details
from tests.integration.visits.doing import count
from tests.moments import TODAY, day

Enter = Callable[..., Browser]
HEALTH = ("꿀차를 자주 드심", "131/77")


@pytest.fixture
def visit(session: Session, town: Town, household: Household, now: datetime) -> Visit:
    """The nurse's, with the worker along."""
    member_id = household.members[0].id
    set_rule(session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-200), member_id=member_id)
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-60))
    details = visit_details(
        household, nursing_note="꿀차를 자주 드심", welfare_note="", shared_line="약 거르심",
        readings=(blood_pressure(member_id, 131, 77),), companion_ids=frozenset({town.worker.id}),
    )  # fmt: skip
    logged = service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)
    session.commit()
    return logged


def join(browser: Browser, visit: Visit, **typed: Any) -> None:
    form = browser.get(f"/visits/{visit.id}/second").form("/second")
    browser.submit(form, **({"welfare_note": "쌀 전달"} | typed))


def test_the_colleague_finds_the_way_from_today_and_adds_their_note(
    sign_in_as: Enter, town: Town, visit: Visit
) -> None:
    browser = sign_in_as(town.worker)
    assert "함께 간 방문에 내 기록 더하기" in browser.get("/today").text
    assert f"/visits/{visit.id}/second" in browser.get("/alerts").html
    join(browser, visit, shared_line="반찬 필요")
    page = browser.get(f"/visits/{visit.id}").text
    assert "이 방문으로 간호와 복지 기한을 모두 채웠습니다." in page
    assert "윤가람 방문간호사, 민하준 복지담당의 공동방문입니다." in page
    assert "쌀 전달" in page
    assert "정정" not in [tag.strip() for tag in page.split("\n")]
    assert "함께 간 방문에 내 기록 더하기" not in browser.get("/today").text
    assert "공동방문을 간호와 복지 방문으로 모두 셌습니다" in browser.get(f"/households/{visit.household_id}").text


def test_health_stays_with_whoever_may_read_it_on_every_page_of_the_second_note(
    sign_in_as: Enter, town: Town, visit: Visit
) -> None:
    browser = sign_in_as(town.worker)
    pages = [browser.get(f"/visits/{visit.id}/second").html]
    join(browser, visit)
    pages.append(browser.get(f"/visits/{visit.id}").html)
    pages.append(browser.get(f"/visits/{visit.id}/second/correct").html)
    assert not [words for words in HEALTH for page in pages if words in page]


def test_until_it_is_written_the_page_says_whose_note_is_awaited(sign_in_as: Enter, town: Town, visit: Visit) -> None:
    assert "민하준 복지담당의 기록을 기다립니다" in sign_in_as(town.nurse).get(f"/visits/{visit.id}").text
    assert "내 기록 더하기" in sign_in_as(town.worker).get(f"/visits/{visit.id}").text


@pytest.mark.parametrize("login", ["other_worker", "other_nurse", "supervisor"])
def test_only_who_went_along_may_add(sign_in_as: Enter, town: Town, visit: Visit, login: str) -> None:
    sign_in_as(town.accounts[login]).get(f"/visits/{visit.id}/second", status=403)


def test_an_empty_note_comes_back_to_its_field(sign_in_as: Enter, town: Town, visit: Visit) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/visits/{visit.id}/second").form("/second")
    browser.submit(form, status=422, welfare_note="  ")
    assert browser.page is not None
    assert "내 기록을 적어 주세요." in browser.page.text


def test_a_draft_of_it_is_taken_up_and_gone_afterwards(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session
) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/visits/{visit.id}/second").form("/second")
    url = f"/households/{visit.household_id}/drafts/second/{form.fields['visit_id']}"
    token = {"X-CSRFToken": str(form.fields["csrf_token"])}
    browser.open(
        url, method="put", json={"body": {"welfare_note": "쓰다 만 글"}, "version": 0}, headers=token, status=200
    )
    form = browser.get(f"/visits/{visit.id}/second").form("/second")
    assert form.fields["welfare_note"] == "쓰다 만 글"
    assert "쓰다 만 글" not in browser.get("/today").text
    browser.submit(form)
    assert session.scalars(select(VisitDraft)).all() == []
    assert visit.welfare_note == "쓰다 만 글"
    browser.open(f"/visits/{visit.id}/second", status=302)


def test_a_correction_in_between_is_shown_with_both_texts(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session
) -> None:
    worker, supervisor = sign_in_as(town.worker), sign_in_as(town.supervisor)
    form = worker.get(f"/visits/{visit.id}/second").form("/second")
    correction = supervisor.get(f"/visits/{visit.id}/correct").form("/correct")
    supervisor.submit(correction, welfare_note="팀장의 글", reason="빠짐")
    worker.submit(form, status=422, welfare_note="담당자의 글")
    assert worker.page is not None
    assert "팀장의 글" in worker.page.text
    assert worker.page.form("/second").fields["welfare_note"] == "담당자의 글"
    worker.submit(worker.page.form("/second"))
    page = worker.get(f"/visits/{visit.id}").text
    assert "팀장의 글" in page
    assert "담당자의 글" in page


def test_the_other_way_round_as_well(sign_in_as: Enter, town: Town, visit: Visit) -> None:
    worker, supervisor = sign_in_as(town.worker), sign_in_as(town.supervisor)
    correction = supervisor.get(f"/visits/{visit.id}/correct").form("/correct")
    join(worker, visit, welfare_note="담당자의 글")
    supervisor.submit(correction, status=422, welfare_note="팀장의 글", reason="빠짐")
    assert supervisor.page is not None
    assert "담당자의 글" in supervisor.page.text
    supervisor.submit(supervisor.page.form("/correct"))
    page = supervisor.get(f"/visits/{visit.id}").text
    assert "팀장의 글" in page
    assert "담당자의 글" in page
    assert "정정 1회" in page


def test_whoever_comes_second_keeps_the_text_and_may_leave_it_as_a_visit_of_its_own(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session
) -> None:
    visit.companion_ids = sorted([town.worker.id, town.other_worker.id])
    session.commit()
    first, second = sign_in_as(town.worker), sign_in_as(town.other_worker)
    form = second.get(f"/visits/{visit.id}/second").form("/second")
    join(first, visit, welfare_note="먼저 쓴 글")
    second.submit(form, status=422, welfare_note="나중에 쓴 글")
    assert second.page is not None
    assert "먼저 쓴 글" in second.page.text
    assert second.page.form("/second").fields["welfare_note"] == "나중에 쓴 글"
    assert f'formaction="/households/{visit.household_id}/visits/new"' in second.page.html


def test_each_writer_finds_their_own_correction(sign_in_as: Enter, town: Town, visit: Visit) -> None:
    worker, nurse = sign_in_as(town.worker), sign_in_as(town.nurse)
    join(worker, visit)
    worker.open(f"/visits/{visit.id}/correct", status=302)
    form = worker.get(f"/visits/{visit.id}/second/correct").form("/correct")
    worker.submit(form, welfare_note="라면 전달", reason="쌀이 아님")
    form = nurse.get(f"/visits/{visit.id}/correct").form("/correct")
    assert form.fields["welfare_note"] == "", "the colleague's note is not on the nurse's form"
    nurse.submit(form, nursing_note="꿀차를 끊으심", reason="달라짐")
    nurse.get(f"/visits/{visit.id}/second/correct", status=403)
    assert (visit.nursing_note, visit.welfare_note, visit.version) == ("꿀차를 끊으심", "라면 전달", 4)
    page = nurse.get(f"/visits/{visit.id}").text
    assert "정정 2회" in page
    assert "쌀이 아님" in page


def test_a_nurse_joins_and_corrects_her_vitals(
    sign_in_as: Enter, town: Town, session: Session, household: Household, now: datetime
) -> None:
    details = visit_details(household, purpose="WELFARE", companion_ids=frozenset({town.nurse.id}))
    worked = service.log_visit(session, household, details, typed_at=now, actor=town.who(town.worker), now=now)
    session.commit()
    browser, part = sign_in_as(town.nurse), f"m{household.members[0].id}"
    form = browser.get(f"/visits/{worked.id}/second").form("/second")
    browser.submit(form, nursing_note="조절됨", **{f"{part}-systolic": "131", f"{part}-diastolic": "77"})
    form = browser.get(f"/visits/{worked.id}/second/correct").form("/correct")
    assert form.fields[f"{part}-systolic"] == "131"
    browser.submit(form, reason="잘못 적음", **{f"{part}-systolic": "133"})
    assert [(row.systolic, row.diastolic) for row in worked.readings] == [(133, 77)]
    assert (worked.welfare_note, worked.nursing_note) == ("밑반찬이 떨어짐", "조절됨")


def test_two_records_of_one_day_are_asked_about_and_joined_by_one_tap(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session
) -> None:
    browser = sign_in_as(town.other_worker)
    form = browser.get(f"/households/{visit.household_id}/visits/new").form("/visits/new")
    seen = str(visit.household.members[0].id)
    browser.submit(form, status=422, welfare_note="서류 안내", members_seen=seen, told_to="딸")
    assert browser.page is not None
    assert "윤가람 방문간호사님이 09:05 방문을 이미 기록했습니다." in browser.page.text
    again = browser.page.form("/visits/new")
    assert again.fields["welfare_note"] == "서류 안내"
    browser.submit(again, same_visit=str(visit.id))
    assert count(session, Visit) == 1
    assert visit.welfare_note == "서류 안내\n알린 사람: 딸"


@pytest.mark.parametrize("way", ["second", "visits/new"])
def test_whoever_joins_is_no_longer_out(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session, now: datetime, way: str
) -> None:
    out = Outing(
        id=uuid4(), account_id=town.worker.id, household_id=visit.household_id, started_at=now,
        planned_end_at=now + timedelta(hours=1), received_at=now,
    )  # fmt: skip
    session.add(out)
    session.commit()
    browser = sign_in_as(town.worker)
    if way == "second":
        join(browser, visit)
    else:
        form = browser.get(f"/households/{visit.household_id}/visits/new").form("/visits/new")
        seen = str(visit.household.members[0].id)
        browser.submit(form, welfare_note="서류 안내", members_seen=seen, same_visit=str(visit.id))
    session.refresh(out)
    assert (out.visit_id, out.ended_at is not None) == (visit.id, True)


def test_the_answer_stays_when_something_else_is_asked(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session
) -> None:
    browser = sign_in_as(town.other_worker)
    form = browser.get(f"/households/{visit.household_id}/visits/new").form("/visits/new")
    fields = {"welfare_note": "서류", "members_seen": str(visit.household.members[0].id), "began": ""}
    browser.submit(form, status=422, same_visit="SEPARATE", **fields)
    assert browser.page is not None
    assert browser.page.form("/visits/new").fields["same_visit"] == "SEPARATE"
    browser.submit(browser.page.form("/visits/new"), confirmed="began_at:START_UNKNOWN:")
    assert count(session, Visit) == 2


def test_a_record_is_taken_back_and_revived_on_its_page(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session
) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/visits/{visit.id}/void").form("/void")
    browser.submit(form, reason="다른 가구의 방문")
    page = browser.get(f"/visits/{visit.id}")
    for said in ("무효로 한 기록입니다", "다른 가구의 방문", "윤가람 방문간호사", "꿀차를 자주 드심"):
        assert said in page.text
    assert "is-void" in page.html
    browser.get(f"/visits/{visit.id}/correct", status=404)
    browser.open(f"/visits/{visit.id}/void", status=302)
    browser.submit(page.form("/revive"))
    page = browser.get(f"/visits/{visit.id}")
    assert "is-void" not in page.html
    assert "되살림 (무효 까닭: 다른 가구의 방문)" in page.text


def test_a_stale_page_does_not_revive(sign_in_as: Enter, town: Town, visit: Visit) -> None:
    browser = sign_in_as(town.nurse)
    browser.submit(browser.get(f"/visits/{visit.id}/void").form("/void"), reason="다른 가구")
    form = browser.get(f"/visits/{visit.id}").form("/revive")
    browser.submit(form, version="1")
    assert visit.voided_at is not None


@pytest.mark.parametrize(("login", "status"), [("other_nurse", 403), ("worker", 403), ("narae_nurse", 404)])
def test_nobody_else_takes_it_back(sign_in_as: Enter, town: Town, visit: Visit, login: str, status: int) -> None:
    sign_in_as(town.accounts[login]).get(f"/visits/{visit.id}/void", status=status)


def test_the_district_sees_the_record_and_changes_nothing(sign_in_as: Enter, visit: Visit) -> None:
    browser = sign_in_as(Role.DISTRICT)
    assert "/void" not in browser.get(f"/visits/{visit.id}").html
    browser.get(f"/visits/{visit.id}/second", status=403)


def test_a_visit_that_did_not_take_place_keeps_the_notes_of_its_form(
    sign_in_as: Enter, town: Town, household: Household, session: Session
) -> None:
    browser, draft_id = sign_in_as(town.nurse), uuid4()
    planned = plan(session, household, town.who(town.nurse), TODAY, time(15))
    session.commit()
    body = {"field_notes": "대문이 열려 있음", "nursing_note": "어지럽다고 하심", "m1-pulse": "72"}
    url = f"/households/{household.id}/drafts/visit/{draft_id}"
    begun = browser.get(f"/households/{household.id}/visits/new")
    assert f"/households/{household.id}/visits/cancel" in begun.html
    token = {"X-CSRFToken": str(begun.form("/visits/new").fields["csrf_token"])}
    browser.open(url, method="put", json={"body": body, "version": 0}, headers=token, status=200)
    page = browser.get(f"/households/{household.id}/visits/cancel")
    assert "잰 값이 있습니다" in page.text
    form = page.form("/visits/cancel")
    assert form.fields["field_notes"] == "대문이 열려 있음"
    browser.submit(form, reason="ASKED_OTHER_TIME", note="병원 가심", plan="CANCEL")
    cancelled = session.get_one(Visit, draft_id)
    assert (cancelled.state, cancelled.field_notes, cancelled.nursing_note) == (
        VisitState.CANCELLED, "대문이 열려 있음", "어지럽다고 하심",
    )  # fmt: skip
    assert planned.state is PlannedState.CANCELLED
    shown = browser.get(f"/visits/{draft_id}").text
    assert "방문하지 못했습니다" in shown
    assert "다른 때 와 달라고 하심: 병원 가심" in shown
    assert "방문 취소" in browser.get(f"/households/{household.id}").text


@pytest.mark.parametrize("nonsense", ["", "{", "[]", "[" * 100_000, '{"body": {"nursing_note": "뷁"}'])
def test_what_is_no_draft_is_refused_in_words(
    sign_in_as: Enter, town: Town, household: Household, session: Session, nonsense: str
) -> None:
    browser = sign_in_as(town.nurse)
    begun = browser.get(f"/households/{household.id}/visits/new")
    headers = {
        "X-CSRFToken": str(begun.form("/visits/new").fields["csrf_token"]), "Content-Type": "application/json",
    }  # fmt: skip
    url = f"/households/{household.id}/drafts/visit/{uuid4()}"
    answer = browser.open(url, method="put", data=nonsense, headers=headers, status=422)
    assert "알아볼 수 없습니다" in answer.json["text"]
    assert session.scalars(select(VisitDraft)).all() == []


def test_moving_the_plan_leads_to_its_board(
    sign_in_as: Enter, town: Town, household: Household, session: Session
) -> None:
    planned = plan(session, household, town.who(town.nurse), TODAY, time(15))
    session.commit()
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/cancel").form("/visits/cancel")
    answer = browser.submit(form, reason="WRONG_DAY", plan="MOVE")
    assert f"/planned-visits/{planned.id}/move" in str(answer.headers["Location"])


def test_no_reason_no_cancelling(sign_in_as: Enter, town: Town, household: Household, session: Session) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/cancel").form("/visits/cancel")
    browser.submit(form, status=422)
    browser.submit(form, status=422, reason="OTHER")
    assert count(session, Visit) == 0


def test_what_a_nurse_jotted_down_is_health_and_what_a_worker_jotted_down_is_not(
    sign_in_as: Enter, town: Town, household: Household, session: Session, now: datetime
) -> None:
    for account, jotted in ((town.nurse, "어지럽다고 하심"), (town.worker, "연탄이 떨어짐")):
        told = visit_details(household, welfare_note="", field_notes=jotted)
        logged = service.log_visit(session, household, told, typed_at=now, actor=town.who(account), now=now)
        session.commit()
        assert jotted in sign_in_as(town.other_nurse).get(f"/visits/{logged.id}").text
        seen = sign_in_as(town.other_worker).get(f"/visits/{logged.id}").text
        assert (jotted in seen) is (account is town.worker)
