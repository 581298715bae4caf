"""Assessments: stored line by line, seen by those who may, and at once loud where an answer is."""

from __future__ import annotations

from dataclasses import replace
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
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household
from app.safety.models import ProtectionTask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.moments import TODAY, day


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse))


def phq_9(household: Household, ninth: str = "0", others: str = "0", **changes: object) -> AssessmentDetails:
    answers = {str(number): others for number in range(1, 9)} | {"9": ninth}
    details = {"assessment_id": new_id(), "code": "PHQ_9", "assessed_on": TODAY, "member_id": household.members[0].id}
    return AssessmentDetails(**{**details, "answers": answers, **changes})  # type: ignore[arg-type]


def isolation(total: int, **changes: object) -> AssessmentDetails:
    details = {"assessment_id": new_id(), "code": "ISOLATION_SURVEY", "assessed_on": TODAY, "total": Decimal(total)}
    return AssessmentDetails(**{**details, **changes})  # type: ignore[arg-type]


def key_of(session: Session, code: str) -> int:
    return session.scalars(select(InstrumentVersion.id).where(InstrumentVersion.code == code)).one()


def test_every_line_is_stored_and_their_sum_is_the_total(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    row = service.record_assessment(
        session, household, phq_9(household, others="1"), actor=town.who(town.nurse), now=now
    )
    lines = session.scalars(select(AssessmentLine).where(AssessmentLine.assessment_id == row.id)).all()
    assert len(lines) == 9
    assert sum(line.points for line in lines) == row.total == 8
    assert (row.band, row.chosen_band) == ("MILD", "")


def test_the_same_id_again_is_answered_with_the_first(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    details, actor = phq_9(household), town.who(town.nurse)
    first = service.record_assessment(session, household, details, actor=actor, now=now)
    assert service.record_assessment(session, household, details, actor=actor, now=now) is first
    assert session.scalar(select(func.count()).select_from(Assessment)) == 1


def test_item_nine_opens_a_restricted_task_and_tells_the_supervisor_at_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    service.record_assessment(session, household, phq_9(household, ninth="1"), actor=town.who(town.nurse), now=now)
    task = session.scalars(select(ProtectionTask)).one()
    assert (task.kind.value, task.member_id) == ("SUICIDE_RISK", household.members[0].id)
    assert town.nurse.id in task.staff_ids
    told = session.scalars(select(Alert).where(Alert.recipient_id == town.supervisor.id)).all()
    assert [alert.kind.value for alert in told] == ["PROTECTION"]
    assert household.number in told[0].text
    assert household.title not in told[0].text
    service.record_assessment(session, household, phq_9(household, ninth="2"), actor=town.who(town.nurse), now=now)
    assert session.scalar(select(func.count()).select_from(ProtectionTask)) == 1, "it goes on with the one that is open"


def test_another_band_needs_a_reason_and_keeps_both(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor = town.who(town.worker)
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.record_assessment(session, household, isolation(3, chosen_band="HIGH"), actor=actor, now=now)
    for same in ("", "LOW"):
        details = isolation(3, chosen_band=same, override_reason="최근 아들을 잃음")
        with pytest.raises(RuleBroken, match="BAND_NEEDED"):  # or the reason would be lost without a word
            service.record_assessment(session, household, details, actor=actor, now=now)
    details = isolation(3, chosen_band="HIGH", override_reason="최근 아들을 잃음")
    row = service.record_assessment(session, household, details, actor=actor, now=now)
    assert (row.band, row.chosen_band, row.override_reason) == ("LOW", "HIGH", "최근 아들을 잃음")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"total": Decimal(14)}, "OUT_OF_RANGE"),
        ({"total": None}, "OUT_OF_RANGE"),
        ({"assessed_on": day(1)}, "FUTURE_DATE"),
        ({"chosen_band": "뷁"}, "NO_SUCH_BAND"),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session, town: Town, household: Household, now: datetime, changes: dict[str, object], code: str
) -> None:
    details: AssessmentDetails = replace(isolation(3), **changes)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match=code):
        service.record_assessment(session, household, details, actor=town.who(town.worker), now=now)


