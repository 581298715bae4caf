"""A new household: looked for first, asked about when one is alike, and kept as it was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from app.access.permissions import Role
from app.audit.rules import Action
from app.households.models import Household, Member
from app.households.rules import Benefit, HouseholdType, MemberDetails, Sex
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.pages import Page

Enter = Callable[..., Browser]


@pytest.fixture
def browser(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.WORKER)


def send(browser: Browser, *, status: int = 302, **fields: Any) -> Answer:
    form = browser.get("/households/new").form("/households/new")
    return browser.submit(form, status=status, **fields)


def page_of(browser: Browser) -> Page:
    assert browser.page is not None
    return browser.page


def newest(session: Session) -> Household:
    return session.scalars(select(Household).order_by(Household.id.desc())).first()  # type: ignore[return-value]


def count(session: Session) -> int:
    return len(session.scalars(select(Household.id)).all())


def test_a_name_is_enough(browser: Browser, session: Session, town: Town) -> None:
    answer = send(browser, name="김순자")
    made = newest(session)
    assert answer.headers["Location"] == f"/households/{made.id}"
    assert (made.title, made.centre_id, made.household_type) == ("김순자", town.garam.id, HouseholdType.SINGLE)


def test_everything_typed_is_kept(browser: Browser, session: Session) -> None:
    send(
        browser, name="김순자", born="1942. 3. 5.", sex="FEMALE", road_address="나래길121", unit="102동 842호",
        dwelling="ROOFTOP", approach="뒷문 계단\n왼쪽", phone="010 2646 2265", emergency_contact="딸 부산",
        household_type="COUPLE", benefits=["LIVELIHOOD", "MEDICAL"], health_ground="CONSENT", note="아침에만",
    )  # fmt: skip
    made = newest(session)
    head = made.members[0]
    assert (head.birth_on, head.birth_year, head.sex) == (date(1942, 3, 5), 1942, Sex.FEMALE)
    assert (made.road_address, made.unit, made.phone) == ("나래길 121", "102동 842호", "01026462265")
    assert made.approach.splitlines() == ["뒷문 계단", "왼쪽"]
    assert made.benefits == [Benefit.LIVELIHOOD.value, Benefit.MEDICAL.value]


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("1942. 3. 5.", (date(1942, 3, 5), 1942)),
        ("420305", (date(1942, 3, 5), 1942)),
        ("1942", (None, 1942)),
        ("1942년생", (None, 1942)),
        ("", (None, None)),
    ],
)
def test_a_birth_date_may_be_typed_as_people_write_it(
    browser: Browser, session: Session, typed: str, born: tuple[date | None, int | None]
) -> None:
    send(browser, name="김순자", born=typed)
    head = newest(session).members[0]
    assert (head.birth_on, head.birth_year) == born


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("150305", "1915년인지 2015년인지"),
        ("1942-13-40", "없는 날짜"),
        ("2030-01-01", "오늘보다 뒤"),
        ("1850", "1850년은 태어난 해로"),
        ("음력 1942. 3. 5.", "음력"),
        ("뷁", "날짜로 읽을 수 없습니다"),
    ],
)
def test_an_unreadable_birth_date_comes_back_with_the_reason(
    browser: Browser, session: Session, typed: str, words: str
) -> None:
    send(browser, status=422, name="김순자", born=typed)
    page = page_of(browser)
    assert words in page.text
    assert page.form("/households/new").fields["born"] == typed
    assert count(session) == 0


def test_a_name_is_asked_for_unless_it_is_said_to_be_unknown(browser: Browser, session: Session) -> None:
    send(browser, status=422, name=" ")
    assert "세대주 이름을 적어 주세요" in page_of(browser).text
    send(browser, name="", is_nameless="y")
    assert newest(session).title == "이름 모름"


STRANGE = ["<b>굵게</b>", "<img src=x>", "=1+1", "뷁뷁", "😀 할머니", "a'b\"c", "{{ 7*7 }}"]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_is_stored_as_typed_and_shown_as_text(browser: Browser, session: Session, text: str) -> None:
    send(browser, name=text, unit=text, lot_address=text, approach=text, emergency_contact=text, note=text)
    made = newest(session)
    assert (made.title, made.unit, made.lot_address) == (text, text, text)
    assert (made.approach, made.emergency_contact, made.note) == (text, text, text)
    assert text in browser.get(f"/households/{made.id}/edit").form("/edit").fields.values()
    assert text in browser.get("/households").text


def test_a_name_typed_on_a_mac_is_the_same_name(browser: Browser, session: Session) -> None:
    send(browser, name=unicodedata.normalize("NFD", "김순자"))
    assert newest(session).title == "김순자"


@pytest.mark.parametrize(
    "field", ["name", "born", "road_address", "lot_address", "unit", "approach", "phone", "emergency_contact", "note"]
)
def test_endless_text_comes_back_whole_with_a_message_at_its_field(
    browser: Browser, session: Session, field: str
) -> None:
    endless = "가" * 3000
    send(browser, status=422, **{"name": "김순자", field: endless})
    page = page_of(browser)
    assert page.form("/households/new").fields[field] == endless
    assert f"#{field}" in page.links()
    assert count(session) == 0


@pytest.mark.parametrize("field", ["household_type", "dwelling", "sex", "health_ground", "benefits"])
def test_a_value_that_is_not_on_the_list_is_refused(browser: Browser, session: Session, field: str) -> None:
    send(browser, status=422, **{"name": "김순자", field: "SOMETHING"})
    assert count(session) == 0


def test_no_benefit_stands_beside_a_benefit(browser: Browser) -> None:
    send(browser, status=422, name="김순자", benefits=["NONE", "HOUSING"])
    assert "비수급은 다른 수급 유형과 함께 고를 수 없습니다" in page_of(browser).text


@pytest.mark.parametrize("field", ["note", "approach", "emergency_contact", "phone", "unit", "lot_address"])
def test_a_resident_number_is_masked_and_said_so(browser: Browser, session: Session, field: str) -> None:
    send(browser, **{"name": "김순자", field: "본인 확인 420305-2123456"})
    assert getattr(newest(session), field) == "본인 확인 420305-*******"
    assert "주민등록번호는 저장하지 않습니다" in browser.get("/households").text


@pytest.fixture
def known(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.worker))


@pytest.mark.parametrize(
    "alike",
    [
        {"name": "김순자", "born": "420315"},
        {"name": "김순자", "born": "1942. 3. 15."},
        {"name": "다른이", "phone": "010-2646-2265"},
        {"name": "다른이", "phone": "02) 3120-5050"},
        {"name": "김순자", "road_address": "한빛구 나래길121"},
        {"name": "김순자"},
    ],
)
def test_a_household_like_a_known_one_is_shown_beside_it_first(
    browser: Browser, session: Session, known: Household, alike: dict[str, str]
) -> None:
    send(browser, status=422, **alike)
    page = page_of(browser)
    assert f"/households/{known.id}" in page.links()
    assert "그래도 새 가구로 등록" in page.text
    assert page.form("/households/new").fields["name"] == alike["name"]
    assert count(session) == 1


@pytest.mark.parametrize(
    "other", [{"name": "김순자", "born": "1955"}, {"name": "다른이", "phone": "010-0000-0000"}, {"name": "다른이"}]
)
def test_a_household_that_only_shares_little_is_not_asked_about(
    browser: Browser, session: Session, known: Household, other: dict[str, str]
) -> None:
    send(browser, **other)
    assert count(session) == 2


def test_what_both_households_have_in_common_is_marked(browser: Browser, known: Household) -> None:
    send(browser, status=422, name="김순자", phone="01026462265", road_address="나래길 121")
    text = page_of(browser).text
    assert "같음: 김순자 1942-03-15" in text
    assert "같음: 010-2646-2265" in text
    assert "같음: 한빛구 나래길 121, 102동 842호" in text
    assert "같음: 02-3120-5050" not in text


def test_a_resident_number_in_the_birth_field_leaves_the_date_alone(browser: Browser, session: Session) -> None:
    send(browser, name="김순자", born="420305-2123456")
    assert newest(session).members[0].birth_on == date(1942, 3, 5)


def test_a_person_may_say_that_it_is_another_household(browser: Browser, session: Session, known: Household) -> None:
    send(browser, status=422, name="김순자", born="420315")
    browser.submit(page_of(browser).form("/households/new"), confirmed=str(known.id))
    assert count(session) == 2


def test_saying_so_of_one_household_says_nothing_of_another(
    browser: Browser, session: Session, known: Household, town: Town
) -> None:
    another = add_household(session, town.who(town.worker), MemberDetails("한점례", phone="010-7777-1234"))
    send(browser, status=422, name="김순자", born="420315", phone="010-7777-1234", confirmed=str(known.id))
    assert f"/households/{another.id}" in page_of(browser).links()
    assert count(session) == 2


def test_the_same_form_sent_twice_makes_one_household(browser: Browser, session: Session) -> None:
    form = browser.get("/households/new").form("/households/new")
    browser.submit(form, name="김순자")
    browser.submit(form, status=422, name="김순자")
    assert count(session) == 1
    assert len(session.scalars(select(Member)).all()) == 1


def test_those_shown_for_comparison_are_in_the_access_log(browser: Browser, session: Session, known: Household) -> None:
    send(browser, status=422, name="김순자", born="420315")
    row = list_entries(session)[0]
    assert (row.action, row.subject, row.detail) == (Action.SEARCH, "similar", str(known.id))


def test_a_household_of_another_centre_is_not_shown_for_comparison(
    sign_in_as: Enter, session: Session, town: Town
) -> None:
    add_household(session, town.who(town.narae_worker))
    send(sign_in_as(town.worker), name="김순자", born="420315")
    assert count(session) == 2


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.PRIVACY, Role.ADMIN])
def test_who_does_not_register_households_has_no_form(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).get("/households/new", status=403)
