from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from app.access.permissions import Role
from app.cases.rules import CaseClass, CaseStage
from app.core.database import new_id
from app.core.errors import NotFound, RuleBroken
from app.follow_ups.queries import list_dues
from app.needs import queries, service
from app.needs.rules import FormRow, NeedHouseholdType, NeedLevel, Turn
from sqlalchemy.orm import Session
from tests.factories.cases import open_case
from tests.factories.households import add_household
from tests.factories.needs import needs_details, survey
from tests.moments import NOW, TODAY, day

L = NeedLevel


def test_a_survey_moves_the_case_ends_its_clock_and_proposes_the_complex_class_for_a_safety_need(
    session: Session, household: Any, worker: Any, case: Any
) -> None:
    assert "접수→조사" in {due.label for due in list_dues(session, household, today=TODAY)}
    done = survey(session, household, worker, on=day(-2), SAFE_IN_FAMILY=L.URGENT, ECON_BASIC=L.NEEDED)
    assert done.has_moved
    assert done.proposal is not None
    assert done.proposal.because == ("안전·정신건강 욕구: 가족 내 안전 유지",)
    assert (case.stage, case.stage_since, case.proposed_class) == (CaseStage.ASSESSMENT, day(-2), CaseClass.COMPLEX)
    assert case.case_class is None
    assert "접수→조사" not in {due.label for due in list_dues(session, household, today=TODAY)}
    assert done.row.case_id == case.id
    assert [need.code for need in queries.latest_needs(session, household.id)[:2]] == ["SAFE_IN_FAMILY", "ECON_BASIC"]


def test_nothing_is_asked_before_the_first_talk(session: Session, household: Any, worker: Any) -> None:
    open_case(session, household, worker)
    with pytest.raises(RuleBroken) as caught:
        survey(session, household, worker)
    assert caught.value.text == "초기상담을 먼저 기록해 주세요."
    assert queries.list_assessments(session, household.id) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"assessed_on": day(1)}, "FUTURE_DATE"), ({"assessed_on": day(-400)}, "DISTANT_DAY"),
        ({"assessed_on": day(-20)}, "BEFORE_STEP"), ({"levels": {"ECON_BASIC": L.NONE}}, "UNANSWERED"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    session: Session, household: Any, worker: Any, case: Any, changes: Any, code: str
) -> None:
    details = replace(needs_details(session, worker), **changes)
    with pytest.raises(RuleBroken, match=code):
        service.record_needs(session, household, details, actor=worker, now=NOW)
    assert case.stage is CaseStage.INTAKE


def test_the_same_id_again_is_the_same_survey_and_another_households_is_refused(
    session: Session, household: Any, worker: Any, case: Any
) -> None:
    details = needs_details(session, worker)
    first = service.record_needs(session, household, details, actor=worker, now=NOW)
    again = service.record_needs(session, household, details, actor=worker, now=NOW)
    assert again.row is first.row
    assert len(queries.list_assessments(session, household.id)) == 1
    with pytest.raises(RuleBroken, match="ID_TAKEN"):
        service.record_needs(session, add_household(session, worker), details, actor=worker, now=NOW)


def test_a_form_of_another_office_is_not_found(session: Session, household: Any, worker: Any, case: Any) -> None:
    with pytest.raises(NotFound):
        service.record_needs(
            session, household, replace(needs_details(session, worker), form_id=10**6), actor=worker, now=NOW
        )


