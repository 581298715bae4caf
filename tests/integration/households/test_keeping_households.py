"""A household from its first day to its last: numbers, edits with their history, members, risk, flags, closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from app.audit.rules import Action
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.households import queries, service
from app.households.models import Household
from app.households.rules import (
    Benefit,
    ClosureReason,
    FlagKind,
    FlagRule,
    HealthGround,
    HouseholdStatus,
    MemberDetails,
    Relation,
    Risk,
    Sex,
)
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.households import DWELLING, HEAD, SPOUSE, add_flag, add_household, details_of
from tests.factories.town import Town
from tests.moments import TODAY, day


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.worker), HEAD, SPOUSE)


def history(session: Session, household: Household) -> list[tuple[str, str, str]]:
    rows = queries.list_changes(session, household.id)
    return [(row.field, row.before, row.after) for row in reversed(rows)]


def test_a_new_household_has_a_number_a_title_and_its_members(
    session: Session, town: Town, household: Household
) -> None:
    second = add_household(session, town.who(town.nurse))
    elsewhere = add_household(session, town.who(town.narae_worker))
    assert [household.number, second.number, elsewhere.number] == ["가람-0001", "가람-0002", "나래-0001"]
    assert household.title == "김순자 · 박영수"
    assert [(member.position, member.name) for member in household.members] == [(0, "김순자"), (1, "박영수")]
    assert (household.status, household.risk, household.version) == (HouseholdStatus.ACTIVE, Risk.NONE, 1)
    assert household.created_by_id == town.worker.id


def test_what_was_typed_is_stored_in_one_spelling(session: Session, town: Town) -> None:
    head = replace(HEAD, name="  김  순자 ", phone="010 2646 2265")
    dwelling = replace(DWELLING, road_address="한빛구 나래길121")
    household = add_household(session, town.who(town.worker), head, dwelling=dwelling, phone="02)3120-5050")
    assert household.members[0].name == "김 순자"
    assert household.members[0].phone == "01026462265"
    assert household.road_address == "한빛구 나래길 121"
    assert household.phone == "0231205050"
    assert household.members[0].birth_year == 1942


def test_what_is_no_telephone_number_is_kept_as_typed(session: Session, town: Town) -> None:
    household = add_household(session, town.who(town.worker), phone="옆집 202호")
    assert household.phone == "옆집 202호"


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_household_without_a_name_is_refused(session: Session, town: Town, name: str) -> None:
    with pytest.raises(RuleBroken, match="NAME_NEEDED"):
        add_household(session, town.who(town.worker), replace(HEAD, name=name))


def test_a_household_without_anybody_is_refused(session: Session, town: Town, now: datetime) -> None:
    nobody = replace(details_of(town.garam.id), members=())
    with pytest.raises(RuleBroken, match="NAME_NEEDED"):
        service.create_household(session, nobody, actor=town.who(town.worker), now=now)


@pytest.mark.parametrize("login", ["worker", "supervisor", "narae_worker"])
def test_nobody_adds_a_household_to_a_centre_out_of_scope(session: Session, town: Town, login: str) -> None:
    elsewhere = town.haneul.id if login != "narae_worker" else town.garam.id
    with pytest.raises(NotFound):
        add_household(session, town.who(town.accounts[login]), centre_id=elsewhere)


def test_an_edit_keeps_who_changed_what_when_and_what_stood_there(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    details = replace(
        service.as_details(household), phone="010-7777-0001", benefits=(Benefit.LIVELIHOOD, Benefit.HOUSING),
        health_ground=HealthGround.CONSENT,
    )  # fmt: skip
    service.edit_household(session, household, details, version=1, actor=town.who(town.nurse), now=now)
    assert history(session, household) == [
        ("수급 유형", "", "생계급여, 주거급여"),
        ("건강정보 공유 근거", "", "본인 동의"),
        ("전화", "02-3120-5050", "010-7777-0001"),
    ]
    row = queries.list_changes(session, household.id)[0]
    assert (row.at, row.by_id) == (now, town.nurse.id)
    assert household.version == 2


def test_saving_without_a_change_leaves_no_trace(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    before = len(list_entries(session, limit=500))
    session.expire_all()
    changes = service.edit_household(
        session, household, service.as_details(household), version=1, actor=town.who(town.worker), now=now
    )
    assert changes == []
    assert (household.version, history(session, household)) == (1, [])
    assert len(list_entries(session, limit=500)) == before


def test_an_edit_that_began_from_an_older_version_is_refused(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    details = service.as_details(household)
    service.edit_household(
        session, household, replace(details, note="첫째"), version=1, actor=town.who(town.worker), now=now
    )
    with pytest.raises(StaleRecord):
        service.edit_household(
            session, household, replace(details, note="둘째"), version=1, actor=town.who(town.nurse), now=now
        )
    session.expire_all()
    assert (household.note, household.version) == ("첫째", 2)


def test_a_members_edit_is_stale_when_the_household_was_saved(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    service.edit_household(
        session, household, replace(service.as_details(household), note="새 메모"), version=1,
        actor=town.who(town.worker), now=now,
    )  # fmt: skip
    with pytest.raises(StaleRecord):
        service.edit_member(session, household.members[0], HEAD, version=1, actor=town.who(town.nurse), now=now)


def test_a_member_is_added_edited_and_named_by_place(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor = town.who(town.worker)
    child = MemberDetails("김하람", Relation.CHILD, Sex.FEMALE, date(2011, 5, 5))
    member = service.add_member(session, household, child, actor=actor, now=now)
    service.edit_member(session, member, replace(child, name="김하람이"), version=2, actor=actor, now=now)
    assert history(session, household) == [("가구원 3 추가", "", "김하람"), ("가구원 3 이름", "김하람", "김하람이")]
    assert (member.position, household.title) == (2, "김순자 · 박영수")


def test_renaming_the_head_renames_the_household(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    head = household.members[0]
    service.edit_member(
        session, head, replace(service.as_member_details(head), name="김순희"), version=1,
        actor=town.who(town.worker), now=now,
    )  # fmt: skip
    assert household.title == "김순희 · 박영수"


def test_an_edit_form_gives_back_what_is_stored(session: Session, household: Household) -> None:
    session.expire_all()
    assert service.as_member_details(household.members[0]) == replace(HEAD, birth_year=1942)
    assert replace(service.as_details(household), members=(HEAD, SPOUSE)) == details_of(
        household.centre_id, HEAD, SPOUSE
    )


def test_somebody_who_left_stays_on_record_and_may_come_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor, spouse = town.who(town.worker), household.members[1]
    service.member_left(session, spouse, on=day(-3), because="시설 입소", actor=actor, now=now)
    assert (spouse.is_present, household.title) == (False, "김순자")
    service.member_returned(session, spouse, actor=actor, now=now)
    assert (spouse.is_present, household.title) == (True, "김순자 · 박영수")
    assert history(session, household) == [
        ("가구원 2 제외", "", f"{day(-3)} 시설 입소"),
        ("가구원 2 제외", f"{day(-3)} 시설 입소", ""),
    ]


def test_the_last_person_cannot_leave(session: Session, town: Town, household: Household, now: datetime) -> None:
    actor = town.who(town.worker)
    service.member_left(session, household.members[1], on=TODAY, because="사망", actor=actor, now=now)
    with pytest.raises(RuleBroken, match="LAST_MEMBER"):
        service.member_left(session, household.members[0], on=TODAY, because="전출", actor=actor, now=now)


def test_when_the_head_has_left_the_household_is_called_after_who_is_there(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    service.member_left(session, household.members[0], on=TODAY, because="사망", actor=town.who(town.worker), now=now)
    assert household.title == "박영수"


def test_each_judgement_of_risk_keeps_its_reason(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor, later = town.who(town.worker), now + timedelta(days=1)
    service.judge_risk(session, household, Risk.HIGH, reason="고독사 위험", actor=actor, now=now)
    service.judge_risk(session, household, Risk.MEDIUM, reason="이웃이 살핌", actor=actor, now=later)
    changes = queries.list_risk_changes(session, household.id)
    assert [(change.risk, change.reason, change.on, change.by_id) for change in changes] == [
        (Risk.MEDIUM, "이웃이 살핌", day(1), town.worker.id),
        (Risk.HIGH, "고독사 위험", day(0), town.worker.id),
    ]
    assert (household.risk, household.risk_since_on) == (Risk.MEDIUM, day(1))
    assert history(session, household) == [("위험도", "일반", "고위험"), ("위험도", "고위험", "중위험")]


def test_a_risk_without_a_reason_is_refused(session: Session, town: Town, household: Household, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.judge_risk(session, household, Risk.HIGH, reason=" \n", actor=town.who(town.worker), now=now)
    assert household.risk is Risk.NONE


def test_a_flag_stands_until_it_is_taken_down_with_a_reason(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor = town.who(town.worker)
    dog = add_flag(session, household, actor)
    knife = add_flag(session, household, actor, kind=FlagKind.WEAPON, rule=FlagRule.POLICE)
    assert household.flags == [knife, dog]
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.end_flag(session, dog, because="", actor=actor, now=now)
    service.end_flag(session, dog, because="개를 다른 집에 보냄", actor=actor, now=now)
    session.expire_all()
    assert [flag.is_standing for flag in household.flags] == [True, False]
    assert (dog.set_by_id, dog.set_on, dog.ended_on) == (town.worker.id, TODAY, TODAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"basis": "  "}, "BASIS_NEEDED"), ({"review_on": TODAY}, "REVIEW_PAST"), ({"review_on": day(-1)}, "REVIEW_PAST")],
)
def test_a_flag_is_refused(
    session: Session, town: Town, household: Household, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        add_flag(session, household, town.who(town.worker), **changes)


def test_a_household_is_closed_with_a_reason_and_opened_again(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor = town.who(town.supervisor)
    service.close_household(session, household, ClosureReason.MOVED, note="다솜동으로", actor=actor, now=now)
    assert (household.is_active, household.closed_on, household.closure_reason) == (False, TODAY, ClosureReason.MOVED)
    with pytest.raises(RuleBroken, match="CLOSED_ALREADY"):
        service.close_household(session, household, ClosureReason.DIED, note="", actor=actor, now=now)
    service.reopen_household(session, household, actor=actor, now=now)
    assert (household.is_active, household.closed_on) == (True, None)
    assert history(session, household) == [("상태", "관리 중", "종료 (전출)"), ("상태", "종료", "관리 중")]


def test_closing_for_another_reason_needs_words(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.close_household(
            session, household, ClosureReason.OTHER, note=" ", actor=town.who(town.supervisor), now=now
        )


def test_every_change_is_in_the_access_log_without_what_was_typed(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor = town.who(town.worker)
    service.judge_risk(session, household, Risk.HIGH, reason="고독사 위험", actor=actor, now=now)
    add_flag(session, household, actor)
    service.close_household(session, household, ClosureReason.DIED, note="", actor=actor, now=now)
    rows = [row for row in list_entries(session) if row.household_id == household.id]
    assert [row.action for row in reversed(rows)] == [Action.CREATE, Action.CHANGE, Action.CHANGE, Action.CLOSE]
    assert not any(secret in row.detail for row in rows for secret in ("김순자", "고독사", "나래길", "마당"))


@pytest.mark.parametrize(
    ("login", "sees"),
    [
        ("worker", True),
        ("other_nurse", True),
        ("supervisor", True),
        ("district_officer", True),
        ("narae_nurse", False),
        ("narae_supervisor", False),
        ("administrator", False),
        ("far_supervisor", False),
    ],
)
def test_a_household_out_of_scope_does_not_exist(
    session: Session, town: Town, household: Household, login: str, sees: bool
) -> None:
    who = town.who(town.accounts[login])
    session.expire_all()
    if sees:
        assert queries.get_household(session, who, household.id) is household
        return
    for lookup in (
        lambda: queries.get_household(session, who, household.id),
        lambda: queries.get_member(session, who, household.id, household.members[0].id),
        lambda: queries.get_flag(session, who, household.id, 1),
    ):
        with pytest.raises(NotFound):
            lookup()


def test_a_member_or_flag_of_another_household_is_not_found_under_this_one(
    session: Session, town: Town, household: Household
) -> None:
    actor = town.who(town.worker)
    other = add_household(session, actor)
    flag = add_flag(session, other, actor)
    with pytest.raises(NotFound):
        queries.get_member(session, actor, household.id, other.members[0].id)
    with pytest.raises(NotFound):
        queries.get_flag(session, actor, household.id, flag.id)
