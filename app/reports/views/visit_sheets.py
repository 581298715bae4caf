"""방문기록지: of one record, of a household's period, of a day's records in one file, and blank ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.models import Centre
from app.accounts.queries import list_centres
from app.attachments.service import FileStore
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.reports import service
from app.reports.forms import BlankSheetForm, VisitSheetForm, VisitSheetsForm
from app.reports.rules import Masking, Purpose, ReportCode, SheetForm, SheetWishes
from app.reports.views.blueprint import blueprint, centres_of_blank, drawn, household_from_url, limit_masking
from app.visits.models import Visit
from app.visits.queries import get_visit
from app.visits.queries.days import MOST_AT_ONCE, list_visits_of_day, list_visits_of_period
from app.web.security import current_identity, requires

USUAL_PERIOD = timedelta(days=90)
TICKED = ("FACE", "ABSENT")
"""Ways of contact that are visits; calls and letters are offered and not ticked."""


def visit_from_url(session: Session, identity: Identity, *, visit_id: UUID) -> Visit:
    """The record of the URL, or 404."""
    return get_visit(session, identity, visit_id)


@blueprint.route("/visits/<uuid:visit_id>/sheet", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, visit_from_url, records=Action.VIEW)
def choose_visit_sheet(visit: Visit) -> Any:
    """One record on paper."""
    identity = current_identity()
    form = VisitSheetForm()
    limit_masking(form, identity)
    if form.validate_on_submit():
        wanted = _wanted(form, form.wishes(), (visit,), household=visit.household)
        if _prints(form, wanted, identity):
            return drawn(*form.outcome)
    page = render_template("reports/choose_visit_sheet.html", form=form, visit=visit, household=visit.household)
    return make_response(page, form.status)


@blueprint.route("/households/<int:household_id>/visit-sheets", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, household_from_url, records=Action.VIEW)
def choose_household_sheets(household: Household) -> Any:
    """A household's records of a period in one file."""
    identity = current_identity()
    first_on, last_on = _asked_period(clock.today())
    visits = list_visits_of_period(db.session, identity, household, first_on=first_on, last_on=last_on)
    form = _offered(visits, identity)
    if form.validate_on_submit():
        wanted = _wanted(form, form.wishes(), _ticked(form, visits), household=household)
        if _prints(form, wanted, identity):
            return drawn(*form.outcome)
    page = render_template(
        "reports/choose_household_sheets.html", form=form, household=household, visits=visits, first_on=first_on,
        last_on=last_on, most=MOST_AT_ONCE,
    )  # fmt: skip
    return make_response(page, form.status)


@blueprint.route("/reports/visit-sheets", methods=["GET", "POST"])
@requires(Permission.PRINT_REPORT)
def choose_day_sheets() -> Any:
    """A day's records in one file, each beginning a page, in the order of the day."""
    identity, now = current_identity(), clock.now()
    centres = list_centres(db.session, identity)
    centre, on, of_all = _asked_centre(centres), _asked_day(clock.korean_date(now)), _asks_all(identity)
    people = None if of_all else identity.acting_for
    visits = list_visits_of_day(db.session, identity, centre_id=centre.id, on=on, people=people)
    form = _offered(visits, identity)
    if form.validate_on_submit():
        wanted = _wanted(form, form.wishes(), _ticked(form, visits), centres=(centre,))
        if _prints(form, wanted, identity):
            return drawn(*form.outcome)
    page = render_template(
        "reports/choose_day_sheets.html", form=form, visits=visits, centre=centre, centres=centres, on=on,
        of_all=of_all, most=MOST_AT_ONCE, blanks=list(SheetForm),
    )  # fmt: skip
    shown = dict.fromkeys(visit.household_id for visit in visits)
    audit.record_list(db.session, Action.LIST, shown, subject="visit-sheets", actor=identity, now=now)
    return make_response(page, form.status)


@blueprint.post("/reports/visit-sheets/blank")
@requires(Permission.PRINT_REPORT)
def print_blank_sheet() -> Any:
    """An empty sheet to be written on by hand; it stands on the register as every paper does."""
    identity = current_identity()
    form = BlankSheetForm()
    if not form.validate_on_submit():
        flash("서식을 골라 주세요.", "warn")
        return redirect(url_for("reports.choose_day_sheets"))
    wishes = SheetWishes(blanks=(SheetForm(form.blank.data),))
    wanted = service.PrintRequest(
        ReportCode.VISIT_SHEET, Masking.STATISTICS, Purpose.DUTY, centres=centres_of_blank(identity), wishes=wishes
    )
    return drawn(*service.print_report(db.session, wanted, actor=identity, now=clock.now()))


def _offered(visits: Sequence[Visit], identity: Identity) -> VisitSheetsForm:
    """The form with these records to tick; visits are ticked, calls and what was taken back are not."""
    begun = [str(each.id) for each in visits if each.mode.value in TICKED and each.voided_at is None]
    form = VisitSheetsForm(data={"visits": begun, "masking": Masking.AGENCY.value})
    form.offer(visits)
    limit_masking(form, identity)
    return form


def _ticked(form: VisitSheetsForm, visits: Sequence[Visit]) -> tuple[Visit, ...]:
    return tuple(visit for visit in visits if str(visit.id) in set(form.visits.data or ()))


def _wanted(
    form: VisitSheetForm, wishes: SheetWishes, visits: tuple[Visit, ...], *, household: Household | None = None,
    centres: tuple[Centre, ...] = (),
) -> service.PrintRequest:  # fmt: skip
    settings = current_app.config["OUTREACH"]
    return service.PrintRequest(
        ReportCode.VISIT_SHEET, Masking(form.masking.data), Purpose(form.purpose.data), household=household,
        centres=centres, visits=visits, wishes=wishes, pictures=FileStore(settings.files),
    )  # fmt: skip


def _prints(form: VisitSheetForm, wanted: service.PrintRequest, identity: Identity) -> bool:
    return form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now()))


def _asked_day(today: date) -> date:
    return _day(request.args.get("on", ""), today)


def _asked_period(today: date) -> tuple[date, date]:
    """From one day to another; the other way round is turned."""
    first_on, last_on = (_day(request.args.get(name, ""), other) for name, other in
                         (("from", today - USUAL_PERIOD), ("until", today)))  # fmt: skip
    return min(first_on, last_on), max(first_on, last_on)


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _asked_centre(centres: Sequence[Centre]) -> Centre:
    wanted = request.args.get("centre", type=int)
    return next((centre for centre in centres if centre.id == wanted), centres[0])


def _asks_all(identity: Identity) -> bool:
    """Whether the whole centre's records are wanted: as the address says, otherwise those who look after a centre."""
    of_centre = identity.role in (Role.SUPERVISOR, Role.DISTRICT)
    return request.args.get("whose", "all" if of_centre else "own") == "all"
