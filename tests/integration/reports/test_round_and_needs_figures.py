"""R02 and R05, and R04 as a spreadsheet: what is exported is what the pages count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.assignments.rules import Duty
from app.assignments.service import assign
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.discoveries.models import DiscoveryItem, Round
from app.discoveries.queries.items_figures import count_figures
from app.discoveries.rules import ItemState, Route
from app.discoveries.rules.items_figures import Figure
from app.households.models import Household
from app.needs.rules import NeedHouseholdType, NeedLevel
from app.needs.service import void_needs
from app.reports.facts.needs_figures import count_needs, households_of
from app.reports.models import PrintRecord
from app.reports.queries import CaseScope
from app.reports.rules import NeedsFigure
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.cases import counsel
from tests.factories.households import add_household
from tests.factories.needs import survey
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

SignIn = Callable[[Role | Account], Browser]


def sheet(answer: Answer, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_name(name).to_python()


@pytest.fixture
def worked_round(session: Session, town: Town) -> Round:
    """Three people of 가람동, one of them done, and one of 나래동."""
    of_round = Round(
        district_id=town.garam.district_id, source=Route.SYS_CENTRAL, title="6차", opens_on=day(-7), closes_on=day(46),
        at=NOW,
    )  # fmt: skip
    session.add(of_round)
    session.flush()
    for at, account in enumerate((town.worker, town.worker, town.worker, town.narae_worker)):
        session.add(an_item(session, of_round, town.who(account), at, is_done=at == 0))
    session.flush()
    return of_round


def an_item(session: Session, of_round: Round, who: Any, at: int, *, is_done: bool) -> DiscoveryItem:
    household = add_household(session, who)
    return DiscoveryItem(
        centre_id=household.centre_id, household_id=household.id, round_id=of_round.id, source=Route.SYS_CENTRAL,
        person_key=f"key {at}", received_on=day(-6), state=ItemState.CLOSED if is_done else ItemState.OPEN,
        outcome_at=NOW if is_done else None, score=at,
    )  # fmt: skip


def round_sheet(browser: Browser, of_round: Round, **fields: str) -> Answer:
    form = browser.get(f"/reports/rounds?round_id={of_round.id}").form("/reports/rounds")
    return browser.submit(form, status=200, purpose="DUTY", **fields)


def test_the_spreadsheet_of_a_round_is_the_page_of_its_figures(
    session: Session, town: Town, sign_in_as: SignIn, worked_round: Round
) -> None:
    officer = sign_in_as(town.district_officer)
    rows = sheet(round_sheet(officer, worked_round, centre_id="0", xlsx="1"), "센터별 처리 현황")
    counted = count_figures(session, town.who(town.district_officer), worked_round)
    assert len(counted) == 2
    for line in counted:
        [row] = [each for each in rows if each[0] == line.name]
        assert row[1 : 1 + len(Figure)] == [line.numbers[figure] for figure in Figure]
    [garam] = [row for row in rows if row[0] == town.garam.name]
    assert garam[1 + len(Figure)] == pytest.approx(0.333)
    [sums] = [row for row in rows if row[0] == "합계"]
    assert sums[1] == 4


def test_a_centre_prints_itself_alone_and_the_district_may_choose_one(
    session: Session, town: Town, sign_in_as: SignIn, worked_round: Round
) -> None:
    for login, fields in (("supervisor", {}), ("district_officer", {"centre_id": str(town.garam.id)})):
        answer = round_sheet(sign_in_as(town.accounts[login]), worked_round, xlsx="1", **fields)
        assert town.centres["나래동"].name not in str(sheet(answer, "센터별 처리 현황"))
        [sums] = [row for row in sheet(answer, "담당별 처리 현황") if row[0] == "합계"]
        assert sums[len(ItemState) + 1] == 3
        days = [row for row in sheet(answer, "남은 건") if hasattr(row[0], "year")]
        assert (days[-1][0], days[-1][1]) == (TODAY, 2)
    records = session.scalars(select(PrintRecord).order_by(PrintRecord.id)).all()
    assert [(row.code, row.centre_id, row.copy_number) for row in records] == [
        ("R02", town.garam.id, 1), ("R02", town.garam.id, 2)
    ]  # fmt: skip


def test_a_round_of_another_district_cannot_be_printed(town: Town, sign_in_as: SignIn, worked_round: Round) -> None:
    browser = sign_in_as(town.far_supervisor)
    assert "출력할 차수가 없습니다" in browser.get("/reports/rounds").text
    browser.submit(
        browser.get("/reports/needs/print").form("/reports/needs/print"), status=200, purpose="DUTY"
    )  # their own papers they may print
    sent = {"round_id": str(worked_round.id), "centre_id": "0", "purpose": "DUTY"}
    browser.get("/reports/rounds")
    browser.post("/reports/rounds", sent, status=422)


@pytest.fixture
def surveyed(session: Session, town: Town) -> list[Household]:
    """Three households of 가람동: two needs, one need and later none, one that was taken back; one of 나래동."""
    worker, other = town.who(town.worker), town.who(town.narae_worker)
    first, second, third = (add_household(session, worker) for _ in range(3))
    far = add_household(session, other)
    for household in (first, second, third, far):
        counsel(session, household, other if household is far else worker, counselled_on=day(-50))
    survey(session, first, worker, on=day(-3), SAFE_IN_FAMILY=NeedLevel.URGENT, ECON_BASIC=NeedLevel.NEEDED)
    survey(session, second, worker, on=day(-40), ECON_BASIC=NeedLevel.NEEDED)
    survey(session, second, worker, on=day(-2), ECON_BASIC=NeedLevel.WATCH)
    gone = survey(session, third, worker, on=day(-3), ECON_BASIC=NeedLevel.NEEDED)
    void_needs(session, gone.row, because="다른 가구의 것", actor=worker, now=NOW)
    survey(session, far, other, on=day(-3), ECON_BASIC=NeedLevel.NEEDED)
    return [first, second, third, far]


def test_each_household_counts_by_its_latest_survey_and_each_number_names_its_households(
    session: Session, town: Town, surveyed: list[Household]
) -> None:
    scope = CaseScope((town.garam.id, town.centres["나래동"].id), day(-60), TODAY)
    counts = count_needs(session, town.who(town.district_officer), scope)
    first, second, _third, far = (household.id for household in surveyed)
    assert set(households_of(counts)) == {first, second, far}
    assert set(households_of(counts, domain="ECONOMY")) == {first, far}
    assert households_of(counts, domain="SAFETY") == (first,)
    assert households_of(counts, figure=NeedsFigure.SEVERAL) == (first,)
    assert set(households_of(counts, figure=NeedsFigure.IN_NEED)) == {first, far}
    for domain, _label in counts.domains:
        of_types = [households_of(counts, domain=domain, household_type=each) for each in NeedHouseholdType]
        assert sorted(sum(of_types, ())) == sorted(households_of(counts, domain=domain))


def test_each_link_of_needs_opens_as_many_households_as_it_says_and_the_look_is_recorded(
    session: Session, town: Town, sign_in_as: SignIn, surveyed: list[Household]
) -> None:
    browser = sign_in_as(town.supervisor)
    page = browser.get("/reports/needs")
    linked = [(link.get("href", ""), "".join(link.itertext())) for link in page.tree.iter("a")]
    numbers = {href: int(said.split(",")[0]) for href, said in linked if "/reports/needs/rows" in href}
    assert len(numbers) > 5
    for href, number in numbers.items():
        shown = browser.get(href)
        assert (
            len([link for link in shown.links() if link.startswith("/households/") and link.count("/") == 2]) == number
        )
    rows = session.scalars(select(AccessLog).where(AccessLog.subject == "reports:R05")).all()
    assert len(rows) == len(numbers)
    assert {row.action for row in rows} == {Action.LIST}


def test_needs_as_a_spreadsheet_say_what_the_page_says(
    session: Session, town: Town, sign_in_as: SignIn, surveyed: list[Household]
) -> None:
    browser = sign_in_as(town.district_officer)
    form = browser.get("/reports/needs/print").form("/reports/needs/print")
    answer = browser.submit(form, status=200, purpose="DUTY", centre_id="0", xlsx="1")
    rows = sheet(answer, "욕구영역·가구유형별 건수")
    counts = count_needs(
        session, town.who(town.district_officer),
        CaseScope((town.garam.id, town.centres["나래동"].id), TODAY.replace(month=1, day=1), TODAY),
    )  # fmt: skip
    for code, label in counts.domains:
        [row] = [each for each in rows if each[0] == label]
        assert row[1 + len(NeedHouseholdType)] == counts.count(code)
    [sums] = [row for row in sheet(answer, "가구유형별 복합욕구") if row[0] == "합계"]
    assert sums[1:4] == [3, 2, 1]
    assert sums[4] == pytest.approx(0.333)
    [record] = session.scalars(select(PrintRecord))
    browser = sign_in_as(town.privacy_officer)
    browser.get("/reports/register")
    assert browser.post(f"/reports/register/{record.id}", status=200).data == answer.data


def test_no_survey_at_all_is_said(sign_in_as: SignIn) -> None:
    browser = sign_in_as(Role.NURSE)
    assert "조사한 가구가 없습니다" in browser.get("/reports/needs").text
    assert "해당하는 가구가 없습니다" in browser.get("/reports/needs/rows?domain=NO&type=NO&figure=NO&after=3").text


@pytest.fixture
def carried(session: Session, town: Town, now: datetime) -> Household:
    """A household of the nurse with an approach that looks like a formula."""
    nurse = town.who(town.nurse)
    household = add_household(session, nurse)
    assign(session, household, Duty.NURSE, town.nurse, actor=nurse, now=now)
    return household


def test_a_caseload_as_a_spreadsheet_is_masked_and_registered_as_its_paper(
    session: Session, town: Town, sign_in_as: SignIn, carried: Household
) -> None:
    browser = sign_in_as(town.nurse)
    for masking, name in (("FULL", "김순자"), ("STATISTICS", "김○○")):
        form = browser.get("/reports").form("/reports")
        answer = browser.submit(form, status=200, code="R04", purpose="DUTY", masking=masking, xlsx="1")
        [row] = [row for row in sheet(answer, "가구 전체") if row[0] == carried.number]
        assert row[1] == name
    records = session.scalars(select(PrintRecord).order_by(PrintRecord.id)).all()
    assert [(row.code, row.medium.label, row.masking.value, row.copy_number) for row in records] == [
        ("R04", "엑셀", "FULL", 1), ("R04", "엑셀", "STATISTICS", 2)
    ]  # fmt: skip


def test_a_paper_that_is_no_table_is_refused_as_a_spreadsheet_and_says_so(
    session: Session, sign_in_as: SignIn, carried: Household
) -> None:
    browser = sign_in_as(Role.NURSE)
    form = browser.get("/reports").form("/reports")
    answer = browser.submit(form, status=422, code="F10", purpose="DUTY", masking="AGENCY", xlsx="1")
    assert "엑셀로 만들지 않습니다" in answer.get_data(as_text=True)
    assert session.scalars(select(PrintRecord)).all() == []
