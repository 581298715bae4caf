"""팀장 판단: asked once, decided once, told once, and asked again after a further try."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.service import arrange_cover
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.assignments.rules import Duty
from app.assignments.service import assign
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import unit_of_work
from app.core.errors import RuleBroken
from app.follow_ups import queries, service
from app.follow_ups.models import AbsenceDecision
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import AbsenceVerdict, ContactMode, LadderAction
from app.follow_ups.rules.dues import Due
from app.follow_ups.service import Decided, DecisionDetails, decide_absence
from app.households.models import Household
from app.households.rules import ClosureReason
from app.timelines.service import close_household
from app.visits.service import log_absence
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.households import HEAD, SPOUSE, add_contact, add_household
from tests.factories.town import Town, find_town
from tests.factories.visits import absence_details
from tests.moments import NOW, TODAY, at, day

VERDICTS = AbsenceVerdict


@pytest.fixture
def household(session: Session, town: Town, now: datetime) -> Household:
    """A couple with a worker and a nurse, at whose door nobody opened on three days, the last of them today."""
    return unreached(session, town, now)


def unreached(session: Session, town: Town, now: datetime, *, tries: int = 3) -> Household:
    supervisor = town.who(town.supervisor)
    home = add_household(session, town.who(town.nurse), HEAD, SPOUSE)
    assign(session, home, Duty.WORKER, town.worker, actor=supervisor, now=now)
    assign(session, home, Duty.NURSE, town.nurse, actor=supervisor, now=now)
    for days_ago in reversed(range(tries)):
        fails(session, town, home, now, days_ago=days_ago)
    return home


def fails(session: Session, town: Town, home: Household, now: datetime, *, days_ago: int = 0) -> None:
    details = absence_details(home, day(-days_ago))
    log_absence(session, home, details, typed_at=now, actor=town.who(town.worker), now=now)


def seen_now(session: Session, home: Household) -> dict[str, object]:
    """What the page shows of the row and of earlier decisions."""
    step = queries.absence_step(session, home, today=TODAY)
    newest = next(iter(queries.list_decisions(session, home.id)), None)
    assert step is not None
    return {"first_try_on": step.first_try_on, "tries": step.tries, "newest_id": newest.id if newest else 0}


def decide(
    session: Session, town: Town, home: Household, verdict: AbsenceVerdict = VERDICTS.JOINT_ENTRY, *,
    now: datetime = NOW, **changes: object,
) -> Decided:  # fmt: skip
    given = {"reason": "우편물이 쌓이고 인기척이 없음", **seen_now(session, home), **changes}
    details = DecisionDetails(verdict, **given)  # type: ignore[arg-type]
    return decide_absence(session, home, details, actor=town.who(town.supervisor), now=now)


def ladder_due(session: Session, home: Household) -> Due | None:
    return next((due for due in list_dues(session, home, today=TODAY) if due.term_id is None), None)


def alerts(session: Session, *, to: int) -> list[str]:
    statement = select(Alert.text).where(Alert.recipient_id == to, Alert.kind == AlertKind.ABSENCE_STEP)
    return list(session.scalars(statement.order_by(Alert.id)))


def awaiting(session: Session, town: Town) -> list[str]:
    return [each.number for each in queries.list_awaiting(session, town.who(town.supervisor), today=TODAY)]


def test_a_decision_is_kept_with_what_it_was_about_and_recorded(
    session: Session, town: Town, household: Household
) -> None:
    made, is_new = decide(session, town, household, reason="901231-2345678 님이 대답이 없음")
    assert is_new
    assert (made.first_try_on, made.tries, made.verdict, made.until_on) == (day(-2), 3, VERDICTS.JOINT_ENTRY, None)
    assert "2345678" not in made.reason
    assert made.by_id == town.supervisor.id
    row = session.scalars(select(AccessLog).where(AccessLog.action == Action.DECIDE_ABSENCE)).one()
    assert (row.household_id, row.actor_id, row.detail) == (household.id, town.supervisor.id, "JOINT_ENTRY")


@pytest.mark.parametrize(
    ("verdict", "until_on", "due_on"),
    [
        (VERDICTS.JOINT_ENTRY, None, TODAY),
        (VERDICTS.VISIT_AGAIN, None, TODAY),
        (VERDICTS.KEEP_TRYING, day(2), day(2)),
        (VERDICTS.LOCATED, None, None),
    ],
)
def test_the_step_moves_to_what_was_decided(
    session: Session, town: Town, household: Household, verdict: AbsenceVerdict, until_on: object, due_on: object
) -> None:
    before = ladder_due(session, household)
    assert before is not None
    assert (before.due_on, before.label) == (TODAY, "연속 부재 3번: 팀장 판단")
    decide(session, town, household, verdict, until_on=until_on)
    after = ladder_due(session, household)
    assert (after.due_on if after else None) == due_on
    assert after is None or verdict.label in after.label
    assert service.find_untrue(session, [household.id], today=TODAY) == {}
    assert household.absences_in_row == 3


def test_a_household_waits_until_it_is_decided(session: Session, town: Town, household: Household) -> None:
    assert awaiting(session, town) == [household.number]
    decide(session, town, household, VERDICTS.VISIT_AGAIN)
    assert awaiting(session, town) == []


def test_only_ones_own_unreached_households_wait(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    unreached(session, town, now, tries=2)
    assert awaiting(session, town) == [household.number]
    assert queries.list_awaiting(session, town.who(town.narae_supervisor), today=TODAY) == []
    close_household(session, household, ClosureReason.MOVED, note="", actor=town.who(town.supervisor), now=now)
    assert awaiting(session, town) == []


def test_worker_and_nurse_are_told_once_and_without_the_reason(
    session: Session, town: Town, household: Household
) -> None:
    before = len(alerts(session, to=town.worker.id))
    decide(session, town, household, reason="옆집 박씨 말로는 사흘째 못 봄")
    for account in (town.worker, town.nurse):
        told = alerts(session, to=account.id)[before:]
        assert told == [f"{household.number} 팀장 판단: 112·119에 공동 출입 요청."]
    assert alerts(session, to=town.other_worker.id) == []


def test_whoever_covers_the_worker_today_is_told_as_well(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    arrange_cover(
        session, town.worker, town.other_worker, from_on=TODAY, until_on=day(2), reason="휴가",
        actor=town.who(town.supervisor), now=now,
    )  # fmt: skip
    decide(session, town, household)
    assert len(alerts(session, to=town.other_worker.id)) == 1


def test_a_second_click_gets_what_was_decided_and_doubles_nothing(
    session: Session, town: Town, household: Household
) -> None:
    seen = seen_now(session, household)
    first = decide(session, town, household, **seen)
    again = decide(session, town, household, VERDICTS.LOCATED, **seen)
    assert (again.decision, again.is_new) == (first.decision, False)
    assert len(session.scalars(select(AbsenceDecision)).all()) == 1
    assert len(alerts(session, to=town.worker.id)) == 1


def test_who_has_seen_a_decision_may_decide_anew(session: Session, town: Town, household: Household) -> None:
    decide(session, town, household, VERDICTS.KEEP_TRYING, until_on=day(3))
    decide(session, town, household, VERDICTS.JOINT_ENTRY)
    due = ladder_due(session, household)
    assert due is not None
    assert due.due_on == TODAY
    assert [made.verdict for made in queries.list_decisions(session, household.id)] == [
        VERDICTS.JOINT_ENTRY, VERDICTS.KEEP_TRYING
    ]  # fmt: skip


def test_a_further_try_asks_again_and_tells_the_supervisor_again_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    told = len(alerts(session, to=town.supervisor.id))
    decide(session, town, household, VERDICTS.KEEP_TRYING, until_on=day(3))
    fails(session, town, household, now)
    assert awaiting(session, town) == [household.number]
    due = ladder_due(session, household)
    assert due is not None
    assert due.label == "연속 부재 4번: 팀장 판단"
    assert len(alerts(session, to=town.supervisor.id)) == told + 1
    for _ in range(2):
        service.alert_absences(session, household, now=now)
    assert len(alerts(session, to=town.supervisor.id)) == told + 1


def test_being_reached_ends_the_ladder_and_a_new_row_is_decided_anew(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    decide(session, town, household)
    add_contact(session, household, TODAY, mode=ContactMode.CALL)
    assert ladder_due(session, household) is None
    assert queries.absence_step(session, household, today=TODAY) is None
    later = now + timedelta(days=3)
    for days_ago in (-1, -2, -3):
        fails(session, town, household, later, days_ago=days_ago)
    step = queries.absence_step(session, household, today=day(3))
    assert step is not None
    assert (step.tries, step.first_try_on, step.ruling) == (3, day(1), None)


def test_nothing_is_decided_about_a_try_the_supervisor_has_not_seen(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    seen = seen_now(session, household)
    fails(session, town, household, now)
    with pytest.raises(RuleBroken) as refused:
        decide(session, town, household, **seen)
    assert refused.value.code == "FURTHER_TRY"
    assert session.scalars(select(AbsenceDecision)).all() == []


def test_nothing_is_decided_where_nobody_is_asked(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    seen = seen_now(session, household)
    add_contact(session, household, TODAY, mode=ContactMode.CALL)
    two = unreached(session, town, now, tries=2)
    for home, shown in ((household, seen), (two, seen_now(session, two))):
        details = DecisionDetails(VERDICTS.JOINT_ENTRY, "까닭", **shown)  # type: ignore[arg-type]
        with pytest.raises(RuleBroken) as refused:
            decide_absence(session, home, details, actor=town.who(town.supervisor), now=now)
        assert refused.value.code == "NOT_ASKED"


@pytest.mark.parametrize(
    ("verdict", "changes", "code"),
    [
        (VERDICTS.KEEP_TRYING, {}, "UNTIL_NEEDED"),
        (VERDICTS.JOINT_ENTRY, {"reason": " "}, "REASON_NEEDED"),
        (VERDICTS.LOCATED, {"until_on": day(1)}, "UNTIL_UNFIT"),
    ],
)
def test_a_decision_that_lacks_something_changes_nothing(
    session: Session, town: Town, household: Household, verdict: AbsenceVerdict, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide(session, town, household, verdict, **changes)
    assert refused.value.code == code
    assert awaiting(session, town) == [household.number]


def test_two_supervisors_at_the_same_moment_make_one_decision(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        home = unreached(session, town, now)
        actor, household_id, worker_id = town.who(town.supervisor), home.id, town.worker.id
        details = [
            DecisionDetails(verdict, "까닭", **seen_now(session, home))  # type: ignore[arg-type]
            for verdict in (VERDICTS.JOINT_ENTRY, VERDICTS.VISIT_AGAIN) * 4
        ]

    def send(number: int) -> tuple[int, bool]:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            subject = session.get_one(Household, household_id)
            made = decide_absence(session, subject, details[number], actor=actor, now=now)
            return made.decision.id, made.is_new

    answers = all_at_once(send)
    assert len({decision_id for decision_id, _ in answers}) == 1
    assert sorted(is_new for _, is_new in answers) == [False] * 7 + [True]
    with Session(fresh_database.engine) as session:
        assert len(session.scalars(select(AbsenceDecision)).all()) == 1
        assert len(alerts(session, to=worker_id)) == 1
        assert service.find_untrue(session, [household_id], today=TODAY) == {}


def test_a_step_is_told_once_however_often_it_is_looked_at(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    """Three tries are three steps: three alerts, whatever refreshes and nightly runs come after."""
    told = alerts(session, to=town.supervisor.id)
    assert len(told) == 3
    for days_later in range(4):
        later = now + timedelta(days=days_later)
        service.refresh(session, household, today=TODAY + timedelta(days=days_later))
        service.mark_stale(session, [household.id], from_on=TODAY)
        service.refresh_batch(session, today=TODAY + timedelta(days=days_later))
        service.alert_absences(session, household, now=later)
    assert alerts(session, to=town.supervisor.id) == told


def test_a_step_reached_in_two_threads_at_once_is_told_once(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        home = unreached(session, town, now, tries=2)
        household_id, supervisor_id, actor = home.id, town.supervisor.id, town.who(town.worker)
        tries = [absence_details(home, TODAY, at=at(TODAY, 9, 21 + number)) for number in range(8)]

    def send(number: int) -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            subject = session.get_one(Household, household_id)
            log_absence(session, subject, tries[number], typed_at=now, actor=actor, now=now)
            service.alert_absences(session, subject, now=now)

    all_at_once(send)
    with Session(fresh_database.engine) as session:
        told = alerts(session, to=supervisor_id)
        assert len(told) == 3, "one for each of the three steps"
        assert session.get_one(Household, household_id).absences_in_row == 10


def test_a_check_with_neighbours_noted_beside_an_absence_is_a_check(
    session: Session, town: Town, now: datetime
) -> None:
    home = unreached(session, town, now, tries=1)
    details = absence_details(home, TODAY, at=at(TODAY, 9, 40), neighbour_asked="옆집에서 어제 봤다고 함")
    for _ in range(2):
        log_absence(session, home, details, typed_at=now, actor=town.who(town.worker), now=now)
    step = queries.absence_step(session, home, today=TODAY)
    assert step is not None
    assert (step.tries, step.action, step.neighbour_checked_on) == (2, LadderAction.CALL_AND_NEIGHBOUR, TODAY)
    due = ladder_due(session, home)
    assert due is not None
    assert any("다시 방문" in line for line in due.because)


@pytest.mark.parametrize("login", ["worker", "nurse", "district_officer", "administrator", "narae_supervisor"])
def test_nobody_but_the_households_supervisor_decides(
    session: Session, town: Town, household: Household, login: str
) -> None:
    assert not can(town.who(town.accounts[login]), Permission.DECIDE_ABSENCE, household)
    assert can(town.who(town.supervisor), Permission.DECIDE_ABSENCE, household)
