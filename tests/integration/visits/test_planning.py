"""방문 일정: planned, moved, cancelled, taken back, kept by a record; and two people who do it at once."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from app.accounts.service import arrange_cover
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import new_id, unit_of_work
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household
from app.households.rules import ClosureReason
from app.timelines.service import close_household
from app.visits import queries, service
from app.visits.models import PlannedVisit, PlannedVisitMove
from app.visits.rules import PlanChange, PlannedState
from app.visits.service import ProblemsFound, slot_of
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.households import HEAD, add_flag, add_household
from tests.factories.plans import TOMORROW, Everything, plan, slot_for
from tests.factories.town import Town, find_town
from tests.factories.visits import absence_details, visit_details
from tests.integration.visits.doing import count, log, problems_of
from tests.moments import TODAY, day

LATER = day(3)


def alerts_for(session: Session, account_id: int) -> list[str]:
    wanted = select(Alert.text).where(Alert.kind == AlertKind.VISIT_MOVED, Alert.recipient_id == account_id)
    return list(session.scalars(wanted.order_by(Alert.id)))


def test_a_planned_visit_stands_in_the_calendar_and_in_the_log(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse, note="혈압약  확인")
    assert (planned.state, planned.version, planned.note) == (PlannedState.PLANNED, 1, "혈압약 확인")
    (record,) = queries.list_planned(session, nurse, first_on=TODAY, last_on=LATER)
    assert (record.hour, record.span, record.assignee.name) == ("10:00", "10:00~10:30", "윤가람")
    assert (record.title, record.is_standing, record.companion) == (household.title, True, None)
    written = session.scalars(select(AccessLog).where(AccessLog.action == Action.PLAN_VISIT)).all()
    assert [(row.household_id, row.detail) for row in written] == [(household.id, "잡음")]
    assert not alerts_for(session, town.nurse.id), "nobody is told of what one did oneself"


def test_the_same_plan_sent_twice_is_one(session: Session, town: Town, household: Household) -> None:
    nurse, planned_id = town.who(town.nurse), new_id()
    first = plan(session, household, nurse, planned_id=planned_id)
    again = plan(session, household, nurse, LATER, planned_id=planned_id)
    assert again is first
    assert first.planned_on == TOMORROW
    assert count(session, PlannedVisit) == 1


def test_an_id_that_belongs_to_another_plan_is_refused(session: Session, town: Town, household: Household) -> None:
    planned_id = new_id()
    plan(session, household, town.who(town.nurse), planned_id=planned_id)
    with pytest.raises(RuleBroken, match="ID_TAKEN"):
        plan(session, household, town.who(town.worker), planned_id=planned_id)


def test_a_warning_stops_until_it_is_overruled(session: Session, town: Town, household: Household) -> None:
    nurse, neighbour = town.who(town.nurse), add_household(session, town.who(town.nurse), HEAD)
    plan(session, household, nurse)
    with pytest.raises(ProblemsFound) as refused:
        plan(session, neighbour, nurse, warned=True)
    assert problems_of(refused) == [("OVERLAP", "slot")]
    plan(session, neighbour, nurse)
    assert count(session, PlannedVisit) == 2


def test_a_companion_has_a_calendar_as_well(session: Session, town: Town, household: Household) -> None:
    nurse, worker = town.who(town.nurse), town.who(town.worker)
    other = add_household(session, nurse, HEAD)
    plan(session, household, worker)
    with pytest.raises(ProblemsFound) as refused:
        plan(session, other, nurse, companion_id=town.worker.id, warned=True)
    assert "동행 민하준" in refused.value.problems[0].message


def test_days_off_leave_and_safety_are_warned_about(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse, supervisor = town.who(town.nurse), town.who(town.supervisor)
    add_flag(session, household, nurse)
    session.expire(household, ["flags"])
    arrange_cover(
        session, town.nurse, town.other_nurse, from_on=day(4), until_on=day(6), reason="연가", actor=supervisor, now=now
    )
    with pytest.raises(ProblemsFound) as refused:
        plan(session, household, nurse, day(5), time(8), warned=True)
    assert {code for code, _ in problems_of(refused)} == {"ON_LEAVE", "DAY_OFF", "OUTSIDE_HOURS", "ALONE"}


def test_nonsense_is_refused_whatever_was_confirmed(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    with pytest.raises(ProblemsFound) as refused:
        plan(session, household, nurse, day(-1))
    assert problems_of(refused) == [("PAST_DAY", "slot")]
    close_household(session, household, ClosureReason.MOVED, note="", actor=town.who(town.supervisor), now=now)
    with pytest.raises(ProblemsFound) as refused:
        plan(session, household, nurse)
    assert problems_of(refused) == [("CLOSED", "slot")]


@pytest.mark.parametrize(
    ("actor", "assignee", "code"),
    [
        ("nurse", "other_nurse", "NOT_OWN_DAY"),
        ("supervisor", "narae_nurse", "NOT_OF_CENTRE"),
        ("supervisor", "district_officer", "NOT_OF_CENTRE"),
        ("supervisor", "other_nurse", None),
        ("worker", "worker", None),
    ],
)
def test_only_a_supervisor_fills_somebody_elses_day_and_only_of_the_centre(
    session: Session, town: Town, household: Household, actor: str, assignee: str, code: str | None
) -> None:
    who, whom = town.who(town.accounts[actor]), town.accounts[assignee].id
    if code is None:
        assert plan(session, household, who, assignee_id=whom).assignee_id == whom
        return
    with pytest.raises(RuleBroken, match=code):
        plan(session, household, who, assignee_id=whom)


def test_a_move_keeps_where_it_was_and_why(session: Session, town: Town, household: Household, now: datetime) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse)
    to = slot_for(nurse, LATER, time(14))
    service.move_visit(
        session, planned, to, change=PlanChange.ASKED, note="병원 가는 날", version=1, actor=nurse, now=now
    )
    (move,) = session.scalars(select(PlannedVisitMove))
    assert (move.from_on, move.from_at, move.to_on, move.to_at) == (TOMORROW, time(10), LATER, time(14))
    assert (move.reason, move.by_id) == ("대상자 요청: 병원 가는 날", town.nurse.id)
    assert (slot_of(planned), planned.version) == (to, 2)


def test_a_move_without_a_reason_or_without_a_change_is_no_move(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse)
    with pytest.raises(ProblemsFound) as refused:
        service.move_visit(session, planned, slot_for(nurse, LATER), version=1, actor=nurse, now=now)
    assert problems_of(refused) == [("REASON_NEEDED", "change")]
    with pytest.raises(RuleBroken, match="NOTHING_CHANGED"):
        service.move_visit(session, planned, slot_of(planned), version=1, actor=nurse, now=now)


def test_who_goes_along_changes_without_a_reason_and_without_a_move(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse)
    to = slot_for(nurse, companion_id=town.worker.id)
    service.move_visit(session, planned, to, version=1, actor=nurse, now=now)
    assert (planned.companion_id, planned.version, count(session, PlannedVisitMove)) == (town.worker.id, 2, 0)
    assert len(alerts_for(session, town.worker.id)) == 1


def test_whoever_goes_is_told_once_that_a_supervisor_moved_and_cancelled_it(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse, supervisor = town.who(town.nurse), town.who(town.supervisor)
    planned = plan(session, household, nurse)
    to = slot_for(nurse, LATER, time(14))
    service.move_visit(session, planned, to, change=PlanChange.STAFF, version=1, actor=supervisor, now=now)
    service.cancel_visit(session, planned, change=PlanChange.WEATHER, version=2, actor=supervisor, now=now)
    assert alerts_for(session, town.nurse.id) == [
        f"{household.number} 방문 일정이 바뀌었습니다: 11/24(화) 10:00 → 11/26(목) 14:00 (직원 사정)",
        f"{household.number} 방문이 취소되었습니다: 11/26(목) 14:00 (날씨)",
    ]
    assert not alerts_for(session, town.supervisor.id)


def test_a_visit_handed_to_a_colleague_tells_both(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse, supervisor = town.who(town.nurse), town.who(town.supervisor)
    planned = plan(session, household, nurse)
    to = slot_of(planned).by(town.other_nurse.id)
    service.move_visit(session, planned, to, change=PlanChange.STAFF, version=1, actor=supervisor, now=now)
    assert planned.assignee_id == town.other_nurse.id
    assert [len(alerts_for(session, each.id)) for each in (town.nurse, town.other_nurse)] == [1, 1]


def test_a_cancelled_visit_stays_readable_and_can_be_taken_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse)
    with pytest.raises(ProblemsFound):
        service.cancel_visit(session, planned, change=None, version=1, actor=nurse, now=now)
    service.cancel_visit(session, planned, change=PlanChange.OTHER, note="입원", version=1, actor=nurse, now=now)
    (record,) = queries.list_planned(session, nurse, first_on=TODAY, last_on=LATER)
    assert (record.state, record.because) == (PlannedState.CANCELLED, "입원")
    with pytest.raises(RuleBroken, match="CANCELLED"):
        service.move_visit(session, planned, slot_for(nurse, LATER), version=2, actor=nurse, now=now)
    service.undo_change(session, planned, version=2, actor=nurse, now=now)
    assert (planned.state, planned.because, planned.version) == (PlannedState.PLANNED, "", 3)


def test_what_was_done_last_is_taken_back_first(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse)
    to = slot_for(nurse, LATER, time(14))
    service.move_visit(session, planned, to, change=PlanChange.ASKED, version=1, actor=nurse, now=now)
    service.undo_change(session, planned, version=2, actor=nurse, now=now)
    assert (planned.planned_on, planned.planned_at, planned.state) == (TOMORROW, time(10), PlannedState.PLANNED)
    assert [move.reason for move in planned.moves] == ["대상자 요청", "되돌림"]


def test_a_plan_taken_back_at_once_is_in_no_calendar(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse)
    service.undo_change(session, planned, version=1, actor=nurse, now=now)
    assert planned.state is PlannedState.CANCELLED
    assert queries.list_planned(session, nurse, first_on=TODAY, last_on=LATER) == []
    assert queries.standing_plans(session, [household.id], first_on=TODAY) == {}


def test_an_older_page_changes_nothing(session: Session, town: Town, household: Household, now: datetime) -> None:
    nurse, supervisor = town.who(town.nurse), town.who(town.supervisor)
    planned = plan(session, household, nurse)
    service.move_visit(
        session, planned, slot_for(nurse, LATER), change=PlanChange.STAFF, version=1, actor=supervisor, now=now
    )
    for late in (
        lambda: service.move_visit(
            session, planned, slot_for(nurse, day(2)), change=PlanChange.ASKED, version=1, actor=nurse, now=now
        ),
        lambda: service.cancel_visit(session, planned, change=PlanChange.ASKED, version=1, actor=nurse, now=now),
        lambda: service.undo_change(session, planned, version=1, actor=nurse, now=now),
    ):
        with pytest.raises(StaleRecord):
            late()
    assert (planned.planned_on, planned.version) == (LATER, 2)


def test_of_all_who_move_it_at_the_same_moment_one_does(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        nurse = town.who(town.nurse)
        planned_id = plan(session, add_household(session, nurse), nurse).id

    def move(number: int) -> str:
        with Session(fresh_database.engine) as session:
            try:
                with unit_of_work(session):
                    subject = session.get_one(PlannedVisit, planned_id)
                    to = slot_for(nurse, LATER, time(9 + number))
                    service.move_visit(
                        session, subject, to, change=PlanChange.ASKED, version=1, confirmed=Everything(), actor=nurse,
                        now=now,
                    )  # fmt: skip
            except StaleRecord:
                return "stale"
            return "moved"

    assert sorted(all_at_once(move)) == ["moved"] + ["stale"] * (CROWD - 1)
    with Session(fresh_database.engine) as session:
        assert count(session, PlannedVisitMove) == 1


def test_a_visit_keeps_what_was_planned_for_that_day(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    today, tomorrow = plan(session, household, nurse, TODAY), plan(session, household, nurse)
    visit = log(session, town, household, visit_details(household), now)
    assert (today.state, today.visit_id) == (PlannedState.KEPT, visit.id)
    assert tomorrow.state is PlannedState.PLANNED
    with pytest.raises(RuleBroken, match="KEPT"):
        service.cancel_visit(session, today, change=PlanChange.ASKED, version=2, actor=nurse, now=now)


def test_a_try_at_a_closed_door_keeps_it_as_an_absence(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse, TODAY)
    service.log_absence(session, household, absence_details(household), typed_at=now, actor=nurse, now=now)
    assert planned.state is PlannedState.KEPT
    (record,) = queries.list_planned(session, nurse, first_on=TODAY, last_on=TODAY)
    assert record.is_absent


@pytest.mark.parametrize("mode", [ContactMode.CALL, ContactMode.TEXT, ContactMode.LETTER])
def test_a_call_or_a_letter_keeps_nothing(
    session: Session, town: Town, household: Household, now: datetime, mode: ContactMode
) -> None:
    planned = plan(session, household, town.who(town.nurse), TODAY)
    seen = frozenset({household.members[0].id}) if mode is ContactMode.CALL else frozenset()
    log(
        session, town, household, visit_details(household, mode=mode, members_seen=seen), now,
        confirmed=Everything(),  # type: ignore[arg-type]
    )  # fmt: skip
    assert planned.state is PlannedState.PLANNED


def test_only_ones_own_plan_is_kept_or_that_of_somebody_one_covers_or_goes_along_with(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse, worker, other = (town.who(each) for each in (town.nurse, town.worker, town.other_nurse))
    of_nurse = plan(session, household, nurse, TODAY)
    of_worker = plan(session, household, worker, TODAY, purpose=Purpose.WELFARE)
    joint = visit_details(household, purpose=Purpose.JOINT, companion_ids=frozenset({town.worker.id}))
    log(session, town, household, visit_details(household), now, login="other_nurse")
    assert {of_nurse.state, of_worker.state} == {PlannedState.PLANNED}, "a colleague who dropped in keeps nobody's plan"
    log(session, town, household, joint, now)
    assert {of_nurse.state, of_worker.state} == {PlannedState.KEPT}
    covered = plan(session, household, nurse, TODAY)
    arrange_cover(
        session, town.nurse, town.other_nurse, from_on=TODAY, until_on=TODAY, reason="연가",
        actor=town.who(town.supervisor), now=now,
    )  # fmt: skip
    assert town.nurse.id in town.who(town.other_nurse).covered_ids
    log(session, town, household, visit_details(household), now, login="other_nurse")
    assert covered.state is PlannedState.KEPT
    assert other.covered_ids == frozenset()


def test_of_two_visits_planned_for_a_day_the_nearer_one_is_kept(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    morning, evening = (plan(session, household, nurse, TODAY, time(hour)) for hour in (9, 17))
    log(session, town, household, visit_details(household), now)
    assert (morning.state, evening.state) == (PlannedState.KEPT, PlannedState.PLANNED)


def test_a_visit_corrected_to_another_day_gives_the_plan_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, household, nurse, TODAY)
    visit = log(session, town, household, visit_details(household), now)
    details = visit_details(household, day(-1), visit_id=visit.id)
    service.correct_visit(
        session, visit, details, reason="어제였음", version=1, confirmed=Everything(), actor=nurse, now=now
    )
    assert (planned.state, planned.visit_id) == (PlannedState.PLANNED, None)


def test_closing_a_household_cancels_what_was_still_to_be_made(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    planned = plan(session, household, town.who(town.nurse))
    close_household(session, household, ClosureReason.MOVED, note="", actor=town.who(town.supervisor), now=now)
    assert (planned.state, planned.because) == (PlannedState.CANCELLED, "가구 종료")
    assert len(alerts_for(session, town.nurse.id)) == 1


def test_another_centres_plans_do_not_exist(session: Session, town: Town, household: Household) -> None:
    planned = plan(session, household, town.who(town.nurse))
    assert queries.get_planned(session, town.who(town.district_officer), planned.id) is planned
    with pytest.raises(NotFound):
        queries.get_planned(session, town.who(town.narae_supervisor), planned.id)
    assert queries.list_planned(session, town.who(town.narae_supervisor), first_on=TODAY, last_on=LATER) == []
