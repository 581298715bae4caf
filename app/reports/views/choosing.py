"""Choose a paper, see it, print it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, make_response, render_template, request

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.accounts.queries import get_account, list_centres, list_colleagues
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.follow_ups.queries import absence_step, list_decisions
from app.households.models import Household
from app.reports import service
from app.reports.forms import AssigneeReportForm, EntrySheetForm, PrintForm
from app.reports.rules import EntryGround, GroundNamed, Masking, Purpose, ReportCode
from app.reports.views.blueprint import asked_medium, blueprint, drawn, household_from_url, limit_masking
from app.web.security import current_identity, requires


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
    limit_masking(form, identity)
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode(form.code.data),
            Masking(form.masking.data),
            Purpose(form.purpose.data),
            asked_medium(),
            assignee=get_account(db.session, form.account_id.data),
        )
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now())):
            return drawn(*form.outcome)
    return make_response(
        render_template(
            "reports/choose.html", form=form, people=people, blanks=list(service.FORMS),
            centres=list_centres(db.session, identity),
        ),
        form.status,
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/report", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, household_from_url)
def choose_case_report(household: Household) -> Any:
    """One household's case report."""
    identity = current_identity()
    form = PrintForm()
    limit_masking(form, identity)
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode.CASE_REPORT, Masking(form.masking.data), Purpose(form.purpose.data), household=household
        )
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now())):
            return drawn(*form.outcome)
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
    limit_masking(form, identity)
    form.without_statistics()
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode.ENTRY_SHEET, Masking(form.masking.data), Purpose(form.purpose.data), household=household,
            ground=GroundNamed(EntryGround(form.ground.data), form.ground_words.data),
        )  # fmt: skip
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=now)):
            return drawn(*form.outcome)
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


def _printable_people(identity: Identity) -> list[Any]:
    """Whose papers somebody may print: everybody's in scope for a supervisor or the 시군구, else one's own."""
    people = list_colleagues(db.session, identity.centre_ids, Role.NURSE, Role.WORKER)
    if identity.role in (Role.SUPERVISOR, Role.DISTRICT):
        return list(people)
    return [person for person in people if person.id in identity.acting_for]
