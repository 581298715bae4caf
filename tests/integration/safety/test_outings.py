"""The two stamps: sent once or twice, in time or late, by those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import new_id
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household
from app.households.rules import FlagRule
from app.safety import queries, service
from app.safety.models import Outing
from app.safety.rules import Company
from app.safety.service.outings import TOO_LATE_TO_REFUSE, GoingRefused
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.households import add_flag, add_household
from tests.factories.outings import check_in_of, go_out
from tests.factories.town import Town
from tests.moments import NOW, TODAY

MINUTE = timedelta(minutes=1)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Outing)) or 0


def test_the_stamp_at_the_door_sent_twice_is_one(session: Session, town: Town, household: Household) -> None:
    who, details = town.who(town.nurse), check_in_of()
    first = service.check_in(session, household, details, actor=who, now=NOW)
    again = service.check_in(session, household, details, actor=who, now=NOW + 5 * MINUTE)
    assert again is first
    assert count(session) == 1
    assert queries.find_own_outing(session, who).id == first.id
    assert session.scalars(select(AccessLog.detail).where(AccessLog.action == Action.OUTING)).all() == ["시작"]


def test_an_id_of_another_household_or_person_is_refused(session: Session, town: Town, household: Household) -> None:
    details, other = check_in_of(), add_household(session, town.who(town.worker))
    service.check_in(session, household, details, actor=town.who(town.nurse), now=NOW)
    for where, who in ((other, town.nurse), (household, town.worker)):
        with pytest.raises(RuleBroken, match="ID_TAKEN"):
            service.check_in(session, where, details, actor=town.who(who), now=NOW)


def test_stamps_that_come_late_keep_their_own_times(session: Session, town: Town, household: Household) -> None:
    began, ended = NOW - 90 * MINUTE, NOW - 40 * MINUTE
    outing = service.check_in(
        session, household, check_in_of(began, ended_at=ended), actor=town.who(town.nurse), now=NOW
    )
    assert (outing.started_at, outing.ended_at, outing.received_at) == (began, ended, NOW)
    assert service.raise_due_alarms(session, now=NOW + 90 * MINUTE) == 0


def test_a_tablet_whose_clock_is_ahead_is_out_from_now_on(session: Session, town: Town, household: Household) -> None:
    outing = service.check_in(session, household, check_in_of(NOW + 3 * MINUTE), actor=town.who(town.nurse), now=NOW)
    assert outing.started_at == NOW


@pytest.mark.parametrize("minutes", [0, -5, 13 * 60])
def test_an_end_that_cannot_be_is_refused(session: Session, town: Town, household: Household, minutes: int) -> None:
    with pytest.raises(RuleBroken, match="LENGTH"):
        go_out(session, household, town.who(town.nurse), minutes=minutes)


def test_a_week_old_stamp_is_a_clock_gone_wrong(session: Session, town: Town, household: Household) -> None:
    with pytest.raises(RuleBroken, match="TOO_OLD"):
        service.check_in(session, household, check_in_of(NOW - timedelta(days=8)), actor=town.who(town.nurse), now=NOW)


def test_going_on_to_the_next_door_ends_the_visit_before(session: Session, town: Town, household: Household) -> None:
    who, next_door = town.who(town.nurse), add_household(session, town.who(town.worker))
    first = go_out(session, household, who)
    second = go_out(session, next_door, who, now=NOW + 40 * MINUTE)
    assert (first.ended_at, second.ended_at) == (NOW + 40 * MINUTE, None)
    assert first.end_note == "다음 방문을 시작함"


def test_a_little_longer_moves_the_end_once(session: Session, town: Town, household: Household) -> None:
    who, said = town.who(town.nurse), NOW + 50 * MINUTE
    outing = go_out(session, household, who)
    planned = outing.planned_end_at
    for _ in range(2):
        service.extend_outing(session, outing, planned + 15 * MINUTE, at=said, actor=who, now=said + MINUTE)
    assert outing.planned_end_at == planned + 15 * MINUTE
    assert outing.extended == [[said.isoformat(), planned.isoformat()]]
    with pytest.raises(RuleBroken, match="NOT_LONGER"):
        service.extend_outing(session, outing, planned, at=said + MINUTE, actor=who, now=said + MINUTE)


def test_the_end_is_stamped_once_and_never_before_the_beginning(
    session: Session, town: Town, household: Household
) -> None:
    who = town.who(town.nurse)
    outing = go_out(session, household, who)
    service.end_outing(session, outing, at=NOW - 5 * MINUTE, actor=who, now=NOW + MINUTE)
    assert outing.ended_at == outing.started_at
    service.end_outing(session, outing, at=NOW + 9 * MINUTE, actor=who, now=NOW + 9 * MINUTE)
    assert outing.ended_at == NOW
    with pytest.raises(RuleBroken, match="ENDED"):
        service.extend_outing(session, outing, NOW + 99 * MINUTE, at=NOW + MINUTE, actor=who, now=NOW + MINUTE)
    assert queries.find_own_outing(session, who) is None


def test_only_oneself_whoever_goes_along_and_the_supervisor_end_an_outing(
    session: Session, town: Town, household: Household
) -> None:
    outing = go_out(session, household, town.who(town.nurse), company=Company(town.worker.id))
    with pytest.raises(RuleBroken, match="NOT_OWN"):
        service.end_outing(session, outing, at=NOW, note="통화함", actor=town.who(town.other_worker), now=NOW)
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.end_outing(session, outing, at=NOW, actor=town.who(town.supervisor), now=NOW)
    service.end_outing(session, outing, at=NOW, note="통화함", actor=town.who(town.supervisor), now=NOW)
    assert (outing.ended_by_id, outing.end_note) == (town.supervisor.id, "통화함")


def test_another_centres_outing_does_not_exist(session: Session, town: Town, household: Household) -> None:
    outing = go_out(session, household, town.who(town.nurse))
    for account in (town.narae_supervisor, town.far_supervisor, town.administrator):
        with pytest.raises(NotFound):
            queries.get_outing(session, town.who(account), outing.id)
        assert queries.list_out(session, town.who(account)) == []
    for account in (town.supervisor, town.district_officer):
        assert [each.id for each in queries.list_out(session, town.who(account))] == [outing.id]


def test_the_board_counts_who_is_past_the_planned_end(session: Session, town: Town, household: Household) -> None:
    go_out(session, household, town.who(town.nurse), minutes=30)
    go_out(session, household, town.who(town.worker), minutes=90)
    assert queries.count_out(session, town.who(town.supervisor), now=NOW + 45 * MINUTE) == (2, 1)
    assert queries.count_out(session, town.who(town.narae_supervisor), now=NOW + 45 * MINUTE) == (0, 0)


def test_a_companion_is_a_colleague_of_the_centre_and_not_oneself(
    session: Session, town: Town, household: Household
) -> None:
    for key in (town.narae_nurse.id, town.nurse.id, 10**9):
        with pytest.raises(RuleBroken, match="NOT_OF_CENTRE"):
            go_out(session, household, town.who(town.nurse), company=Company(key))


def test_two_must_go_and_a_late_stamp_is_kept_and_says_why(session: Session, town: Town, household: Household) -> None:
    add_flag(session, household, town.who(town.worker))
    who = town.who(town.nurse)
    with pytest.raises(GoingRefused, match="ALONE") as refused:
        go_out(session, household, who)
    assert refused.value.refusal.may_be_allowed
    assert count(session) == 0
    late = service.check_in(session, household, check_in_of(NOW - 9 * MINUTE), actor=who, now=NOW)
    assert late.alone_because == TOO_LATE_TO_REFUSE


def test_whoever_was_allowed_for_the_day_goes_and_the_reason_stays(
    session: Session, town: Town, household: Household
) -> None:
    add_flag(session, household, town.who(town.worker))
    lead = town.who(town.supervisor)
    service.allow_alone(session, household, account_id=town.nurse.id, on=TODAY, reason="개를 맡김", actor=lead, now=NOW)
    outing = go_out(session, household, town.who(town.nurse))
    assert (outing.allowed_by_id, outing.alone_because) == (town.supervisor.id, "개를 맡김")
    with pytest.raises(GoingRefused):
        go_out(session, household, town.who(town.worker))
    with pytest.raises(GoingRefused):
        go_out(session, household, town.who(town.nurse), now=NOW + timedelta(days=1))


def test_nothing_allows_a_visit_that_is_forbidden(session: Session, town: Town, household: Household) -> None:
    add_flag(session, household, town.who(town.worker), rule=FlagRule.NO_VISIT)
    with pytest.raises(RuleBroken, match="NO_VISIT"):
        service.allow_alone(
            session,
            household,
            account_id=town.nurse.id,
            on=TODAY,
            reason="급함",
            actor=town.who(town.supervisor),
            now=NOW,
        )
    with pytest.raises(GoingRefused, match="NO_VISIT"):
        go_out(session, household, town.who(town.nurse), company=Company(town.worker.id, "가람지구대 김 경위"))


def test_a_record_ends_the_outing_it_was_written_on(session: Session, town: Town, household: Household) -> None:
    who, draft, other = town.who(town.nurse), new_id(), new_id()
    outing = go_out(session, household, who, visit_id=draft)
    assert service.leave_with_record(session, household, draft, stays=True, actor=who, now=NOW + MINUTE) is outing
    assert outing.ended_at is None
    service.leave_with_record(session, household, other, actor=who, now=NOW + 20 * MINUTE)
    assert (outing.ended_at, outing.visit_id) == (NOW + 20 * MINUTE, other)
    assert service.leave_with_record(session, household, new_id(), actor=who, now=NOW + 30 * MINUTE) is None
