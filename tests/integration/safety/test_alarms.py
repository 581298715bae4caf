"""The steps of the alarm: each once, whom they tell, and how they end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from app.accounts.service import arrange_cover
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.core.errors import RuleBroken
from app.households.models import Household
from app.safety import service
from app.safety.jobs import watch_outings
from app.safety.models import DutyContact, Outing, OutingAlarm
from app.safety.rules import AlarmStep, Company, Finding, moved_end
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.outings import go_out
from tests.factories.town import Town
from tests.moments import NOW, TODAY

MINUTE = timedelta(minutes=1)
END = NOW + 60 * MINUTE


def told(session: Session, kind: AlertKind = AlertKind.OVERSTAY, *, step: AlarmStep | None = None) -> set[int]:
    alerts = session.scalars(select(Alert).where(Alert.kind == kind, Alert.read_at.is_(None))).all()
    return {each.recipient_id for each in alerts if step is None or each.subject.endswith(f":{step.value}")}


def tick(session: Session, minutes: int) -> int:
    return watch_outings(session, END + minutes * MINUTE)


def test_each_step_tells_more_people(session: Session, town: Town, household: Household) -> None:
    go_out(session, household, town.who(town.nurse), company=Company(town.other_worker.id))
    assert tick(session, 14) == 0
    assert tick(session, 15) == 1
    assert told(session) == {town.nurse.id}
    assert (tick(session, 16), tick(session, 29)) == (0, 0)
    assert tick(session, 30) == 1
    second = {town.nurse.id, town.other_worker.id, town.supervisor.id}
    assert told(session, step=AlarmStep.PARTNER_AND_SUPERVISOR) == second
    assert tick(session, 60) == 1
    everybody = {*second, town.other_nurse.id, town.worker.id}
    assert told(session, step=AlarmStep.DUTY_LIST) == everybody, "no phone tree: all colleagues of the centre"
    assert tick(session, 600) == 0


def test_the_phone_tree_is_told_where_there_is_one(session: Session, town: Town, household: Household) -> None:
    for position, account in enumerate((town.other_worker, town.other_nurse)):
        ended = NOW if account is town.other_nurse else None
        session.add(
            DutyContact(
                centre_id=town.garam.id, position=position, account_id=account.id, title=account.name, phone="010",
                ended_at=ended,
            )
        )  # fmt: skip
    session.add(DutyContact(centre_id=town.garam.id, position=3, title="가람지구대", phone="112", ended_at=None))
    go_out(session, household, town.who(town.nurse))
    tick(session, 60)
    assert told(session) == {town.nurse.id, town.supervisor.id, town.other_worker.id}
    text = session.scalars(select(Alert.text)).first() or ""
    assert "비상 연락망" in text
    assert household.number in text
    assert "김순자" not in text


def test_after_a_rest_only_the_newest_step_is_raised(session: Session, town: Town, household: Household) -> None:
    outing = go_out(session, household, town.who(town.nurse))
    assert tick(session, 75) == 1
    assert [alarm.step for alarm in outing.alarms] == [AlarmStep.DUTY_LIST]
    assert tick(session, 76) == 0


def test_a_supervisor_who_is_missing_is_looked_for_by_others(
    session: Session, town: Town, household: Household
) -> None:
    go_out(session, household, town.who(town.supervisor))
    tick(session, 30)
    assert told(session, step=AlarmStep.PARTNER_AND_SUPERVISOR) > {town.supervisor.id, town.worker.id, town.nurse.id}


def test_whoever_covers_the_supervisor_is_told_as_well(session: Session, town: Town, household: Household) -> None:
    lead = town.who(town.supervisor)
    arrange_cover(
        session, absent=town.supervisor, covered_by=town.other_worker, from_on=TODAY, until_on=TODAY, reason="교육",
        actor=lead, now=NOW,
    )  # fmt: skip
    go_out(session, household, town.who(town.nurse))
    tick(session, 30)
    assert told(session) == {town.nurse.id, town.supervisor.id, town.other_worker.id}


def test_coming_out_closes_the_alarm_and_tells_those_who_were_told(
    session: Session, town: Town, household: Household
) -> None:
    who = town.who(town.nurse)
    outing = go_out(session, household, who)
    tick(session, 30)
    out_at = END + 40 * MINUTE
    service.end_outing(session, outing, at=out_at, actor=who, now=out_at)
    assert {alarm.answered_by_id for alarm in outing.alarms} == {town.nurse.id}
    assert all("나왔습니다" in alarm.answer for alarm in outing.alarms)
    assert told(session) == set(), "what asked for a call is read for everybody"
    assert told(session, AlertKind.BACK) == {town.supervisor.id}
    assert tick(session, 600) == 0


def test_a_little_longer_answers_the_step_and_moves_the_next(
    session: Session, town: Town, household: Household
) -> None:
    who = town.who(town.nurse)
    outing = go_out(session, household, who)
    tick(session, 15)
    said = END + 20 * MINUTE
    service.extend_outing(session, outing, moved_end(END, 15, now=said), at=said, actor=who, now=said)
    assert outing.planned_end_at == END + 35 * MINUTE
    assert "조금 더" in outing.alarms[0].answer
    assert (tick(session, 60), tick(session, 64)) == (0, 0)
    assert tick(session, 65) == 1
    assert [alarm.step for alarm in outing.alarms] == [AlarmStep.WORKER, AlarmStep.PARTNER_AND_SUPERVISOR]


def test_an_answer_in_words_closes_what_is_open_and_later_steps_still_come(
    session: Session, town: Town, household: Household
) -> None:
    lead = town.who(town.supervisor)
    outing = go_out(session, household, town.who(town.nurse))
    with pytest.raises(RuleBroken, match="ANSWERED"):
        service.answer_alarm(session, outing, Finding.SAFE, actor=lead, now=END)
    tick(session, 30)
    with pytest.raises(RuleBroken, match="WORDS_NEEDED"):
        service.answer_alarm(session, outing, Finding.OTHER, " ", actor=lead, now=END + 31 * MINUTE)
    service.answer_alarm(session, outing, Finding.SAFE, "곧 나옴", actor=lead, now=END + 31 * MINUTE)
    assert [(a.answer, a.answered_by_id) for a in outing.alarms] == [("통화됨, 무사: 곧 나옴", town.supervisor.id)]
    assert told(session, AlertKind.BACK) == {town.nurse.id}
    assert tick(session, 60) == 1
    assert not service.open_alarms(outing)[0].answer


ACTS = st.lists(
    st.tuples(st.sampled_from(["tick", "tick", "tick", "restart", "longer", "out"]), st.integers(0, 50)), max_size=14
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ACTS)
def test_whatever_happens_no_step_comes_twice_early_or_after_the_end(
    session: Session, town: Town, household: Household, acts: list[tuple[str, int]]
) -> None:
    who, now = town.who(town.nurse), NOW
    outing = go_out(session, household, who)
    for act, minutes in acts:
        now += minutes * MINUTE
        before = {alarm.step for alarm in outing.alarms}
        _do(session, act, outing, who, now)
        raised = [alarm for alarm in outing.alarms if alarm.step not in before]
        assert len(raised) <= 1
        for alarm in raised:
            assert outing.ended_at is None
            assert now >= outing.planned_end_at + alarm.step.after
    steps = session.scalars(select(OutingAlarm.step).where(OutingAlarm.outing_id == outing.id)).all()
    assert len(steps) == len(set(steps))
    service.end_outing(session, outing, at=now, actor=who, now=now)


def _do(session: Session, act: str, outing: Outing, who: object, now: datetime) -> None:
    deeds: dict[str, Callable[[], object]] = {
        "tick": lambda: watch_outings(session, now),
        "restart": lambda: (session.flush(), session.expire_all(), watch_outings(session, now)),
        "longer": lambda: service.extend_outing(
            session,
            outing,
            moved_end(outing.planned_end_at, 15, now=now),
            at=now,
            actor=who,
            now=now,  # type: ignore[arg-type]
        ),
        "out": lambda: service.end_outing(session, outing, at=now, actor=who, now=now),  # type: ignore[arg-type]
    }
    with suppress(RuleBroken):  # longer, after they were out
        deeds[act]()
