"""A long list is taken in portion by portion: it comes to the same, may be left, is never half, and is taken once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Centre
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import unit_of_work
from app.core.errors import NotFound
from app.core.tables.reading import read_table
from app.discoveries import queries, service
from app.discoveries.jobs import finish_lists
from app.discoveries.models import DiscoveryItem, ImportedList, ListRow, StagedRows
from app.discoveries.queries.taking import get_taken, list_unfinished
from app.discoveries.rules import RowOutcome
from app.discoveries.service import taking
from app.discoveries.service.entering import Received, Sending
from app.households.models import Household
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.crowd import all_at_once
from tests.databases import Database
from tests.integration.discoveries.files import a_list, counts_of, person, sample
from tests.integration.discoveries.test_at_once import prepared
from tests.integration.discoveries.test_pages import newest, send
from tests.moments import NOW

Enter = Callable[..., Browser]
LATER = NOW + timedelta(days=1)


def started(
    session: Session, who: Identity, content: bytes, *, at_once: int = 40, of_round: Any = None
) -> ImportedList:  # fmt: skip
    """Judged and put by, however short it is."""
    received, sending = Received.of(read_table(content)), Sending("긴 명단", of_round=of_round)
    return taking.start_list(session, received, sending, actor=who, now=NOW, at_once=at_once, whole_up_to=0)


def people(count: int) -> bytes:
    """So many people nobody knows, no two of them alike."""
    names = ("가람", "나루", "다솜", "라온", "마루", "보람", "새봄", "아라", "자람", "한별")
    rows = (
        person(
            f"{'김이박최정강조윤장임'[at // 10 % 10]}{names[at % 10]}", born=str(NOW.date() - timedelta(days=9_000 + 97 * at)),
            phone="", road=f"한빛구 가람로 {at + 1}", unit="",
        )
        for at in range(count)
    )  # fmt: skip
    return a_list(*rows)


def results_of(session: Session, imported: ImportedList) -> list[tuple[Any, ...]]:
    statement = select(ListRow).where(ListRow.imported_list_id == imported.id).order_by(ListRow.row_number)
    rows = session.scalars(statement).all()
    numbers = {row.id: row.row_number for row in rows}
    return [
        (row.row_number, row.cells, row.outcome, row.reason, row.read_as, row.centre_id, row.discovered_on,
         numbers.get(row.follows_id or 0), numbers.get(row.resembles_id or 0), len(row.candidates))
        for row in rows
    ]  # fmt: skip


def number_of(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_in_portions_a_list_comes_to_what_it_comes_to_whole(
    session: Session, officer: Identity, at_once: int
) -> None:  # fmt: skip
    with session.begin_nested() as whole:
        imported = service.import_list(session, sample("csv"), title="긴 명단", actor=officer, now=NOW)
        expected = results_of(session, imported), number_of(session, Household), number_of(session, DiscoveryItem)
        whole.rollback()
    session.expire_all()
    portioned = started(session, officer, sample("csv"), at_once=at_once)
    while service.take_more(session, portioned, actor=officer, now=LATER):
        pass
    assert (
        results_of(session, portioned), number_of(session, Household), number_of(session, DiscoveryItem)
    ) == expected  # fmt: skip
    assert number_of(session, StagedRows) == 0


def test_counts_add_up_at_every_step(session: Session, worker: Identity) -> None:
    imported = started(session, worker, people(25), at_once=10)
    assert (imported.row_count, imported.rows_left, number_of(session, ListRow)) == (25, 25, 0)
    for done in (10, 20, 25):
        assert service.take_more(session, imported, actor=worker, now=LATER) == 25 - done
        assert sum(counts_of(session, worker, imported).values()) == imported.rows_done == done
    assert service.take_more(session, imported, actor=worker, now=LATER) == 0
    assert number_of(session, DiscoveryItem) == 25


def test_the_same_file_again_is_the_list_that_is_on_its_way(session: Session, worker: Identity) -> None:
    imported = started(session, worker, people(12), at_once=5)
    again = started(session, worker, people(12), at_once=5)
    assert (again.id, again.is_repeated, again.rows_left) == (imported.id, True, 12)


def test_people_of_another_centre_are_sent_back_in_every_portion_as_the_sender_may_not_place_them(
    session: Session, worker: Identity, officer: Identity, dasom: Centre
) -> None:
    imported = started(session, worker, sample("csv"))
    while service.take_more(session, imported, actor=officer, now=LATER):
        pass
    assert counts_of(session, worker, imported)["BAD"] == 119


def test_what_nobody_watches_the_timetable_finishes(fresh_database: Database) -> None:
    worker = prepared(fresh_database)
    with Session(fresh_database.engine) as session, unit_of_work(session):
        key = started(session, worker, people(25), at_once=10).id
    with Session(fresh_database.engine) as session:
        assert finish_lists(session, LATER) == 25
        assert finish_lists(session, LATER) == 0
    with Session(fresh_database.engine) as session:
        imported = session.get_one(ImportedList, key)
        assert (imported.rows_left, len(queries.list_rows(session, worker, key, RowOutcome.NEW, limit=50))) == (0, 25)
        created = session.scalars(select(AccessLog).where(AccessLog.action == Action.CREATE)).all()
        assert [row.row_count for row in created if row.subject == f"list:{key}"] == [10, 10, 5]


def test_many_who_go_on_at_once_take_each_row_once(fresh_database: Database) -> None:
    worker = prepared(fresh_database)
    with Session(fresh_database.engine) as session, unit_of_work(session):
        key = started(session, worker, people(40), at_once=5).id

    def go_on(_number: int) -> int:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            return service.take_more(session, session.get_one(ImportedList, key), actor=worker, now=LATER)

    assert sorted(all_at_once(go_on)) == [0, 5, 10, 15, 20, 25, 30, 35]
    with Session(fresh_database.engine) as session:
        assert [number_of(session, table) for table in (ListRow, Household, StagedRows)] == [40, 40, 0]


def test_a_list_on_its_way_is_for_those_who_could_have_sent_it(
    session: Session, worker: Identity, narae_worker: Identity, officer: Identity
) -> None:
    imported = started(session, worker, people(3))
    for who in (worker, officer):
        assert list_unfinished(session, who) == [imported]
        assert get_taken(session, who, imported.id) is imported
    assert list_unfinished(session, narae_worker) == []
    with pytest.raises(NotFound):
        get_taken(session, narae_worker, imported.id)


def test_the_page_goes_on_by_its_button_and_by_its_script(
    sign_in_as: Enter, session: Session, worker: Identity
) -> None:
    imported = started(session, worker, people(25), at_once=10)
    browser = sign_in_as(Role.WORKER)
    assert "«긴 명단» 담는 중" in browser.get("/discoveries").text
    page = browser.get(f"/discoveries/lists/{imported.id}/taking")
    assert "0 / 25줄" in page.text
    answer = browser.submit(page.form("/taking"))
    assert answer.headers["Location"] == f"/discoveries/lists/{imported.id}/taking"
    assert "10 / 25줄" in browser.get(answer.headers["Location"]).text
    assert "아직 담는 중입니다" in browser.get(f"/discoveries/lists/{imported.id}").text
    for left in (5, 0):
        sent = browser.post(
            f"/discoveries/lists/{imported.id}/taking", status=200, headers={"Accept": "application/json"}
        )
        assert sent.json == {"left": left}
    assert "명단을 모두 담았습니다" in browser.get(f"/discoveries/lists/{imported.id}/taking").text


def test_a_file_beyond_a_thousand_rows_leads_to_the_bar(sign_in_as: Enter, session: Session) -> None:
    browser = sign_in_as(Role.WORKER)
    answer = send(browser, people(1_001))
    imported = newest(session)
    assert answer.headers["Location"] == f"/discoveries/lists/{imported.id}/taking"
    assert (imported.rows_left, number_of(session, StagedRows)) == (1_001, 3)
    answer = send(browser, people(30))
    assert answer.headers["Location"] == f"/discoveries/lists/{newest(session).id}"


def test_another_centre_finds_no_bar(sign_in_as: Enter, session: Session, worker: Identity, town: Any) -> None:
    imported = started(session, worker, people(3))
    sign_in_as(town.narae_worker).get(f"/discoveries/lists/{imported.id}/taking", status=404)
