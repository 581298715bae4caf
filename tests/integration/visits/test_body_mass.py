"""The body mass index stands beside the weight: on the record, and on the household's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.households.models import Household
from app.households.rules import HealthGround
from app.visits.models import Visit
from app.visits.queries.body_mass import body_masses
from app.visits.rules import VitalKind
from app.visits.service import log_visit
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.factories.visits import reading, visit_details
from tests.moments import at, day

SignIn = Callable[[Role | Account], Browser]
Weigh = Callable[..., Visit]


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse), health_ground=HealthGround.CONSENT)


@pytest.fixture
def weigh(session: Session, town: Town, household: Household, now: datetime) -> Weigh:
    """A visit on a day with a weight, a height or both."""
    [member] = household.members

    def made(on: date, **taken: str) -> Visit:
        readings = (
            reading(member.id, VitalKind[kind], typed, measured_at=at(on, 9, 20)) for kind, typed in taken.items()
        )
        details = visit_details(household, on, readings=tuple(readings))
        visit = log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)
        session.commit()
        return visit

    return made


def mass_at(session: Session, visit: Visit) -> tuple[str, str, bool] | None:
    """Index, word and whether the height was measured with it."""
    [found] = body_masses(session, visit.readings, until=visit.occurred_on).values() or [None]
    return found and (str(found.value), found.judgement.label if found.judgement else "", found.is_measured_with)


def test_a_weight_is_set_against_the_height_of_its_day_or_the_newest_before_and_never_a_later_one(
    session: Session, weigh: Weigh
) -> None:
    first = weigh(day(-9), WEIGHT="59.0")
    both = weigh(day(-7), WEIGHT="58.7", HEIGHT="160")
    later = weigh(day(-5), WEIGHT="61.0")
    assert mass_at(session, first) is None
    assert mass_at(session, both) == ("22.9", "정상 범위", True)
    assert mass_at(session, later) == ("23.8", "비만 전단계 범위", False)


def test_a_height_alone_has_no_index(session: Session, weigh: Weigh) -> None:
    assert mass_at(session, weigh(day(-7), HEIGHT="160")) is None


def test_the_record_says_it_with_the_height_it_rests_on(sign_in_as: SignIn, town: Town, weigh: Weigh) -> None:
    both, later = weigh(day(-7), WEIGHT="58.7", HEIGHT="160"), weigh(day(-5), WEIGHT="61.0")
    nurse = sign_in_as(town.nurse)
    shown = nurse.get(f"/visits/{both.id}").text
    assert "체질량지수 22.9 kg/m² 정상 범위" in shown
    assert "지난번 키" not in shown
    assert "체질량지수 지난번 키 160.0cm 23.8 kg/m² 비만 전단계 범위" in nurse.get(f"/visits/{later.id}").text
    assert "체질량지수" not in sign_in_as(town.worker).get(f"/visits/{both.id}").text


def test_the_household_says_it_beside_the_weights_alone(
    sign_in_as: SignIn, town: Town, household: Household, weigh: Weigh
) -> None:
    weigh(day(-7), WEIGHT="58.7", HEIGHT="160")
    weigh(day(-5), WEIGHT="61.0")
    nurse = sign_in_as(town.nurse)
    assert (
        "체질량지수 23.8 · 비만 전단계 범위 (키 160.0cm)" in nurse.get(f"/households/{household.id}?vital=WEIGHT").text
    )
    assert "체질량지수" not in nurse.get(f"/households/{household.id}?vital=HEIGHT").text
