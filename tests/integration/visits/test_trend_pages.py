"""Charts of readings on pages: for readers of health, by kind and period, with the numbers beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.households.models import Household
from app.households.rules import HealthGround
from app.visits.models import Visit
from app.visits.queries.trends import list_measured_kinds, list_trends
from app.visits.rules import VitalKind
from app.visits.service import log_visit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, reading, visit_details
from tests.moments import TODAY, at, day

SignIn = Callable[[Role | Account], Browser]


@pytest.fixture
def household(session: Session, town: Town, now: datetime) -> Household:
    """김순자, whose blood pressure was measured three times in eight months and whose pulse once."""
    nurse = town.who(town.nurse)
    household = add_household(session, nurse, health_ground=None)
    [member] = household.members
    for days, systolic in ((200, 128), (20, 186), (2, 152)):
        on = day(-days)
        readings = [blood_pressure(member.id, systolic, 88, measured_at=at(on, 9, 20))]
        if days == 2:
            readings.append(reading(member.id, VitalKind.PULSE, "78", measured_at=at(on, 9, 25)))
        details = visit_details(household, on, readings=tuple(readings), welfare_note="", nursing_note=f"{days}일 전")
        log_visit(session, household, details, typed_at=now, actor=nurse, now=now, confirmed=ANY_ALARM)
    session.commit()
    return household


class _Everything(frozenset[str]):
    def __contains__(self, _key: object) -> bool:
        return True


ANY_ALARM = _Everything()


def test_a_nurse_sees_the_chart_with_its_words_and_its_numbers(
    sign_in_as: SignIn, town: Town, household: Household
) -> None:
    page = sign_in_as(town.nurse).get(f"/households/{household.id}")
    assert 'role="img"' in page.html
    for said in ("혈압 3번 측정", "152/88", "경고·위험", "186/88", "회색 바탕은 수축기"):
        assert said in page.text, said


def test_kind_and_period_are_chosen_by_the_address(sign_in_as: SignIn, town: Town, household: Household) -> None:
    browser = sign_in_as(town.nurse)
    assert "혈압 2번 측정" in browser.get(f"/households/{household.id}?vital=BLOOD_PRESSURE&months=3").text
    assert "맥박 1번 측정" in browser.get(f"/households/{household.id}?vital=PULSE").text
    assert "혈압 3번 측정" in browser.get(f"/households/{household.id}?vital=nonsense&months=-1").text


@pytest.mark.parametrize(
    ("login", "ground", "shown"),
    [("worker", None, False), ("supervisor", None, False), ("supervisor", HealthGround.CONSENT, True), ("district_officer", None, False)],
)  # fmt: skip
def test_the_chart_is_for_readers_of_health(
    session: Session, sign_in_as: SignIn, town: Town, household: Household, login: str, ground: HealthGround | None,
    shown: bool,
) -> None:  # fmt: skip
    household.health_ground = ground
    session.commit()
    page = sign_in_as(town.accounts[login]).get(f"/households/{household.id}")
    assert ("152/88" in page.text) is shown
    assert ('id="trend"' in page.html) is shown


def test_the_trend_stands_beside_the_entry_of_vitals(sign_in_as: SignIn, town: Town, household: Household) -> None:
    page = sign_in_as(town.nurse).get(f"/households/{household.id}/visits/new")
    assert "혈압 3번 측정" in page.text
    assert "맥박 1번 측정" not in page.text


def test_a_visit_taken_back_counts_for_no_chart(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    [member] = household.members
    before = list_trends(session, [member], on=TODAY)[member.id][VitalKind.BLOOD_PRESSURE]
    newest = session.scalars(select(Visit).order_by(Visit.began_at.desc())).first()
    assert newest is not None
    newest.voided_at, newest.voided_because = now, "다른 사람의 값"
    session.flush()
    after = list_trends(session, [member], on=TODAY)[member.id][VitalKind.BLOOD_PRESSURE]
    assert (len(before.takings), len(after.takings)) == (3, 2)
    assert list_measured_kinds(session, [member.id]) == [VitalKind.BLOOD_PRESSURE]
