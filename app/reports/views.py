"""Choose a paper, see it, print it; and the register of everything printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, send_file
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.accounts.queries import get_account, list_colleagues
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.follow_ups.queries import absence_step, list_decisions
from app.households.models import Household
from app.households.queries import get_household
from app.reports import queries, service
from app.reports.documents import draw, template_version
from app.reports.forms import AssigneeReportForm, EntrySheetForm, PrintForm
from app.reports.models import PrintRecord
from app.reports.rules import EntryGround, Facts, GroundNamed, Masking, Purpose, ReportCode, from_json
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires

blueprint = Blueprint("reports", __name__)
PER_PAGE = 50


@blueprint.route("/reports", methods=["GET", "POST"])
@requires(Permission.PRINT_REPORT)
def choose() -> Any:
    """The caseload report and the day's schedule of one's own, or for a supervisor of anybody's, households."""
    identity = current_identity()
    people = _printable_people(identity)
    form = AssigneeReportForm(
        data={
            "code": request.args.get("code", ReportCode.CASELOAD.value),
            "account_id": request.args.get("account_id", identity.account_id, type=int),
            "masking": Masking.AGENCY.value,
        }
    )
    form.offer_people(people)
    _limit_masking(form, identity)
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode(form.code.data),
            Masking(form.masking.data),
            Purpose(form.purpose.data),
            assignee=get_account(db.session, form.account_id.data),
        )
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now())):
            return _drawn(*form.outcome)
    return make_response(render_template("reports/choose.html", form=form, people=people), form.status)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


@blueprint.route("/households/<int:household_id>/report", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, household_from_url)
def choose_case_report(household: Household) -> Any:
    """One household's case report."""
    identity = current_identity()
    form = PrintForm()
    _limit_masking(form, identity)
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode.CASE_REPORT, Masking(form.masking.data), Purpose(form.purpose.data), household=household
        )
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now())):
            return _drawn(*form.outcome)
    return _chosen_for("reports/choose_case_report.html", form, household, identity)


@blueprint.route("/households/<int:household_id>/entry-sheet", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, household_from_url)
def choose_entry_sheet(household: Household) -> Any:
    """The urgent entry request to police and fire service; whoever prints it names the ground in words."""
    identity, now = current_identity(), clock.now()
    full = can(identity, Permission.PRINT_UNMASKED)
    form = EntrySheetForm(
        data={
            "purpose": Purpose.DUTY.value,
            "masking": (Masking.FULL if full else Masking.AGENCY).value,
            "ground_words": _decided_reason(household, clock.korean_date(now)),
        }
    )
    _limit_masking(form, identity)
    form.without_statistics()
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode.ENTRY_SHEET, Masking(form.masking.data), Purpose(form.purpose.data), household=household,
            ground=GroundNamed(EntryGround(form.ground.data), form.ground_words.data),
        )  # fmt: skip
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=now)):
            return _drawn(*form.outcome)
    return _chosen_for("reports/choose_entry_sheet.html", form, household, identity)


def _decided_reason(household: Household, today: date) -> str:
    """What the supervisor wrote about the present tries, to begin from."""
    step = absence_step(db.session, household, today=today)
    return list_decisions(db.session, household.id)[0].reason if step is not None and step.ruling else ""


def _chosen_for(template: str, form: PrintForm, household: Household, identity: Identity) -> Response:
    """The page on which somebody chooses how to print a household's paper; opening it is a look at the household."""
    page = render_template(template, form=form, household=household)
    audit.record(
        db.session,
        Action.VIEW,
        subject=f"household:{household.id}",
        household_id=household.id,
        actor=identity,
        now=clock.now(),
    )
    return make_response(page, form.status)


@blueprint.get("/reports/register")
@requires(Permission.SEE_PRINT_REGISTER)
def register() -> Any:
    """출력 대장: who printed what, when and what for."""
    after = asked_key()
    rows = queries.list_prints(db.session, current_identity(), after=after, limit=PER_PAGE)
    page = Page(rows[:PER_PAGE], str(rows[PER_PAGE - 1].id) if len(rows) > PER_PAGE else None, after is None)
    return render_template("reports/register.html", page=page, code_of=ReportCode)


def print_from_url(session: Session, identity: Identity, *, print_id: int) -> PrintRecord:
    """The print of the URL, or 404."""
    return queries.get_print(session, identity, print_id)


@blueprint.post("/reports/register/<int:print_id>")
@requires(Permission.SEE_PRINT_REGISTER, print_from_url)
def reopen(record: PrintRecord) -> Any:
    """A print exactly as it was; looking at it is recorded as a print of its own kind."""
    identity = current_identity()
    audit.record(
        db.session,
        Action.VIEW,
        subject=f"print:{record.id}",
        household_id=record.household_id,
        purpose="출력물 확인",
        actor=identity,
        now=clock.now(),
    )
    facts = from_json(json.dumps(record.facts))
    if template_version(ReportCode(record.code)) != record.template_version:
        return render_template("reports/older_template.html", record=record)
    return _drawn(record, facts)


def _drawn(record: PrintRecord, facts: Facts) -> Callable[[], Response]:
    """Draw after the commit, so that a long paper holds no lock."""
    name = f"{record.title}.pdf"

    def answer() -> Response:
        # `send_file` writes the Korean name as RFC 5987 asks; put into the header as it is, no server could send it.
        return send_file(BytesIO(draw(facts)), mimetype="application/pdf", download_name=name, max_age=0)

    return answer


def _printable_people(identity: Identity) -> list[Any]:
    """Whose papers somebody may print: everybody's in scope for a supervisor or the 시군구, else one's own."""
    people = list_colleagues(db.session, identity.centre_ids, Role.NURSE, Role.WORKER)
    if identity.role in (Role.SUPERVISOR, Role.DISTRICT):
        return list(people)
    return [person for person in people if person.id in identity.acting_for]


def _limit_masking(form: PrintForm, identity: Identity) -> None:
    if not can(identity, Permission.PRINT_UNMASKED):
        form.without_full()
