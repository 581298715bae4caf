"""휴무일 in a browser: who reads, who changes, what is refused, and what a file becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.core.clock import KOREA
from app.follow_ups import queries
from app.follow_ups.models import HolidayOverride
from app.follow_ups.rules import HolidayKind
from app.households.models import Household
from python_calamine import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household, set_rule
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

Enter = Callable[[Role | Account], Browser]
SAMPLES = Path(__file__).parents[2] / "data"
WEDNESDAY = date(2026, 12, 23)


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    """A household whose next check falls on WEDNESDAY."""
    made = add_household(session, town.who(town.worker))
    set_rule(session, made, "CASE_CHECK_GENERAL", town.who(town.worker))
    return made


@pytest.fixture
def officer(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.DISTRICT)


def keep(session: Session, town: Town, on: date = WEDNESDAY, *, is_holiday: bool = True) -> HolidayOverride:
    row = HolidayOverride(
        district_id=town.garam.district_id, on=on, name="구민의 날", is_holiday=is_holiday,
        kind=HolidayKind.LOCAL if is_holiday else None, note="조례 제5조", set_by_id=town.district_officer.id, set_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def typed(browser: Browser, step: str, *, status: int = 200, **fields: str) -> Any:
    """Fill the form to add a day and press a button."""
    form = browser.get("/holidays/add").form("/holidays/add")
    plain = {"on": WEDNESDAY.isoformat(), "name": "구민의 날", "kind": "LOCAL", "note": "조례 제5조", "step": step}
    return browser.submit(form, status=status, **(plain | fields))


def kept(session: Session) -> list[tuple[date, str, bool]]:
    rows = session.scalars(select(HolidayOverride).order_by(HolidayOverride.on))
    return [(row.on, row.name, row.is_holiday) for row in rows]


@pytest.mark.parametrize("role", [Role.WORKER, Role.NURSE, Role.SUPERVISOR, Role.DISTRICT])
def test_all_who_work_by_the_rules_read_the_days_off_and_only_the_district_changes_them(
    session: Session, town: Town, sign_in_as: Enter, role: Role
) -> None:
    keep(session, town)
    browser = sign_in_as(role)
    page = browser.get("/holidays")
    assert page.heading == "2026년 휴무일"
    assert "12월 23일 수요일 구민의 날" in page.text
    assert "근거: 조례 제5조" in page.text
    assert "2026-11-23 10:00 봉다온 추가" in page.text
    assert "임시공휴일은 정부 발표 뒤 직접 추가해야 합니다." in page.text
    assert "2050년 12월 31일까지" in page.text
    may = role is Role.DISTRICT
    assert ("/holidays/add" in page.links()) is may
    assert any(link.startswith("/holidays/undo") for link in page.links()) is may
    browser.open("/holidays/add", status=200 if may else 403)


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.ADMIN])
def test_others_have_no_business_there(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).open("/holidays", status=403)


def test_another_year_names_its_holidays_and_what_a_weekend_means(officer: Browser) -> None:
    text = officer.get("/holidays?year=2027").text
    assert "5월 1일 토요일 노동절 공휴일 토요일과 겹쳐 5/3(월)에 대신 쉽니다." in text
    assert "6월 6일 일요일 현충일 공휴일 일요일과 겹치고, 대체공휴일은 없습니다." in text
    assert {"/holidays?year=2026", "/holidays?year=2028"} <= set(officer.get("/holidays?year=2027").links())


@pytest.mark.parametrize("year", ["2051", "2009", "1900", "2200"])
def test_a_year_without_holidays_says_so_plainly(officer: Browser, year: str) -> None:
    text = officer.get(f"/holidays?year={year}").text
    assert f"{year}년 공휴일 자료가 없습니다" in text
    assert "2010년부터 2050년까지" in text


@pytest.mark.parametrize("year", ["", "kein", "0", "99999", "-5"])
def test_nonsense_in_the_address_shows_this_year(officer: Browser, year: str) -> None:
    assert officer.get(f"/holidays?year={year}").heading == "2026년 휴무일"


def test_in_the_last_known_year_everybody_is_warned_of_the_next(
    sign_in_as: Enter, frozen_clock: time_machine.Traveller
) -> None:
    frozen_clock.move_to(datetime(2050, 3, 2, 10, tzinfo=KOREA))
    page = sign_in_as(Role.NURSE).get("/holidays")
    assert page.heading == "2050년 휴무일"
    assert "2051년 공휴일 자료가 없습니다 그해에 걸리는 기한은 계산할 수 없습니다." in page.text


def test_a_day_is_previewed_before_it_is_stored(
    session: Session, town: Town, officer: Browser, household: Household
) -> None:
    typed(officer, "preview")
    assert officer.page is not None
    assert officer.page.heading == "이 변경으로 기한이 바뀌는 가구 1곳"
    assert household.number in officer.page.text
    assert "12/23(수) → , 새 기한 12/22(화)" in officer.page.text
    assert "구민의 날이라 12/22(화)로 앞당김" in officer.page.text
    assert kept(session) == []
    (look,) = session.scalars(select(AccessLog).where(AccessLog.subject == "holiday-preview"))
    assert look.detail == str(household.id)


def test_what_was_previewed_is_applied_and_the_bar_leads_back_to_the_year(
    session: Session, town: Town, officer: Browser, household: Household
) -> None:
    typed(officer, "preview")
    assert officer.page is not None
    (form,) = [each for each in officer.page.forms() if "name" in each.fields]
    answer = officer.submit(form, step="apply")
    assert answer.headers["Location"].startswith("/follow-ups/refreshing")
    assert kept(session) == [(WEDNESDAY, "구민의 날", True)]
    (due,) = queries.list_dues(session, household, today=TODAY)
    assert due.due_on == date(2026, 12, 22)
    assert "12월 23일(수)을 휴무일로 추가했습니다." in officer.get(answer.headers["Location"]).text


def test_going_back_to_correct_keeps_what_was_typed(session: Session, officer: Browser) -> None:
    typed(officer, "edit", name="구민의 날 <b>")
    assert officer.page is not None
    fields = officer.page.form("/holidays/add").fields
    assert (fields["on"], fields["name"], fields["kind"]) == ("2026-12-23", "구민의 날 <b>", "LOCAL")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": "2026-12-25"}, "이미 공휴일입니다: 성탄절"),
        ({"on": "2026-11-20"}, "지난 날입니다"),
        ({"on": "2051-01-02"}, "2051년은 공휴일 자료가 없어"),
        ({"on": "2026-02-30"}, "날짜"),
        ({"name": ""}, "이름"),
        ({"name": "   "}, "이름을 적어 주세요"),
        ({"name": "\u200b\u3164"}, "이름을 적어 주세요"),
        ({"name": "가" * 61}, "이름"),
        ({"kind": "NONSENSE"}, "구분"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "apply"])
def test_what_cannot_be_added_comes_back_with_the_reason(
    session: Session, officer: Browser, fields: dict[str, str], words: str, step: str
) -> None:
    typed(officer, step, status=422, **fields)
    assert officer.page is not None
    assert words in officer.page.text
    assert kept(session) == []


def test_a_day_somebody_else_added_first_is_named_with_who(session: Session, town: Town, officer: Browser) -> None:
    keep(session, town)
    typed(officer, "apply", status=422, name="임시공휴일")
    assert officer.page is not None
    assert "12월 23일(수)은 이미 «구민의 날» 이름으로 추가되어 있습니다 (봉다온)." in officer.page.text
    assert officer.page.form("/holidays/add").fields["name"] == "임시공휴일"


def test_a_weekend_may_be_added_and_says_that_nothing_changes(session: Session, officer: Browser) -> None:
    typed(officer, "preview", on="2026-12-19")
    assert officer.page is not None
    assert "토요일은 원래 쉬는 날이라 기한이 바뀌지 않습니다." in officer.page.text
    answer = typed(officer, "apply", status=302, on="2026-12-19")
    assert answer.headers["Location"] == "/holidays?year=2026"
    assert "토요일이라 기한에는 영향이 없습니다." in officer.get("/holidays").text


def test_a_public_holiday_is_worked_with_a_reason_and_struck_through(
    session: Session, town: Town, officer: Browser
) -> None:
    form = officer.get("/holidays/work").form("/holidays/work")
    officer.submit(form, status=422, on="2026-12-25", note="", step="preview")
    officer.submit(form, status=200, on="2026-12-25", note="선거 지원", step="preview")
    assert officer.page is not None
    assert "2026년 12월 25일 금요일 «성탄절» · 근무하는 날로 바꾸기" in officer.page.text
    officer.submit(form, on="2026-12-25", note="선거 지원", step="apply")
    page = officer.get("/holidays")
    assert "<del>성탄절</del>" in page.html
    assert "까닭: 선거 지원" in page.text
    assert kept(session) == [(date(2026, 12, 25), "성탄절", False)]


@pytest.mark.parametrize("on", ["2026-12-23", "2026-10-09", "kein Tag", ""])
def test_only_what_is_offered_can_be_worked(session: Session, officer: Browser, on: str) -> None:
    form = officer.get("/holidays/work").form("/holidays/work")
    officer.submit(form, status=422, on=on, note="까닭", step="apply")
    assert kept(session) == []


def test_either_is_undone_after_a_look_at_what_moves(
    session: Session, town: Town, officer: Browser, household: Household
) -> None:
    typed(officer, "apply", status=302)
    (link,) = [each for each in officer.get("/holidays").links() if each.startswith("/holidays/undo")]
    page = officer.get(link)
    assert page.heading == "이 변경으로 기한이 바뀌는 가구 1곳"
    assert kept(session) != []
    (form,) = [each for each in page.forms() if each.action == link]
    officer.submit(form)
    assert kept(session) == []
    (due,) = queries.list_dues(session, household, today=TODAY)
    assert due.due_on == WEDNESDAY


def test_undone_already_leads_back_with_words(session: Session, officer: Browser) -> None:
    officer.open("/holidays/undo?on=2026-12-23", status=302)
    assert "되돌릴 것이 없습니다" in officer.get("/holidays").text
    officer.post("/holidays/undo?on=2026-12-23")
    assert "되돌릴 것이 없습니다" in officer.get("/holidays").text


@pytest.mark.parametrize("on", ["", "kein", "2026-13-01", "20261223x"])
def test_a_day_that_is_none_is_not_found(officer: Browser, on: str) -> None:
    officer.open(f"/holidays/undo?on={on}", status=404)


def test_what_is_past_stays_as_it_was(session: Session, town: Town, officer: Browser) -> None:
    keep(session, town, day(-3))
    assert not [link for link in officer.get("/holidays").links() if link.startswith("/holidays/undo")]
    officer.post(f"/holidays/undo?on={day(-3).isoformat()}")
    assert len(kept(session)) == 1


def upload(browser: Browser, content: bytes, name: str = "휴무일.csv", *, status: int = 200) -> str:
    """Send a file; returns what the page says."""
    form = browser.get("/holidays/import").form("/holidays/import")
    sent = {**form.fields, "file": (BytesIO(content), name), "otherwise": "TEMPORARY"}
    browser.open("/holidays/import", method="post", data=sent, status=status, content_type="multipart/form-data")
    assert browser.page is not None
    return browser.page.text


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("holidays_office.csv", "추가 5 · 고칠 것 7 · 이미 있음 3 · 넣지 않음 2"),
        ("holidays_kasi.csv", "추가 2 · 고칠 것 0 · 이미 있음 7 · 넣지 않음 2"),
        ("holidays_office.xlsx", "추가 2 · 고칠 것 1 · 이미 있음 1 · 넣지 않음 0 · 읽지 않은 시트: 참고"),
    ],
)
def test_a_file_is_read_row_by_row_then_added_and_the_second_time_changes_nothing(
    session: Session, officer: Browser, name: str, counts: str
) -> None:
    content = (SAMPLES / name).read_bytes()
    assert counts in upload(officer, content, name)
    assert kept(session) == []
    assert officer.page is not None
    officer.submit(officer.page.form("/holidays/import/apply"))
    once = kept(session)
    assert len(once) == int(counts.split(" · ")[0].removeprefix("추가 "))
    assert "추가할 날이 없습니다" in upload(officer, content, name)
    with pytest.raises(LookupError):
        officer.page.form("/holidays/import/apply")
    assert kept(session) == once


def test_a_file_shows_whose_dates_move(session: Session, officer: Browser, household: Household) -> None:
    text = upload(officer, "날짜,이름\n2026-12-23,임시공휴일\n".encode("cp949"))
    assert "이 변경으로 기한이 바뀌는 가구 1곳" in text
    assert household.number in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "빈 파일입니다"),
        ("이름,비고\n행사,\n".encode(), "제목 줄에서 «날짜» 칸을 찾지 못했습니다."),
        (b"%PDF-1.7 whatever", "표 파일이 아닙니다"),
        ("날짜,이름\n" + "2027-03-02,행사\n" * 1001, "1,000줄까지"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(officer: Browser, content: bytes | str, words: str) -> None:
    sent = content.encode() if isinstance(content, str) else content
    assert words in upload(officer, sent, status=422)


def test_only_blank_rows_below_the_heading_say_so(officer: Browser) -> None:
    assert "제목 줄 아래에 날짜가 없습니다." in upload(officer, "날짜,이름\n,\n".encode())


@pytest.mark.parametrize(
    "days",
    ["", "[]", "kein json", "[1]", '[["2026-12-23"]]', '[["2026-12-23","행사","NONSENSE",""]]', '[["x","행사","LOCAL",""]]',
     '{"a":1}', "[" * 3000, '[["2026-12-23",1,"LOCAL",""]]', '[["2026-11-20","지난 날","LOCAL",""]]', f'[["2026-12-23","{"가" * 61}","LOCAL",""]]'],
)  # fmt: skip
def test_days_that_nobody_was_shown_are_not_added(session: Session, officer: Browser, days: str) -> None:
    officer.get("/holidays/import")
    answer = officer.post("/holidays/import/apply", {"days": days})
    assert answer.headers["Location"] == "/holidays/import"
    assert "추가할 날이 없습니다" in officer.get("/holidays/import").text
    assert kept(session) == []


def test_days_that_came_to_be_off_meanwhile_are_left_and_counted(
    session: Session, town: Town, officer: Browser
) -> None:
    upload(officer, "날짜,이름\n2026-12-23,임시공휴일\n2026-12-28,임시공휴일\n".encode())
    assert officer.page is not None
    form = officer.page.form("/holidays/import/apply")
    keep(session, town)
    officer.submit(form)
    assert [each[0] for each in kept(session)] == [WEDNESDAY, date(2026, 12, 28)]
    text = officer.get("/holidays").text
    assert "휴무일 1일을 추가했습니다. 1일은 그 사이 바뀌어 그대로 두었습니다." in text


def test_the_empty_list_can_be_sent_back_as_it_is(officer: Browser) -> None:
    answer = officer.open("/holidays/empty-list.xlsx", status=200)
    assert load_workbook(BytesIO(answer.get_data())).get_sheet_by_index(0).to_python()[0] == [
        "날짜",
        "이름",
        "구분",
        "비고",
    ]
    assert "추가 0 · 고칠 것 0 · 이미 있음 1 · 넣지 않음 0" in upload(officer, answer.get_data(), "서식.xlsx")


def test_the_page_of_a_year_asks_the_database_little(session: Session, town: Town, officer: Browser) -> None:
    for offset in range(12):
        keep(session, town, day(offset))
    officer.get("/holidays")
    assert len(officer.statements) < 14
