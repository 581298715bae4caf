"""취소: somebody went and no visit took place. It is said, it is no contact, and the plan is asked about."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.follow_ups.models import ContactRow
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import Purpose
from app.households.models import Household
from app.timelines.queries import read_line
from app.timelines.rules import EventKind
from app.visits import queries, service
from app.visits.models import Visit, VisitDraft
from app.visits.queries.absences import list_unreached
from app.visits.rules import PlannedState, VisitState
from app.visits.rules.cancelling import CancelDetails, CancelReason, PlanAnswer
from app.visits.service import ProblemsFound
from sqlalchemy.orm import Session
from tests.factories.households import set_rule
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.factories.visits import absence_details
from tests.integration.visits.doing import count, problems_of
from tests.moments import TODAY, at, day


def cancelled(household: Household, **changes: Any) -> CancelDetails:
    plain = {
        "visit_id": new_id(), "household_id": household.id, "occurred_on": TODAY, "reason": CancelReason.ASKED_OTHER_TIME,
        "purpose": Purpose.NURSING, "at": at(TODAY, 9, 20), "note": "병원에 가시는 길", "field_notes": "지팡이를 짚으심",
    }  # fmt: skip
    return CancelDetails(**plain | changes)


def cancel(
    session: Session, town: Town, household: Household, now: datetime, *, plans: PlanAnswer = PlanAnswer.KEEP,
    **changes: Any,
) -> Visit:  # fmt: skip
    return service.log_cancelled(
        session, household, cancelled(household, **changes), plan=plans, typed_at=now, actor=town.who(town.nurse),
        now=now,
    )  # fmt: skip


def test_it_is_a_record_with_its_reason_and_the_notes_from_the_spot(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    visit = cancel(session, town, household, now)
    assert (visit.state, visit.cancelled_because) == (VisitState.CANCELLED, "다른 때 와 달라고 하심: 병원에 가시는 길")
    assert (visit.field_notes, visit.began_at, visit.by_id) == ("지팡이를 짚으심", at(TODAY, 9, 20), town.nurse.id)


def test_it_is_neither_contact_nor_absence(session: Session, town: Town, household: Household, now: datetime) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-60))
    tried = absence_details(household, day(-1))
    service.log_absence(session, household, tried, typed_at=now, actor=town.who(town.nurse), now=now)
    before, contacts = list_dues(session, household, today=TODAY), count(session, ContactRow)
    visit = cancel(session, town, household, now)
    assert (list_dues(session, household, today=TODAY), count(session, ContactRow)) == (before, contacts)
    assert (household.last_seen_on, household.absences_in_row) == (None, 1)
    assert visit.id not in {each.id for each in queries.list_visits(session, household.id)}
    assert list_unreached(session, household.id, today=TODAY).last_seen is None


def test_the_line_of_time_says_so(session: Session, town: Town, household: Household, now: datetime) -> None:
    cancel(session, town, household, now)
    (event,) = read_line(session, household, reads_health=True, kind=EventKind.VISIT).events
    assert (event.title, event.text, event.tone) == ("방문 취소", "다른 때 와 달라고 하심: 병원에 가시는 길", "")


def test_it_takes_the_place_of_its_draft_and_is_made_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse, visit_id = town.who(town.nurse), new_id()
    service.save_draft(session, household, visit_id, form="visit", body={}, version=0, actor=nurse, now=now)
    for _ in range(2):
        cancel(session, town, household, now, visit_id=visit_id)
    assert (count(session, Visit), count(session, VisitDraft)) == (1, 0)


@pytest.mark.parametrize(
    ("answer", "state"), [(PlanAnswer.KEEP, PlannedState.PLANNED), (PlanAnswer.CANCEL, PlannedState.CANCELLED)]
)
def test_the_plan_stays_or_goes_with_it(
    session: Session, town: Town, household: Household, now: datetime, answer: PlanAnswer, state: PlannedState
) -> None:
    planned = plan(session, household, town.who(town.nurse), TODAY, time(15))
    others = plan(session, household, town.who(town.worker), TODAY, time(16))
    cancel(session, town, household, now, plans=answer, note="가" * 400)
    assert (planned.state, others.state) == (state, PlannedState.PLANNED)
    assert planned.because.startswith("다른 때 와 달라고 하심" if answer is PlanAnswer.CANCEL else "")


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"occurred_on": day(1), "at": None}, [("FUTURE_DATE", "occurred_on")]),
        ({"at": at(TODAY, 18)}, [("FUTURE_TIME", "at")]),
        ({"reason": CancelReason.OTHER, "note": " "}, [("REASON_MISSING", "note")]),
        ({"note": "가" * 501}, [("TOO_LONG", "note")]),
        ({"field_notes": "가" * 10_001}, [("TOO_LONG", "field_notes")]),
    ],
)
def test_what_cannot_be_is_asked_for_again(
    session: Session, town: Town, household: Household, now: datetime, changes: dict[str, Any],
    problems: list[tuple[str, str]],
) -> None:  # fmt: skip
    with pytest.raises(ProblemsFound) as refused:
        cancel(session, town, household, now, **changes)
    assert problems_of(refused) == problems
    assert count(session, Visit) == 0


def test_a_worker_writes_no_nursing_note_there_either(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    with pytest.raises(RuleBroken, match="NURSE_ONLY"):
        service.log_cancelled(
            session, household, cancelled(household, nursing_note="몰래"), typed_at=now, actor=town.who(town.worker),
            now=now,
        )  # fmt: skip


def test_it_is_corrected_by_nobody_but_can_be_taken_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    visit = cancel(session, town, household, now)
    service.void_visit(session, visit, reason="다른 집", version=1, actor=town.who(town.nurse), now=now)
    service.revive_visit(session, visit, version=2, actor=town.who(town.nurse), now=now)
    assert count(session, ContactRow) == 0
