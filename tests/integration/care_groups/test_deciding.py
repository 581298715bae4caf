"""A nurse decides a care group: what was proposed is kept, and what is due follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from app.access.permissions import Role
from app.assessments.service import AssessmentDetails, record_assessment
from app.care_groups import queries
from app.care_groups.models import GroupDecision
from app.care_groups.queries import Cause
from app.care_groups.service import GroupDetails, decide_group, proposal_for
from app.core.database import new_id
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.models import TermRow
from app.follow_ups.queries import list_dues, standing_groups
from app.follow_ups.rules import CareGroup
from app.households.models import Household, Member
from app.visits.models import Visit
from app.visits.rules import GlucoseContext, MeterFlag, Reading, VitalKind
from app.visits.service import log_visit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, reading, visit_details
from tests.moments import TODAY, at, day

INTENSIVE, REGULAR, SELF_CARE = CareGroup


class Everything(frozenset[str]):
    """Answers «맞습니다» to whatever is asked back."""

    def __contains__(self, _key: object) -> bool:
        return True


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse))


@pytest.fixture
def member(household: Household) -> Member:
    return household.members[0]


def measured(session: Session, town: Town, household: Household, on: date, *readings: Reading) -> Visit:
    details = visit_details(household, on, readings=readings)
    typed_at = at(on, 9, 5)
    return log_visit(
        session, household, details, confirmed=Everything(), typed_at=typed_at, actor=town.who(town.nurse),
        now=typed_at + timedelta(hours=6),
    )  # fmt: skip


def pressure(session: Session, town: Town, member: Member, on: date, systolic: int, diastolic: int) -> Visit:
    taken = blood_pressure(member.id, systolic, diastolic, measured_at=None)
    return measured(session, town, member.household, on, taken)


def decide(
    session: Session, town: Town, member: Member, group: CareGroup, now: datetime, **more: object
) -> GroupDecision:
    details = GroupDetails(group, TODAY, **more)  # type: ignore[arg-type]
    return decide_group(session, member, details, actor=town.who(town.nurse), now=now)


def test_the_proposal_names_the_visit_and_the_assessment_it_rests_on(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    visit = pressure(session, town, member, day(-3), 152, 84)
    asked = AssessmentDetails(new_id(), "PHIS_FRAILTY", day(-2), member_id=member.id, total=Decimal(5))
    assessment = record_assessment(session, member.household, asked, actor=town.who(town.nurse), now=now)
    proposal = proposal_for(session, member, today=TODAY)
    assert proposal.group is INTENSIVE
    assert [(line.label, line.value) for line in proposal.deciding] == [("허약노인 평가", "5점")]
    sources = {line.code: line.visit_id or line.assessment_id for line in proposal.lines}
    assert sources == {"PHIS_FRAILTY": str(assessment.id), "SYSTOLIC": str(visit.id), "DIASTOLIC": str(visit.id)}


def test_of_readings_repeated_at_one_door_the_mean_counts(session: Session, town: Town, member: Member) -> None:
    readings = [blood_pressure(member.id, systolic, 78, measured_at=None) for systolic in (166, 150)]
    measured(session, town, member.household, day(-1), *readings)
    (systolic, _diastolic) = proposal_for(session, member, today=TODAY).lines
    assert (systolic.value, systolic.group) == ("158 mmHg", REGULAR)


def test_a_meter_that_shows_no_number_counts_as_beyond_every_level(
    session: Session, town: Town, member: Member
) -> None:
    low = reading(member.id, VitalKind.GLUCOSE, "60", context=GlucoseContext.FASTING, measured_at=None)
    measured(session, town, member.household, day(-1), low)
    groups = {line.code: line.group for line in proposal_for(session, member, today=TODAY).lines}
    assert groups == {"GLUCOSE_LOW": INTENSIVE, "GLUCOSE_FASTING": SELF_CARE}
    assert MeterFlag.HI in MeterFlag


def test_the_proposed_group_needs_no_reason_and_sets_what_is_due(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    pressure(session, town, member, day(-1), 172, 98)
    row = decide(session, town, member, INTENSIVE, now)
    assert (row.proposed, row.chosen, row.reason, row.table_version) == (INTENSIVE, INTENSIVE, "제안대로 정함", "2026")
    assert row.lines[0]["value"] == "172 mmHg"
    dues = {due.label for due in list_dues(session, member.household, today=TODAY)}
    assert {"집중관리군", "군 재분류 검토"} <= dues
    term = session.scalars(select(TermRow).where(TermRow.member_id == member.id).order_by(TermRow.id)).first()
    assert term is not None
    assert "172" not in term.note, "everybody reads the term; readings are for those who may read health"


def test_another_group_needs_a_reason(session: Session, town: Town, member: Member, now: datetime) -> None:
    pressure(session, town, member, day(-1), 172, 98)
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        decide(session, town, member, REGULAR, now)
    row = decide(session, town, member, REGULAR, now, reason="어제 약을 바꿈")
    assert (row.proposed, row.chosen, row.reason) == (INTENSIVE, REGULAR, "어제 약을 바꿈")
    assert standing_groups(session, member.household_id, today=TODAY) == {member.id: REGULAR}


def test_without_a_proposal_the_nurse_says_why(session: Session, town: Town, member: Member, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        decide(session, town, member, SELF_CARE, now)
    assert decide(session, town, member, SELF_CARE, now, reason="처음 만남").proposed is None


def test_what_she_found_herself_is_kept_as_a_line(session: Session, town: Town, member: Member, now: datetime) -> None:
    row = decide(session, town, member, REGULAR, now, said=frozenset({"FALL"}))
    assert [(line["label"], line["value"]) for line in row.lines] == [("지난 6개월 사이 넘어지신 적이 있습니다", "예")]


def test_keeping_a_group_sets_no_new_term(session: Session, town: Town, member: Member, now: datetime) -> None:
    pressure(session, town, member, day(-1), 172, 98)
    first = decide(session, town, member, INTENSIVE, now)
    again = decide(session, town, member, INTENSIVE, now + timedelta(minutes=1))
    assert again.id != first.id
    assert again.reason == "그대로 둠"
    terms = [each for each in session.scalars(select(TermRow)) if each.rule.code == "NURSE_INTENSIVE"]
    assert len(terms) == 1, "or the visits made so far would be forgotten"
    (spell,) = queries.list_spells(session, member.household_id)[member.id]
    assert (spell.decision, spell.looks) == (first, (again,))


def test_when_the_intensive_months_are_over_the_review_is_due_and_going_on_begins_new_ones(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    pressure(session, town, member, day(-1), 172, 98)
    decide(session, town, member, INTENSIVE, now)
    end = date(2027, 2, 23)
    (review,) = [due for due in list_dues(session, member.household, today=TODAY) if due.label == "군 재분류 검토"]
    assert review.due_on == end
    lines = queries.list_reviews(session, town.who(town.nurse), today=end - timedelta(days=7), mine=False)
    assert [(line.member.id, line.cause, line.review_on) for line in lines] == [(member.id, Cause.REVIEW_DUE, end)]
    late = now + (end - TODAY)
    pressure(session, town, member, end - timedelta(days=1), 168, 92)
    decide_group(session, member, GroupDetails(INTENSIVE, end), actor=town.who(town.nurse), now=late)
    assert not [
        line
        for line in queries.list_reviews(session, town.who(town.nurse), today=end, mine=False)
        if line.cause is Cause.REVIEW_DUE
    ]
    starts = [each.starts_on for each in session.scalars(select(TermRow)) if each.rule.code == "NURSE_INTENSIVE"]
    assert sorted(starts) == [TODAY, end]


def test_two_nurses_at_the_same_person_do_not_overwrite_each_other(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    decide(session, town, member, REGULAR, now, reason="안정", last_id=0)
    with pytest.raises(StaleRecord):
        decide(session, town, member, INTENSIVE, now, reason="악화", last_id=0)


def test_the_list_shows_whose_proposal_is_another_group_and_not_twice_what_was_decided(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    decide(session, town, member, REGULAR, now, reason="처음")
    assert queries.list_reviews(session, nurse, today=TODAY, mine=False) == []
    pressure(session, town, member, day(-1), 172, 98)
    (line,) = queries.list_reviews(session, nurse, today=TODAY, mine=False)
    assert (line.cause, line.group, line.proposal.group) == (Cause.HEAVIER, REGULAR, INTENSIVE)
    assert queries.list_reviews(session, nurse, today=TODAY, mine=True) == [], "it is nobody's household yet"
    assert queries.list_reviews(session, town.who(town.narae_nurse), today=TODAY, mine=False) == []
    decide(session, town, member, REGULAR, now, reason="약을 바꿈")
    assert queries.list_reviews(session, nurse, today=TODAY, mine=False) == []


def test_a_visit_that_was_taken_back_proposes_nothing(
    session: Session, town: Town, member: Member, now: datetime
) -> None:
    visit = pressure(session, town, member, day(-1), 172, 98)
    visit.voided_at = now
    session.flush()
    assert proposal_for(session, member, today=TODAY).group is None


def test_the_pages_from_the_proposal_to_the_history(
    sign_in_as, session: Session, town: Town, member: Member  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    pressure(session, town, member, day(-1), 172, 98)
    nurse: Browser = sign_in_as(Role.NURSE)
    path = f"/households/{member.household_id}/members/{member.id}/care-group"
    page = nurse.get(path)
    assert "172 mmHg" in page.text
    assert "160 이상" in page.text
    assert 'name="accept" value="INTENSIVE"' in page.html
    again = nurse.submit(page.form("/care-group"), said=["FALL"], again="1", status=200)
    assert "넘어지신" in again.get_data(as_text=True)
    refused = nurse.submit(nurse.get(path).form("/care-group"), group="REGULAR", status=422)
    assert "제안은 집중관리군입니다" in refused.get_data(as_text=True)
    assert "군을 골라 주세요" in nurse.submit(nurse.get(path).form("/care-group"), status=422).get_data(as_text=True)
    nurse.submit(nurse.get(path).form("/care-group"), accept="INTENSIVE")
    shown = nurse.get(f"/households/{member.household_id}/care-groups").text
    assert "제안대로 정함" in shown
    assert "172 mmHg" in shown
    worker: Browser = sign_in_as(Role.WORKER)
    seen = worker.get(f"/households/{member.household_id}/care-groups").text
    assert "집중관리군" in seen
    assert "172" not in seen
    for role, path_of in ((Role.WORKER, path), (Role.SUPERVISOR, path), (Role.WORKER, "/care-groups/review")):
        sign_in_as(role).get(path_of, status=403)
    sign_in_as(town.narae_nurse).get(path, status=404)
    assert "다시 볼 분이 없습니다" in nurse.get("/care-groups/review?whose=all").text
