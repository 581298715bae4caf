"""A neighbour's report becomes an item of the right centre; its receipt opens nothing and its answer tells nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import timedelta

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.audit.models import AccessLog
from app.core.errors import RuleBroken
from app.discoveries import service
from app.discoveries.jobs import forget_senders
from app.discoveries.models import DiscoveryItem, NeighbourReport
from app.discoveries.queries.items_queue import QueueFilter, list_queue
from app.discoveries.queries.items_tries import list_tries
from app.discoveries.rules import ItemOutcome, ItemState, Route
from app.discoveries.rules.neighbours import MOST_OF_ALL, MOST_OF_ONE, Sign, sender_key
from app.discoveries.service import Closing, add_triage_table
from app.discoveries.service.linking import hand_over, unlink_item
from app.discoveries.service.neighbours import ReportDetails, receive_report
from app.follow_ups.models import ContactRow
from app.follow_ups.rules import ContactMode
from app.households.models import Household
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.reference import read_shipped
from tests.factories.town import Town
from tests.integration.discoveries.working import try_it
from tests.moments import NOW, TODAY

HERE, SECRET = "127.0.0.1", "a secret of the tests and of nothing else"
Enter = Callable[[Role | Account], Browser]


@pytest.fixture(autouse=True)
def weights(session: Session, crisis_codes: None) -> None:
    add_triage_table(session, read_shipped("triage"))


def told(
    town: Town, *signs: Sign, place: str = "구름시장 뒤 파란 대문", seen: str = "", **more: object
) -> ReportDetails:
    return ReportDetails(town.garam.id, place, seen, signs or (Sign.MAIL,), **more)  # type: ignore[arg-type]


def received(session: Session, details: ReportDetails, *, sender: str = "one") -> DiscoveryItem:
    receive_report(session, details, sender=sender, now=NOW)
    return session.scalars(select(DiscoveryItem).order_by(DiscoveryItem.id.desc())).first()  # type: ignore[return-value]


def test_a_report_waits_in_the_queue_of_its_centre_and_says_why_it_stands_there(
    session: Session, town: Town, worker: Identity, narae_worker: Identity
) -> None:
    calm = received(session, told(town, Sign.MAIL))
    item = received(session, told(town, Sign.MAIL, Sign.DESPAIR, place="다른 곳"))
    assert (item.source, item.state, item.household_id) == (Route.NEIGHBOUR, ItemState.OPEN, None)
    assert item.score_lines[0][1] == "이웃이 봄: 죽고 싶다고 해요"
    assert item.score > calm.score > 0
    lines = list_queue(session, worker, QueueFilter(), today=TODAY)
    assert [line.item.id for line in lines] == [item.id, calm.id]
    assert list_queue(session, narae_worker, QueueFilter(), today=TODAY) == []


def test_workers_and_the_supervisor_of_the_centre_are_told_without_the_words_somebody_wrote(
    session: Session, town: Town
) -> None:
    received(session, told(town, seen="뷁도깨비", reporter_name="이나루"))
    alerts = session.scalars(select(Alert).where(Alert.kind == AlertKind.NEIGHBOUR)).all()
    assert {alert.recipient_id for alert in alerts} == {town.worker.id, town.other_worker.id, town.supervisor.id}
    assert all("뷁" not in alert.text and "이나루" not in alert.text and "파란" not in alert.text for alert in alerts)


def test_of_a_place_nobody_knows_the_district_hears_as_well(session: Session, town: Town) -> None:
    received(session, told(town, is_sure=False))
    heard = set(session.scalars(select(Alert.recipient_id).where(Alert.kind == AlertKind.NEIGHBOUR)))
    assert town.district_officer.id in heard


def test_the_log_keeps_that_a_report_came_and_not_from_where(session: Session, town: Town) -> None:
    item = received(session, told(town))
    row = session.scalars(select(AccessLog).where(AccessLog.subject == f"item:{item.id}")).one()
    assert (row.actor_id, row.address, row.detail) == (None, "", "이웃신고")


def test_the_same_words_of_the_same_sender_are_one_report_with_one_receipt(session: Session, town: Town) -> None:
    first = receive_report(session, told(town), sender="one", now=NOW)
    assert receive_report(session, told(town), sender="one", now=NOW + timedelta(minutes=3)) == first
    assert receive_report(session, told(town), sender="two", now=NOW) != first
    assert session.scalar(select(func.count(NeighbourReport.id))) == 2


def test_one_sender_is_stopped_and_others_are_not(session: Session, town: Town) -> None:
    for number in range(MOST_OF_ONE):
        received(session, told(town, place=f"{number}호"))
    with pytest.raises(RuleBroken, match="TOO_MUCH"):
        received(session, told(town, place="하나 더"))
    received(session, told(town, place="하나 더"), sender="another")
    receive_report(session, told(town, place="나중"), sender="one", now=NOW + timedelta(minutes=61))


def test_everybody_together_is_stopped_too(session: Session, town: Town) -> None:
    for number in range(MOST_OF_ALL):
        received(session, told(town, place=f"{number}호"), sender=f"sender {number}")
    with pytest.raises(RuleBroken):
        received(session, told(town), sender="one more")


def test_a_sender_is_forgotten_after_a_day_and_the_report_stays(session: Session, town: Town) -> None:
    received(session, told(town))
    assert forget_senders(session, NOW + timedelta(hours=23)) == 0
    assert forget_senders(session, NOW + timedelta(hours=24)) == 1
    assert forget_senders(session, NOW + timedelta(hours=25)) == 0
    report = session.scalars(select(NeighbourReport)).one()
    session.refresh(report)
    assert (report.sender_hash, report.place) == ("", "구름시장 뒤 파란 대문")


def test_what_was_tried_counts_at_the_household_until_the_link_is_taken_back_and_again_when_it_is_made_anew(
    session: Session, town: Town, worker: Identity
) -> None:
    item, wrong, right = received(session, told(town)), add_household(session, worker), add_household(session, worker)
    service.claim(session, item, actor=worker, now=NOW)
    try_it(session, item, ContactMode.ABSENT, actor=worker)
    service.link_item(session, item, wrong, actor=worker, now=NOW)
    assert wrong.absences_in_row == 1
    unlink_item(session, item, actor=worker, now=NOW)
    session.refresh(wrong)
    assert (item.household_id, wrong.absences_in_row) == (None, 0)
    service.link_item(session, item, right, actor=worker, now=NOW)
    session.refresh(right)
    assert right.absences_in_row == 1
    unlink_item(session, item, actor=worker, now=NOW)
    service.link_item(session, item, wrong, actor=worker, now=NOW)
    session.refresh(wrong)
    assert wrong.absences_in_row == 1
    assert len(list_tries(session, item)) == 1, "a try is shown once, however often it was linked"
    standing = select(func.count(ContactRow.id)).where(ContactRow.voided_at.is_(None))
    assert session.scalar(standing) == 1


def test_an_item_goes_to_the_centre_it_belongs_to_and_back(
    session: Session, town: Town, worker: Identity, narae_worker: Identity
) -> None:
    item = received(session, told(town))
    service.claim(session, item, actor=worker, now=NOW)
    hand_over(session, item, town.narae, actor=worker, now=NOW)
    assert (item.centre_id, item.state, item.claimed_by_id) == (town.narae.id, ItemState.OPEN, None)
    heard = set(session.scalars(select(Alert.recipient_id).where(Alert.kind == AlertKind.NEIGHBOUR)))
    assert town.narae_worker.id in heard
    with pytest.raises(RuleBroken, match="FAR_CENTRE"):
        hand_over(session, item, town.haneul, actor=narae_worker, now=NOW)
    hand_over(session, item, town.garam, actor=narae_worker, now=NOW)
    assert item.centre_id == town.garam.id


def test_a_joke_is_closed_with_words_and_nothing_a_list_named_is_a_joke(
    session: Session, town: Town, worker: Identity
) -> None:
    item = received(session, told(town))
    service.claim(session, item, actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="NO_NOTE"):
        service.close_item(session, item, Closing(ItemOutcome.UNFOUNDED), actor=worker, now=NOW)
    service.close_item(session, item, Closing(ItemOutcome.UNFOUNDED, "빈집이라고 통장이 확인"), actor=worker, now=NOW)
    assert item.state is ItemState.CLOSED
    known = received(session, told(town, place="아는 집"))
    service.claim(session, known, actor=worker, now=NOW)
    service.link_item(session, known, add_household(session, worker), actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="NO_REPORT"):
        service.close_item(session, known, Closing(ItemOutcome.UNFOUNDED, "장난"), actor=worker, now=NOW)


NASTY = ["뷁쉙", unicodedata.normalize("NFD", "가람동 뒤 골목"), "🏚️ 불 켜짐", "<b>굵게</b>", "=1+1", "900101-1234567"]


@pytest.mark.parametrize("words", NASTY)
def test_whatever_is_typed_is_kept_and_shown_as_text(
    client: Browser, sign_in_as: Enter, session: Session, town: Town, words: str
) -> None:
    form = client.get("/neighbour").form("/neighbour")
    client.submit(form, centre=str(town.garam.id), place=words, seen=words, reporter_name=words)
    report = session.scalars(select(NeighbourReport)).one()
    expected = "900101-*******" if words.startswith("9001") else unicodedata.normalize("NFC", words)
    assert report.seen == expected
    page = sign_in_as(town.worker).get(f"/discoveries/items/{report.item_id}")
    assert expected in page.text


def test_the_answer_is_a_number_that_opens_nothing_and_the_same_whoever_lives_there(
    client: Browser, session: Session, town: Town
) -> None:
    household = add_household(session, town.who(town.worker))
    session.commit()
    answers, statements = [], []
    for place in (household.road_address or "가람동 93-7", "아무도 살지 않는 곳"):
        form = client.get("/neighbour").form("/neighbour")
        assert (
            client.submit(form, centre=str(town.garam.id), place=place, signs="MAIL").headers["Location"]
            == "/neighbour/received"
        )
        statements.append(len(client.statements))
        page = client.get("/neighbour/received")
        receipts = session.scalars(select(NeighbourReport.receipt).order_by(NeighbourReport.id.desc())).first() or ""
        assert receipts in page.text
        answers.append(page.text.replace(receipts, "#"))
        client.open(f"/neighbour/{receipts}", status=404)
    assert answers[0] == answers[1]
    assert statements[0] == statements[1], "no look-up hides behind the answer"
    assert session.get_one(Household, household.id).version == household.version


def test_who_asks_for_the_thanks_without_having_reported_is_led_to_the_page(client: Browser) -> None:
    assert client.open("/neighbour/received", status=302).headers["Location"] == "/neighbour"


def test_what_is_missing_comes_back_with_everything_typed(client: Browser) -> None:
    form = client.get("/neighbour").form("/neighbour")
    client.submit(form, place="구름시장", reporter_phone="010-1234-5678", status=422)
    assert client.page is not None
    again = client.page.form("/neighbour")
    assert (again.fields["place"], again.fields["reporter_phone"]) == ("구름시장", "010-1234-5678")
    assert "동네를 골라" in client.page.text
    assert "하나 이상 고르거나" in client.page.text
    client.submit(again, place="가" * 201, status=422)


def test_a_program_that_fills_every_field_is_thanked_and_nothing_is_kept(
    client: Browser, session: Session, town: Town
) -> None:
    form = client.get("/neighbour").form("/neighbour")
    client.submit(form, centre=str(town.garam.id), place="곳", signs="MAIL", website="http://spam.example")
    assert "접수 번호" in client.get("/neighbour/received").text
    assert session.scalars(select(NeighbourReport)).all() == []


def test_whoever_sends_too_much_hears_so_and_keeps_the_words(client: Browser, session: Session, town: Town) -> None:
    for number in range(MOST_OF_ONE):
        received(session, told(town, place=f"{number}호"), sender=sender_key(HERE, SECRET))
    session.commit()
    form = client.get("/neighbour").form("/neighbour")
    client.submit(form, centre=str(town.garam.id), place="구름시장", signs="MAIL", status=429)
    assert client.page is not None
    assert client.page.form("/neighbour").fields["place"] == "구름시장"
    assert "129" in client.page.text


def test_a_place_nobody_knows_goes_to_the_centre_its_address_names(
    client: Browser, session: Session, town: Town
) -> None:
    for place, centre in (("나래동 우체국 옆", town.narae), ("어딘지 모름", town.garam)):
        form = client.get("/neighbour").form("/neighbour")
        client.submit(form, centre=f"D{town.garam.district_id}", place=place, signs="MAIL")
        item = session.scalars(select(DiscoveryItem).order_by(DiscoveryItem.id.desc())).first()
        assert item is not None
        assert item.centre_id == centre.id


def test_staff_find_the_household_or_make_it_and_take_the_link_back(
    sign_in_as: Enter, session: Session, town: Town, worker: Identity
) -> None:
    known = add_household(session, worker)
    item = received(session, told(town, place="한빛구 구름길 12"))
    session.commit()
    browser, here = sign_in_as(town.worker), f"/discoveries/items/{item.id}"
    browser.submit(browser.get(here).form("/claim"))
    browser.submit(browser.get(f"{here}/search").form("/search"), query=known.members[0].name, status=200)
    assert browser.page is not None
    browser.submit(browser.page.form("/household"))
    session.refresh(item)
    assert item.household_id == known.id
    browser.submit(browser.get(here).form("/unlink"))
    page = browser.get(f"{here}/new-household")
    assert page.form("/new-household").fields["road_address"] == "한빛구 구름길 12"
    browser.submit(page.form("/new-household"), name="마파람", born="1950")
    session.refresh(item)
    made = session.get_one(Household, item.household_id)
    assert (made.title, made.centre_id) == ("마파람", town.garam.id)


def test_the_reporter_stands_on_a_page_of_its_own_for_the_holder_and_the_supervisor(
    sign_in_as: Enter, session: Session, town: Town, worker: Identity
) -> None:
    item = received(session, told(town, reporter_name="이나루", reporter_phone="010-2222-3333"))
    service.claim(session, item, actor=worker, now=NOW)
    session.commit()
    page = f"/discoveries/items/{item.id}/reporter"
    for login, status in (("worker", 200), ("supervisor", 200), ("other_worker", 404), ("nurse", 404),
                          ("narae_supervisor", 404), ("district_officer", 404)):  # fmt: skip
        browser = sign_in_as(town.accounts[login])
        browser.open(page, status=status)
        if status == 200 and browser.page:
            assert "이나루" in browser.page.text


def test_staff_enter_whom_they_heard_of(sign_in_as: Enter, session: Session, town: Town, worker: Identity) -> None:
    household = add_household(session, worker)
    session.commit()
    browser = sign_in_as(town.worker)
    page = browser.get(f"/discoveries/items/new?household_id={household.id}")
    form = page.form("/items/new")
    assert form.fields["number"] == household.number
    browser.submit(form, source="TONGJANG", summary="", status=422)
    browser.submit(form, source="TONGJANG", summary="열흘째 안 보이심", number="없는-9999", status=422)
    browser.submit(form, source="TONGJANG", summary="열흘째 안 보이심")
    browser.submit(browser.get("/discoveries/items/new").form("/items/new"), source="SELF_PHONE", summary="쌀이 떨어짐")
    items = session.scalars(select(DiscoveryItem).order_by(DiscoveryItem.id)).all()
    assert [(item.source, item.household_id) for item in items] == [
        (Route.TONGJANG, household.id), (Route.SELF_PHONE, None)
    ]  # fmt: skip
    assert all(item.centre_id == town.garam.id for item in items)
