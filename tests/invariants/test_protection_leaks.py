"""Who reported, and what was seen of, a restricted task stands on its own page, for those it names, and on its own
report. A planted name and a planted text are looked for on every page of everybody, on every paper at every masking
level, in every export, feed, mail and log line, and in every row of every table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.alerts.models import Mail
from app.cases.models import Case, Counselling
from app.conferences.models import Conference
from app.config import MailSettings
from app.consents.models import Consent
from app.core.database import Base
from app.core.errors import NotFound, RuleBroken
from app.discoveries.models import Round
from app.needs.models import NeedsAssessment
from app.plans.models import Plan, Referral
from app.reminders.jobs import escalate_overdue, tell_mornings, tell_weeks
from app.reports.documents import draw
from app.reports.models import PrintRecord
from app.reports.rules import EntryGround, GroundNamed, Masking, Purpose, ReportCode, to_json
from app.reports.service import PrintRequest, print_report
from app.safety.jobs import tell_late_protection
from app.safety.models import ProtectionTask
from app.safety.queries import get_protection
from app.safety.service import ProtectionDetails, ReportDetails, keep_report, open_protection
from app.visits.models import Visit
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.town import Town
from tests.invariants.conftest import Furnished
from tests.invariants.test_routes import path_of, readable, rules
from tests.moments import TODAY, day

Enter = Callable[[Role | Account], Browser]

REPORTER, SEEN, RECEIPT = "뷁도깨비나루", "쀍손가락자국", "쮉칠칠공삼"
PLANTED = (REPORTER, SEEN, RECEIPT)
OWN_PAGE = "safety.show_protection"
MAY_SEE = {"worker", "nurse", "supervisor"}
"""Whom the task names (its household's worker and nurse, and who opened it), and the centre's supervisor."""
LOGINS = (
    "worker", "nurse", "supervisor", "other_worker", "other_nurse", "district_officer", "privacy_officer",
    "administrator", "narae_worker", "narae_supervisor", "far_supervisor", "far_privacy_officer",
)  # fmt: skip
on_one_database = pytest.mark.parametrize("templates", ["sqlite"], indirect=True)
"""What is drawn out of a row is the same on either."""


@dataclass(frozen=True)
class Planted:
    """The furnished town, in whose restricted task the words stand."""

    furnished: Furnished
    task: ProtectionTask


@pytest.fixture
def planted(session: Session, town: Town, furnished: Furnished, now: datetime) -> Planted:
    """The words stand in everything that is typed about a task; it has been open for hours and nothing was reported."""
    worker, before = town.who(town.worker), now - timedelta(hours=3)
    task = session.get_one(ProtectionTask, furnished.values["task_id"])
    details = ProtectionDetails(task.kind, f"{SEEN}이 있음")
    assert open_protection(session, furnished.household, details, actor=worker, now=before) is task
    told = ReportDetails(f"{SEEN} 센터", None, RECEIPT, REPORTER, f"{SEEN} 확인")
    keep_report(session, task, told, version=task.version, actor=worker, now=before)
    task.due_at = before
    session.commit()
    return Planted(furnished, task)


def found_in(text: str) -> list[str]:
    """The planted words in a text, whatever white space was put between their letters."""
    squeezed = "".join(text.split())
    return [word for word in PLANTED if word in squeezed]


def squeezed_pdf(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def said(answer: Answer) -> str:
    """All that an answer says: its headers, its text, and the text of what it carries."""
    content = answer.get_data()
    body = squeezed_pdf(content) if content.startswith(b"%PDF") else readable(answer)
    return f"{answer.headers} {body}"


@on_one_database
@pytest.mark.parametrize("login", LOGINS)
def test_they_stand_on_the_tasks_own_page_and_on_no_other(
    app: Flask, sign_in_as: Enter, town: Town, planted: Planted, login: str
) -> None:
    browser = sign_in_as(town.accounts[login])
    browser.reads_pages = False
    walked = 0
    for rule in rules(app, "GET"):
        answer = browser.open(path_of(app, rule, planted.furnished))
        is_own = rule.endpoint == OWN_PAGE and login in MAY_SEE
        assert found_in(said(answer)) == (list(PLANTED) if is_own else []), f"{login}: {rule.rule}"
        walked += 1
    assert walked > 60


@on_one_database
@pytest.mark.parametrize("login", sorted({*LOGINS} - MAY_SEE))
def test_whoever_is_not_named_does_not_learn_that_the_task_exists(
    app: Flask, sign_in_as: Enter, town: Town, planted: Planted, login: str
) -> None:
    browser = sign_in_as(town.accounts[login])
    browser.get("/me")
    for rule in rules(app, "GET"):
        if "task_id" in rule.arguments:
            browser.open(path_of(app, rule, planted.furnished), status=404)
    for rule in rules(app, "POST"):
        if "task_id" in rule.arguments:
            browser.post(path_of(app, rule, planted.furnished), status=404)


def requests(session: Session, town: Town, planted: Planted) -> Iterator[PrintRequest]:
    """Every paper at every level, about whatever it is about: the household, its people, its visit, its centre."""
    household = planted.furnished.household
    about: dict[str, Any] = {
        "household": household,
        "assignee": town.nurse,
        "ground": GroundNamed(EntryGround.IMMINENT_HARM, "인기척이 없음"),
        "centres": (town.garam,),
        "first_on": day(-300),
        "last_on": TODAY,
        "task": planted.task,
        "visits": (session.get_one(Visit, planted.furnished.values["visit_id"]),),
        "of_round": session.get_one(Round, planted.furnished.values["round_id"]),
    }
    rows = rows_of_forms(session, planted.furnished.values)
    for code in ReportCode:
        of_it = {**about, "about": rows.get(code)} | ({} if code is ReportCode.PROTECTION else {"task": None})
        for masking in Masking:
            yield PrintRequest(code, masking, next(iter(Purpose)), **of_it)


def rows_of_forms(session: Session, values: dict[str, Any]) -> dict[ReportCode, Any]:
    """What each official form is about; the case stands closed and the referral sent, so that theirs are printed too."""
    case, referral = session.get_one(Case, values["case_id"]), session.get_one(Referral, values["referral_id"])
    case.closed_on, referral.sent_on = TODAY, TODAY
    return {
        ReportCode.COUNSELLING_SHEET: session.get_one(Counselling, values["counselling_id"]),
        ReportCode.NEEDS_SHEET: session.get_one(NeedsAssessment, values["survey_id"]),
        ReportCode.MINUTES_SHEET: session.get_one(Conference, values["conference_id"]),
        ReportCode.PLAN_SHEET: session.get_one(Plan, values["plan_id"]),
        ReportCode.REFERRAL_SHEET: referral,
        ReportCode.CLOSURE_SHEET: case,
        ReportCode.AFTERCARE_SHEET: case,
        ReportCode.CONSENT_SHEET: session.get_one(Consent, values["consent_id"]),
    }


def test_they_stand_on_the_tasks_own_report_and_on_no_other_paper(
    session: Session, town: Town, planted: Planted, now: datetime
) -> None:
    drawn = set()
    for login in ("worker", "nurse", "supervisor", "district_officer"):
        for request in requests(session, town, planted):
            try:
                _record, facts = print_report(session, request, actor=town.who(town.accounts[login]), now=now)
            except (RuleBroken, NotFound):
                continue  # this person may not print it so
            texts = f"{to_json(facts)} {squeezed_pdf(draw(facts))}"
            drawn.add(request.code)
            place = f"{login}: {request.code} {request.masking}"
            if request.code is not ReportCode.PROTECTION:
                assert found_in(texts) == [], place
            elif request.masking is Masking.FULL:
                assert found_in(texts) == list(PLANTED), place
            else:
                assert REPORTER not in found_in(texts), place
    assert drawn == set(ReportCode), "every paper was looked at"


@on_one_database
def test_the_printed_report_opens_again_for_those_who_may_see_the_task(
    session: Session, sign_in_as: Enter, town: Town, planted: Planted
) -> None:
    lead = sign_in_as(town.supervisor)
    form = lead.get(f"/protection/{planted.task.id}/report").form("/report")
    lead.submit(form, status=422)
    answer = lead.submit(form, status=200, purpose="DUTY")
    assert found_in(squeezed_pdf(answer.data)) == list(PLANTED)
    record = session.scalars(select(PrintRecord).where(PrintRecord.code == ReportCode.PROTECTION)).one()
    for login, status in (("supervisor", 200), ("privacy_officer", 404), ("narae_supervisor", 404), ("worker", 404)):
        browser = sign_in_as(town.accounts[login])
        if login != "worker":
            assert found_in(browser.get("/reports/register").html) == []
        if status == 200:
            assert browser.post(f"/reports/register/{record.id}", status=200).data == answer.data
        elif login != "worker":
            browser.post(f"/reports/register/{record.id}", status=status)


@pytest.fixture
def mailing(app: Flask) -> Iterator[Flask]:
    """The application with a mail server it could hand mails to."""
    before = app.config["OUTREACH"]
    mail = MailSettings("mail.example.go.kr", 25, "outreach@example.go.kr")
    app.config["OUTREACH"] = replace(before, mail=mail, base_url="https://outreach.example.go.kr")
    yield app
    app.config["OUTREACH"] = before


def test_no_row_no_mail_no_alert_and_no_line_of_the_log_holds_them(
    mailing: Flask, session: Session, sign_in_as: Enter, town: Town, planted: Planted, log: StringIO, now: datetime
) -> None:
    """After the task was written, changed, refused, printed and looked at, and everybody was told what there is to tell."""
    town.supervisor.email, town.worker.email = "lead@example.go.kr", "worker@example.go.kr"
    worker = sign_in_as(town.worker)
    page = f"/protection/{planted.task.id}"
    worker.submit(worker.get(page).form(page), reported_on="2026-11-23", status=422)
    worker.submit(worker.get(page).form(page), version="0", reporter=REPORTER, status=422)
    worker.submit(worker.get(page).form(page), reporter=REPORTER, outcome=SEEN)
    form = worker.get(f"{page}/report").form("/report")
    worker.submit(form, status=200, purpose="DUTY")
    with mailing.app_context():
        heard = [tell(session, now) for tell in (tell_mornings, tell_weeks, escalate_overdue, tell_late_protection)]
    assert heard[0], "somebody was told of the morning"
    assert heard[-1] == 1, "the supervisor was told of the late task"
    assert session.scalars(select(Mail)).all()
    assert found_in(log.getvalue()) == []
    places = {place for place, text in every_row(session) if found_in(text)}
    assert places == {"protection_task", "print_record"}
    kept = [
        str(record.facts) for record in session.scalars(select(PrintRecord)) if record.code != ReportCode.PROTECTION
    ]
    assert found_in(" ".join(kept)) == []


def every_row(session: Session) -> Iterator[tuple[str, str]]:
    """Each row of each table as text, JSON decoded, with the table's name."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            yield table.name, re.sub(r"\s", "", str(tuple(row)))


def test_those_who_may_are_those_the_task_names(session: Session, town: Town, planted: Planted) -> None:
    """Otherwise the silence above would prove nothing."""
    for login, account in town.accounts.items():
        if login in MAY_SEE:
            assert get_protection(session, town.who(account), planted.task.id).reporter == REPORTER
        else:
            with pytest.raises(NotFound):
                get_protection(session, town.who(account), planted.task.id)
