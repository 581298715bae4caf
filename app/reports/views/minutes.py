"""사례회의록 on paper: the agenda before the meeting, the minutes afterwards."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.models import Centre
from app.audit import service as audit
from app.audit.rules import Action
from app.conferences.models import Conference
from app.conferences.queries import get_conference, shown_items
from app.core import clock
from app.extensions import db
from app.reports import service
from app.reports.forms import OfficialForm
from app.reports.rules import EmptyWord, Masking, Purpose, ReportCode
from app.reports.views.blueprint import blueprint, drawn, limit_masking
from app.web.security import current_identity, requires


def conference_from_url(session: Session, identity: Identity, *, conference_id: int) -> Conference:
    """The conference of the URL, or 404."""
    return get_conference(session, identity, conference_id)


@blueprint.route("/conferences/<int:conference_id>/paper", methods=["GET", "POST"])
@requires(Permission.PRINT_REPORT, conference_from_url)
def choose_minutes(conference: Conference) -> Any:
    """One conference on paper, with the households the reader may see."""
    identity, now = current_identity(), clock.now()
    form = OfficialForm(data={"purpose": Purpose.MEETING.value, "masking": Masking.AGENCY.value,
                              "empty": EmptyWord.NONE.value})  # fmt: skip
    form.without_statistics()
    limit_masking(form, identity)
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode.MINUTES_SHEET, Masking(form.masking.data), Purpose(form.purpose.data), centres=_centres(conference),
            about=conference, empty=EmptyWord(form.empty.data),
        )  # fmt: skip
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=now)):
            _record(conference, Action.PRINT)
            return drawn(*form.outcome)
    page = render_template("reports/choose_minutes.html", form=form, conference=conference)
    return make_response(page, form.status)


def _centres(conference: Conference) -> tuple[Centre, ...]:
    """Whose households stand on it: of several centres it is the 시군구's paper, which no single centre opens again."""
    items = shown_items(current_identity(), conference)
    return tuple(dict.fromkeys((conference.centre, *(item.case.household.centre for item in items))))


def _record(conference: Conference, action: Action) -> None:
    """Every household that stands on the paper."""
    identity = current_identity()
    ids = [item.household_id for item in shown_items(identity, conference)]
    subject = f"conference:{conference.id}"
    audit.record_list(db.session, action, ids, subject=subject, actor=identity, now=clock.now())
