"""R03: every number is the number of its rows, rows add up to totals, and page, paper and spreadsheet agree."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.cases.models import Case, CaseStep
from app.cases.rules import CaseClass, CaseStage
from app.reports import queries
from app.reports.models import PrintRecord
from app.reports.queries import CaseScope
from app.reports.rules import CaseFigure, Medium
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.cases import brought_to, open_case
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

SignIn = Callable[[Role | Account], Browser]
F = CaseFigure
CLASSES_OF_LIVE = (
    CaseFigure.UNDECIDED,
    CaseFigure.GENERAL,
    CaseFigure.COMPLEX,
    CaseFigure.LINKAGE,
    CaseFigure.NOT_SELECTED,
)
"""Every case that counts for 진행 counts for exactly one of these."""
FIRST_ON = date(TODAY.year, 1, 1)
REASONS = ("CLOSE_MOVED", "CLOSE_DIED", "CLOSE_OF_ANOTHER_TIME")


@pytest.fixture(params=[1, 2])
def crowd(request: pytest.FixtureRequest, session: Session, town: Town) -> list[Case]:
    """Forty cases of two centres, some of them in a state that only old records have."""
    made = random.Random(request.param)
    workers = [town.who(town.worker), town.who(town.narae_worker)]
    households = [add_household(session, made.choice(workers)) for _ in range(12)]
    keepers = [None, town.worker.id, town.other_worker.id, town.narae_worker.id]
    return [a_case(session, made.choice(households), made.choice(keepers), made) for _ in range(40)]


def a_case(session: Session, household: Any, keeper_id: int | None, made: random.Random) -> Case:
    """A case with its steps; closed, in aftercare or ended as the lot falls."""
    intake_on = day(-made.randint(0, 500))
    case = Case(
        household_id=household.id, centre_id=household.centre_id, stage=CaseStage.INTAKE, stage_since=intake_on,
        intake_on=intake_on, route="VISIT", keeper_id=keeper_id, by_id=household.centre.id, at=NOW,
    )  # fmt: skip
    case.by_id = session.scalars(select(Account.id)).first() or 0
    on = intake_on
    if made.random() < 0.7:
        case.case_class, case.classified_on = made.choice(list(CaseClass)), on + timedelta(made.randint(0, 20))
    for stage in made.choice(((), (CaseStage.PLAN,), (CaseStage.PLAN, CaseStage.SERVICE))):
        on += timedelta(made.randint(1, 25))
        case.steps.append(step(case, stage, on))
    if made.random() < 0.5:
        on += timedelta(made.randint(1, 60))
        case.closed_on, case.closure_reason = on, made.choice(REASONS)
        if made.random() < 0.5:
            case.steps.append(step(case, CaseStage.AFTERCARE, on))
            case.ended_on = made.choice((None, on + timedelta(30)))
    session.add(case)
    session.flush()
    return case


def step(case: Case, stage: CaseStage, on: date) -> CaseStep:
    return CaseStep(from_stage=None, to_stage=stage, on=on, by_id=case.by_id, at=NOW)


def counts(case: Case, figure: CaseFigure, first_on: date, last_on: date) -> bool:
    """What the rules printed on the paper say, in other words than the queries."""
    came = [each.on for each in case.steps if each.to_stage is CaseStage.AFTERCARE]
    live = case.intake_on <= last_on and not (case.closed_on and case.closed_on <= last_on)
    decided = case.case_class if case.classified_on and case.classified_on <= last_on else None
    planned = any(each.to_stage in (CaseStage.PLAN, CaseStage.SERVICE) and each.on <= last_on for each in case.steps)
    without = decided in (CaseClass.LINKAGE, CaseClass.NOT_SELECTED)
    return {
        F.OPENED: first_on <= case.intake_on <= last_on,
        F.LIVE: live,
        F.UNDECIDED: live and decided is None,
        F.GENERAL: live and decided is CaseClass.GENERAL,
        F.COMPLEX: live and decided is CaseClass.COMPLEX,
        F.LINKAGE: live and decided is CaseClass.LINKAGE,
        F.NOT_SELECTED: live and decided is CaseClass.NOT_SELECTED,
        F.CLOSED: bool(case.closed_on and first_on <= case.closed_on <= last_on),
        F.AFTERCARE: bool(came and came[0] <= last_on and not (case.ended_on and case.ended_on <= last_on)),
        F.LATE: live and not planned and not without and (last_on - case.intake_on).days > 30,
    }[figure]


@pytest.mark.parametrize("last_on", [TODAY, day(-60)])
def test_every_number_is_the_number_of_its_rows_and_rows_add_up(
    session: Session, town: Town, crowd: list[Case], last_on: date
) -> None:
    who = town.who(town.district_officer)
    scope = CaseScope((town.garam.id, town.centres["나래동"].id), FIRST_ON, last_on)
    lines = queries.count_by_centre(session, who, scope)
    keepers = queries.count_by_keeper(session, who, scope)
    closures = queries.count_closures(session, who, scope)
    for figure in CaseFigure:
        total = sum(line.numbers[figure] for line in lines)
        assert total == sum(counts(case, figure, FIRST_ON, last_on) for case in crowd), figure
        assert total == sum(line.numbers[figure] for line in keepers)
        assert total == len(queries.list_counted(session, who, scope, figure, limit=100))
        for line in lines:
            of_centre = CaseScope((line.key,), FIRST_ON, last_on)
            assert len(queries.list_counted(session, who, of_centre, figure, limit=100)) == line.numbers[figure]
        for line in keepers:
            rows = queries.list_counted(session, who, scope, figure, keeper_id=line.key, limit=100)
            assert len(rows) == line.numbers[figure]
    for line in (*lines, *keepers):
        assert line.numbers[F.LIVE] == sum(line.numbers[each] for each in CLASSES_OF_LIVE)
    assert sum(closures.values()) == sum(line.numbers[F.CLOSED] for line in lines)
    for reason in {code for _, code in closures}:
        rows = queries.list_counted(session, who, scope, F.CLOSED, reason=reason, limit=100)
        assert len(rows) == sum(number for (_, code), number in closures.items() if code == reason)


def test_each_link_of_the_page_opens_as_many_rows_as_it_says(sign_in_as: SignIn, town: Town, crowd: list[Case]) -> None:
    browser = sign_in_as(town.district_officer)
    page = browser.get("/reports/cases")
    linked = [(link.get("href", ""), "".join(link.itertext())) for link in page.tree.iter("a")]
    numbers = {href: int(said.split(",")[0]) for href, said in linked if "/reports/cases/rows" in href}
    assert len(numbers) > 15
    for href, number in numbers.items():
        rows = browser.get(href)
        assert sum("/cases/" in link and "/reports" not in link for link in rows.links()) == number, href


def test_one_sees_the_cases_of_ones_own_centre_only(sign_in_as: SignIn, town: Town, crowd: list[Case]) -> None:
    browser = sign_in_as(town.narae_worker)
    page = browser.get(f"/reports/cases?centre_id={town.garam.id}")
    assert "나래동" in page.text
    assert "가람동" not in page.text
    own = {case.id for case in crowd if case.household.centre_id != town.garam.id}
    rows = browser.get(f"/reports/cases/rows?figure=LIVE&centre_id={town.garam.id}&first_on=2000-01-01")
    shown = {int(link.split("/")[-1]) for link in rows.links() if link.startswith("/cases/")}
    assert shown
    assert shown <= own


def test_opening_rows_is_written_into_the_access_log(
    session: Session, sign_in_as: SignIn, town: Town, crowd: list[Case]
) -> None:
    sign_in_as(town.district_officer).get("/reports/cases/rows?figure=OPENED")
    row = session.scalars(
        select(AccessLog).where(AccessLog.action == Action.LIST, AccessLog.subject == "reports:R03")
    ).one()
    opened = {case.household_id for case in crowd if case.intake_on >= FIRST_ON}
    assert row.row_count == len(opened)


@pytest.mark.parametrize(
    "address",
    [
        "first_on=x&last_on=9999-12-31",
        "first_on=2026-09-01&last_on=2026-01-01",
        "centre_id=99999999999999999999",
        "figure=NO&keeper_id=-1&after=-3",
    ],
)
def test_an_address_that_makes_no_sense_is_still_a_page(sign_in_as: SignIn, address: str) -> None:
    browser = sign_in_as(Role.WORKER)
    browser.get(f"/reports/cases?{address}")
    browser.get(f"/reports/cases/rows?{address}")


def test_no_case_at_all_is_said(sign_in_as: SignIn) -> None:
    assert "셀 사례가 없습니다" in sign_in_as(Role.WORKER).get("/reports/cases").text


def printed(browser: Browser, **fields: str) -> Answer:
    form = browser.get("/reports/cases/print").form("/reports/cases/print")
    return browser.submit(form, status=200, purpose="MEETING", **fields)


@pytest.fixture
def stories(session: Session, town: Town) -> None:
    """Two cases of 가람동, one with its plan; one of 나래동."""
    worker, other = town.who(town.worker), town.who(town.narae_worker)
    brought_to(session, add_household(session, worker), worker, CaseStage.SERVICE, CaseClass.COMPLEX)
    open_case(session, add_household(session, worker), worker, intake_on=day(-31))
    open_case(session, add_household(session, other), other)


def test_paper_and_spreadsheet_say_the_same_and_stand_in_the_register(
    session: Session, town: Town, sign_in_as: SignIn, stories: None, now: datetime
) -> None:
    lead = sign_in_as(town.supervisor)
    paper, sheet = printed(lead), printed(lead, xlsx="1")
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(paper.data)).pages)
    assert "가람동행정복지센터2210100001" in text.replace("구분전", "")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.data)).get_sheet_by_name("센터별 현황").to_python()
    [line] = [row for row in rows if row[0] == town.garam.name]
    assert line[1 : 1 + len(CaseFigure)] == [2, 2, 1, 0, 1, 0, 0, 0, 0, 1]
    records = session.scalars(select(PrintRecord).order_by(PrintRecord.id)).all()
    assert [(row.medium, row.copy_number, row.code) for row in records] == [
        (Medium.PDF, 1, "R03"), (Medium.XLSX, 2, "R03")
    ]  # fmt: skip
    assert "filename" in sheet.headers["Content-Disposition"]
    register = lead.get("/reports/register")
    assert "엑셀" in register.text
    for record, answer in zip(records, (paper, sheet), strict=True):
        lead.get("/reports/register")
        assert lead.post(f"/reports/register/{record.id}", status=200).data == answer.data
    exported = session.scalars(select(AccessLog).where(AccessLog.action == Action.EXPORT)).one()
    assert (exported.purpose, exported.subject) == ("회의", f"print:{records[1].id}")


def test_another_period_begins_its_copies_anew_and_the_district_has_all_centres(
    session: Session, town: Town, sign_in_as: SignIn, stories: None
) -> None:
    officer = sign_in_as(town.district_officer)
    printed(officer, centre_id="0")
    printed(officer, centre_id="0", first_on="2026-06-01")
    printed(officer, centre_id=str(town.garam.id))
    records = session.scalars(select(PrintRecord).order_by(PrintRecord.id)).all()
    assert [row.copy_number for row in records] == [1, 1, 1]
    assert [row.centre_id for row in records] == [None, None, town.garam.id]
    lines = [[line["label"] for line in row.facts["facts"]["by_centre"]["lines"]] for row in records]
    assert lines[0] == [town.garam.name, town.centres["나래동"].name]
    assert lines[2] == [town.garam.name]


@pytest.mark.parametrize(
    "fields",
    [
        {"purpose": ""},
        {"first_on": "2026-02-01", "last_on": "2026-01-01"},
        {"first_on": ""},
        {"centre_id": "999"},
    ],
)
def test_what_cannot_be_printed_comes_back_with_a_reason(sign_in_as: SignIn, fields: dict[str, str]) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get("/reports/cases/print").form("/reports/cases/print")
    browser.submit(form, status=422, **{"purpose": "MEETING", **fields})


def test_whoever_sees_no_cases_sees_no_figures(town: Town, sign_in_as: SignIn) -> None:
    for login in ("privacy_officer", "administrator"):
        browser = sign_in_as(town.accounts[login])
        for path in (
            "/reports/cases",
            "/reports/cases/rows",
            "/reports/cases/print",
            "/reports/needs",
            "/reports/rounds",
        ):
            browser.open(path, status=403)
