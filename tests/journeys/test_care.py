"""What was done, one tap each; medicines as they were, one tap; how a problem stands, one tap. By finger and by keys."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from app.care.models import Intervention, Medicine, MedicineCheck, Problem, ProblemRating
from app.core import clock
from app.households.models import Household, Member
from playwright.sync_api import Locator, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import DESK, LANDSCAPE, PORTRAIT, Keyboard

NURSE = "garam.nurse1"


@dataclass(frozen=True)
class Patient:
    """Somebody living alone who takes medicines and has problems that were rated."""

    household_id: int
    member_id: int
    problem_id: int
    problems: int
    """How many stand open and may be rated on a visit."""


def patient(ledger: Ledger) -> Patient:
    """One of the nurse's, of whom nothing is unusual."""
    with ledger.reading() as session:
        nurse = ledger.identity(session, NURSE)
        alone = select(Member.household_id).group_by(Member.household_id).having(func.count(Member.id) == 1)
        taking = select(Medicine.household_id).where(Medicine.ended_on.is_(None))
        rated = select(ProblemRating.problem_id)
        statement = (
            select(Problem)
            .join(Household, Household.id == Problem.household_id)
            .where(Household.nurse_id == nurse.account_id, Household.id.in_(alone), Household.id.in_(taking))
            .where(Problem.closed_on.is_(None), Problem.id.in_(rated), Problem.member_id.is_not(None))
            .where(~Household.flags.any(), Household.absences_in_row == 0)
            .order_by(Problem.household_id, Problem.opened_on.desc(), Problem.id.desc())
        )
        found = session.scalars(statement).first()
        assert found is not None
        assert found.member_id is not None
        return Patient(found.household_id, found.member_id, found.id, _standing(session, found.household_id))


def _standing(session: Session, household_id: int) -> int:
    open_ones = (Problem.household_id == household_id, Problem.closed_on.is_(None))
    return session.scalar(select(func.count(Problem.id)).where(*open_ones)) or 0


def same_medicines(visit: VisitPage, whose: Patient) -> Locator:
    return visit.page.locator(f"[id='care-m{whose.member_id}-list'] label.chip").filter(has_text="그대로 복용 중")


def status_chip(visit: VisitPage, whose: Patient, step: int) -> Locator:
    return visit.page.locator(f"[id='care-p{whose.problem_id}-status'] label.chip:has(input[value='{step}'])")


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "flat"])
def test_two_interventions_a_medicine_list_and_a_problem_take_a_tap_each(
    open_tablet: OpenTablet, ledger: Ledger, size: tuple[int, int]
) -> None:
    tablet, whose = open_tablet(NURSE, size=size), patient(ledger)
    visit = VisitPage(tablet).open(whose.household_id)
    visit.step("살핌·기록")
    before = tablet.hand.taps
    tablet.hand.tap(visit.done(0))
    tablet.hand.tap(visit.done(1))
    tablet.hand.tap(same_medicines(visit, whose))
    if whose.problems > 3:
        tablet.hand.tap(visit.page.locator("summary").filter(has_text="다시 평가하기"))
    tablet.hand.tap(status_chip(visit, whose, 4))
    assert tablet.hand.taps - before == 4 + (whose.problems > 3)
    visit.saved()
    visit.page.reload()  # the draft gives everything back
    visit.step("살핌·기록")
    expect(visit.done(0).locator("input")).to_be_checked()
    expect(same_medicines(visit, whose).locator("input")).to_be_checked()
    expect(status_chip(visit, whose, 4)).to_be_visible()
    visit.go_on()
    tablet.hand.tap(visit.submit)
    HouseholdPage(tablet, whose.household_id).wait()
    assert not tablet.hand.small
    it_is_stored(ledger, whose, status=4)


def it_is_stored(ledger: Ledger, whose: Patient, *, status: int) -> None:
    with ledger.reading() as session:
        rating = session.scalars(
            select(ProblemRating).where(ProblemRating.problem_id == whose.problem_id).order_by(ProblemRating.id.desc())
        ).first()
        assert rating is not None
        assert (rating.status, rating.rated_on) == (status, clock.today())
        done = session.scalars(select(Intervention).where(Intervention.visit_id == rating.visit_id)).all()
        assert len(done) == 2
        check = session.scalars(select(MedicineCheck).where(MedicineCheck.visit_id == rating.visit_id)).one()
        assert check.answers == {"list": "SAME"}
        medicines = session.scalars(
            select(Medicine).where(Medicine.member_id == whose.member_id, Medicine.ended_on.is_(None))
        )
        assert {medicine.confirmed_on for medicine in medicines} == {clock.today()}


def test_the_same_can_be_done_by_keys_alone(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, whose = open_tablet(NURSE, size=DESK), patient(ledger)
    visit = VisitPage(tablet).open(whose.household_id)
    visit.step("살핌·기록")
    keys = Keyboard(tablet.page)
    keys.tick(visit.done(0).locator("input"))
    keys.tick(visit.done(1).locator("input"))
    keys.reach(visit.page.locator(f"[id='care-m{whose.member_id}-list'] input:checked"))
    keys.press("ArrowDown")
    expect(same_medicines(visit, whose).locator("input")).to_be_checked()
    if whose.problems > 3:
        keys.choose(visit.page.locator("summary").filter(has_text="다시 평가하기"))
    keys.reach(visit.page.locator(f"[id='care-p{whose.problem_id}-status'] input:checked"))
    for _ in range(3):
        keys.press("ArrowDown")  # not rated, as it was, 1, 2
    expect(status_chip(visit, whose, 2).locator("input")).to_be_checked()
    visit.saved()
    keys.choose(visit.page.get_by_role("button", name="다음: 다음 약속"))
    keys.choose(visit.submit)
    HouseholdPage(tablet, whose.household_id).wait()
    it_is_stored(ledger, whose, status=2)
    assert not keys.unseen


def test_a_problem_is_found_by_its_initials_and_put_on_the_list(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, whose = open_tablet(NURSE, size=PORTRAIT), patient(ledger)
    page = tablet.page
    tablet.open(f"/households/{whose.household_id}/problems/new")
    tablet.hand.write(page.get_by_label("찾기"), "ㅍㅂ")
    kinds = page.locator("[data-care-words]:visible")
    expect(kinds).to_have_count(1)
    tablet.hand.tap(kinds.filter(has_text="피부"))
    tablet.hand.tap(page.get_by_role("button", name="가려움"))
    expect(page.get_by_label("징후와 내용")).to_have_value("가려움")
    tablet.hand.tap(page.locator("[id='member_id'] label.chip").last)
    tablet.hand.tap(page.get_by_role("button", name="목록에 올리기"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("피부")
    expect(page.get_by_text("가려움").first).to_be_visible()
    assert not tablet.hand.small
