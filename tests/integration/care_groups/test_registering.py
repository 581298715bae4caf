"""Registration in the health programmes: twice asks for a reason, a discharge says what ends and what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.audit.models import AccessLog
from app.care_groups import queries
from app.care_groups.models import Registration
from app.care_groups.rules import CONSEQUENCES, DischargeReason, Programme
from app.care_groups.service import (
    DischargeDetails,
    GroupDetails,
    RegistrationDetails,
    decide_group,
    discharge,
    register,
)
from app.core.database import unit_of_work
from app.core.errors import RuleBroken
from app.follow_ups.queries import list_dues, standing_groups
from app.follow_ups.rules import CareGroup
from app.households.models import Household, Member
from app.households.rules import ClosureReason
from app.households.service import member_left
from app.timelines.service import close_household
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.households import HEAD, SPOUSE, add_household, set_rule
from tests.factories.town import Town, find_town
from tests.moments import NOW, TODAY, day

VISITING, AI_IOT = Programme
PLAIN = RegistrationDetails(VISITING, day(-90))


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse))


@pytest.fixture
def member(household: Household) -> Member:
    return household.members[0]


def enter(session: Session, town: Town, member: Member, now: datetime, **changes: object) -> Registration:
    details = replace(PLAIN, **changes)  # type: ignore[arg-type]
    return register(session, member, details, actor=town.who(town.nurse), now=now)


def test_a_person_is_registered_once_in_a_programme(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    row = enter(session, town, member, now)
    assert (row.programme, row.registered_on, row.twice_because) == (VISITING, day(-90), "")
    with pytest.raises(RuleBroken, match="REGISTERED"):
        enter(session, town, member, now)
    logged = session.scalars(select(AccessLog).where(AccessLog.action == "REGISTER")).all()
    assert [each.household_id for each in logged] == [member.household_id]


def test_a_second_programme_asks_for_a_reason_and_is_not_refused(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    enter(session, town, member, now)
    with pytest.raises(RuleBroken, match="TWICE") as asked:
        enter(session, town, member, now, programme=AI_IOT)
    assert asked.value.field == "twice_because"
    row = enter(session, town, member, now, programme=AI_IOT, twice_because="이관하는 한 달")
    assert row.twice_because == "이관하는 한 달"
    assert len(queries.standing_registrations(session, [member.id])) == 2


def test_a_reason_for_two_is_not_kept_where_there_is_one(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    assert enter(session, town, member, now, twice_because="혹시").twice_because == ""


@pytest.mark.parametrize(("changes", "code"), [({"registered_on": day(1)}, "FUTURE_DATE"), ({"registered_on": day(-9000)}, "DISTANT_DAY")])  # fmt: skip
def test_a_day_that_cannot_be_is_refused(
    session: Session, town: Town, member: Member, now: datetime, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        enter(session, town, member, now, **changes)


def test_who_left_and_whose_household_is_closed_is_not_registered(session: Session, town: Town, now: datetime) -> None:
    nurse = town.who(town.nurse)
    other = add_household(session, nurse)
    close_household(session, other, ClosureReason.MOVED, note="", actor=nurse, now=now)
    with pytest.raises(RuleBroken, match="HOUSEHOLD_CLOSED"):
        enter(session, town, other.members[0], now)
    member = add_household(session, nurse, HEAD, SPOUSE).members[1]
    member_left(session, member, on=TODAY, because="전출", actor=nurse, now=now)
    with pytest.raises(RuleBroken, match="LEFT"):
        enter(session, town, member, now)


def test_a_discharge_ends_the_groups_visits_and_its_review_and_no_promise(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    row = enter(session, town, member, now)
    decide_group(session, member, GroupDetails(CareGroup.INTENSIVE, day(-30), "혈압"), actor=nurse, now=now)
    set_rule(session, member.household, "PROMISE", nurse, promised_on=day(7), note="약 달력 확인")
    before = {due.label for due in list_dues(session, member.household, today=TODAY)}
    assert {"집중관리군", "군 재분류 검토"} < before
    details = DischargeDetails(DischargeReason.GOAL_REACHED, TODAY)
    assert discharge(session, row, details, actor=nurse, now=now) == 1
    after = {due.label for due in list_dues(session, member.household, today=day(1))}
    assert after == before - {"집중관리군", "군 재분류 검토"}
    assert standing_groups(session, member.household_id, today=day(1)) == {}
    assert (row.discharged_on, row.discharge_reason, row.discharged_by_id) == (
        TODAY, DischargeReason.GOAL_REACHED, town.nurse.id,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="DISCHARGED"):
        discharge(session, row, details, actor=nurse, now=now)


def test_leaving_the_other_programme_leaves_the_group(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    row = enter(session, town, member, now, programme=AI_IOT)
    decide_group(session, member, GroupDetails(CareGroup.REGULAR, day(-30), "혈압"), actor=nurse, now=now)
    assert discharge(session, row, DischargeDetails(DischargeReason.REFUSED, TODAY), actor=nurse, now=now) == 0
    assert standing_groups(session, member.household_id, today=TODAY) == {member.id: CareGroup.REGULAR}


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (DischargeDetails(DischargeReason.REFUSED, day(-91)), "BEFORE_START"),
        (DischargeDetails(DischargeReason.REFUSED, day(1)), "FUTURE_DATE"),
        (DischargeDetails(DischargeReason.OTHER, TODAY, " "), "NOTE_NEEDED"),
        (DischargeDetails(DischargeReason.HANDED_OVER, TODAY), "NOTE_NEEDED"),
    ],
)
def test_a_discharge_that_cannot_be_is_refused(
    session: Session, town: Town, member: Member, now: datetime, details: DischargeDetails, code: str
) -> None:
    row = enter(session, town, member, now)
    with pytest.raises(RuleBroken, match=code):
        discharge(session, row, details, actor=town.who(town.nurse), now=now)


def test_every_reason_says_what_to_do_then() -> None:
    assert set(CONSEQUENCES) == set(DischargeReason)
    assert all(each.advice.endswith(("다.", "요.")) for each in CONSEQUENCES.values())


def test_who_comes_back_is_registered_anew_and_both_stay(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    row = enter(session, town, member, now)
    discharge(
        session, row, DischargeDetails(DischargeReason.IN_HOSPITAL, day(-20)), actor=town.who(town.nurse), now=now
    )
    enter(session, town, member, now, registered_on=TODAY)
    rows = queries.list_registrations(session, member.household_id)
    assert [(each.registered_on, each.discharged_on) for each in rows] == [(TODAY, None), (day(-90), day(-20))]


def test_registered_at_the_same_moment_by_eight_a_person_is_in_once(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        nurse = find_town(session).who(find_town(session).nurse)
        member_id = add_household(session, nurse).members[0].id

    def one(_number: int) -> bool:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            try:
                register(session, session.get_one(Member, member_id), PLAIN, actor=nurse, now=NOW)
            except RuleBroken:
                return False
            return True

    assert sum(all_at_once(one)) == 1


def test_the_pages_from_registering_twice_to_the_discharge(
    sign_in_as, session: Session, town: Town, member: Member  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    nurse: Browser = sign_in_as(Role.NURSE)
    home = f"/households/{member.household_id}"
    path = f"{home}/members/{member.id}/register"
    answer = nurse.submit(nurse.get(path).form("/register"))
    assert answer.headers["Location"].endswith("/care-group"), "the programme sets a group: decide one"
    page = nurse.get(path)
    assert "지금 방문건강관리에 등록되어 있습니다" in page.text
    refused = nurse.submit(page.form("/register"), programme="AI_IOT", status=422)
    assert "함께 등록하는 까닭을 적어 주세요" in refused.get_data(as_text=True)
    nurse.submit(nurse.get(path).form("/register"), programme="AI_IOT", twice_because="이관하는 한 달 🏠")
    assert "이관하는 한 달 🏠" in nurse.get(f"{home}/care-groups").text
    set_rule(session, member.household, "PROMISE", town.who(town.nurse), promised_on=day(7), note="약 달력 확인")
    row = session.scalars(select(Registration).where(Registration.programme == VISITING)).one()
    leave = f"{home}/registrations/{row.id}/discharge"
    shown = nurse.get(leave)
    assert "약 달력 확인" in shown.text
    assert "이관과 기타" in shown.text
    nurse.submit(shown.form("/discharge"), reason="OTHER", status=422)
    nurse.submit(nurse.get(leave).form("/discharge"), reason="LONG_TERM_CARE")
    after = nurse.get(f"{home}/care-groups").text
    assert "약속한 방문이 1건 남아 있습니다" in after
    assert "퇴록(장기요양등급 인정)" in after
    sign_in_as(Role.WORKER).get(leave, status=403)
    sign_in_as(town.narae_nurse).get(leave, status=404)
    nurse.get(f"{home}/registrations/{2**40}/discharge", status=404)


def test_only_the_district_officer_gives_the_table_other_figures(sign_in_as, session: Session, town: Town) -> None:  # type: ignore[no-untyped-def]
    nurse: Browser = sign_in_as(Role.NURSE)
    assert "근거 약함" in nurse.get("/care-groups/criteria").text
    nurse.get("/care-groups/criteria/new", status=403)
    officer: Browser = sign_in_as(Role.DISTRICT)
    form = officer.get("/care-groups/criteria/new").form("/criteria/new")
    for wrong in ("NaN", "1e999", "-3", "x"):
        officer.submit(form, edge_SYSTOLIC_0=wrong, source="구 지침", why="확인", status=422)
    swapped = officer.submit(form, edge_SYSTOLIC_0="110", source="구 지침", why="확인", status=422)
    assert "기준보다 나빠야 합니다" in swapped.get_data(as_text=True)
    officer.submit(form, edge_SYSTOLIC_0="150", edge_PHQ_9_0="", source="구 지침", why="확인", effective_from=TODAY)
    table = queries.table_in_force(session, town.garam.district_id, on=TODAY)
    edges = {each.code: [level.edge for level in each.levels] for each in table.criteria}
    assert edges["SYSTOLIC"][0] == 150
    assert edges["PHQ_9"] == [None]
    assert table.confidence == "DISTRICT"
    elsewhere = queries.table_in_force(session, town.haneul.district_id, on=TODAY)
    assert elsewhere.version == "2026"
    assert queries.table_in_force(session, town.garam.district_id, on=day(-1)).version == "2026"
