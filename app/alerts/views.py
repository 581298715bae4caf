"""The inbox: what one was told, unread first; and for the administrator how the mail does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.alerts import queries, service
from app.alerts.rules import MailState
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.keys import key_typed
from app.extensions import db
from app.web.security import current_identity, requires

blueprint = Blueprint("alerts", __name__)
MAILS_SHOWN = timedelta(days=14)


@blueprint.get("/alerts")
@requires(Permission.READ_ALERTS)
def inbox() -> Any:
    """One's own alerts; those about households are recorded as looked at."""
    identity = current_identity()
    alerts = queries.list_inbox(db.session, identity)
    page = render_template(
        "alerts/inbox.html",
        unread=[alert for alert in alerts if alert.read_at is None],
        read=[alert for alert in alerts if alert.read_at is not None],
        most=queries.MOST_SHOWN,
    )
    about = sorted({alert.household_id for alert in alerts if alert.household_id is not None})
    if about:
        audit.record_list(db.session, Action.LIST, about, subject="alerts", actor=identity, now=clock.now())
    return page


@blueprint.post("/alerts/read")
@requires(Permission.READ_ALERTS)
def mark_read() -> Any:
    """Mark the ticked ones as read; ids that are not one's own change nothing."""
    ids = [key for key in map(key_typed, request.form.getlist("alert_id")) if key]
    changed = service.mark_read(db.session, ids, actor=current_identity(), now=clock.now())
    if changed:
        flash(f"{changed}건을 읽음으로 바꾸었습니다.", "ok")
    return redirect(url_for("alerts.inbox"))


@blueprint.get("/mail")
@requires(Permission.SEE_JOBS)
def mail() -> Any:
    """Whether mail is set up, how many went out of late, and whom it did not reach; never what a mail says."""
    district_id, since = current_identity().district_id, clock.today() - MAILS_SHOWN
    counts = queries.count_mails(db.session, district_id=district_id, since=since)
    return render_template(
        "alerts/mail.html",
        settings=current_app.config["OUTREACH"],
        counts=[(state.label, f"{counts[state]}통") for state in MailState],
        troubled=queries.list_troubled_mails(db.session, district_id=district_id, since=since),
        days=MAILS_SHOWN.days,
        most=queries.MOST_SHOWN,
    )
