"""Pages of going out: the door, the tablet that sends by itself, the board, the answer, and going alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.core.database import new_id
from app.households.models import Household
from app.households.rules import FlagRule
from app.safety.jobs import watch_outings
from app.safety.models import AloneOverride, Outing
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_flag
from tests.factories.outings import go_out
from tests.factories.town import Town
from tests.moments import NOW

SignIn = Callable[..., Browser]
MINUTE = timedelta(minutes=1)
JSON = {"Accept": "application/json"}


def stamp(**changes: Any) -> dict[str, str]:
    """What a tablet sends of the door."""
    began = changes.pop("at", NOW)
    plain = {
        "outing_id": str(new_id()), "started_at": began.isoformat(), "minutes": "60", "companion_id": "",
        "planned_end_at": (began + 60 * MINUTE).isoformat(), "visit_id": "", "named": "",
    }  # fmt: skip
    return {f"out-{name}": value for name, value in (plain | changes).items()}


def test_one_tap_at_the_door_and_one_behind_it_without_script(
    sign_in_as: SignIn, town: Town, session: Session, household: Household
) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/out").form(f"/households/{household.id}/out")
    assert form.fields["out-minutes"] == "60"
    browser.submit(form, **{"out-minutes": "30"})
    outing = session.scalars(select(Outing)).one()
    assert outing.planned_end_at == NOW + 30 * MINUTE
    page = browser.get("/today")
    assert "10:00–10:30" in page.text
    browser.submit(page.form(f"/outings/{outing.id}/end"))
    assert session.scalars(select(Outing.ended_at)).one() == NOW
    assert "방문 중" not in browser.get("/today").text


def test_the_tablet_sends_its_own_moments_twice_and_it_is_one(
    sign_in_as: SignIn, town: Town, session: Session, household: Household
) -> None:
    browser, fields = sign_in_as(town.nurse), stamp(at=NOW - 20 * MINUTE, companion_id=str(town.worker.id))
    browser.get("/today")
    for _ in range(2):
        answer = browser.post(f"/households/{household.id}/out", fields, status=200, headers=JSON)
        assert answer.get_json()["outing"]["id"] == fields["out-outing_id"]
    outing = session.scalars(select(Outing)).one()
    assert (outing.started_at, outing.companion_id) == (NOW - 20 * MINUTE, town.worker.id)
    until = NOW + 75 * MINUTE
    longer = {"at": NOW.isoformat(), "until_at": until.isoformat()}
    browser.post(f"/outings/{outing.id}/longer", longer, status=200, headers=JSON)
    browser.post(f"/outings/{outing.id}/end", {"at": (NOW - MINUTE).isoformat()}, status=200, headers=JSON)
    stored = session.scalars(select(Outing)).one()
    assert (stored.planned_end_at, stored.ended_at) == (until, NOW - MINUTE)


def test_signing_out_leaves_the_stamps_on_the_tablet(sign_in_as: SignIn, town: Town) -> None:
    browser = sign_in_as(town.nurse)
    browser.get("/today")
    answer = browser.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_somebody_named_without_a_line_is_somebody(
    sign_in_as: SignIn, town: Town, session: Session, household: Household
) -> None:
    add_flag(session, household, town.who(town.worker))
    browser = sign_in_as(town.nurse)
    browser.get("/today")
    browser.post(f"/households/{household.id}/out", stamp(named="1"), status=200, headers=JSON)
    assert session.scalars(select(Outing.companion_name)).one() == "이름이 전해지지 않은 동행자"


@pytest.mark.parametrize(
    ("rule", "says", "may_ask"),
    [(FlagRule.PAIR, "2인 필수", True), (FlagRule.POLICE, "경찰 동행", True), (FlagRule.NO_VISIT, "방문 금지", False)],
)
def test_whoever_may_not_go_is_told_why_and_what_to_do(
    sign_in_as: SignIn, town: Town, session: Session, household: Household, rule: FlagRule, says: str, may_ask: bool
) -> None:
    add_flag(session, household, town.who(town.worker), rule=rule)
    browser = sign_in_as(town.nurse)
    browser.get("/today")
    answer = browser.post(f"/households/{household.id}/out", stamp(), status=422, headers=JSON).get_json()
    assert says in answer["text"]
    assert answer["may_ask"] is may_ask
    form = browser.get(f"/households/{household.id}/out").form(f"/households/{household.id}/out")
    browser.submit(form, status=422)
    assert says in browser.page.text  # type: ignore[union-attr]
    assert session.scalars(select(Outing)).all() == []


def test_a_worker_asks_the_supervisor_allows_and_the_worker_goes(
    sign_in_as: SignIn, town: Town, session: Session, household: Household
) -> None:
    add_flag(session, household, town.who(town.worker))
    nurse, lead = sign_in_as(town.nurse), sign_in_as(town.supervisor)
    nurse.submit(nurse.get(f"/households/{household.id}/out").form(f"/households/{household.id}/out"), status=422)
    nurse.submit(nurse.page.form("/alone/ask"))  # type: ignore[union-attr]
    inbox = lead.get("/alerts")
    assert "혼자 방문 허락을 요청했습니다" in inbox.text
    assert f"/households/{household.id}/alone" in inbox.links()
    page = lead.get(f"/households/{household.id}/alone")
    assert "윤가람 방문간호사" in page.text
    form = page.form("/alone")
    assert form.fields["account_id"] == str(town.nurse.id)
    lead.submit(form, status=422)
    lead.submit(form, reason="개를 이웃에 맡김")
    assert session.scalars(select(AloneOverride.reason)).one() == "개를 이웃에 맡김"
    assert "개를 이웃에 맡김" in nurse.get("/alerts").text
    nurse.submit(nurse.get(f"/households/{household.id}/out").form(f"/households/{household.id}/out"))
    assert session.scalars(select(Outing.allowed_by_id)).one() == town.supervisor.id


def test_only_the_supervisor_allows(sign_in_as: SignIn, town: Town, household: Household) -> None:
    for account, status in ((town.nurse, 403), (town.district_officer, 403), (town.narae_supervisor, 404)):
        sign_in_as(account).get(f"/households/{household.id}/alone", status=status)


def test_the_board_says_who_is_late_and_takes_the_answer(
    sign_in_as: SignIn, town: Town, session: Session, household: Household, frozen_clock: Any
) -> None:
    outing = go_out(session, household, town.who(town.nurse))
    frozen_clock.shift(95 * MINUTE)
    watch_outings(session, NOW + 95 * MINUTE)
    lead = sign_in_as(town.supervisor)
    assert "밖에 있는" in lead.get("/today").text
    page = lead.get("/out")
    for words in ("윤가람 방문간호사", "늦음 · 35분 지남", "혼자", "답 없음", household.number):
        assert words in page.text
    lead.submit(page.form(f"/outings/{outing.id}/answer"), finding="", note="통화 중", status=422)
    assert lead.page.form(f"/outings/{outing.id}/answer").fields["note"] == "통화 중"
    lead.submit(page.form(f"/outings/{outing.id}/answer"), finding="SAFE", note="곧 나옴")
    page = lead.get("/out")
    assert "통화됨, 무사: 곧 나옴" in page.text
    lead.submit(page.form(f"/outings/{outing.id}/end"), note="통화함, 나왔음")
    page = lead.get("/out")
    assert "밖에 있는 직원이 없습니다" in page.text
    assert "통화함, 나왔음" in page.text
    told = session.scalars(select(Alert.recipient_id).where(Alert.kind == AlertKind.BACK)).all()
    assert set(told) == {town.nurse.id}


def test_words_for_somebody_else_that_are_too_long_end_nothing_and_a_resident_number_is_said_to_be_masked(
    sign_in_as: SignIn, town: Town, session: Session, household: Household
) -> None:
    outing, lead = go_out(session, household, town.who(town.nurse)), sign_in_as(town.supervisor)
    form = lead.get("/out").form(f"/outings/{outing.id}/end")
    lead.submit(form, note="가" * 300, status=422)
    assert "어떻게 알았습니까: " in lead.page.text
    assert lead.page.form(f"/outings/{outing.id}/end").fields["note"] == "가" * 300
    answer = lead.post(f"/outings/{outing.id}/end", {"note": "가" * 300}, status=422, headers=JSON)
    assert answer.get_json()["code"] == "FORM"
    session.refresh(outing)
    assert outing.ended_at is None
    lead.submit(form, note="통화함 410302-2345678")
    assert "주민등록번호는 저장하지 않습니다" in lead.get("/out").text
    session.refresh(outing)
    assert outing.ended_at is not None
    assert "2345678" not in outing.end_note


def test_the_district_sees_all_its_centres_and_others_none(
    sign_in_as: SignIn, town: Town, session: Session, household: Household
) -> None:
    outing = go_out(session, household, town.who(town.nurse))
    assert "가람동" in sign_in_as(town.district_officer).get("/out").text
    elsewhere = sign_in_as(town.narae_supervisor)
    assert household.number not in elsewhere.get("/out").text
    elsewhere.post(f"/outings/{outing.id}/end", {"note": "x"}, status=404)
    elsewhere.post(f"/outings/{outing.id}/answer", {"finding": "SAFE"}, status=404)
    sign_in_as(town.administrator).get("/out", status=403)


def test_nonsense_from_a_tablet_is_refused_in_words(sign_in_as: SignIn, town: Town, household: Household) -> None:
    browser = sign_in_as(town.nurse)
    browser.get("/today")
    for fields in (stamp(planned_end_at=(NOW - MINUTE).isoformat()), stamp(minutes=""), stamp(companion_id="999999")):
        answer = browser.post(f"/households/{household.id}/out", fields, headers=JSON, status=422)
        assert answer.get_json()["text"].endswith((".", "다", "요"))
