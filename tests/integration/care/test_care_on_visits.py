"""What a visit form says of care: stored with the record, read by who may, written anew by a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from app.care import queries
from app.care import service as care_service
from app.care.models import Intervention, Medicine, MedicineCheck, Problem, ProblemRating
from app.care.rules import CareDetails, ChangeOf, Checked, Done, MedicineChange, MedicineDetails, Rated
from app.care.service import ProblemDetails
from app.core.errors import RuleBroken
from app.households.models import Household
from app.visits import service
from app.visits.models import Visit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, add_household
from tests.factories.town import Town
from tests.factories.visits import visit_details
from tests.moments import TODAY, day


def log(
    session: Session, town: Town, household: Household, care: CareDetails | None, now: datetime, *, login: str = "nurse",
    **more: Any,
) -> Visit:  # fmt: skip
    details = visit_details(household, care=care, **more)
    actor = town.who(town.accounts[login])
    return service.log_visit(session, household, details, typed_at=now, actor=actor, now=now)


def correct(
    session: Session, town: Town, visit: Visit, care: CareDetails | None, now: datetime, *, login: str = "nurse",
    **more: Any,
) -> None:  # fmt: skip
    details = visit_details(visit.household, visit.occurred_on, visit_id=visit.id, care=care, **more)
    service.correct_visit(
        session, visit, details, reason="빠뜨림", version=visit.version, actor=town.who(town.accounts[login]), now=now
    )
    session.expire_all()


@pytest.fixture
def problem(session: Session, town: Town, household: Household, now: datetime) -> Problem:
    details = ProblemDetails("CIRCULATION", household.members[0].id)
    return care_service.open_problem(session, household, details, actor=town.who(town.nurse), now=now)


@pytest.fixture
def medicine(session: Session, town: Town, household: Household, now: datetime) -> Medicine:
    given = MedicineDetails("암로디핀", "5mg", "아침 1알")
    actor, then = town.who(town.nurse), now - timedelta(days=90)
    return care_service.add_medicine(session, household.members[0], given, on=day(-90), actor=actor, now=then)


def test_picks_ratings_and_a_medicine_check_are_stored_with_the_record(
    session: Session, town: Town, household: Household, problem: Problem, medicine: Medicine, now: datetime
) -> None:
    member_id = household.members[0].id
    care = CareDetails(
        (Done("LOW_SALT", note="국을 반만"), Done("SERVICE_LINK")),
        (Rated(problem.id, 3, 3, 4),),
        (Checked(member_id, {"list": "SAME", "missed": "3+"}),),
    )
    visit = log(session, town, household, care, now)
    kept = queries.list_done(session, [visit.id], reads_health=True)[visit.id]
    assert [(each.label, each.note, each.problem, each.member) for each in kept.done] == [
        ("저염식", "국을 반만", "순환", "김순자"),
        ("서비스 연계", "", "", ""),
    ]
    assert [(each.label, each.values, each.before) for each in kept.ratings] == [("순환", (3, 3, 4), None)]
    assert kept.checks[0].points == [("약 목록", "그대로 복용 중", False), ("지난 7일 거른 횟수", "3번 이상", True)]
    assert medicine.confirmed_on == TODAY
    assert session.scalars(select(ProblemRating)).one().visit_id == visit.id


def test_who_may_not_read_health_sees_only_what_is_none(
    session: Session, town: Town, household: Household, problem: Problem, medicine: Medicine, now: datetime
) -> None:
    care = CareDetails(
        (Done("GLUCOSE"), Done("SERVICE_LINK"), Done("FAMILY_CALL", problem_id=problem.id)),
        (Rated(problem.id, 3, 3, 4),),
        (Checked(household.members[0].id, {"list": "SAME"}),),
    )
    visit = log(session, town, household, care, now)
    kept = queries.list_done(session, [visit.id], reads_health=False)[visit.id]
    assert ([each.label for each in kept.done], kept.ratings, kept.checks) == (["서비스 연계"], [], [])


def test_a_tie_that_was_refused_is_none_and_one_that_was_chosen_holds(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    care = CareDetails((Done("LOW_SALT", queries.NOT_TIED), Done("GLUCOSE", problem.id)))
    visit = log(session, town, household, care, now)
    rows = session.scalars(select(Intervention).where(Intervention.visit_id == visit.id).order_by(Intervention.id))
    assert [row.problem_id for row in rows] == [None, problem.id]


def test_a_rating_shows_what_it_was_before(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    log(session, town, household, CareDetails(ratings=(Rated(problem.id, 2, 2, 2),)), now, occurred_on=day(-40))
    visit = log(session, town, household, CareDetails(ratings=(Rated(problem.id, 2, 3, 4),)), now)
    (line,) = queries.list_done(session, [visit.id], reads_health=True)[visit.id].ratings
    assert line.words == "지식 2 · 행동 2→3 · 상태 2→4"


@pytest.mark.parametrize(
    ("care", "login", "refused"),
    [
        (CareDetails((Done("NO_SUCH"),)), "nurse", "NO_SUCH_PICK"),
        (CareDetails(ratings=(Rated(999_999, 1, 1, 1),)), "nurse", "NO_SUCH_PROBLEM"),
        (CareDetails((Done("SERVICE_LINK", 999_999),)), "worker", "NO_SUCH_PROBLEM"),
        (CareDetails(checks=(Checked(999_999, {"list": "SAME"}),)), "nurse", "NOT_A_MEMBER"),
        (CareDetails(checks=(Checked(1, {"list": "SAME"}),)), "worker", "NURSE_ONLY"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    session: Session, town: Town, household: Household, now: datetime, care: CareDetails, login: str, refused: str
) -> None:
    with pytest.raises(RuleBroken) as broken, session.begin_nested():
        log(session, town, household, care, now, login=login)
    assert broken.value.code == refused
    assert not session.scalars(select(Visit)).all()


def test_a_worker_rates_no_problem_of_health_without_a_ground(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    care = CareDetails(ratings=(Rated(problem.id, 1, 1, 1),))
    with pytest.raises(RuleBroken, match="NO_SUCH_PROBLEM"):
        log(session, town, household, care, now, login="worker")


def test_another_households_problem_is_none_of_ours(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    other = add_household(session, town.who(town.nurse), HEAD)
    with pytest.raises(RuleBroken, match="NO_SUCH_PROBLEM"):
        log(session, town, other, CareDetails(ratings=(Rated(problem.id, 1, 1, 1),)), now)


def test_a_problem_somebody_closed_meanwhile_is_still_rated(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    care_service.close_problem(session, problem, because="안정", version=1, actor=town.who(town.other_nurse), now=now)
    log(session, town, household, CareDetails(ratings=(Rated(problem.id, 4, 4, 5),)), now)
    assert [rating.status for rating in problem.ratings] == [5]


def test_a_change_ends_the_line_and_begins_another(
    session: Session, town: Town, household: Household, medicine: Medicine, now: datetime
) -> None:
    member_id = household.members[0].id
    changes = (MedicineChange(medicine.id, ChangeOf.OTHERWISE, "저녁 1알"),)
    begun = (MedicineDetails("아스피린", "100mg", "아침 1알"),)
    log(session, town, household, CareDetails(checks=(Checked(member_id, {}, changes, begun),)), now)
    rows = queries.list_medicines(session, household.id)[member_id]
    assert [(row.name, row.how, row.ended_on) for row in rows] == [
        ("암로디핀", "저녁 1알", None), ("아스피린", "아침 1알", None), ("암로디핀", "아침 1알", TODAY),
    ]  # fmt: skip
    assert session.scalars(select(MedicineCheck)).one().answers == {"list": "CHANGED"}


def test_what_somebody_else_ended_meanwhile_has_ended(
    session: Session, town: Town, household: Household, medicine: Medicine, now: datetime
) -> None:
    actor = town.who(town.other_nurse)
    care_service.end_medicine(session, medicine, because="의사가 끊음", on=TODAY, actor=actor, now=now)
    changes = (MedicineChange(medicine.id, ChangeOf.STOPPED, ""),)
    log(session, town, household, CareDetails(checks=(Checked(household.members[0].id, {}, changes),)), now)
    assert medicine.ended_because == "의사가 끊음"


def test_a_correction_keeps_what_stood_there(
    session: Session, town: Town, household: Household, problem: Problem, medicine: Medicine, now: datetime
) -> None:
    member_id = household.members[0].id
    first = CareDetails(
        (Done("LOW_SALT"), Done("SERVICE_LINK")), (Rated(problem.id, 3, 3, 4),), (Checked(member_id, {"list": "SAME"}),)
    )
    visit = log(session, town, household, first, now, occurred_on=day(-1))
    correct(session, town, visit, CareDetails((Done("GLUCOSE"),), (Rated(problem.id, 3, 3, 2),)), now)
    before = visit.corrections[0].before
    assert before["care"] == ["사례관리 서비스 연계"]
    assert before["care_health"] == [
        "교육·상담 저염식(순환)", "김순자 복약: 약 목록 그대로 복용 중", "김순자 순환 지식 3 · 행동 3 · 상태 4",
    ]  # fmt: skip
    kept = queries.list_done(session, [visit.id], reads_health=True)[visit.id]
    assert ([each.label for each in kept.done], kept.ratings[0].values, kept.checks) == (["혈당 측정"], (3, 3, 2), [])
    session.refresh(medicine)
    assert medicine.confirmed_on == day(-90), "what was confirmed by mistake is taken back"


def test_nothing_corrected_is_said_so(session: Session, town: Town, household: Household, now: datetime) -> None:
    care = CareDetails((Done("SERVICE_LINK"),))
    visit = log(session, town, household, care, now)
    with pytest.raises(RuleBroken, match="NOTHING_CHANGED"):
        correct(session, town, visit, care, now)


def test_a_supervisor_without_a_ground_leaves_what_is_health(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    member_id = household.members[0].id
    care = CareDetails(
        (Done("LOW_SALT"), Done("SERVICE_LINK")), (Rated(problem.id, 3, 3, 4),), (Checked(member_id, {"missed": "0"}),)
    )
    visit = log(session, town, household, care, now)
    correct(session, town, visit, CareDetails((Done("FAMILY_CALL"),)), now, login="supervisor")
    kept = queries.list_done(session, [visit.id], reads_health=True)[visit.id]
    assert {each.label for each in kept.done} == {"저염식", "가족·보호자 통화"}
    assert (len(kept.ratings), len(kept.checks)) == (1, 1)
    assert {each.by for each in kept.done} == {"윤가람"}, "it stays the record of who made it"


def test_care_follows_the_day_of_a_corrected_record(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    visit = log(session, town, household, CareDetails((Done("GLUCOSE"),), (Rated(problem.id, 3, 3, 4),)), now)
    moved = visit_details(household, day(-2), visit_id=visit.id)
    service.correct_visit(
        session, visit, moved, reason="날짜", version=1, actor=town.who(town.nurse), now=now
    )  # fmt: skip
    session.expire_all()
    assert session.scalars(select(Intervention)).one().done_on == day(-2)
    assert session.scalars(select(ProblemRating)).one().rated_on == day(-2)


def test_a_rating_of_a_voided_visit_counts_for_nothing_until_it_is_revived(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    visit = log(session, town, household, CareDetails(ratings=(Rated(problem.id, 3, 3, 4),)), now)

    def rated() -> int:
        session.expire_all()
        return len(queries.line_of(session, problem).ratings)

    assert rated() == 1
    service.void_visit(session, visit, reason="다른 집", version=visit.version, actor=nurse, now=now)
    assert rated() == 0
    service.revive_visit(session, visit, version=visit.version, actor=nurse, now=now)
    assert rated() == 1


def test_ones_last_thirty_records_teach_the_order(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    log(session, town, household, CareDetails((Done("FEET_SEEN"), Done("MOOD"))), now, occurred_on=day(-100))
    for offset in range(30):
        log(session, town, household, CareDetails((Done("MOOD"),)), now, occurred_on=day(-offset))
    log(session, town, household, CareDetails((Done("GLUCOSE"),)), now, login="other_nurse")
    assert queries.recent_targets(session, town.nurse.id) == ["MOOD"] * 30
    offer = queries.offer_care(session, town.who(town.nurse), household, members=household.members)
    assert offer.at_hand[0].code == "MOOD"


def test_a_typed_resident_number_is_never_stored(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    number = "420315-2345678"
    care = CareDetails((Done("GLUCOSE", note=number),), (Rated(problem.id, 1, 1, 1, number),))
    log(session, town, household, care, now)
    stored = [row.note for table in (Intervention, ProblemRating) for row in session.scalars(select(table))]
    assert stored == ["420315-*******"] * 2


def test_a_record_typed_again_is_the_same(
    session: Session, town: Town, household: Household, problem: Problem, now: datetime
) -> None:
    care = CareDetails(
        (Done("LOW_SALT", problem.id, "말"), Done("GLUCOSE", queries.NOT_TIED)), (Rated(problem.id, 1, 2, 3, "글"),),
        (Checked(household.members[0].id, {"list": "SAME", "left": "MORE"}),),
    )  # fmt: skip
    visit = log(session, town, household, care, now)
    again = queries.get_care(session, visit.id, author_id=town.nurse.id)
    assert again == replace(care, checks=(replace(care.checks[0], answers=dict(care.checks[0].answers)),))
