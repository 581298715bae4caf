"""The inbox shows what one was told, and marking as read touches nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.alerts.models import Alert
from app.alerts.queries import MOST_SHOWN
from app.alerts.rules import AlertKind
from app.alerts.service import News, raise_alert, tell
from app.audit.rules import Action
from app.households.models import Household
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.town import Town

Enter = Callable[..., Browser]


@pytest.fixture
def told(session: Session, town: Town, household: Household, now: datetime) -> list[Alert]:
    """Two for the nurse, one of them about a household, and one for her colleague."""
    ids = [town.nurse.id, town.other_nurse.id]
    raise_alert(
        session, AlertKind.CRISIS_READING, subject="a", recipient_ids=ids, text="혈압 <b>204</b>/118",
        household_id=household.id, now=now,
    )  # fmt: skip
    raise_alert(session, AlertKind.ASSIGNED, subject="b", recipient_ids=ids[:1], text="3가구를 맡음", now=now)
    return list(session.scalars(select(Alert).order_by(Alert.id)))


def test_one_sees_what_one_was_told(sign_in_as: Enter, town: Town, told: list[Alert], household: Household) -> None:
    page = sign_in_as(town.nurse).get("/alerts")
    assert "혈압 <b>204</b>/118" in page.text
    assert "3가구를 맡음" in page.text
    assert f"/households/{household.id}" in page.links()
    assert "3가구를 맡음" not in sign_in_as(town.other_nurse).get("/alerts").text


def test_one_alert_or_all_are_marked_as_read(
    sign_in_as: Enter, session: Session, town: Town, told: list[Alert]
) -> None:
    browser = sign_in_as(town.nurse)
    form = next(form for form in browser.get("/alerts").forms() if form.fields.get("alert_id") == str(told[0].id))
    browser.submit(form)
    page = browser.get("/alerts")
    assert "읽지 않은 알림 1건" in page.text
    browser.submit(next(form for form in page.forms() if form.action == "/alerts/read"))
    assert "새 알림이 없습니다" in browser.get("/alerts").text


def test_nobody_marks_the_alerts_of_another(sign_in_as: Enter, session: Session, town: Town, told: list[Alert]) -> None:
    browser = sign_in_as(town.worker)
    browser.get("/alerts")
    browser.post("/alerts/read", {"alert_id": [str(alert.id) for alert in told]})
    session.expire_all()
    assert all(alert.read_at is None for alert in told)


@pytest.mark.parametrize("value", ["", "뷁", "-1", "99999999999999999999", "<b>"])
def test_nonsense_marks_nothing(sign_in_as: Enter, town: Town, told: list[Alert], value: str) -> None:
    browser = sign_in_as(town.nurse)
    browser.get("/alerts")
    browser.post("/alerts/read", {"alert_id": value})
    assert "읽지 않은 알림 2건" in browser.get("/alerts").text


def test_looking_at_alerts_about_households_is_recorded(
    sign_in_as: Enter, session: Session, town: Town, told: list[Alert], household: Household
) -> None:
    sign_in_as(town.nurse).get("/alerts")
    row = list_entries(session)[0]
    assert (row.action, row.subject, row.detail) == (Action.LIST, "alerts", str(household.id))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PRIVACY])
def test_who_is_told_nothing_has_no_inbox(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).get("/alerts", status=403)


def test_what_is_urgent_stands_on_top_until_it_is_read(
    sign_in_as: Enter, session: Session, town: Town, household: Household, now: datetime
) -> None:
    for kind, text in ((AlertKind.ABSENCE_STEP, "첫째"), (AlertKind.ASSIGNED, "둘째"), (AlertKind.MORNING, "셋째")):
        raise_alert(session, kind, subject=text, recipient_ids=[town.nurse.id], text=text, now=now)
    browser = sign_in_as(town.nurse)
    text = browser.get("/alerts").text
    assert text.index("첫째") < text.index("셋째") < text.index("둘째")
    browser.submit(next(form for form in browser.get("/alerts").forms() if form.action == "/alerts/read"))
    text = browser.get("/alerts").text
    assert text.index("셋째") < text.index("둘째") < text.index("첫째")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.NURSE, "근무일 아침마다 오늘 할 일을"),
        (Role.WORKER, "근무일 아침마다 오늘 할 일을"),
        (Role.SUPERVISOR, "오래 지난 기한, 주간 요약"),
        (Role.DISTRICT, "팀장이 없는 센터"),
    ],
)
def test_an_empty_inbox_says_what_comes_here(sign_in_as: Enter, role: Role, words: str) -> None:
    page = sign_in_as(role).get("/alerts")
    assert words in page.text
    assert "/today" in page.links()


def test_a_digest_leads_to_the_page_whose_numbers_it_tells(
    sign_in_as: Enter, session: Session, town: Town, now: datetime
) -> None:
    me = [town.supervisor.id]
    raise_alert(session, AlertKind.MORNING, subject="morning:2026-11-23", recipient_ids=me, text="기한 지남", now=now)
    raise_alert(session, AlertKind.WEEKLY, subject="weekly:2026-11-16", recipient_ids=me, text="지난주", now=now)
    browser = sign_in_as(town.supervisor)
    links = browser.get("/alerts").links()
    assert {"/today", "/week"} <= set(links)
    browser.get("/week")


def test_more_than_a_page_of_news_is_counted_and_only_what_is_seen_is_marked(
    sign_in_as: Enter, session: Session, town: Town, now: datetime
) -> None:
    news = [News(f"n:{number}", town.nurse.id, f"{number}번") for number in range(MOST_SHOWN + 20)]
    assert tell(session, AlertKind.ASSIGNED, news, now=now) == MOST_SHOWN + 20
    browser = sign_in_as(town.nurse)
    page = browser.get("/alerts")
    assert "읽지 않은 알림 120건 가운데 급한 것부터 100건" in page.text
    assert "보이는 100건 읽음" in page.text
    browser.submit(next(form for form in page.forms() if form.action == "/alerts/read"))
    assert "읽지 않은 알림 20건" in browser.get("/alerts").text
    assert "모두 읽음" in browser.get("/alerts").text
