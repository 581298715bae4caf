"""What was typed into a national system is marked, what was corrected afterwards is asked for again, the rest is listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household
from app.households.rules import HealthGround
from app.visits.models import NationalEntry, Visit
from app.visits.queries.national_entries import count_unentered, list_unentered, standing_of
from app.visits.queries.national_forms import read_national_forms
from app.visits.queries.national_words import record_words
from app.visits.rules import NationalSystem, VitalKind
from app.visits.rules.national import EntryState, NationalForm, compose
from app.visits.service import correct_visit, log_visit
from app.visits.service.national_entries import mark_entered, undo_entered
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.factories.visits import reading, visit_details
from tests.moments import TODAY, day

SignIn = Callable[[Role | Account], Browser]
HAENGBOK, PHIS = NationalSystem.HAENGBOK, NationalSystem.PHIS
FORMS = read_national_forms(Path("nowhere"))


def form_of(system: NationalSystem) -> NationalForm:
    return FORMS[system]


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse))


def logged(
    session: Session,
    town: Town,
    household: Household,
    now: datetime,
    days: int = 0,
    *,
    by: str = "worker",
    **changes: Any,
) -> Visit:
    purpose = Purpose.NURSING if by.endswith("nurse") else Purpose.WELFARE
    told = {"purpose": purpose, "welfare_note": f"쌀이 {days}kg 남음", "readings": ()} | changes
    details = visit_details(household, day(-days), **told)
    return log_visit(session, household, details, typed_at=now, actor=town.who(town.accounts[by]), now=now)


def open_of(session: Session, who: Identity, system: NationalSystem = HAENGBOK, **more: Any) -> list[Visit]:
    return list(list_unentered(session, who, form_of(system), today=TODAY, **more))


def test_a_marked_record_is_done_and_marking_it_again_changes_nothing(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    worker = town.who(town.worker)
    visit = logged(session, town, household, now)
    assert mark_entered(session, [visit], HAENGBOK, actor=worker, now=now) == 1
    assert mark_entered(session, [visit], HAENGBOK, actor=worker, now=now) == 0
    standing = standing_of(session, visit, [HAENGBOK, PHIS])
    assert standing[HAENGBOK].state is EntryState.DONE
    assert standing[HAENGBOK].entry is not None
    assert standing[HAENGBOK].entry.by.id == town.worker.id
    assert standing[PHIS].state is EntryState.OPEN
    rows = session.scalars(select(AccessLog).where(AccessLog.action == Action.MARK_ENTERED)).all()
    assert [(row.detail, row.household_id) for row in rows] == [("HAENGBOK v1 entered", household.id)]


def test_a_mark_is_taken_back(session: Session, town: Town, household: Household, now: datetime) -> None:
    worker = town.who(town.worker)
    visit = logged(session, town, household, now)
    mark_entered(session, [visit], HAENGBOK, actor=worker, now=now)
    undo_entered(session, visit, HAENGBOK, actor=worker, now=now)
    undo_entered(session, visit, HAENGBOK, actor=worker, now=now)
    assert session.scalars(select(NationalEntry)).all() == []
    assert open_of(session, worker) == [visit]


def test_after_a_correction_it_is_asked_for_again(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    worker = town.who(town.worker)
    visit = logged(session, town, household, now)
    mark_entered(session, [visit], HAENGBOK, actor=worker, now=now)
    assert open_of(session, worker) == []
    again = visit_details(household, visit_id=visit.id, purpose=Purpose.WELFARE, welfare_note="고친 글")
    correct_visit(session, visit, again, reason="빠뜨림", version=visit.version, actor=worker, now=now)
    assert standing_of(session, visit, [HAENGBOK])[HAENGBOK].state is EntryState.STALE
    assert open_of(session, worker) == [visit]
    mark_entered(session, [visit], HAENGBOK, actor=worker, now=now)
    assert standing_of(session, visit, [HAENGBOK])[HAENGBOK].state is EntryState.DONE


def test_what_is_left_is_listed_oldest_first_by_system(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    new, old = (logged(session, town, household, now, days=days) for days in (1, 30))
    nursing = logged(session, town, household, now, days=3, by="nurse", nursing_note="혈압이 높음")
    joint = logged(session, town, household, now, days=7, purpose=Purpose.JOINT)
    logged(session, town, household, now, days=120)
    logged(session, town, household, now, days=4, mode=ContactMode.LETTER, members_seen=frozenset())
    supervisor = town.who(town.supervisor)
    assert open_of(session, supervisor) == [old, joint, new]
    assert open_of(session, supervisor, PHIS) == [joint, nursing]
    assert count_unentered(session, supervisor, FORMS.values(), today=TODAY) == 5


def test_ones_own_list_holds_ones_own_records_and_the_other_note_of_a_joint_one(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    mine = logged(session, town, household, now, days=2)
    joint = logged(session, town, household, now, days=1, by="nurse", purpose=Purpose.JOINT)
    joint.second_by_id = town.worker.id
    session.flush()
    worker, nurse = town.who(town.worker), town.who(town.nurse)
    assert open_of(session, worker, people=worker.acting_for) == [mine, joint]
    assert open_of(session, nurse, people=nurse.acting_for) == [joint]
    assert open_of(session, town.who(town.narae_supervisor)) == []


def test_what_was_taken_back_is_neither_listed_nor_marked(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    visit = logged(session, town, household, now)
    visit.voided_at, visit.voided_because = now, "다른 집에 적음"
    session.flush()
    assert open_of(session, town.who(town.supervisor)) == []
    with pytest.raises(RuleBroken):
        mark_entered(session, [visit], HAENGBOK, actor=town.who(town.worker), now=now)


def test_words_of_health_are_only_among_those_of_a_reader_of_health(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    [member] = household.members
    visit = logged(
        session, town, household, now, by="nurse", nursing_note="저녁 약을 거르심", shared_line="반찬이 필요함",
        readings=(reading(member.id, VitalKind.PULSE, "78", measured_at=None),), promised_on=day(7),
        promise_note="약 달력 확인", told_to="따님",
    )  # fmt: skip
    whole = compose(form_of(PHIS), record_words(session, visit, reads_health=True)).text
    for said in (
        "2026-11-23(월) 09:05~09:40",
        "윤가람 방문간호사",
        "맥박 78",
        "저녁 약을 거르심",
        "다음 방문 2026-11-30(월). 약 달력 확인",
        "알림: 따님",
    ):
        assert said in whole, said
    words = record_words(session, visit, reads_health=False)
    assert not {"nursing", "vitals", "group", "medicines"} & words.keys()
    assert "약을 거르심" not in " ".join(words.values())


def test_the_record_shows_what_is_copied_and_marks_it_by_one_tap(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: datetime
) -> None:
    visit = logged(session, town, household, now, welfare_note="<b>쌀</b>이 떨어짐")
    session.commit()
    browser = sign_in_as(town.worker)
    page = browser.get(f"/visits/{visit.id}")
    assert "상담내용: <b>쌀</b>이 떨어짐" in page.text
    browser.submit(page.form("/entered"))
    page = browser.get(f"/visits/{visit.id}")
    assert "입력 완료" in page.text
    browser.submit(page.form("/entered/undo"))
    assert "아직 입력하지 않음" in browser.get(f"/visits/{visit.id}").text


@pytest.mark.parametrize(
    ("login", "ground", "shown"),
    [("nurse", None, True), ("supervisor", None, False), ("supervisor", HealthGround.CONSENT, True), ("worker", None, False)],
)  # fmt: skip
def test_the_words_for_phis_are_shown_to_readers_of_health_alone(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: datetime, login: str,
    ground: HealthGround | None, shown: bool,
) -> None:  # fmt: skip
    household.health_ground = ground
    visit = logged(session, town, household, now, by="nurse", nursing_note="저녁 약을 거르심")
    session.commit()
    text = sign_in_as(town.accounts[login]).get(f"/visits/{visit.id}").text
    assert ("주호소·사정" in text) is shown
    assert ("저녁 약을 거르심" in text) is shown


def test_several_are_marked_at_once_from_the_list_and_the_count_on_the_day_falls(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: datetime
) -> None:
    visits = [logged(session, town, household, now, days=days) for days in (9, 5, 1)]
    session.commit()
    browser = sign_in_as(town.worker)
    assert "아직 입력하지 않은 기록 3건" in browser.get("/today").text
    form = browser.get("/visits/unentered?system=HAENGBOK").form("/visits/unentered")
    browser.submit(form, status=422)
    browser.submit(form, visits=[str(visit.id) for visit in visits[:2]])
    assert "아직 입력하지 않은 기록 1건" in browser.get("/today").text
    page = browser.get("/visits/unentered?system=HAENGBOK").html
    assert [str(visit.id) in page for visit in visits] == [False, False, True]


def test_a_record_of_another_centre_cannot_be_marked(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: datetime
) -> None:
    visit = logged(session, town, household, now)
    session.commit()
    browser = sign_in_as(town.narae_worker)
    browser.get("/visits/unentered")
    browser.post(f"/visits/{visit.id}/entered", {"system": "HAENGBOK"}, status=404)
    browser.post("/visits/unentered", {"system": "HAENGBOK", "visits": str(visit.id)}, status=422)
    assert session.scalars(select(NationalEntry)).all() == []