def test_first_and_latest_are_compared_and_a_survey_taken_back_counts_no_more_until_it_is_restored(
    session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    first = survey(session, household, worker, on=day(-5), SAFE_IN_FAMILY=L.URGENT).row
    latest = survey(session, household, worker, SAFE_IN_FAMILY=L.WATCH, ECON_BASIC=L.NEEDED).row
    assert queries.first_and_latest(session, household.id) == (first, latest)
    assert case.proposed_class is CaseClass.LINKAGE
    found = queries.comparison(session, household.id, who=worker)
    assert found is not None
    assert {each.label: each.turn for each in found.domains if each.turn is not Turn.SAME} == {
        "안전": Turn.BETTER, "경제": Turn.WORSE
    }  # fmt: skip
    service.void_needs(session, latest, because="다른 집 것", actor=worker, now=NOW)
    assert queries.first_and_latest(session, household.id) == (first, first)
    assert case.proposed_class is CaseClass.COMPLEX
    assert len(queries.list_assessments(session, household.id, with_voided=True)) == 2
    with pytest.raises(RuleBroken, match="NOT_YOURS"):
        service.restore_needs(session, latest, actor=town.who(town.narae_worker), now=NOW)
    service.restore_needs(session, latest, actor=town.who(town.supervisor), now=NOW)
    assert queries.first_and_latest(session, household.id) == (first, latest)
    assert case.proposed_class is CaseClass.LINKAGE


def test_a_survey_is_not_taken_back_without_a_reason(session: Session, household: Any, worker: Any, case: Any) -> None:
    row = survey(session, household, worker).row
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.void_needs(session, row, because=" ", actor=worker, now=NOW)
    assert row.voided_at is None


def test_another_centres_survey_is_not_found(
    session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    row = survey(session, household, worker).row
    assert queries.get_assessment(session, worker, row.id) is row
    for who, key in ((town.who(town.narae_worker), row.id), (worker, new_id())):
        with pytest.raises(NotFound):
            queries.get_assessment(session, who, key)


def test_needs_are_counted_by_type_once_a_household_and_within_the_scope(
    session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    survey(session, household, worker, on=day(-9), ECON_BASIC=L.URGENT)
    survey(session, household, worker, on=day(-3), SAFE_IN_FAMILY=L.NEEDED)
    counts = queries.count_domains(session, worker, first_on=day(-30), last_on=TODAY)
    kind = queries.household_type_of(household, on=TODAY)
    assert isinstance(kind, NeedHouseholdType)
    assert (counts.surveyed, counts.count("SAFETY", kind), counts.count("ECONOMY")) == (1, 1, 0)
    assert [code for code, _label in counts.domains][:2] == ["SAFETY", "HEALTH"]
    before = queries.count_domains(session, worker, first_on=day(-30), last_on=day(-4))
    assert before.who("ECONOMY") == (household.id,)
    for who, centres in ((town.who(town.narae_worker), None), (worker, [])):
        assert queries.count_domains(session, who, centre_ids=centres, first_on=day(-30), last_on=TODAY).surveyed == 0


def test_an_offices_own_form_holds_from_its_day_and_what_was_asked_stays_readable(
    session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    old = survey(session, household, worker, on=day(-1), ECON_BASIC=L.NEEDED).row
    officer = town.who(town.district_officer)
    rows = [FormRow(2, "경제", "기초생활 해결"), FormRow(3, "디지털", "휴대전화 쓰기")]
    own = service.set_needs_form(
        session, rows, name="우리 조사표", effective_from=TODAY, source="지침", why="개정", actor=officer, now=NOW
    )
    assert queries.form_in_force(session, worker.district_id, on=TODAY) is own
    assert queries.form_in_force(session, worker.district_id, on=day(-1)) is old.form
    new = survey(session, household, worker, ECON_BASIC=L.WATCH).row
    assert [need.label for need in queries.needs_of(new)] == ["기초생활 해결", "휴대전화 쓰기"]
    assert len(queries.needs_of(old)) == 19
    found = queries.compare_rows(old, new)
    assert [each.label for each in found.domains][:2] == ["경제", "디지털"]
    assert found.domains[0].turn is Turn.BETTER


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effective_from": day(-1)}, "PAST_DATE"), ({"why": " "}, "REASON_NEEDED"),
        ({"rows": [FormRow(2, "", "항목")]}, "ROWS_UNFIT"), ({"name": ""}, "NAME_NEEDED"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_ready_is_refused(session: Session, town: Any, changes: Any, code: str) -> None:
    given = {"rows": [FormRow(2, "경제", "빚")], "name": "표", "effective_from": TODAY, "source": "지침", "why": "개정"}
    with pytest.raises(RuleBroken, match=code):
        service.set_needs_form(session, **(given | changes), actor=town.who(town.district_officer), now=NOW)


def test_the_line_of_the_household_names_what_is_needed(
    session: Session, household: Any, worker: Any, case: Any
) -> None:
    assert queries.needs_line(session, household.id) == ""
    survey(session, household, worker, ECON_BASIC=L.NEEDED, SAFE_IN_FAMILY=L.URGENT, JOB_KEEP=L.NEEDED, RIGHTS=L.NEEDED)
    line = queries.needs_line(session, household.id)
    assert line.startswith(f"{TODAY.isoformat()} 조사: 가족 내 안전 유지 긴급, 기초생활 해결 필요")
    assert line.endswith("외 1")


def test_a_nurse_reads_surveys_but_district_staff_of_next_door_do_not(
    session: Session, household: Any, worker: Any, case: Any, town: Any
) -> None:
    row = survey(session, household, worker).row
    nurse = town.who(town.nurse)
    assert nurse.role is Role.NURSE
    assert queries.get_assessment(session, nurse, row.id) is row