def test_health_is_seen_by_the_nurse_and_by_whoever_asked(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    by_nurse = service.record_assessment(session, household, phq_9(household), actor=town.who(town.nurse), now=now)
    by_worker = service.record_assessment(session, household, phq_9(household), actor=town.who(town.worker), now=now)
    social = service.record_assessment(session, household, isolation(9), actor=town.who(town.nurse), now=now)

    def seen(account: object) -> set[UUID]:
        return {each.row.id for each in queries.list_results(session, household, town.who(account))}  # type: ignore[arg-type]

    assert seen(town.nurse) == {by_nurse.id, by_worker.id, social.id}
    assert seen(town.worker) == {by_worker.id, social.id}
    assert seen(town.supervisor) == {social.id}
    with pytest.raises(NotFound):
        queries.get_result(session, town.who(town.supervisor), household.id, by_nurse.id)
    with pytest.raises(NotFound):
        queries.get_result(session, town.who(town.narae_worker), household.id, social.id)


def test_a_districts_cut_offs_judge_from_their_day_on_and_change_no_record(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    before = service.record_assessment(session, household, isolation(5), actor=town.who(town.worker), now=now)
    edges = [("NONE", 0, 0), ("LOW", 1, 5), ("MID", 6, 8), ("HIGH", 9, 13)]
    service.set_cut_offs(
        session, "ISOLATION_SURVEY", [(code, Decimal(low), Decimal(high)) for code, low, high in edges],
        effective_from=TODAY, source="구 계획", why="구 기준", actor=town.who(town.district_officer), now=now,
    )  # fmt: skip
    after = service.record_assessment(session, household, isolation(5), actor=town.who(town.worker), now=now)
    assert (before.band, after.band) == ("MID", "LOW")
    elsewhere = queries.get_version(session, town.haneul.district_id, "ISOLATION_SURVEY", on=TODAY)
    assert elsewhere.district_id is None, "another district keeps what holds for everybody"


def test_instruments_are_loaded_once(session: Session) -> None:
    stored = session.scalars(select(InstrumentVersion)).all()
    assert service.add_instruments(session, [row.document for row in stored]) == 0


def test_the_pages_from_asking_to_taking_back(sign_in_as, session: Session, town: Town, household: Household) -> None:  # type: ignore[no-untyped-def]
    session.commit()
    nurse: Browser = sign_in_as(Role.NURSE)
    nurse.get(f"/households/{household.id}/assessments")
    key = key_of(session, "PHQ_2")
    form = nurse.get(f"/households/{household.id}/assessments/new/{key}").form(f"/new/{key}")
    assert "답을 하나 골라 주세요" in nurse.submit(form, item_1="1", status=422).text
    nurse.submit(form, item_1="1", item_2="2")
    row = session.scalars(select(Assessment)).one()
    shown = nurse.get(f"/households/{household.id}/assessments/{row.id}")
    assert "3점" in shown.text
    assert "선별 양성" in shown.text
    nurse.submit(shown.form("/void"), because="다른 분 것")
    session.refresh(row)
    assert row.voided_because == "다른 분 것"
    assert "선별 양성" not in nurse.get(f"/households/{household.id}/assessments").text
    sign_in_as(Role.SUPERVISOR).get(f"/households/{household.id}/assessments/{row.id}", status=404)


def test_only_the_district_officer_moves_cut_offs(sign_in_as, session: Session) -> None:  # type: ignore[no-untyped-def]
    officer: Browser = sign_in_as(Role.DISTRICT)
    key = key_of(session, "ISOLATION_SURVEY")
    form = officer.get(f"/instruments/{key}").form(f"/instruments/{key}")
    refused = officer.submit(form, to_LOW="5", source="구 계획", why="구 기준", status=422)
    assert "비거나 겹칩니다" in refused.text
    for endless in ("NaN", "Infinity", "1e999"):
        officer.submit(form, to_LOW=endless, from_MID="6", source="구 계획", why="구 기준", status=422)
    officer.submit(form, to_LOW="5", from_MID="6", source="구 계획", why="구 기준")
    assert "구 계획" in officer.get("/instruments").text
    sign_in_as(Role.WORKER).get(f"/instruments/{key}", status=403)


@pytest.mark.parametrize(("high", "field"), [(12, "to_HIGH"), (8, "from_HIGH")])
def test_bands_that_leave_a_total_out_are_refused_at_their_edge(
    session: Session, town: Town, now: datetime, high: int, field: str
) -> None:
    edges = [("NONE", 0, 0), ("LOW", 1, 5), ("MID", 6, 8 if high == 12 else 7), ("HIGH", 9, high)]
    with pytest.raises(RuleBroken, match="BANDS_UNFIT") as refused:
        service.set_cut_offs(
            session, "ISOLATION_SURVEY", [(code, Decimal(low), Decimal(top)) for code, low, top in edges],
            effective_from=TODAY, source="구 계획", why="구 기준", actor=town.who(town.district_officer), now=now,
        )  # fmt: skip
    assert refused.value.field == field
