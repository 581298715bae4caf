"""The visit form as it is lived: notes made while there, what stays the same, readings with arm and reason, days to tap."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from app.households.models import Household
from app.visits import queries
from app.visits.models import Visit
from app.visits.rules import Arm, NotMeasured, Position, StableField, VitalKind
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import HEAD, add_household
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, visit_details
from tests.integration.visits.doing import log
from tests.moments import TODAY, at, day

SignIn = Callable[..., Browser]


@pytest.fixture
def alone(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse), HEAD)


def written(session: Session, household: Household) -> Visit:
    newest = select(Visit).where(Visit.household_id == household.id).order_by(Visit.received_at.desc(), Visit.began_at)
    visit = session.scalars(newest).first()
    assert visit is not None
    return visit


def submit(browser: Browser, household: Household, *, status: int = 302, **fields: Any) -> str:
    """Send the visit form as it opens, with these fields (`m_` for the only member's part); returns what comes back."""
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    part = f"m{household.members[0].id}-"
    named = {
        name.replace("m_", part, 1) if name.startswith("m_") else name.replace("__", "-"): value
        for name, value in fields.items()
    }
    answer = browser.submit(form, status=status, **{"welfare_note": "이야기함", **named})
    return str(answer.get_data(as_text=True))


def test_notes_made_while_there_are_kept_as_they_were_and_no_correction_touches_them(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, field_notes="14:03 약 거르심\n 딸과 통화", nursing_note="저녁 약을 거르심")
    visit = written(session, alone)
    assert visit.field_notes == "14:03 약 거르심\n 딸과 통화"
    form = nurse.get(f"/visits/{visit.id}/correct").form("/correct")
    nurse.submit(form, nursing_note="아침 약을 거르심", reason="잘못 적음")
    session.refresh(visit)
    assert (visit.nursing_note, visit.field_notes) == ("아침 약을 거르심", "14:03 약 거르심\n 딸과 통화")


def test_notes_are_masked_and_come_back_from_a_refusal(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, field_notes="주민번호 800101-1234567", m_systolic="999", m_diastolic="80", status=422)
    assert nurse.page is not None
    assert nurse.page.form("/visits/new").fields["field_notes"].startswith("주민번호 800101-*")
    assert "1234567" not in nurse.page.form("/visits/new").fields["field_notes"]


def test_equipment_is_carried_to_the_next_visit_and_confirmed_by_one_choice(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household, frozen_clock: Any
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, equipment__text="보행기, 욕실 손잡이")
    first = written(session, alone)
    assert first.carried == [{"name": "EQUIPMENT", "text": "보행기, 욕실 손잡이", "from_visit_id": None}]
    frozen_clock.shift(600)
    submit(nurse, alone, equipment__how="SAME")
    [carried] = written(session, alone).carried
    assert carried == {"name": "EQUIPMENT", "text": "보행기, 욕실 손잡이", "from_visit_id": str(first.id)}
    known = queries.last_carried(session, alone)
    assert (known[StableField.EQUIPMENT].from_visit_id, known[StableField.EQUIPMENT].written_on) == (first.id, TODAY)


def test_what_nobody_confirmed_is_not_stored_and_still_offered(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household, frozen_clock: Any
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, equipment__text="지팡이")
    frozen_clock.shift(600)
    submit(nurse, alone)
    assert written(session, alone).carried == []
    assert "지팡이" in nurse.get(f"/households/{alone.id}/visits/new").text


def test_what_is_gone_is_emptied_and_not_offered_again(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household, frozen_clock: Any
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, equipment__text="산소발생기")
    frozen_clock.shift(600)
    submit(nurse, alone, equipment__how="CHANGED", equipment__text="")
    assert StableField.EQUIPMENT not in queries.last_carried(session, alone)
    assert "산소발생기" not in nurse.get(f"/households/{alone.id}/visits/new").form("/visits/new").fields.values()


def test_the_place_of_the_last_visit_is_taken_over_by_one_choice(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household, frozen_clock: Any
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, place="가람경로당")
    frozen_clock.shift(600)
    submit(nurse, alone, usual_place__how="SAME")
    assert written(session, alone).place == "가람경로당"


def test_the_way_there_begins_as_the_household_page_has_it(session: Session, alone: Household) -> None:
    alone.approach = "뒷문 계단으로"
    known = queries.last_carried(session, alone)[StableField.APPROACH]
    assert (known.text, known.from_visit_id) == ("뒷문 계단으로", None)


def test_a_list_of_pressures_keeps_arm_and_posture_and_a_later_one_is_taken_as_the_first(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    submit(
        sign_in_as(town.nurse), alone,
        m_systolic="152", m_diastolic="88", m_arm="LEFT", m_position="LYING",
        m_systolic_again="148", m_diastolic_again="86",
        m_systolic_third="150", m_diastolic_third="87", m_arm_third="RIGHT",
    )  # fmt: skip
    rows = written(session, alone).readings
    assert [(row.systolic, row.arm, row.position) for row in rows] == [
        (152, Arm.LEFT, Position.LYING), (148, Arm.LEFT, Position.LYING), (150, Arm.RIGHT, Position.LYING),
    ]  # fmt: skip


def test_the_form_begins_with_the_arm_of_last_time(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household, now: datetime
) -> None:
    member_id, nurse = alone.members[0].id, sign_in_as(town.nurse)
    fields = nurse.get(f"/households/{alone.id}/visits/new").form("/visits/new").fields
    assert (fields[f"m{member_id}-arm"], fields[f"m{member_id}-position"]) == ("RIGHT", "SITTING")
    taken = blood_pressure(member_id, 120, 70, arm=Arm.LEFT, position=Position.LYING, measured_at=at(day(-3), 9, 20))
    log(session, town, alone, visit_details(alone, day(-3), readings=(taken,)), now)
    fields = nurse.get(f"/households/{alone.id}/visits/new").form("/visits/new").fields
    assert (fields[f"m{member_id}-arm"], fields[f"m{member_id}-position"]) == ("LEFT", "LYING")


def test_an_arm_alone_is_no_reading(session: Session, town: Town, sign_in_as: SignIn, alone: Household) -> None:
    submit(sign_in_as(town.nurse), alone)
    assert written(session, alone).readings == []


EVERY_VITAL = [
    "blood_pressure", "pulse", "temperature", "spo2", "glucose", "weight", "respiration", "hba1c", "height", "waist",
    "pain",
]  # fmt: skip


@pytest.mark.parametrize("reason", list(NotMeasured))
def test_every_vital_can_be_refused_with_its_reason(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household, reason: NotMeasured
) -> None:
    submit(sign_in_as(town.nurse), alone, **{f"m_{name}_why": reason.value for name in EVERY_VITAL})
    rows = written(session, alone).readings
    assert {row.kind: row.not_measured for row in rows} == dict.fromkeys(VitalKind, reason)


def test_a_glucose_without_when_it_was_taken_is_asked_for_at_its_field(
    town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, m_glucose="174", status=422)
    assert nurse.page is not None
    assert f"#m{alone.members[0].id}-glucose_context" in nurse.page.links()
    assert nurse.page.form("/visits/new").fields[f"m{alone.members[0].id}-glucose"] == "174"


def test_a_low_pressure_is_measured_again_or_says_why_not(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(nurse, alone, m_systolic="86", m_diastolic="54", status=422)
    assert nurse.page is not None
    assert "다시 재어 적어 주세요" in nurse.page.text
    submit(nurse, alone, m_systolic="86", m_diastolic="54", m_blood_pressure_again_why="REFUSED")
    assert [row.not_measured for row in written(session, alone).readings] == [None, NotMeasured.REFUSED]


def test_the_time_it_was_measured_is_kept_and_asked_about_once_outside_the_visit(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    nurse, values = sign_in_as(town.nurse), {"m_systolic": "122", "m_diastolic": "74", "m_pulse": "70"}
    submit(nurse, alone, began="09:00", ended="09:40", m_measured="07:10", status=422, **values)
    assert nurse.page is not None
    assert "방문 시간 밖에 잰 값입니다" in nurse.page.text
    assert nurse.page.text.count("맞으면 누르고 다시 제출해 주세요") == 1
    submit(nurse, alone, began="09:00", ended="09:40", m_measured="09:20", **values)
    visit = written(session, alone)
    assert {row.measured_at for row in visit.readings} == {at(TODAY, 9, 20)}
    form = nurse.get(f"/visits/{visit.id}/correct").form("/correct")
    assert form.fields[f"m{alone.members[0].id}-measured"] == "09:20"


def test_a_correction_that_changes_nothing_of_the_vitals_leaves_them_as_they_were(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    nurse = sign_in_as(town.nurse)
    submit(
        nurse, alone,
        m_systolic="152", m_diastolic="88", m_arm="LEFT", m_systolic_again="148", m_diastolic_again="86",
        m_glucose="LO", m_glucose_context="FASTING", m_glucose_again="84", m_action="GAVE_SUGAR", m_spo2_why="NO_DEVICE",
    )  # fmt: skip
    visit = written(session, alone)
    before = sorted(
        (row.kind, row.systolic or 0, str(row.value), row.arm, row.flag, row.not_measured) for row in visit.readings
    )
    form = nurse.get(f"/visits/{visit.id}/correct").form("/correct")
    nurse.submit(form, welfare_note="다른 말", reason="빠뜨림")
    session.expire_all()
    after = written(session, alone).readings
    assert (
        sorted((row.kind, row.systolic or 0, str(row.value), row.arm, row.flag, row.not_measured) for row in after)
        == before
    )


def test_the_last_visit_and_its_open_promise_stand_on_top(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household, now: datetime
) -> None:
    promised = visit_details(
        alone, day(-7), nursing_note="발등이 부음", promised_on=day(2), promise_note="혈압 다시 재기"
    )
    log(session, town, alone, promised, now)
    told = visit_details(alone, day(-3), nursing_note="", shared_line="반찬 지원을 원하심")
    log(session, town, alone, told, now, login="worker")
    page = sign_in_as(town.nurse).get(f"/households/{alone.id}/visits/new").text
    assert "반찬 지원을 원하심" in page
    assert "지킴" in page
    assert "혈압 다시 재기" in page


def test_the_page_names_the_table_that_judges_and_its_sources(town: Town, sign_in_as: SignIn, alone: Household) -> None:
    page = sign_in_as(town.nurse).get(f"/households/{alone.id}/visits/new").text
    assert "참고 기준 2025.1" in page
    assert "대한고혈압학회" in page
    worker = sign_in_as(town.worker).get(f"/households/{alone.id}/visits/new").text
    assert "참고 기준" not in worker


def test_a_visit_written_two_days_later_and_planned_by_nobody_is_stored(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    submit(sign_in_as(town.nurse), alone, occurred_on=day(-2).isoformat(), began="10:00")
    visit = written(session, alone)
    assert visit.occurred_on == date.fromisoformat(day(-2).isoformat())
    assert "사후 입력 2일 뒤" in sign_in_as(town.nurse).get(f"/visits/{visit.id}").text


def test_what_was_confirmed_stays_confirmed_when_something_else_sends_the_form_back(
    session: Session, town: Town, sign_in_as: SignIn, alone: Household
) -> None:
    nurse, part = sign_in_as(town.nurse), f"m{alone.members[0].id}"
    asked = submit(nurse, alone, m_temperature="38.9", status=422)
    [key] = re.findall(r'name="confirmed" value="([^"]+)"', asked)
    assert nurse.page is not None
    sent = {"confirmed": html.unescape(key), f"{part}-glucose": "174"}
    nurse.submit(nurse.page.form("/visits/new"), status=422, **sent)
    nurse.submit(nurse.page.form("/visits/new"), **{f"{part}-glucose_context": "FASTING"})
    assert {row.kind for row in written(session, alone).readings} == {VitalKind.TEMPERATURE, VitalKind.GLUCOSE}
