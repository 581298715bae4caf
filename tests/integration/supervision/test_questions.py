"""기록 확인: found anew each time, asked once, answered in words that stay; of one's own centre only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.core.database import unit_of_work
from app.households.models import Household
from app.households.rules import DwellingDetails
from app.supervision.models import AskedQuestion
from app.supervision.queries import list_questions
from app.supervision.rules import QuestionKind
from app.supervision.service import open_question
from app.visits import service as visits
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.households import add_household
from tests.factories.town import Town, find_town
from tests.factories.visits import absence_details, visit_details
from tests.moments import TODAY, at, day

Enter = Callable[..., Browser]
YESTERDAY = day(-3)


@pytest.fixture
def twice(session: Session, town: Town, now: datetime) -> list[Household]:
    """The nurse was at two doors of different buildings at once."""
    nurse = town.who(town.nurse)
    homes = [
        add_household(session, nurse, dwelling=DwellingDetails(road_address=f"한빛구 가람로 {nth}")) for nth in (1, 99)
    ]
    for household, minute in zip(homes, (0, 20), strict=True):
        told = visit_details(
            household, YESTERDAY, began_at=at(YESTERDAY, 14, minute), ended_at=at(YESTERDAY, 14, minute + 30)
        )
        visits.log_visit(session, household, told, typed_at=at(YESTERDAY, 17), actor=nurse, now=at(YESTERDAY, 17))
    return homes


def found(session: Session, town: Town) -> list[QuestionKind]:
    supervisor = town.who(town.supervisor)
    return [question.kind for question in list_questions(session, supervisor, first_on=day(-27), last_on=TODAY)]


def test_two_doors_at_once_are_a_question_to_the_nurse(session: Session, town: Town, twice: list[Household]) -> None:
    (question,) = list_questions(session, town.who(town.supervisor), first_on=day(-27), last_on=TODAY)
    assert (question.kind, question.account_id) == (QuestionKind.OVERLAP, town.nurse.id)
    assert all(household.number in question.because for household in twice)


def test_another_centre_and_other_days_are_not_looked_at(session: Session, town: Town, twice: list[Household]) -> None:
    assert list_questions(session, town.who(town.narae_supervisor), first_on=day(-27), last_on=TODAY) == []
    assert list_questions(session, town.who(town.supervisor), first_on=day(-2), last_on=TODAY) == []


def test_absences_of_a_whole_day_and_copied_notes_are_found_in_what_was_stored(
    session: Session, town: Town, now: datetime
) -> None:
    nurse, note = (
        town.who(town.nurse),
        "무릎이 아파 계단이 힘들다고 하심. 병원 예약을 함께 하고 이동 지원을 알아보기로 약속함. 식사는 두 번.",
    )
    for nth in range(4):
        household = add_household(session, nurse, dwelling=DwellingDetails(road_address=f"한빛구 가람로 {nth}"))
        visits.log_absence(
            session, household, absence_details(household, day(-4)), typed_at=now, actor=nurse, now=at(day(-4), 18)
        )
        told = visit_details(household, day(-nth - 5), began_at=at(day(-nth - 5), 9), ended_at=None, nursing_note=note)
        visits.log_visit(session, household, told, typed_at=now, actor=nurse, now=at(day(-nth - 5), 18))
    assert found(session, town) == [QuestionKind.ALL_ABSENT, QuestionKind.SAME_TEXT]


def test_the_supervisor_asks_the_nurse_answers_and_the_answer_stays(
    session: Session, town: Town, twice: list[Household], sign_in_as: Enter, frozen_clock: object
) -> None:
    supervisor = sign_in_as(town.supervisor)
    page = supervisor.get("/questions")
    assert "겹칩니다" in page.text
    supervisor.submit(page.form("/questions"), ask="1")
    asked = session.scalars(select(AskedQuestion)).one()
    told = session.scalars(select(Alert).where(Alert.kind == AlertKind.QUESTION)).one()
    assert told.recipient_id == town.nurse.id
    assert "답을 기다림" in supervisor.get("/questions").text

    nurse = sign_in_as(town.nurse)
    assert "/questions/mine" in nurse.get("/alerts").html
    assert f"/questions/{asked.id}" in nurse.get("/questions/mine").html
    form = nurse.get(f"/questions/{asked.id}").form(f"/questions/{asked.id}")
    nurse.submit(form, answer="", status=422)
    nurse.submit(form, answer="뒷집 어르신과 함께 <b>마당에서</b> 뵈었습니다.")
    nurse.submit(nurse.get(f"/questions/{asked.id}").form(f"/questions/{asked.id}"), answer="시각은 어림했습니다.")
    assert "답할 질문이 없습니다" in nurse.get("/questions/mine").text

    told_words = sign_in_as(town.supervisor).get(f"/questions/{asked.id}").text
    assert "뒷집 어르신과 함께 <b>마당에서</b> 뵈었습니다." in told_words
    assert "시각은 어림했습니다." in told_words
    assert "답한 것" in sign_in_as(town.supervisor).get("/questions").text


def test_only_whom_it_concerns_may_look_or_answer(
    session: Session, town: Town, twice: list[Household], now: datetime, sign_in_as: Enter
) -> None:
    supervisor = town.who(town.supervisor)
    (question,) = list_questions(session, supervisor, first_on=day(-27), last_on=TODAY)
    asked = open_question(session, question, centre_id=town.garam.id, actor=supervisor, now=now)
    session.commit()
    for person in (town.other_nurse, town.worker, town.narae_supervisor, town.far_supervisor, town.district_officer):
        sign_in_as(person).get(f"/questions/{asked.id}", status=404)
    sign_in_as(town.nurse).get(f"/questions/{asked.id}")
    sign_in_as(Role.NURSE).get("/questions", status=403)


def test_a_question_that_is_none_cannot_be_opened(sign_in_as: Enter, town: Town, twice: list[Household]) -> None:
    supervisor = sign_in_as(town.supervisor)
    form = supervisor.get("/questions").form("/questions")
    supervisor.submit(form, question="OVERLAP:1:nothing", status=404)


def test_a_key_too_large_for_any_question_opens_none(sign_in_as: Enter, town: Town) -> None:
    sign_in_as(town.supervisor).open(f"/questions/{2**63}", status=404)


def test_a_resident_number_in_an_answer_is_never_stored(
    session: Session, town: Town, twice: list[Household], sign_in_as: Enter
) -> None:
    supervisor = sign_in_as(town.supervisor)
    supervisor.submit(supervisor.get("/questions").form("/questions"))
    asked = session.scalars(select(AskedQuestion)).one()
    page = supervisor.get(f"/questions/{asked.id}")
    supervisor.submit(page.form(f"/questions/{asked.id}"), answer="번호는 800101-1234567 입니다")
    session.refresh(asked)
    assert "1234567" not in asked.answer


def test_opened_by_eight_at_once_it_is_one_question(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        nurse, supervisor, centre_id = town.who(town.nurse), town.who(town.supervisor), town.garam.id
        for nth in (1, 99):
            household = add_household(session, nurse, dwelling=DwellingDetails(road_address=f"한빛구 가람로 {nth}"))
            told = visit_details(household)
            visits.log_visit(session, household, told, typed_at=at(TODAY, 9), actor=nurse, now=at(TODAY, 10))
    with Session(fresh_database.engine) as session:
        (question,) = list_questions(session, supervisor, first_on=day(-27), last_on=TODAY)

    def open_it(_nth: int) -> int:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            return open_question(session, question, centre_id=centre_id, actor=supervisor, now=at(TODAY, 11)).id

    assert len(set(all_at_once(open_it))) == 1
