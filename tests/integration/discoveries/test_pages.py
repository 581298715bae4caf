"""The pages of 발굴: sending a list, its result, deciding side by side, and who may see what."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.tables.reading import read_table
from app.discoveries import queries, service
from app.discoveries.models import ImportedList, ListRow
from app.discoveries.rules import RowOutcome
from app.households.models import Household
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.households import HEAD, add_household
from tests.factories.town import Town
from tests.integration.discoveries.files import a_list, person, row_of, sample, take
from tests.moments import NOW
from tests.pages import Page

Enter = Callable[..., Browser]
PERHAPS = {"phone": "010-9999-8888", "road": "한빛구 햇살로 77", "unit": "3호"}
ONLY_LOGGED = {"access_log", "access_chain", "user_session"}


@pytest.fixture
def browser(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.WORKER)


def send(browser: Browser, content: bytes | None, *, status: int = 302, **fields: Any) -> Answer:
    """Upload a file as the form would."""
    form = browser.get("/discoveries").form("/discoveries")
    upload = {} if content is None else {"file": (io.BytesIO(content), "명단.csv")}
    return browser.submit(form, status=status, **fields, **upload)


def page_of(browser: Browser) -> Page:
    assert browser.page is not None
    return browser.page


def newest(session: Session) -> ImportedList:
    return session.scalars(select(ImportedList).order_by(ImportedList.id.desc())).first()  # type: ignore[return-value]


def logged(session: Session, action: Action) -> list[AccessLog]:
    return list(session.scalars(select(AccessLog).where(AccessLog.action == action).order_by(AccessLog.id)))


def test_a_list_is_sent_and_its_result_opens(browser: Browser, session: Session, dasom: object) -> None:
    answer = send(browser, sample("csv"), title="2026년 6차 명단")
    imported = newest(session)
    assert answer.headers["Location"] == f"/discoveries/lists/{imported.id}"
    page = browser.get(answer.headers["Location"])
    assert page.heading == "2026년 6차 명단"
    assert "명단 182줄을 읽었습니다." in page.text
    assert "182명 가운데 63명을 담았습니다. 119줄은 고쳐야 합니다." in page.text
    assert "다른 센터의 행정동(나래동)" in page.text
    for outcome in RowOutcome:
        count = queries.count_rows(session, whole(), [imported.id])[imported.id][outcome]
        assert browser.get(f"/discoveries/lists/{imported.id}/rows?outcome={outcome}").text.count(
            f"{outcome.label} {count:,}줄"
        )
    assert browser.get("/discoveries").text.count("고칠 행 119") == 1


def whole() -> Identity:
    from tests.factories.town import SYSTEM

    return SYSTEM


def test_the_same_file_again_says_so(browser: Browser, session: Session) -> None:
    send(browser, a_list(person()))
    answer = send(browser, a_list(person()))
    assert "전에 담은 명단입니다. 바뀐 것이 없으며" in browser.get(answer.headers["Location"]).text
    assert len(session.scalars(select(ImportedList)).all()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "올릴 파일을 골라 주세요."),
        (b"", "빈 파일입니다."),
        (b"%PDF-1.4 abc", "표 파일이 아닙니다"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "예전 형식(.xls)의 파일입니다"),
        ("이름,,\n가,,\n".encode(), "제목 줄에서 «성명», «생년월일» 칸을 찾지 못했습니다"),
        (a_list(), "제목 줄 아래에 사람이 없습니다"),
    ],
)
def test_a_file_that_cannot_be_read_comes_back_on_the_form_in_words(
    browser: Browser, session: Session, content: bytes | None, words: str
) -> None:
    send(browser, content, status=422, title="<b>제목</b>")
    page = page_of(browser)
    assert words in page.text
    assert page.form("/discoveries").fields["title"] == "<b>제목</b>"
    assert session.scalars(select(ImportedList)).all() == []


def test_a_title_of_three_thousand_letters_is_refused(browser: Browser) -> None:
    send(browser, a_list(person()), status=422, title="가" * 3000)


def test_a_file_over_the_limit_gets_a_page_that_says_how_much_is_read(browser: Browser) -> None:
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = start + bytes(13 * 1024 * 1024) + b"\r\n--x--\r\n"
    browser.open("/discoveries", method="post", data=body, content_type="multipart/form-data; boundary=x", status=413)
    assert "12MB" in page_of(browser).text


def test_what_stands_in_the_rows_is_shown_as_typed(browser: Browser, session: Session) -> None:
    send(
        browser,
        a_list(person("<b>이름</b>", note="<img src=x> 🙂"), person("<i>x</i>", born="없음")),
        title="<u>명단</u>",
    )
    imported = newest(session)
    new = browser.get(f"/discoveries/lists/{imported.id}/rows?outcome=NEW")
    assert "<b>이름</b>" in new.text
    assert "<img src=x> 🙂" in new.text
    assert "<i>x</i>" in browser.get(f"/discoveries/lists/{imported.id}").text


def test_the_rows_to_fix_are_a_file_and_its_leaving_is_recorded(browser: Browser, session: Session) -> None:
    send(browser, a_list(person(), person("", phone="")))
    imported = newest(session)
    answer = browser.open(f"/discoveries/lists/{imported.id}/rows-to-fix.xlsx", status=200)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    rows = read_table(answer.data).rows
    assert [row.cells[-1] for row in rows] == ["사유", "성명 없음"]
    [export] = logged(session, Action.EXPORT)
    assert (export.subject, export.row_count, export.purpose) == (f"list:{imported.id}", 1, "명단의 고칠 행 바로잡기")


def test_an_empty_list_to_fill_in_is_understood_when_it_comes_back(
    browser: Browser, session: Session, worker: Identity
) -> None:
    answer = browser.open("/discoveries/empty-list.xlsx", status=200)
    [heading] = read_table(answer.data).rows
    imported = take(session, worker, person())
    assert tuple(heading.cells) == (*imported.headings[:7], "지번주소", *imported.headings[7:])


@pytest.mark.parametrize(
    "path", ["", "/rows?outcome=NEW", "/rows?outcome=BAD&after=1", "/rows?outcome=%3Cb%3E&after=x"]
)
def test_looking_at_people_is_recorded_and_changes_nothing_else(
    browser: Browser, session: Session, worker: Identity, path: str
) -> None:
    imported = take(session, worker, person(), person("", phone=""))
    browser.get(f"/discoveries/lists/{imported.id}{path}")
    assert browser.written <= ONLY_LOGGED
    look = logged(session, Action.LIST)[-1]
    assert (look.subject, look.row_count) == (f"list:{imported.id}", 1)
    household = row_of(session, imported, 2).household_id
    assert look.detail == (str(household) if "BAD" not in path and path else "")


@pytest.fixture
def held(session: Session, worker: Identity) -> ListRow:
    """김순자 is on record; a row may mean her."""
    add_household(session, worker, HEAD)
    return row_of(session, take(session, worker, person(**PERHAPS)), 2)


def press(browser: Browser, row: ListRow, button: str, **fields: Any) -> Page:
    """One of the buttons of the page where rows are decided, and the page after it."""
    form = browser.get("/discoveries/held").form(f"/discoveries/rows/{row.id}/{button}")
    answer = browser.submit(form, **fields)
    return browser.get(answer.headers["Location"])


def test_both_sides_stand_side_by_side(browser: Browser, held: ListRow) -> None:
    page = browser.get("/discoveries/held")
    for words in (
        "김순자",
        "010-9999-8888",
        "010-2646-2265, 02-3120-5050",
        "한빛구 햇살로 77, 3호",
        "102동 842호",
        "일치",
        "다름",
    ):
        assert words in page.text
    assert browser.written <= ONLY_LOGGED
    assert "확인할 사람 1명" in browser.get("/discoveries").text


def test_what_was_said_of_the_person_before_is_shown(
    browser: Browser, session: Session, worker: Identity, held: ListRow
) -> None:
    made = service.as_new(session, held, actor=worker, now=NOW)
    later = take(session, worker, person(phone="010-0200-0009", road="한빛구 언덕길 4"), title="다음 명단")
    assert row_of(session, later, 2).outcome is RowOutcome.HELD
    text = browser.get("/discoveries/held").text
    assert "김순자 가람-0001 가구 사람이 아니라고 정함" in text
    assert f"민하준: {made.title} {made.number} 가구 사람으로 정함" in text


def test_what_another_centre_said_is_not_shown(
    browser: Browser, session: Session, narae_worker: Identity, worker: Identity, held: ListRow
) -> None:
    add_household(session, narae_worker, HEAD)
    theirs = row_of(session, take(session, narae_worker, person(dong="나래동", **PERHAPS), title="나래"), 2)
    service.as_new(session, theirs, actor=narae_worker, now=NOW)
    text = browser.get("/discoveries/held").text
    assert "김순자" in text
    assert "정함" not in text


def test_the_buttons_decide_and_take_back(browser: Browser, session: Session, held: ListRow) -> None:
    assert "같은 사람으로 연결했습니다." in press(browser, held, "link").text
    assert held.outcome is RowOutcome.JOINED
    assert "되돌렸습니다." in press(browser, held, "unlink").text
    assert "보류했습니다." in press(browser, held, "hold").text
    assert "새 가구로 등록했습니다." in press(browser, held, "as-new").text
    assert held.outcome is RowOutcome.NEW
    page = browser.get("/discoveries/held")
    assert "정할 사람이 없습니다" in page.text
    assert "내가 방금 정한 것" in page.text
    assert [row.detail for row in logged(session, Action.DECIDE)] == ["연결", "되돌림", "보류", "새 가구"]


def test_a_relative_becomes_a_member_with_one_press(browser: Browser, session: Session, worker: Identity) -> None:
    household = add_household(session, worker, HEAD)
    row = row_of(session, take(session, worker, person("박영수", born="1939-08-02", phone="")), 2)
    assert "가구원으로 더하고 연결했습니다." in press(browser, row, "link-as-member").text
    assert [member.name for member in household.members] == ["김순자", "박영수"]


def test_a_household_that_was_not_compared_is_refused_in_words(
    browser: Browser, session: Session, worker: Identity, held: ListRow
) -> None:
    other = add_household(session, worker, phone="")
    for household_id in (str(other.id), "0", "-1", "x", "9" * 30, ""):
        page = press(browser, held, "link", household_id=household_id)
        assert "이 줄과 견준 가구가 아닙니다." in page.text
        assert held.outcome is RowOutcome.HELD


def test_a_decision_that_somebody_else_made_first_is_told(browser: Browser, session: Session, held: ListRow) -> None:
    form = browser.get("/discoveries/held").form(f"/discoveries/rows/{held.id}/link")
    press(browser, held, "as-new")
    answer = browser.submit(form)
    assert "민하준 님이 먼저 정한 줄입니다(새 가구 가람-0002)." in browser.get(answer.headers["Location"]).text
    assert held.outcome is RowOutcome.NEW


@pytest.mark.parametrize("target", ["//evil.example/x", "https://evil.example/", "javascript:alert(1)"])
def test_a_button_leads_back_inside_the_product_only(browser: Browser, held: ListRow, target: str) -> None:
    form = browser.get("/discoveries/held").form(f"/discoveries/rows/{held.id}/hold")
    answer = browser.submit(form, next=target)
    assert answer.headers["Location"] == "/discoveries/held"


def test_nurses_have_no_part_in_it_and_the_district_does_not_decide(
    sign_in_as: Enter, session: Session, held: ListRow, town: Town
) -> None:
    nurse, officer = sign_in_as(Role.NURSE), sign_in_as(Role.DISTRICT)
    paths = [
        "/discoveries",
        f"/discoveries/lists/{held.imported_list_id}",
        "/discoveries/held",
        "/discoveries/empty-list.xlsx",
    ]
    assert [nurse.open(path).status_code for path in paths] == [403] * 4
    assert [officer.open(path).status_code for path in paths] == [200, 200, 403, 200]
    assert "확인할 사람 1명" in officer.get("/discoveries").text
    officer.post(f"/discoveries/rows/{held.id}/as-new", status=403)
    for account in (town.administrator, town.privacy_officer):
        assert sign_in_as(account).open("/discoveries").status_code == 403


def test_for_another_centre_there_is_no_such_list_and_no_such_row(
    sign_in_as: Enter, session: Session, held: ListRow, town: Town
) -> None:
    browser = sign_in_as(town.narae_worker)
    imported = f"/discoveries/lists/{held.imported_list_id}"
    for path in (imported, f"{imported}/rows", f"{imported}/rows-to-fix.xlsx", f"/discoveries/lists/{2**40}"):
        browser.open(path, status=404)
    assert "들어온 명단이 없습니다" in browser.get("/discoveries").text
    assert "정할 사람이 없습니다" in browser.get("/discoveries/held").text
    for button in ("link", "link-as-member", "as-new", "hold", "unlink"):
        browser.post(f"/discoveries/rows/{held.id}/{button}", status=404)
    assert held.outcome is RowOutcome.HELD


def test_the_district_chooses_who_takes_rows_without_dong(sign_in_as: Enter, session: Session, town: Town) -> None:
    browser = sign_in_as(Role.DISTRICT)
    content = a_list(("서춘자", "1950-01-01", "한빛구 나래길 1"), headings=("성명", "생년월일", "주소"))
    send(browser, content, centre_id=str(town.narae.id))
    assert session.scalars(select(Household.centre_id)).all() == [town.narae.id]
    send(browser, content, status=422, centre_id="999")


@pytest.mark.parametrize(
    "path", ["/discoveries", "/discoveries/held", "/discoveries/lists/{id}", "/discoveries/lists/{id}/rows?outcome=HELD",
             "/discoveries/lists/{id}/rows?outcome=BAD", "/discoveries/lists/{id}/rows?outcome=NEW"]
)  # fmt: skip
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(
    browser: Browser, session: Session, worker: Identity, path: str
) -> None:
    def rows(count: int, start: int) -> list[tuple[str, ...]]:
        numbers = [chr(0xAC00 + start + at) for at in range(count)]
        new = [person(f"이{at}", born="1950-01-01", phone="", road=f"한빛구 가람로 {ord(at)}") for at in numbers]
        twins = [person(f"이{at}", born="1950-01-01", phone="", road=f"한빛구 햇살로 {ord(at)}") for at in numbers]
        return [*new, *twins, *(person("", phone="", note=at) for at in numbers)]

    few = take(session, worker, *rows(2, 0))
    browser.get(path.format(id=few.id))
    asked = len(browser.statements)
    many = take(session, worker, *rows(8, 100), title="긴 명단")
    browser.get(path.format(id=many.id))
    assert len(browser.statements) == asked


def test_long_lists_are_turned_page_by_page_and_no_row_is_lost(
    browser: Browser, session: Session, worker: Identity
) -> None:
    rows = [
        person(f"이{chr(0xAC00 + at)}", born=f"{1910 + at}-01-01", phone="", road=f"한빛구 가람로 {at}")
        for at in range(101)
    ]
    imported = take(session, worker, *rows)
    path, seen = f"/discoveries/lists/{imported.id}/rows?outcome=NEW", 0
    for _page in range(3):
        page = browser.get(path)
        seen += page.text.count("가구 가람-")
        path = next((link for link in page.links() if "after=" in link), "")
    assert (seen, path) == (101, "")


def test_the_household_page_says_how_often_it_was_discovered(
    browser: Browser, session: Session, worker: Identity
) -> None:
    imported = take(session, worker, person(previous="7", crises="건보료 체납"))
    page = browser.get(f"/households/{row_of(session, imported, 2).household_id}")
    assert "이 가구는 8번 발굴되었습니다." in page.text
    assert "발굴 2026년 6차 명단" in page.text
    assert "건강보험료 체납 · 체납 3개월" in page.text
