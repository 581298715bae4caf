"""What follows from a result: the next instrument, a rule, the way back to the visit, the line of time, the report."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest
from app.access.permissions import Role
from app.alerts.models import Alert
from app.assessments import queries, service
from app.assessments.models import Assessment, AssessmentLine, InstrumentVersion
from app.assessments.service import AssessmentDetails
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.follow_ups.models import TermRow
from app.follow_ups.queries import list_dues
from app.households.models import Household
from app.reports.facts.standing import WITHHELD, assessments
from app.safety.models import ProtectionTask
from app.visits.models import Visit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import HEAD, SPOUSE, add_household, set_rule
from tests.factories.town import Town
from tests.moments import TODAY, day


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse), HEAD, SPOUSE)


def details_of(household: Household, code: str, **changes: object) -> AssessmentDetails:
    member = None if code == "ISOLATION_SURVEY" else household.members[0].id
    known = {"assessment_id": new_id(), "code": code, "assessed_on": TODAY, "member_id": member}
    return AssessmentDetails(**{**known, **changes})  # type: ignore[arg-type]


def phq_9(total: int) -> dict[str, str]:
    """Answers of the first eight items that add up, and no thought of suicide."""
    points = [min(3, max(0, total - 3 * at)) for at in range(8)]
    return {str(at): str(each) for at, each in enumerate(points, start=1)} | {"9": "0"}


def ask(session: Session, town: Town, household: Household, now: datetime, code: str, **changes: object) -> Assessment:
    details = details_of(household, code, **changes)
    return service.record_assessment(session, household, details, actor=town.who(town.nurse), now=now)


def key_of(session: Session, code: str) -> int:
    return session.scalars(select(InstrumentVersion.id).where(InstrumentVersion.code == code)).one()


def test_a_survey_proposes_a_rule_and_a_person_sets_it(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    worker = town.who(town.worker)
    set_rule(session, household, "ISOLATION_LOW", worker, starts_on=day(-60))
    row = ask(session, town, household, now, "ISOLATION_SURVEY", total=Decimal(10))
    assert "고독사 고위험 확인" not in {due.label for due in list_dues(session, household, today=TODAY)}
    result = queries.get_result(session, worker, household.id, row.id)
    term = service.set_proposed_rule(session, household, result, actor=worker, now=now)
    assert term.note == "사회적 고립가구 조사표 10점 고위험"
    assert {due.label for due in list_dues(session, household, today=TODAY)} == {"고독사 고위험 확인"}
    service.void_assessment(session, row, because="잘못 셈", actor=town.who(town.nurse), now=now)
    with pytest.raises(RuleBroken, match="NO_RULE"):
        service.set_proposed_rule(session, household, result, actor=worker, now=now)


def test_a_result_without_a_rule_sets_none(session: Session, town: Town, household: Household, now: datetime) -> None:
    row = ask(session, town, household, now, "ISOLATION_SURVEY", total=Decimal(0))
    result = queries.get_result(session, town.who(town.worker), household.id, row.id)
    with pytest.raises(RuleBroken, match="NO_RULE"):
        service.set_proposed_rule(session, household, result, actor=town.who(town.worker), now=now)


def test_the_question_beside_a_score_opens_the_pathway_and_adds_no_point(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    row = ask(session, town, household, now, "ISOLATION_SURVEY", total=Decimal(2), ticked=True)
    lines = session.scalars(select(AssessmentLine).where(AssessmentLine.assessment_id == row.id)).all()
    assert [(line.item, line.points) for line in lines] == [("TOTAL", 2), ("SUICIDE", 0)]
    assert session.scalars(select(ProtectionTask)).one().kind.value == "SUICIDE_RISK"
    told = session.scalars(select(Alert).where(Alert.recipient_id == town.supervisor.id)).all()
    assert [alert.kind.value for alert in told] == ["PROTECTION"]


def test_a_tick_where_nothing_is_asked_opens_nothing(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    ask(session, town, household, now, "PHIS_FRAILTY", total=Decimal(2), ticked=True)
    assert session.scalars(select(ProtectionTask)).all() == []


def test_somebody_of_another_household_is_nobody_here(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    stranger = add_household(session, town.who(town.nurse)).members[0].id
    with pytest.raises(RuleBroken, match="MEMBER_NEEDED"):
        ask(session, town, household, now, "ISOLATION_SURVEY", total=Decimal(2), member_id=stranger)


def test_what_is_to_be_asked_again_is_asked_until_it_was(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    ask(session, town, household, now, "PHQ_9", answers=phq_9(7), assessed_on=day(-30))
    again = queries.due_again(queries.list_results(session, household, nurse), today=TODAY)
    assert [each.instrument.code for each in again] == ["PHQ_9"]
    ask(session, town, household, now, "PHQ_9", answers=phq_9(2))
    assert queries.due_again(queries.list_results(session, household, nurse), today=TODAY) == []


def test_a_short_screen_leads_to_the_long_one_and_back_to_the_visit(
    sign_in_as, session: Session, town: Town, household: Household  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    nurse: Browser = sign_in_as(Role.NURSE)
    home, short, long = f"/households/{household.id}", key_of(session, "PHQ_2"), key_of(session, "PHQ_9")
    form = nurse.get(f"{home}/visits/new")
    visit_id = str(form.form("/visits/new").fields["visit_id"])
    assert f"{home}/assessments/new/{short}?visit={visit_id}" in form.links()
    page = nurse.get(f"{home}/assessments/new/{short}?visit={visit_id}&member={household.members[1].id}")
    asked = page.form(f"/new/{short}")
    assert asked.fields["member_id"] == str(household.members[1].id)
    answer = nurse.submit(asked, item_1="3", item_2="1")
    shown = nurse.get(answer.headers["Location"])
    assert "PHQ-9 우울 이어서 여쭙기" in shown.text
    going_on = next(link for link in shown.links() if f"/new/{long}" in link)
    assert f"visit={visit_id}" in going_on
    answer = nurse.submit(nurse.get(going_on).form(f"/new/{long}"), **{f"item_{at}": "1" for at in range(1, 9)}, item_9="0")  # fmt: skip
    back = answer.headers["Location"]
    assert f"{home}/visits/new?visit={visit_id}" in back
    again = nurse.get(back.split("#")[0])
    record = again.form("/visits/new")
    assert record.fields["visit_id"] == visit_id, "what was asked belongs to the record that is being written"
    assert "8점" in again.text
    nurse.submit(
        record, members_seen=[household.members[0].id], nursing_note="잠을 못 주무심", confirmed=["x"], ended=""
    )
    assert session.get(Visit, UUID(visit_id)) is not None
    assert "PHQ-9 우울 · 박영수" in nurse.get(f"/visits/{visit_id}").text
    hidden = sign_in_as(Role.WORKER).get(f"/visits/{visit_id}").text
    assert "PHQ-9" not in hidden


def test_an_address_that_names_no_visit_or_a_finished_one_begins_anew(
    sign_in_as, session: Session, town: Town, household: Household, now: datetime  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    nurse: Browser = sign_in_as(Role.NURSE)
    path = f"/households/{household.id}/visits/new"
    first = nurse.get(path).form("/visits/new")
    nurse.submit(first, members_seen=[household.members[0].id], nursing_note="첫 방문", ended="")
    done = str(first.fields["visit_id"])
    for named in ("x", "", done):
        assert nurse.get(f"{path}?visit={named}").form("/visits/new").fields["visit_id"] not in (named, done)
    key = key_of(session, "PHQ_2")
    asked = nurse.get(f"/households/{household.id}/assessments/new/{key}?visit=<b>").form(f"/new/{key}")
    assert asked.fields["visit_id"] == ""


def test_the_pages_of_a_survey_from_the_score_to_the_rule(
    sign_in_as, session: Session, town: Town, household: Household  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    worker: Browser = sign_in_as(Role.WORKER)
    key = key_of(session, "ISOLATION_SURVEY")
    page = worker.get(f"/households/{household.id}/assessments/new/{key}")
    assert "문항 전문을 구하지 못해" in page.text
    answer = worker.submit(page.form(f"/new/{key}"), total="5")
    shown = worker.get(answer.headers["Location"])
    assert "고독사 중위험 확인" in shown.text
    worker.submit(shown.form("/rule"))
    assert [term.rule.code for term in session.scalars(select(TermRow))] == ["ISOLATION_MID"]
    assert "이미 적용 중" in worker.get(answer.headers["Location"]).text
    line = worker.get(f"/households/{household.id}?kind=ASSESSMENT").text
    assert "사회적 고립가구 조사표 5점 중위험" in line


def test_a_changed_band_stands_on_the_line_of_time_for_those_who_may_read_it(
    sign_in_as, session: Session, town: Town, household: Household, now: datetime  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    for ago, total in ((60, 7), (40, 8), (1, 14)):
        ask(session, town, household, now, "PHQ_9", answers=phq_9(total), assessed_on=day(-ago))
    seen = sign_in_as(Role.NURSE).get(f"/households/{household.id}?kind=ASSESSMENT").text
    assert "PHQ-9 우울 8점 가벼움 → 14점 중간 ▲" in seen
    assert "PHQ-9 우울 7점 가벼움" in seen
    assert "7점 가벼움 → 8점" not in seen, "the same band is no news"
    hidden = sign_in_as(Role.WORKER).get(f"/households/{household.id}")
    assert "PHQ-9" not in hidden.text


def test_the_report_shows_the_first_and_the_latest_and_says_what_it_leaves_out(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    for ago, total in ((60, 7), (40, 8), (1, 14)):
        ask(session, town, household, now, "PHQ_9", answers=phq_9(total), assessed_on=day(-ago))
    ask(session, town, household, now, "ISOLATION_SURVEY", total=Decimal(3))
    (section,) = assessments(session, household, town.who(town.nurse))
    rows = {row[0]: row[1:] for row in section.rows}
    assert rows["PHQ-9 우울"] == ("김순자", f"{day(-60).isoformat().replace('-', '. ').replace('. 0', '. ')}. 7점 가벼움", rows["PHQ-9 우울"][2], "▲")  # fmt: skip
    assert "14점 중간" in rows["PHQ-9 우울"][2]
    assert rows["사회적 고립가구 조사표"][0] == "가구"
    (masked,) = assessments(session, household, town.who(town.worker))
    assert [row[0] for row in masked.rows] == ["사회적 고립가구 조사표", WITHHELD]
    assert not any("14점" in cell for row in masked.rows for cell in row)
