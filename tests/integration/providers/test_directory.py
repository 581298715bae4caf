"""The directory of a 시군구: kept, found, ended and brought back, read from a file; another one's does not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.providers import queries, service
from app.providers.models import Provider
from app.providers.queries import ProviderFilter
from app.providers.rules import ProviderDetails, ProviderKind
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.planning import provider
from tests.factories.town import Town

SignIn = Callable[[Role | Account], Browser]
LIST = "기관명,구분,서비스\n가람복지관,민간,밑반찬\n새빛교회,이웃,쌀\n,공공,\n"


EVERYTHING = ProviderFilter()


def names(session: Session, town: Town, wanted: ProviderFilter = EVERYTHING) -> list[str]:
    return [row.name for row in queries.list_providers(session, town.who(town.worker).district_id, wanted)]


def test_entries_are_found_by_word_kind_and_need(session: Session, town: Town) -> None:
    worker = town.who(town.worker)
    provider(session, worker)
    provider(session, worker, "한빛구청", kind=ProviderKind.PUBLIC, services=("긴급복지",), needs=("ECON_BASIC",))
    assert names(session, town) == ["가람복지관", "한빛구청"]
    assert names(session, town, ProviderFilter(words="ㄱㄱㅂㅈ")) == ["한빛구청"]
    assert names(session, town, ProviderFilter(words="이동")) == ["가람복지관"]
    assert names(session, town, ProviderFilter(kind=ProviderKind.PUBLIC)) == ["한빛구청"]
    assert names(session, town, ProviderFilter(need="DAILY_LIVING")) == ["가람복지관"]


def test_a_name_stands_once_and_nobody_writes_over_another(session: Session, town: Town, now: datetime) -> None:
    worker = town.who(town.worker)
    row = provider(session, worker)
    with pytest.raises(RuleBroken, match="KNOWN"):
        provider(session, worker, "가람 복지관")
    other = ProviderDetails(ProviderKind.PRIVATE, "가람복지관", ("목욕",))
    service.change_provider(session, row, other, version=row.version, actor=worker, now=now)
    with pytest.raises(StaleRecord):
        service.change_provider(session, row, other, version=1, actor=worker, now=now)
    assert row.services == ["목욕"]


def test_an_ended_entry_comes_back_unless_its_name_was_taken(session: Session, town: Town, now: datetime) -> None:
    worker = town.who(town.worker)
    row = provider(session, worker)
    service.end_provider(session, row, actor=worker, now=now)
    assert names(session, town) == []
    assert names(session, town, ProviderFilter(ended=True)) == ["가람복지관"]
    service.restore_provider(session, row, actor=worker, now=now)
    assert names(session, town) == ["가람복지관"]
    service.end_provider(session, row, actor=worker, now=now)
    provider(session, worker)
    with pytest.raises(RuleBroken, match="KNOWN"):
        service.restore_provider(session, row, actor=worker, now=now)


def test_another_districts_entry_does_not_exist(session: Session, town: Town) -> None:
    row = provider(session, town.who(town.worker))
    with pytest.raises(NotFound):
        queries.get_provider(session, town.who(town.far_supervisor), row.id)


def test_the_pages_add_change_and_end(sign_in_as: SignIn, session: Session, town: Town) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get("/providers/new").form("/providers/new")
    browser.submit(form, name="", status=422)
    browser.submit(form, name="가람복지관", services="밑반찬, 목욕", needs=["DAILY_LIVING"])
    row = session.scalars(select(Provider)).one()
    assert row.services == ["밑반찬", "목욕"]
    form = browser.get(f"/providers/{row.id}").form(f"/providers/{row.id}")
    browser.submit(form, phone="02-0110-1")
    browser.submit(form, phone="02-0110-2", status=422)
    assert browser.page is not None
    assert "02-0110-2" in browser.page.html
    browser.submit(browser.get("/providers?q=ㄱㄹ").form("/end"))
    browser.get("/providers?ended=1")
    browser.post(f"/providers/{row.id}/restore")
    assert "가람복지관" in browser.get("/providers").text
    sign_in_as(town.nurse).open("/providers/new", status=403)


def test_a_file_is_taken_row_by_row_and_twice_changes_nothing(sign_in_as: SignIn, session: Session, town: Town) -> None:
    browser = sign_in_as(town.worker)
    for added, known in ((2, 0), (0, 2)):
        form = browser.get("/providers/import").form("/import")
        browser.submit(form, file=(BytesIO(LIST.encode("cp949")), "list.csv"), status=200)
        assert browser.page is not None
        assert f"새로 {added}곳을" in browser.page.text
        assert f"이미 있던 곳 {known}곳, 넣지 못한 줄 1줄" in browser.page.text
    assert names(session, town) == ["가람복지관", "새빛교회"]
