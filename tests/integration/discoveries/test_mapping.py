"""Files whose headings nobody knows: put by, named once, remembered, forgotten; nothing has to be chosen twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.core.errors import NotFound, RuleBroken
from app.discoveries import service
from app.discoveries.jobs import forget_files
from app.discoveries.models import ColumnMapping, ImportedList, IncomingFile, ListRow, Round
from app.discoveries.queries.mappings import get_incoming, list_mappings
from app.discoveries.rules import ListColumn, Route
from app.discoveries.service import RoundDetails, Sending
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.integration.discoveries.files import a_list, person
from tests.integration.discoveries.test_pages import page_of, send
from tests.moments import NOW, TODAY

Enter = Callable[..., Browser]
STRANGE = ("순", "누구", "언제 났나", "어디", "연락처")
ROWS = (("1", "김순자", "420315-2123456", "가람동", "010-2646-2265"), ("2", "박막례", "1947-01-02", "가람동", ""))
NAMED = {ListColumn.NAME: (1,), ListColumn.BIRTH: (2,), ListColumn.DONG: (3,), ListColumn.PHONE: (4,)}
FILE = a_list(*ROWS, headings=STRANGE)


def received(session: Session, who: Identity, content: bytes = FILE, **more: object) -> ImportedList | IncomingFile:
    return service.receive(session, content, Sending("통장 제보"), actor=who, now=NOW, **more)  # type: ignore[arg-type]


def put_by(session: Session, who: Identity, **more: object) -> IncomingFile:
    incoming = received(session, who, **more)  # type: ignore[arg-type]
    assert isinstance(incoming, IncomingFile)
    return incoming


def test_a_file_nobody_can_read_is_put_by_without_its_resident_numbers(session: Session, worker: Identity) -> None:
    incoming = put_by(session, worker)
    assert "«성명», «생년월일»" in incoming.problem
    assert "2123456" not in str(incoming.rows)
    assert session.scalars(select(ImportedList)).all() == []


def test_named_once_it_is_taken_in_and_the_next_one_needs_nobody(session: Session, worker: Identity) -> None:
    imported = service.name_columns(session, put_by(session, worker), 1, NAMED, actor=worker, now=NOW)
    rows = session.scalars(select(ListRow).order_by(ListRow.row_number)).all()
    assert [(row.person.name, str(row.person.birth_on), row.person.phone) for row in rows] == [
        ("김순자", "1942-03-15", "01026462265"),
        ("박막례", "1947-01-02", ""),
    ]
    assert (imported.title, session.scalars(select(IncomingFile)).all()) == ("통장 제보", [])
    third = received(session, worker, a_list(("3", "최다온", "1950-05-05", "가람동", ""), headings=STRANGE))
    assert isinstance(third, ImportedList)
    assert third.row_count == 1


def test_the_same_file_again_is_answered_with_its_first_result(session: Session, worker: Identity) -> None:
    imported = service.name_columns(session, put_by(session, worker), 1, NAMED, actor=worker, now=NOW)
    again = received(session, worker)
    assert isinstance(again, ImportedList)
    assert (again.id, again.is_repeated) == (imported.id, True)


def test_columns_are_remembered_for_their_source_alone(session: Session, worker: Identity, officer: Identity) -> None:
    local = service.open_round(session, RoundDetails(Route.TONGJANG, "통장", TODAY), actor=officer, now=NOW)
    sending = Sending("통장 제보", of_round=local)
    incoming = service.receive(session, FILE, sending, actor=worker, now=NOW)
    assert isinstance(incoming, IncomingFile)
    imported = service.name_columns(session, incoming, 1, NAMED, actor=worker, now=NOW)
    assert imported.round_id == local.id
    other = a_list(("3", "최다온", "1950-05-05", "가람동", ""), headings=STRANGE)
    assert isinstance(received(session, worker, other), IncomingFile)
    assert isinstance(service.receive(session, other, sending, actor=worker, now=NOW), ImportedList)


@pytest.mark.parametrize(
    ("row", "columns", "code"),
    [
        (1, {ListColumn.NAME: (1,)}, "COLUMNS_MISSING"),
        (99, NAMED, "NO_SUCH_ROW"),
        (3, NAMED, "LIST_EMPTY"),
    ],
)
def test_a_naming_that_does_not_do_leaves_the_file_where_it_is(
    session: Session, worker: Identity, row: int, columns: dict[ListColumn, tuple[int, ...]], code: str
) -> None:
    incoming = put_by(session, worker)
    with pytest.raises(RuleBroken) as refused:
        service.name_columns(session, incoming, row, columns, actor=worker, now=NOW)
    assert refused.value.code == code
    assert session.scalars(select(IncomingFile)).all() == [incoming]


def test_one_file_for_each_person_and_nobody_elses(
    session: Session, worker: Identity, narae_worker: Identity
) -> None:  # fmt: skip
    put_by(session, worker)
    mine = put_by(session, worker)
    put_by(session, narae_worker)
    assert len(session.scalars(select(IncomingFile)).all()) == 2
    with pytest.raises(NotFound):
        get_incoming(session, narae_worker, mine.id)


def test_a_file_nobody_named_is_gone_after_a_day(session: Session, worker: Identity) -> None:
    put_by(session, worker)
    assert forget_files(session, NOW + timedelta(hours=24)) == 0
    assert forget_files(session, NOW + timedelta(hours=25)) == 1


def test_what_is_forgotten_is_asked_again(session: Session, worker: Identity) -> None:
    service.name_columns(session, put_by(session, worker), 1, NAMED, actor=worker, now=NOW)
    [mapping] = list_mappings(session, worker)
    service.forget_mapping(session, mapping, actor=worker, now=NOW)
    other = a_list(("3", "최다온", "1950-05-05", "가람동", ""), headings=STRANGE)
    assert isinstance(received(session, worker, other), IncomingFile)


def test_a_file_leads_to_its_columns_and_from_there_to_its_result(sign_in_as: Enter, session: Session) -> None:
    browser = sign_in_as(Role.WORKER)
    answer = send(browser, FILE, title="통장 제보")
    place = answer.headers["Location"]
    page = browser.get(place)
    assert "제목 줄에서 «성명», «생년월일» 칸을 찾지 못했습니다." in page.text
    assert "420315-*******" in page.text
    assert "2123456" not in page.text
    form = page.form(place)
    assert form.fields["column_4"] == "PHONE"
    browser.submit(form, column_1="NAME", status=422)
    again = page_of(browser).form(place)
    assert "«생년월일» 칸을 골라 주세요" in page_of(browser).text
    assert again.fields["column_1"] == "NAME"
    assert "이어서 짝짓기" in browser.get("/discoveries").text
    browser.get(place)
    answer = browser.submit(again, column_2="BIRTH", column_3="DONG")
    assert "명단 2줄을 읽었습니다." in browser.get(answer.headers["Location"]).text
    remembered = browser.get("/discoveries/columns")
    assert "«언제 났나»" in remembered.text
    browser.submit(remembered.form("/forget"))
    assert session.scalars(select(ColumnMapping)).all() == []


def test_columns_are_named_by_hand_where_somebody_wants_to(sign_in_as: Enter, session: Session) -> None:
    browser = sign_in_as(Role.WORKER)
    answer = send(browser, a_list(person()), by_hand="y")
    place = answer.headers["Location"]
    page = browser.get(place)
    assert page.form(place).fields["column_1"] == "NAME"
    answer = browser.submit(page.form("/drop"))
    assert "담은 것은 없습니다" in browser.get(answer.headers["Location"]).text
    assert session.scalars(select(IncomingFile)).all() == []


def test_another_row_is_chosen_for_the_heading(sign_in_as: Enter, session: Session) -> None:
    browser = sign_in_as(Role.WORKER)
    content = a_list(("이름표", "가", "나", "다", "라", "마"), STRANGE, *ROWS, headings=("제목", "없음"))
    answer = send(browser, content)
    page = browser.get(f"{answer.headers['Location']}?row=2")
    assert "<b>2행</b>" in page.html


def test_the_file_of_another_is_not_there(sign_in_as: Enter, session: Session, worker: Identity, town: Town) -> None:
    incoming = put_by(session, worker)
    sign_in_as(town.other_worker).get(f"/discoveries/incoming/{incoming.id}", status=404)


def test_a_list_goes_into_the_round_that_was_chosen(
    sign_in_as: Enter, session: Session, officer: Identity
) -> None:  # fmt: skip
    made = service.open_round(session, RoundDetails(Route.SYS_CENTRAL, "6차", TODAY), actor=officer, now=NOW)
    browser = sign_in_as(Role.WORKER)
    form = browser.get("/discoveries").form("/discoveries")
    assert form.fields["round_id"] == str(made.id)
    send(browser, a_list(person()))
    send(browser, a_list(person("박새봄", phone="", road="한빛구 강변로 2")), round_id="")
    first, second = session.scalars(select(ImportedList).order_by(ImportedList.id)).all()
    assert (first.round_id, second.round_id) == (made.id, None)
    assert session.scalars(select(Round)).all() == [made]
    assert "6차" in browser.get(f"/discoveries/lists/{first.id}").text
