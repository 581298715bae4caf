"""담당: a household is somebody's from a day on, and who it was before stays on record."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from app.accounts import service as accounts
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.assignments import queries, service
from app.assignments.models import Assignment
from app.assignments.rules import Duty
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.households.models import Household
from app.households.queries import HouseholdFilter, list_households
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.moments import TODAY, day


def assign(
    session: Session, town: Town, household: Household, login: str, now: datetime, *, duty: Duty = Duty.NURSE,
    from_on: date | None = None, reason: str = "",
) -> Assignment | None:  # fmt: skip
    return service.assign(
        session, household, duty, town.accounts[login], reason=reason, from_on=from_on,
        actor=town.who(town.supervisor), now=now,
    )  # fmt: skip


def stretches(session: Session, household: Household) -> list[tuple[Duty, str, date, date | None]]:
    rows = queries.list_history(session, household.id)
    return [(row.duty, row.account.login, row.from_on, row.until_on) for row in reversed(rows)]


def test_a_household_carries_who_is_responsible(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now)
    assign(session, town, household, "worker", now, duty=Duty.WORKER)
    assert (household.nurse_id, household.worker_id) == (town.nurse.id, town.worker.id)
    assert stretches(session, household) == [
        (Duty.NURSE, "nurse", TODAY, None),
        (Duty.WORKER, "worker", TODAY, None),
    ]


def test_whoever_follows_begins_the_day_after_the_one_before(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now, from_on=day(-100))
    assign(session, town, household, "other_nurse", now, from_on=day(-30), reason="휴직")
    assign(session, town, household, "nurse", now, reason="복직")
    assert stretches(session, household) == [
        (Duty.NURSE, "nurse", day(-100), day(-31)),
        (Duty.NURSE, "other.nurse", day(-30), day(-1)),
        (Duty.NURSE, "nurse", TODAY, None),
    ]
    assert household.nurse_id == town.nurse.id


def test_naming_the_same_person_again_changes_nothing(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now, from_on=day(-10))
    before = len(list_entries(session, limit=500))
    assert assign(session, town, household, "nurse", now) is None
    assert stretches(session, household) == [(Duty.NURSE, "nurse", day(-10), None)]
    assert len(list_entries(session, limit=500)) == before


def test_a_mistake_put_right_on_the_same_day_leaves_both_rows(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now)
    assign(session, town, household, "other_nurse", now)
    assert stretches(session, household) == [
        (Duty.NURSE, "nurse", TODAY, TODAY),
        (Duty.NURSE, "other.nurse", TODAY, None),
    ]


@pytest.mark.parametrize(
    ("login", "duty", "code"),
    [
        ("worker", Duty.NURSE, "ROLE_UNFIT"),
        ("supervisor", Duty.NURSE, "ROLE_UNFIT"),
        ("nurse", Duty.WORKER, "ROLE_UNFIT"),
        ("district_officer", Duty.WORKER, "ROLE_UNFIT"),
        ("administrator", Duty.WORKER, "ROLE_UNFIT"),
        ("narae_nurse", Duty.NURSE, "OTHER_CENTRE"),
        ("far_supervisor", Duty.WORKER, "OTHER_CENTRE"),
    ],
)
def test_an_unfit_person_is_refused(
    session: Session, town: Town, household: Household, now: datetime, login: str, duty: Duty, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        assign(session, town, household, login, now, duty=duty)
    assert (refused.value.code, refused.value.field) == (code, "account_id")
    assert stretches(session, household) == []


def test_a_supervisor_may_stand_in_as_worker(session: Session, town: Town, household: Household, now: datetime) -> None:
    assign(session, town, household, "supervisor", now, duty=Duty.WORKER)
    assert household.worker_id == town.supervisor.id


def test_somebody_who_is_gone_is_refused(session: Session, town: Town, household: Household, now: datetime) -> None:
    accounts.disable(session, town.nurse, actor=town.who(town.administrator), now=now)
    with pytest.raises(RuleBroken, match="DISABLED"):
        assign(session, town, household, "nurse", now)


def test_a_day_before_the_standing_one_began_is_refused(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now, from_on=day(-5))
    with pytest.raises(RuleBroken, match="BEFORE_STANDING"):
        assign(session, town, household, "other_nurse", now, from_on=day(-6))
    assert household.nurse_id == town.nurse.id


def test_many_are_handed_over_at_once_and_told_once(session: Session, town: Town, now: datetime) -> None:
    actor = town.who(town.supervisor)
    households = [add_household(session, town.who(town.worker)) for _ in range(3)]
    assign(session, town, households[0], "other_nurse", now)
    changed = service.reassign(
        session, households, Duty.NURSE, town.other_nurse, reason="육아휴직", actor=actor, now=now
    )
    assert changed == 2
    assert {household.nurse_id for household in households} == {town.other_nurse.id}
    alert = session.scalars(select(Alert)).one()
    assert (alert.kind, alert.recipient_id) == (AlertKind.ASSIGNED, town.other_nurse.id)
    assert "2가구" in alert.text
    assert "김순자" not in alert.text


def test_handing_over_needs_a_reason(session: Session, town: Town, household: Household, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.reassign(
            session, [household], Duty.NURSE, town.nurse, reason=" ", actor=town.who(town.supervisor), now=now
        )
    assert household.nurse_id is None


def test_whoever_takes_a_household_on_tells_nobody(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    service.reassign(
        session, [household], Duty.WORKER, town.supervisor, reason="공석", actor=town.who(town.supervisor), now=now
    )
    assert session.scalar(select(func.count()).select_from(Alert)) == 0


def test_a_duty_may_be_left_without_anybody(session: Session, town: Town, household: Household, now: datetime) -> None:
    assign(session, town, household, "nurse", now, from_on=day(-9))
    service.release(session, household, Duty.NURSE, reason="퇴직", actor=town.who(town.supervisor), now=now)
    session.flush()
    assert household.nurse_id is None
    assert stretches(session, household) == [(Duty.NURSE, "nurse", day(-9), day(-1))]
    before = len(list_entries(session, limit=500))
    service.release(session, household, Duty.NURSE, reason="또", actor=town.who(town.supervisor), now=now)
    assert len(list_entries(session, limit=500)) == before


def test_both_duties_are_settled_at_once(session: Session, town: Town, household: Household, now: datetime) -> None:
    def settle(wanted: dict[Duty, object], reason: str = "", from_on: date = TODAY) -> bool:
        return service.settle_household(
            session, household, wanted, reason=reason, from_on=from_on, actor=town.who(town.supervisor), now=now  # type: ignore[arg-type]
        )  # fmt: skip

    assert settle({Duty.WORKER: town.worker, Duty.NURSE: town.nurse}, from_on=day(-20))
    assert not settle({Duty.WORKER: town.worker, Duty.NURSE: town.nurse})
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        settle({Duty.WORKER: town.worker, Duty.NURSE: None})
    with pytest.raises(RuleBroken, match="AHEAD"):
        settle({Duty.NURSE: town.other_nurse}, reason="교대", from_on=day(1))
    assert settle({Duty.WORKER: town.other_worker, Duty.NURSE: None}, reason="조직 개편")
    assert (household.worker_id, household.nurse_id) == (town.other_worker.id, None)


def test_what_was_handed_over_can_be_given_back(session: Session, town: Town, now: datetime) -> None:
    actor = town.who(town.supervisor)
    households = [add_household(session, town.who(town.worker)) for _ in range(3)]
    for household in households:
        assign(session, town, household, "nurse", now, from_on=day(-50))
    service.reassign(session, households, Duty.NURSE, town.other_nurse, reason="휴직", actor=actor, now=now)
    assign(session, town, households[2], "nurse", now, reason="본인 요청")
    one = queries.list_history(session, households[0].id)[0]
    handed = queries.list_handed_over(session, actor, one.id)
    assert {assignment.household_id for assignment in handed} == {household.id for household in households}
    given_back = service.give_back(session, handed, town.nurse, reason="취소", actor=actor, now=now)
    assert given_back == 2
    assert {household.nurse_id for household in households} == {town.nurse.id}


def test_every_change_of_hands_is_in_the_access_log(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now)
    row = list_entries(session)[0]
    assert (row.action, row.household_id, row.actor_id) == (Action.ASSIGN, household.id, town.supervisor.id)
    assert row.detail == f"NURSE → {town.nurse.id}"


def test_during_a_cover_the_households_are_the_covering_persons_too(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now)
    accounts.arrange_cover(
        session, town.nurse, town.other_nurse, from_on=day(0), until_on=day(3), reason="연가",
        actor=town.who(town.supervisor), now=now,
    )  # fmt: skip
    mine = HouseholdFilter(mine=True)
    listed = list_households(session, town.who(town.other_nurse), mine)
    assert [each.id for each in listed] == [household.id]
    assert [each.id for each in list_households(session, town.who(town.nurse), mine)] == [household.id]
    assert household.nurse_id == town.nurse.id


def test_loads_show_everybody_and_what_nobody_holds(session: Session, town: Town, now: datetime) -> None:
    held = [add_household(session, town.who(town.worker)) for _ in range(3)]
    assign(session, town, held[0], "nurse", now)
    assign(session, town, held[1], "nurse", now)
    add_household(session, town.who(town.narae_worker))
    session.flush()
    loads = queries.list_loads(session, town.who(town.supervisor), today=TODAY)
    seen = {(load.duty, load.account.login if load.account else None): load.households for load in loads}
    assert seen[Duty.NURSE, "nurse"] == 2
    assert seen[Duty.NURSE, "other.nurse"] == 0
    assert seen[Duty.NURSE, None] == 1
    assert seen[Duty.WORKER, None] == 3
    assert (Duty.NURSE, "narae.nurse") not in seen


def test_whoever_left_but_still_holds_households_is_not_overlooked(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assign(session, town, household, "nurse", now)
    accounts.disable(session, town.nurse, actor=town.who(town.administrator), now=now)
    loads = queries.list_loads(session, town.who(town.supervisor), today=TODAY)
    assert [load.households for load in loads if load.account is town.nurse] == [1]
