"""이웃신고: the one page of discoveries that anybody may open. It takes in, and answers nothing."""

from __future__ import annotations

from typing import Any

from flask import current_app, make_response, redirect, render_template, request, session, url_for

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.discoveries.forms.neighbours import NeighbourForm
from app.discoveries.models import NeighbourReport
from app.discoveries.queries.neighbours import get_reporter, public_centres
from app.discoveries.rules.neighbours import sender_key
from app.discoveries.service.neighbours import new_receipt, receive_report
from app.discoveries.views.blueprint import blueprint
from app.extensions import db
from app.web.security import public, requires

RECEIPT = "neighbour_receipt"
"""Where the browser keeps the number it was told; it is good for nothing but being shown again."""


@blueprint.route("/neighbour", methods=["GET", "POST"])
@public
def report_neighbour() -> Any:
    """What was seen and where. Whoever is sent away by the limit finds everything as typed."""
    form = NeighbourForm()
    form.offer(public_centres(db.session))
    if form.validate_on_submit() and (form.is_filled_by_a_program or form.carries_out(lambda: _received(form))):
        session[RECEIPT] = form.outcome or new_receipt()
        return redirect(url_for("discoveries.thank_neighbour"))
    status = 429 if form.broken is not None else form.status
    return make_response(render_template("discoveries/neighbour.html", form=form), status)


def _received(form: NeighbourForm) -> str:
    sender = sender_key(request.remote_addr or "", current_app.config["OUTREACH"].secret_key)
    return receive_report(db.session, form.to_details(), sender=sender, now=clock.now())


@blueprint.get("/neighbour/received")
@public
def thank_neighbour() -> Any:
    """The number this browser was told, and nothing else; without one, the way to the page."""
    receipt = session.get(RECEIPT)
    if not receipt:
        return redirect(url_for("discoveries.report_neighbour"))
    return render_template("discoveries/neighbour_received.html", receipt=receipt)


@blueprint.get("/discoveries/items/<int:item_id>/reporter")
@requires(Permission.WORK_ITEM, get_reporter, records=Action.VIEW)
def show_reporter(report: NeighbourReport) -> Any:
    """Who reported, for those who may; each look is on record."""
    return render_template("discoveries/neighbour_reporter.html", report=report)
