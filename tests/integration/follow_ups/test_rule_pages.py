"""기준: everybody reads the rules they work by; the officer of the 시군구 changes them and sees beforehand what moves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.follow_ups import queries
from app.follow_ups.models import RuleVersionRow
from app.follow_ups.queries import previews
from app.households.models import Household
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household, set_rule
from tests.factories.reference import read_shipped
from tests.factories.rules import OWN_SOURCE, regular_household, shipped
from tests.factories.town import Town
from tests.moments import TODAY, day
from tests.pages import Form, Page

Enter = Callable[[Role | Account], Browser]
CODES = [row["code"] for row in read_shipped("follow_up_rules")]
ONE_ENGINE = pytest.mark.parametrize("templates", ["sqlite"], indirect=True)
TWO_MONTHS = {"every": "2", "source": OWN_SOURCE, "why": "지침 개정", "confidence": "DEFAULT"}


@pytest.fixture
def rule(session: Session) -> RuleVersionRow:
    return shipped(session, "NURSE_REGULAR")


@pytest.fixture
def officer(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.DISTRICT)


def page_of(browser: Browser) -> Page:
    assert browser.page is not None
    return browser.page


def new_version(browser: Browser, rule: RuleVersionRow) -> Form:
    return browser.get(f"/rules/{rule.id}/new-version").form("/new-version")


def previewed(browser: Browser, rule: RuleVersionRow, **fields: Any) -> Form:
    """The form of the preview, ready to be applied."""
    browser.submit(new_version(browser, rule), status=200, **{**TWO_MONTHS, **fields})
    return page_of(browser).form("/new-version")


def own_versions(session: Session) -> list[RuleVersionRow]:
    return list(session.scalars(select(RuleVersionRow).where(RuleVersionRow.district_id.is_not(None))))


@pytest.mark.parametrize("role", [Role.WORKER, Role.NURSE, Role.SUPERVISOR, Role.DISTRICT])
def test_everybody_who_works_by_the_rules_reads_them_in_plain_words(sign_in_as: Enter, role: Role) -> None:
    page = sign_in_as(role).get("/rules")
    for words in ("집중관리군 3개월에 8회", "일반 점검 30일마다", "접수→조사 10일 내외", "방문-대면 · 방문간호"):
        assert words in page.text
    assert "INTERVAL" not in page.html
    assert "http" not in page.text


def test_a_default_of_ours_is_never_shown_as_confirmed(officer: Browser, session: Session) -> None:
    text = officer.get("/rules").text
    assert re.search(r"고난도 점검 14일마다 자체 기본값 – 시군구가 정해 고치십시오", text)
    assert re.search(r"사후관리 9개월에 2회 문헌 2편", text)
    page = officer.get(f"/rules/{shipped(session, 'CASE_CHECK_COMPLEX').id}")
    assert "법령이나 공식 지침에서 확인한 값이 아닙니다." in page.text


@pytest.mark.parametrize("role", [Role.WORKER, Role.NURSE, Role.SUPERVISOR])
def test_who_only_reads_is_offered_no_change_and_makes_none(
    sign_in_as: Enter, rule: RuleVersionRow, role: Role
) -> None:
    browser = sign_in_as(role)
    page = browser.get(f"/rules/{rule.id}")
    assert "정기관리군 기준" in page.heading
    assert not [link for link in page.links() if "new-version" in link]
    assert "/rules" not in [link for link in page.links() if link.startswith("/rules/")]
    browser.get(f"/rules/{rule.id}/new-version", status=403)
    browser.get("/follow-ups/refreshing", status=403)


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.ADMIN])
def test_who_does_not_work_by_the_rules_does_not_read_them(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).get("/rules", status=403)


@ONE_ENGINE
@pytest.mark.parametrize("code", CODES)
def test_every_rule_opens_with_its_values_and_goes_through_the_preview(
    officer: Browser, session: Session, code: str
) -> None:
    row = shipped(session, code)
    assert officer.get(f"/rules/{row.id}").heading == f"{row.name} 기준"
    form = new_version(officer, row)
    assert form.fields["name"] == row.name
    officer.submit(form, status=200, name=f"{row.name} 확인", why="이름을 고침")
    assert "아직 저장하지 않았습니다" in page_of(officer).text
    apply = page_of(officer).form("/new-version")
    officer.submit(apply, step="apply")
    stored = own_versions(session)[0]
    assert stored.name == f"{row.name} 확인"
    kept = (
        "kind",
        "whom",
        "profession",
        "shift",
        "lead_days",
        "counts_modes",
        "counts_purposes",
        "source",
        "confidence",
    )
    assert {name: getattr(stored, name) for name in kept} == {name: getattr(row, name) for name in kept}
    assert queries.engine_rule(stored).parameters == queries.engine_rule(row).parameters


def test_the_preview_says_how_many_households_and_shows_before_and_after(
    officer: Browser, session: Session, town: Town, rule: RuleVersionRow
) -> None:
    late = regular_household(session, town)
    regular_household(session, town, seen_on=day(-10))
    previewed(officer, rule)
    page = page_of(officer)
    assert page.heading == "이 변경으로 기한이 바뀌는 가구 2곳"
    assert "적용하면 바로 기한이 지나는 가구 1곳" in page.text
    assert "3개월마다 → 에서 2개월마다" in page.text
    for words in (late.number, late.title, "12/9(수)", "11/9(월) 바로 경과"):
        assert words in page.text
    assert officer.written == {"access_log", "access_chain"}
    assert own_versions(session) == []


def test_looking_at_a_preview_is_a_look_at_its_households(
    officer: Browser, session: Session, town: Town, rule: RuleVersionRow
) -> None:
    ids = [regular_household(session, town).id for _ in range(2)]
    previewed(officer, rule)
    entry = session.scalars(select(AccessLog).order_by(AccessLog.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject) == (Action.LIST, "rule-preview:NURSE_REGULAR")
    assert sorted(map(int, entry.detail.split(","))) == ids


def test_applied_today_it_leads_to_the_bar_and_every_date_is_the_new_one_already(
    officer: Browser, session: Session, town: Town, rule: RuleVersionRow
) -> None:
    household = regular_household(session, town)
    answer = officer.submit(previewed(officer, rule), step="apply")
    assert answer.headers["Location"].startswith("/follow-ups/refreshing")
    assert str(queries.list_dues(session, household, today=TODAY)[0].due_on) == "2026-11-09"
    page = officer.get(answer.headers["Location"])
    assert "0 / 1가구" in page.text
    row = own_versions(session)[0]
    assert (row.version, row.parameters, row.set_by_id) == (
        "2026-2",
        {"every": {"months": 2}},
        town.district_officer.id,
    )


def test_the_page_of_the_rule_tells_who_when_and_why(officer: Browser, town: Town, rule: RuleVersionRow) -> None:
    officer.submit(previewed(officer, rule, why="구청 지침 개정(2026-11)"), step="apply")
    text = officer.get(f"/rules/{rule.id}").text
    assert "2026-2 판 2개월마다 적용 중" in text
    assert "2026 판 3개월마다 지난 판" in text
    assert "까닭: 구청 지침 개정(2026-11)" in text
    assert f"{town.district_officer.title}, 2026-11-23 10:00" in text


def test_announced_ahead_it_waits_and_can_be_taken_back_with_a_reason(
    officer: Browser, session: Session, rule: RuleVersionRow
) -> None:
    answer = officer.submit(previewed(officer, rule, effective_from=str(day(9))), step="apply")
    assert answer.headers["Location"].startswith("/rules/")
    assert "2026-12-02부터 적용됩니다" in officer.get(answer.headers["Location"]).text
    assert "2026-2 판이 2026-12-02부터" in officer.get("/rules").text
    assert (
        "2026-2 판이 2026년 12월 2일 수요일부터 기다리고 있습니다" in officer.get(f"/rules/{rule.id}/new-version").text
    )
    waiting = own_versions(session)[0]
    page = officer.get(f"/rules/{rule.id}")
    assert f"/rules/{waiting.id}/withdrawal" in page.links()
    form = officer.get(f"/rules/{waiting.id}/withdrawal").form("/withdrawal")
    officer.submit(form, status=422, reason=" ")
    answer = officer.submit(form, reason="지침이 미뤄짐")
    assert "«2026-2» 판을 거두었습니다." in officer.get(answer.headers["Location"]).text
    assert own_versions(session) == []
    assert "2026-2" not in officer.get("/rules").text


def test_what_holds_already_has_no_page_to_take_it_back(
    officer: Browser, session: Session, rule: RuleVersionRow
) -> None:
    officer.submit(previewed(officer, rule), step="apply")
    for row in (rule, own_versions(session)[0]):
        officer.get(f"/rules/{row.id}/withdrawal", status=404)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"every": ""}, "every", "이 항목은 필수입니다."),
        ({"every": "두 달"}, "every", "정수"),
        ({"every": "0"}, "every", "1~120 사이의 정수여야 합니다."),
        ({"every": "121"}, "every", "1~120 사이의 정수여야 합니다."),
        ({"every": "3661", "every_unit": "days"}, "every", "1~3660 사이의 정수여야 합니다."),
        ({"every": "9" * 400}, "every", "정수"),
        ({"first_within": "-3"}, "first_within", "1~120 사이의 정수여야 합니다."),
        ({"lead_days": "367"}, "lead_days", "0~366 사이의 정수여야 합니다."),
        ({"name": " "}, "name", "필수"),
        ({"name": "정기\u200b관리군"}, "name", "눈에 보이지 않는 글자"),
        ({"name": "가" * 61}, "name", "60자까지"),
        ({"version": "2026"}, "version", "«2026» 판은 이미 있습니다."),
        ({"version": "판" * 21}, "version", "20자까지"),
        ({"effective_from": "2026-11-22"}, "effective_from", "오늘보다 앞선 날"),
        ({"effective_from": "2030-01-01"}, "effective_from", "3년 안의 날"),
        ({"effective_from": "내일"}, "effective_from", "날짜"),
        ({"counts_modes": []}, "counts_modes", "하나 이상 골라 주세요."),
        ({"counts_modes": ["ABSENT"]}, "counts_modes", "ABSENT"),
        ({"source": ""}, "source", "필수"),
        ({"confidence": "LAW"}, "confidence", "선택"),
        ({"why": ""}, "why", "필수"),
        ({"why": " \r\n "}, "why", "필수"),
        ({"source": "  "}, "source", "필수"),
        ({"version": " "}, "version", "필수"),
        ({"why": "길" * 1001}, "why", "1,000자까지"),
        ({"source": None, "confidence": "HIGH"}, "source", "새 값의 근거"),
    ],
)
@ONE_ENGINE
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    officer: Browser, session: Session, rule: RuleVersionRow, fields: dict[str, Any], field: str, words: str
) -> None:
    kept = "뷁 👩‍⚕️ " + "가나다 " * 30
    typed = {**TWO_MONTHS, "why": kept, "every_unit": "months", **fields}
    typed = {name: rule.source if value is None else value for name, value in typed.items()}
    officer.submit(new_version(officer, rule), status=422, **typed)
    page = page_of(officer)
    again = page.form("/new-version").fields
    summary = re.search(r"data-error-summary.*?</div>", page.html, re.DOTALL)
    assert summary is not None
    assert re.search(rf'href="#{field}">[^<]*{re.escape(words)}', summary[0]), summary[0]
    for name, value in typed.items():
        if name not in (field, "confidence", "counts_modes"):
            assert again[name] == value
    assert own_versions(session) == []


def test_what_was_typed_survives_the_preview_the_correction_and_the_applying(
    officer: Browser, session: Session, rule: RuleVersionRow
) -> None:
    why = "뷁 👩‍⚕️ <b>굵게</b> & «따옴표»\r\n둘째 줄 " + "긴 글" * 200
    preview = previewed(officer, rule, why=why, name="정기관리군 👍", counts_modes=["FACE", "CALL"])
    officer.submit(preview, status=200, step="edit")
    form = page_of(officer).form("/new-version")
    assert form.fields["why"] == why.replace("\r\n", "\n")
    assert form.fields["counts_modes"] == ["FACE", "CALL"]
    officer.submit(form, status=200)
    officer.submit(page_of(officer).form("/new-version"), step="apply")
    row = own_versions(session)[0]
    assert (row.note, row.name) == (why.replace("\r\n", "\n"), "정기관리군 👍")
    assert "<b>굵게</b> & «따옴표» 둘째 줄" in officer.get(f"/rules/{rule.id}").text


def test_a_change_that_changes_nothing_is_refused_on_top_of_the_form(officer: Browser, rule: RuleVersionRow) -> None:
    officer.submit(new_version(officer, rule), status=422, why="그냥")
    assert "달라진 것이 없습니다" in page_of(officer).text


def test_counting_letters_is_possible_and_warned_of(officer: Browser, rule: RuleVersionRow) -> None:
    previewed(officer, rule, counts_modes=["FACE", "LETTER"])
    assert "본인을 만나거나 통화하지 않은 접촉(안내장)도 횟수로 셉니다." in page_of(officer).text


def test_dates_that_reach_a_year_without_holidays_are_refused(
    officer: Browser, session: Session, town: Town, rule: RuleVersionRow
) -> None:
    household = add_household(session, town.who(town.nurse))
    member_id = household.members[0].id
    term = set_rule(session, household, "NURSE_REGULAR", town.who(town.nurse), member_id=member_id)
    term.starts_on = day(365 * 15)  # nobody may type such a day any more; an old row may have it
    session.flush()
    officer.submit(new_version(officer, rule), status=422, **{**TWO_MONTHS, "every": "120"})
    assert "2051년 공휴일 자료가 없어 기한을 계산할 수 없습니다" in page_of(officer).text


def test_whoever_was_faster_is_shown_before_the_second_goes_on(
    officer: Browser, session: Session, rule: RuleVersionRow
) -> None:
    mine = previewed(officer, rule, version="2026-9", every="1")
    officer.submit(previewed(officer, rule), step="apply")
    officer.submit(mine, status=422, step="apply")
    page = page_of(officer)
    assert "그 사이 다른 사람이 판을 더했습니다" in page.text
    assert "2개월마다 → 에서 1개월마다" in page.text
    assert [row.version for row in own_versions(session)] == ["2026-2"]
    officer.submit(page.form("/new-version"), step="apply")
    assert [row.version for row in own_versions(session)] == ["2026-2", "2026-9"]


def test_the_same_name_twice_is_one_clear_error_with_everything_typed(
    officer: Browser, session: Session, rule: RuleVersionRow
) -> None:
    mine = previewed(officer, rule, why="내가 쓴 까닭")
    officer.submit(previewed(officer, rule), step="apply")
    officer.submit(mine, status=422, step="apply")
    page = page_of(officer)
    assert "«2026-2» 판은 이미 있습니다. 다른 이름을 적어 주세요." in page.text
    assert page.form("/new-version").fields["why"] == "내가 쓴 까닭"
    officer.submit(page.form("/new-version"), status=200, version="2026-3", every="1")
    officer.submit(page_of(officer).form("/new-version"), step="apply")
    assert [row.version for row in own_versions(session)] == ["2026-2", "2026-3"]


def test_long_previews_are_turned_page_by_page(
    officer: Browser, session: Session, town: Town, rule: RuleVersionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "SHOWN", 2)
    numbers = {regular_household(session, town, seen_on=day(-offset)).number for offset in (5, 40, 75)}
    preview = previewed(officer, rule)
    first = page_of(officer).text
    officer.submit(preview, status=200, page="2")
    second = page_of(officer).text
    shown = [{number for number in numbers if number in text} for text in (first, second)]
    assert [len(each) for each in shown] == [2, 1]
    assert shown[0] | shown[1] == numbers
    officer.submit(page_of(officer).form("/new-version"), status=200, page="x")
    officer.submit(page_of(officer).form("/new-version"), step="apply")


def test_the_rule_of_another_district_is_not_there(
    officer: Browser, sign_in_as: Enter, session: Session, town: Town, rule: RuleVersionRow
) -> None:
    officer.submit(previewed(officer, rule), step="apply")
    own = own_versions(session)[0]
    far = sign_in_as(town.far_supervisor)
    for path in (f"/rules/{own.id}", f"/rules/{2**31}", "/rules/999999"):
        far.get(path, status=404)
    assert "2개월마다" not in far.get("/rules").text


def test_a_nurse_reads_on_the_household_what_judges_today_and_opens_the_source_only_on_demand(
    officer: Browser, sign_in_as: Enter, session: Session, town: Town, rule: RuleVersionRow
) -> None:
    household: Household = regular_household(session, town)
    set_rule(session, household, "CASE_CHECK_COMPLEX", town.who(town.worker))
    officer.submit(previewed(officer, rule), step="apply")
    nurse = sign_in_as(Role.NURSE)
    page = nurse.get(f"/households/{household.id}/terms")
    assert "2개월마다(2026-2 판), 정할 때는 3개월마다(2026 판)" in page.text
    assert "시군구가 정하는 값" in page.text
    outside = re.sub(r"<details.*?</details>", "", page.html, flags=re.DOTALL)
    assert "자체 기본값" not in outside
    assert OWN_SOURCE not in outside
    assert OWN_SOURCE in page.html
    assert "NURSE_REGULAR" not in page.text
    assert "/rules" in page.links()
    member_id = household.members[0].id
    groups = nurse.get(f"/households/{household.id}/members/{member_id}/care-group").text
    for rhythm in ("집중관리군 3개월에 8회", "정기관리군 2개월마다", "자기역량지원군 6개월마다"):
        assert rhythm in groups
