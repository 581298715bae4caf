"""Out to a door and back: an alarm that goes off and is closed, a tablet without a line, and a door for two."""

from __future__ import annotations

import subprocess
from datetime import timedelta

from app.core import clock
from app.households.models import Household, SafetyFlag
from app.households.rules import FlagRule
from app.safety.models import Outing, OutingAlarm
from app.safety.rules import AlarmStep
from app.visits.models import PlannedVisit
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.outings import Door, OutBoard
from tests.journeys.seeded import OUTREACH, environment
from tests.journeys.serving import Server
from tests.journeys.tablet import LANDSCAPE, until

NURSE, LEAD = "garam.nurse1", "garam.lead"
NO_LINE = "ERR_INTERNET_DISCONNECTED"


def newest(ledger: Ledger) -> Outing:
    """The last outing of the nurse, as the database has it."""
    with ledger.reading() as session:
        account_id = ledger.identity(session, NURSE).account_id
        wanted = select(Outing).where(Outing.account_id == account_id).order_by(Outing.received_at.desc())
        outing = session.scalars(wanted).first()
        assert outing is not None
        session.expunge(outing)
        return outing


def later(server: Server, outing: Outing) -> None:
    """The hours go by at the door, until half an hour after the planned end and five minutes more."""
    with server.altering() as session:
        row = session.get_one(Outing, outing.id)
        gone = row.planned_end_at - clock.now() + AlarmStep.PARTNER_AND_SUPERVISOR.after + timedelta(minutes=5)
        row.started_at, row.planned_end_at = row.started_at - gone, row.planned_end_at - gone


def tick(server: Server) -> None:
    """A minute of the timetable, in a process that has just been started."""
    command = [OUTREACH, "jobs", "run", "watch-outings"]
    done = subprocess.run(command, env=environment(server.instance), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_whoever_does_not_come_back_is_asked_for_and_found(
    open_tablet: OpenTablet, ledger: Ledger, server: Server
) -> None:
    nurse, lead = open_tablet(NURSE), open_tablet(LEAD, size=LANDSCAPE)
    name, stop = server.staff[NURSE].name, ledger.overdue(NURSE)
    door = Door(nurse).stand_at(stop.id)
    door.arrive()
    door.is_known()
    assert nurse.hand.taps == 1
    later(server, newest(ledger))
    tick(server)
    tick(server)
    board = OutBoard(lead)
    lead.open("/alerts")
    lead.page.get_by_role("link", name=name).first.click()
    expect(board.card(name)).to_contain_text("늦음")
    expect(board.card(name)).to_contain_text("답 없음")
    board.answer(name, "통화됨, 무사")
    expect(board.card(name)).to_contain_text("통화됨, 무사")
    nurse.open("/today")
    expect(door.warning).to_contain_text("30분이 지났습니다")
    door.come_out(door.warning)
    expect(door.strip).to_be_hidden()
    expect(door.warning).to_have_count(0)
    expect(board.open().card(name)).to_have_count(0)
    expect(lead.page.get_by_text("오늘 알림이 있었던 외근")).to_be_visible()
    assert newest(ledger).ended_at is not None
    with ledger.reading() as session:
        steps = session.scalars(select(OutingAlarm.step).where(OutingAlarm.outing_id == newest(ledger).id)).all()
    assert steps == [AlarmStep.PARTNER_AND_SUPERVISOR], "what was slept through is not made up for"
    assert not nurse.hand.small
    assert not lead.hand.small


def test_a_tablet_without_a_line_warns_by_itself_and_tells_afterwards(open_tablet: OpenTablet, ledger: Ledger) -> None:
    nurse, stop = open_tablet(NURSE), ledger.overdue(NURSE)
    nurse.forgive(NO_LINE)
    nurse.page.clock.install()
    door = Door(nurse).stand_at(stop.id)
    nurse.context.set_offline(True)
    door.page.get_by_text("함께 가는 사람").first.tap()
    door.page.get_by_label("함께 가는 다른 사람").first.fill("3통 통장 오달수")
    nurse.hand.tap(door.page.locator("[data-check-in] label.chip").get_by_text("60분", exact=True))
    door.arrive()
    expect(door.strip).to_contain_text("전송 대기")
    nurse.page.clock.fast_forward("01:00:30")
    expect(door.warning).to_contain_text("나오실 시각입니다")
    assert nurse.page.title().startswith("⚠")
    nurse.page.clock.fast_forward("15:00")
    expect(door.warning).to_contain_text("15분이 지났습니다")
    kept = nurse.page.evaluate("JSON.stringify(localStorage)")
    assert "오달수" not in kept, "no name is kept on the device"
    door.come_out(door.warning)
    expect(door.warning).to_have_count(0)
    nurse.context.set_offline(False)
    nurse.page.clock.run_for(20_000)
    expect(door.page.locator("[data-running]")).to_contain_text("다녀왔습니다")
    until(door.page, "!JSON.stringify(localStorage).includes('out-outing_id')")
    outing = newest(ledger)
    assert outing.household_id == stop.id
    assert outing.companion_name == "3통 통장 오달수"
    assert outing.ended_at is not None


def test_a_door_for_two_is_refused_asked_for_and_allowed(open_tablet: OpenTablet, ledger: Ledger) -> None:
    nurse, lead = open_tablet(NURSE), open_tablet(LEAD)
    with ledger.reading() as session:
        me = ledger.identity(session, NURSE).account_id
        flagged = select(SafetyFlag.household_id).where(SafetyFlag.rule == FlagRule.PAIR, SafetyFlag.ended_on.is_(None))
        together = select(PlannedVisit.household_id).where(PlannedVisit.planned_on == clock.today())
        wanted = select(Household).where(
            Household.id.in_(flagged),
            Household.id.not_in(together),
            Household.nurse_id == me,
            Household.closed_on.is_(None),
        )
        household = session.scalars(wanted.order_by(Household.id)).first()
        assert household is not None
        household_id, title = household.id, household.title
    door = Door(nurse).stand_at(household_id)
    door.arrive()
    expect(door.refusal).to_contain_text("2인 필수 가구입니다")
    nurse.hand.tap(door.refusal.get_by_role("button", name="팀장에게 요청"))
    expect(nurse.page.get_by_text("팀장에게 요청했습니다")).to_be_visible()
    lead.open("/alerts")
    lead.page.get_by_role("link", name="혼자 방문 허락을 요청했습니다").click()
    expect(lead.page.get_by_role("heading", level=1)).to_contain_text("혼자 방문 허락")
    expect(lead.page.get_by_text(title).first).to_be_visible()
    lead.hand.write(lead.page.get_by_label("까닭"), "개를 이웃에 맡김")
    lead.hand.tap(lead.page.get_by_role("button", name="허락"))
    expect(lead.page.get_by_text("개를 이웃에 맡김", exact=True)).to_be_visible()
    door.stand_at(household_id).arrive()
    door.is_known()
    outing = newest(ledger)
    assert (outing.household_id, outing.alone_because) == (household_id, "개를 이웃에 맡김")
    assert not nurse.hand.small
