"""A nurse follows a proposal to another care group, and registers somebody who is in another programme already."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from app.care_groups.models import GroupDecision, Registration
from app.care_groups.queries import Cause, list_reviews, standing_registrations
from app.care_groups.rules import Programme
from app.core import clock
from app.households.models import Household, Member
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.groups import GroupPages
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.tablet import LANDSCAPE, PORTRAIT

NURSE = "garam.nurse1"


@dataclass(frozen=True)
class Person:
    """Somebody a journey goes to."""

    id: int
    household_id: int
    group: str = ""


@pytest.fixture
def worse(ledger: Ledger) -> Person:
    """Somebody whose readings propose to be seen more often."""
    with ledger.reading() as session:
        lines = list_reviews(session, ledger.identity(session, NURSE), today=clock.today(), mine=True)
        line = next(each for each in lines if each.cause is Cause.HEAVIER)
        assert line.proposal.group is not None
        return Person(line.member.id, line.member.household_id, line.proposal.group.label)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "flat"])
def test_a_proposal_is_read_line_by_line_and_taken_with_one_tap(
    open_tablet: OpenTablet, ledger: Ledger, worse: Person, size: tuple[int, int]
) -> None:
    tablet = open_tablet(NURSE, size=size)
    groups = GroupPages(tablet).open_reviews()
    expect(groups.person(worse.id)).to_contain_text("더 자주 볼 제안")
    tablet.hand.tap(groups.person(worse.id))
    expect(groups.proposed).to_contain_text(worse.group)
    expect(groups.reasons.first).to_contain_text("이상")
    expect(groups.accept).to_have_text(f"{worse.group}으로 정하기")
    tablet.hand.tap(groups.accept)
    household = HouseholdPage(tablet, worse.household_id).wait()
    expect(household.news).to_contain_text(f"{worse.group}으로 정했습니다")
    expect(household.dues.filter(has_text=worse.group).first).to_contain_text("까지")
    expect(groups.open_reviews().person(worse.id)).to_have_count(0)
    with ledger.reading() as session:
        newest = select(GroupDecision).where(GroupDecision.member_id == worse.id).order_by(GroupDecision.id.desc())
        decided = session.scalars(newest).first()
        assert decided is not None
        assert (decided.reason, decided.chosen.label) == ("제안대로 정함", worse.group)
        assert decided.lines
    assert not tablet.hand.small


@pytest.fixture
def registered(ledger: Ledger) -> Person:
    """Somebody who is in 방문건강관리 and in nothing else."""
    with ledger.reading() as session:
        who = ledger.identity(session, NURSE)
        statement = (
            select(Member)
            .join(Registration, Registration.member_id == Member.id)
            .join(Household, Household.id == Member.household_id)
            .where(Household.nurse_id == who.account_id, Household.closed_on.is_(None), Member.left_on.is_(None))
        )
        for member in session.scalars(statement):
            programmes = [each.programme for each in standing_registrations(session, [member.id])]
            if programmes == [Programme.VISITING_HEALTH]:
                return Person(member.id, member.household_id)
    raise AssertionError("nobody of the demo is in one programme alone")


def test_somebody_in_one_programme_is_registered_in_another_only_with_a_reason(
    open_tablet: OpenTablet, registered: Person
) -> None:
    tablet = open_tablet(NURSE)
    groups = GroupPages(tablet).open_registration(registered.household_id, registered.id)
    expect(tablet.page.get_by_text("지금 방문건강관리에 등록되어 있습니다")).to_be_visible()
    tablet.hand.tap(groups.register)
    expect(groups.errors).to_contain_text("함께 등록하는 까닭을 적어 주세요")
    tablet.hand.write(tablet.page.get_by_label("함께 등록하는 까닭"), "이관하는 한 달")
    tablet.hand.tap(groups.register)
    expect(groups.news).to_contain_text("AI·IoT 어르신 건강관리에 등록했습니다")
    expect(tablet.page.get_by_text("이관하는 한 달")).to_be_visible()
