"""Papers of counts: a round (R02), cases (R03), needs (R05), as PDF or as spreadsheet."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.models import Centre
from app.accounts.queries import list_centres
from app.core import clock
from app.discoveries.queries.items import list_item_rounds
from app.discoveries.queries.items_figures import get_round
from app.extensions import db
from app.reports import service
from app.reports.forms import CentreForm, PeriodReportForm, RoundReportForm
from app.reports.rules import Masking, Purpose, ReportCode
from app.reports.views.asking import asked
from app.reports.views.blueprint import asked_medium, blueprint, drawn
from app.web.security import current_identity, requires


@blueprint.route("/reports/rounds", methods=["GET", "POST"])
@requires(Permission.SEE_TRIAGE)
def choose_round_report() -> Any:
    """발굴 처리현황 of a round, of one centre or of all."""
    identity = current_identity()
    rounds = list_item_rounds(db.session, identity)
    form = RoundReportForm(
        data={"round_id": request.args.get("round_id", rounds[0].id if rounds else 0, type=int), "centre_id": 0}
    )
    form.offer(list_centres(db.session, identity))
    form.offer_rounds(rounds)
    if form.validate_on_submit():
        wanted = _wanted(ReportCode.ROUND, form, identity, of_round=get_round(db.session, identity, form.round_id.data))
        if _prints(form, wanted, identity):
            return drawn(*form.outcome)
    return make_response(render_template("reports/choose_round_report.html", form=form, rounds=rounds), form.status)


@blueprint.route("/reports/cases/print", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def choose_case_figures() -> Any:
    """통합사례관리 현황 of a period."""
    return _of_period(ReportCode.CASES, "reports.case_figures")


@blueprint.route("/reports/needs/print", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def choose_needs_figures() -> Any:
    """욕구영역·가구유형별 현황 of a period."""
    return _of_period(ReportCode.NEEDS, "reports.needs_figures")


def _of_period(code: ReportCode, shown_at: str) -> Any:
    identity = current_identity()
    begun = asked(identity, clock.today())
    form = PeriodReportForm(
        data={"first_on": begun.first_on, "last_on": begun.last_on, "centre_id": begun.chosen.id if begun.chosen else 0}
    )
    form.offer(begun.centres)
    if form.validate_on_submit():
        wanted = _wanted(code, form, identity, first_on=form.first_on.data, last_on=form.last_on.data)
        if _prints(form, wanted, identity):
            return drawn(*form.outcome)
    page = render_template("reports/choose_period_report.html", form=form, code=code, shown_at=shown_at, asked=begun)
    return make_response(page, form.status)


def _wanted(code: ReportCode, form: CentreForm, identity: Identity, **subject: Any) -> service.PrintRequest:
    """Nobody's name stands on a paper of counts, so there is one masking level."""
    return service.PrintRequest(
        code, Masking.STATISTICS, Purpose(form.purpose.data), asked_medium(), centres=_chosen(form, identity), **subject
    )


def _chosen(form: CentreForm, identity: Identity) -> tuple[Centre, ...]:
    centres = list_centres(db.session, identity)
    return tuple(centre for centre in centres if form.centre_id.data in (0, centre.id))


def _prints(form: CentreForm, wanted: service.PrintRequest, identity: Identity) -> bool:
    return form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now()))
