"""The queue's pages: claim, try, finish, approve; what was typed comes back; another centre gets 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.discoveries.models import DiscoveryItem, Round
from app.discoveries.rules import ItemState, Route
from app.discoveries.service import add_triage_table
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.reference import read_shipped
from tests.factories.town import Town
from tests.integration.discoveries.files import person, take
from tests.moments import NOW, day

Enter = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("frozen_clock")


@pytest.fixture
def item(session: Session, worker: Identity, crisis_codes: None) -> DiscoveryItem:
    add_triage_table(session, read_shipped("triage"))
    of_round = Round(
        district_id=worker.district_id,
        source=Route.SYS_CENTRAL,
        title="6차",
        opens_on=day(-7),
        closes_on=day(46),
        at=NOW,
    )
    session.add(of_round)
    take(session, worker, person(crises="단전, 건강보험료 체납"))
    found = session.scalars(select(DiscoveryItem)).one()
    found.round_id = of_round.id
    session.commit()
    return found


def test_from_the_queue_to_an_approved_outcome(
    sign_in_as: Enter, town: Town, session: Session, item: DiscoveryItem
) -> None:
    worker, here = sign_in_as(town.worker), f"/discoveries/items/{item.id}"
    queue = worker.get("/discoveries/queue")
    assert "김순자" in queue.text
    assert "단전" in queue.text
    assert "아직 연락한 적 없음" in queue.text
    worker.submit(queue.form("/claim"))
    for mode in ("ABSENT", "NO_ANSWER", "NO_ANSWER"):
        worker.submit(worker.get(here).form("/tries"), mode=mode, try_note="세 번 두드림")
    page = worker.get(here)
    assert "방문-부재 1번, 전화-무응답 2번" in page.text
    refused = worker.submit(page.form("/outcome"), outcome="REFUSED", note="도움 싫다 하심", status=422)
    assert "다시 확인할 날이 있어야 합니다" in refused.text
    assert "지금까지의 시도만으로는" in refused.text
    assert "도움 싫다 하심" in refused.text
    worker.submit(worker.get(here).form("/outcome"), outcome="UNREACHED", recheck_on=day(30).isoformat())
    supervisor = sign_in_as(town.supervisor)
    asked = supervisor.get("/discoveries/approvals")
    assert "방문-부재 1번, 전화-무응답 2번" in asked.text
    back = supervisor.submit(asked.form("/send-back"), because="", status=422)
    assert "무엇을 더 해야 하는지" in back.text
    supervisor.submit(supervisor.get("/discoveries/approvals").form("/approve"))
    session.refresh(item)
    assert (item.state, item.approved_by_id) == (ItemState.CLOSED, town.supervisor.id)


def test_what_was_typed_into_a_refused_try_comes_back(sign_in_as: Enter, town: Town, item: DiscoveryItem) -> None:
    worker = sign_in_as(town.worker)
    worker.submit(worker.get("/discoveries/queue").form("/claim"))
    form = worker.get(f"/discoveries/items/{item.id}").form("/tries")
    page = worker.submit(form, mode="CALL", on=day(1).isoformat(), try_note="둘째 딸과 통화", status=422)
    assert "아직 오지 않은 때입니다" in page.text
    assert "둘째 딸과 통화" in page.text


def test_who_comes_second_is_told_who_was_first(sign_in_as: Enter, town: Town, item: DiscoveryItem) -> None:
    first, second = sign_in_as(town.worker), sign_in_as(town.other_worker)
    form = second.get("/discoveries/queue").form("/claim")
    first.submit(first.get("/discoveries/queue").form("/claim"))
    second.submit(form)
    assert "민하준 님이 먼저 맡았습니다." in second.get(f"/discoveries/items/{item.id}").text


def test_the_district_sees_and_does_not_work(sign_in_as: Enter, item: DiscoveryItem) -> None:
    officer = sign_in_as(Role.DISTRICT)
    assert "김순자" in officer.get("/discoveries/queue").text
    assert "/claim" not in officer.get(f"/discoveries/items/{item.id}").text


def test_another_centre_finds_nothing(sign_in_as: Enter, town: Town, item: DiscoveryItem) -> None:
    browser = sign_in_as(town.narae_worker)
    assert "김순자" not in browser.get("/discoveries/queue").text
    browser.get(f"/discoveries/items/{item.id}", status=404)


def test_every_number_of_the_round_opens_its_rows(sign_in_as: Enter, town: Town, item: DiscoveryItem) -> None:
    browser = sign_in_as(town.supervisor)
    page = browser.get(f"/discoveries/rounds/{item.round_id}/figures")
    assert "세는 방법" in page.text
    assert "처리율은 처리를 배정으로 나눈 값" in page.text
    rows = browser.get(f"/discoveries/rounds/{item.round_id}/figures/rows?figure=UNDONE&centre_id={item.centre_id}")
    assert "김순자" in rows.text
    none = browser.get(f"/discoveries/rounds/{item.round_id}/figures/rows?figure=DONE&worker_id=0")
    assert "김순자" not in none.text
    assert browser.get("/discoveries/rounds").text.count("6차") == 1
