"""What is typed at a door is never lost: time-outs, a dead server, two windows."""

from __future__ import annotations

from datetime import timedelta

from app.accounts.models import UserSession
from app.core import clock
from app.visits.models import VisitDraft
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.doors import SignIn
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import ConflictDialog, VisitPage
from tests.journeys.serving import Server
from tests.journeys.tablet import Tablet

WORKER = "garam.worker1"
NOTE = "문 앞에 우유가 사흘 치 쌓여 있음 🥛"
LATER = "\n옆집에서 어제 봤다고 함"


def test_a_draft_survives_a_time_out(open_tablet: OpenTablet, ledger: Ledger, server: Server) -> None:
    tablet, stop = a_note_is_written(open_tablet, ledger)
    the_session_runs_out(server)
    form = VisitPage(tablet)
    form.step("다음 약속")
    tablet.hand.tap(form.submit)
    expect(tablet.page.get_by_text("로그인 시간이 끝났습니다")).to_be_visible()
    SignIn(tablet).fill(server.staff[WORKER])
    expect(tablet.page.get_by_text("작성하던 기록을 이어 씁니다")).to_be_visible()
    expect(form.welfare_note).to_have_value(NOTE)
    tablet.page.wait_for_url(f"**/households/{stop.id}/visits/new")
    form.step("다음 약속")
    tablet.hand.tap(form.submit)
    expect(tablet.page.get_by_text("방문을 기록했습니다")).to_be_visible()
    expect(Today(tablet).open().drafts).to_have_count(0)


def test_what_is_typed_after_the_time_out_is_saved_by_signing_in_beside_it(
    open_tablet: OpenTablet, ledger: Ledger, server: Server
) -> None:
    tablet, stop = a_note_is_written(open_tablet, ledger)
    tablet.forgive("401")
    the_session_runs_out(server)
    form = VisitPage(tablet)
    form.welfare_note.press("Control+End")
    form.welfare_note.press_sequentially(LATER)
    over = tablet.page.get_by_role("dialog", name="로그인 시간이 끝났습니다")
    expect(over).to_be_visible()
    expect(over.get_by_text("화면을 닫지 말고")).to_be_visible()
    with tablet.context.expect_page() as opened:
        over.get_by_role("link", name="다시 로그인").click()
    beside = tablet.beside(opened.value)
    SignIn(beside).fill(server.staff[WORKER])
    expect(over).to_be_hidden()
    form.saved()
    expect(form.welfare_note).to_have_value(NOTE + LATER)
    assert kept_note(server, stop) == NOTE + LATER


def test_text_stays_on_the_page_while_the_server_is_away_and_is_saved_when_it_returns(
    open_tablet: OpenTablet, ledger: Ledger, server: Server
) -> None:
    tablet, stop = a_note_is_written(open_tablet, ledger)
    tablet.forgive("ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET")
    server.stop()
    form = VisitPage(tablet)
    form.welfare_note.press("Control+End")
    form.welfare_note.press_sequentially(LATER)
    expect(form.status).to_contain_text("저장하지 못했습니다")
    form.step("다음 약속")
    tablet.hand.tap(form.submit)
    expect(tablet.page.get_by_text("아직 제출하지 못했습니다")).to_be_visible()
    form.step("살핌·기록")
    expect(form.welfare_note).to_have_value(NOTE + LATER)
    server.start()
    expect(form.status).to_contain_text("저장됨", timeout=30_000)
    assert kept_note(server, stop) == NOTE + LATER


def test_two_windows_of_one_draft_are_shown_both_and_a_person_chooses(
    open_tablet: OpenTablet, ledger: Ledger, server: Server
) -> None:
    tablet, stop = a_note_is_written(open_tablet, ledger)
    other = open_tablet(WORKER)
    tablet.forgive("409")
    second = VisitPage(other).open(stop.id)
    second.step("살핌·기록")
    expect(second.welfare_note).to_have_value(NOTE)
    second.welfare_note.fill("두 번째 창의 글")
    second.saved()
    first = VisitPage(tablet)
    first.welfare_note.fill("첫 번째 창의 글")
    dialog = ConflictDialog(tablet)
    expect(dialog.text).to_contain_text("두 번째 창의 글")
    expect(dialog.text).to_contain_text("첫 번째 창의 글")
    dialog.keep("둘 다 남기기")
    first.saved()
    expect(first.welfare_note).to_have_value("두 번째 창의 글\n\n첫 번째 창의 글")
    assert kept_note(server, stop) == "두 번째 창의 글\n\n첫 번째 창의 글"


def a_note_is_written(open_tablet: OpenTablet, ledger: Ledger) -> tuple[Tablet, Stop]:
    """A visit form whose note the page says is saved."""
    tablet, stop = open_tablet(WORKER), ledger.quiet(WORKER)
    form = VisitPage(tablet).open(stop.id)
    form.step("살핌·기록")
    form.welfare_note.press_sequentially(NOTE)
    form.saved()
    return tablet, stop


def the_session_runs_out(server: Server) -> None:
    """Nobody touched the newest tablet for an hour."""
    with server.altering() as session:
        newest = session.scalars(select(UserSession).order_by(UserSession.id.desc())).first()
        assert newest is not None
        newest.seen_at = clock.now() - timedelta(hours=1)


def kept_note(server: Server, stop: Stop) -> str:
    """The note of the newest draft about a household."""
    with server.records() as session:
        newest = select(VisitDraft).where(VisitDraft.household_id == stop.id).order_by(VisitDraft.saved_at.desc())
        draft = session.scalars(newest).first()
        assert draft is not None
        return str(draft.body["welfare_note"]).replace("\r\n", "\n")
