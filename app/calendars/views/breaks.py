"""연휴 전 방문 권장: who lives alone at high risk and would be due while everybody is away."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.models import Account
from app.accounts.queries import list_centres, list_colleagues
from app.audit import service as audit
from app.audit.rules import Action
from app.calendars.queries.breaks import list_to_visit_before
from app.calendars.rules.breaks import length_of
from app.calendars.views.blueprint import blueprint
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.follow_ups.queries import working_days_for
from app.follow_ups.rules.before_break import next_long_break
from app.web.security import current_identity, requires


@blueprint.get("/calendar/before-break")
@requires(Permission.SEE_CALENDAR)
def before_break() -> Any:
    """One's own households; a supervisor's centre or one colleague's; the 시군구's, or those of one centre."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    days = working_days_for(db.session, identity.district_id)
    coming = next_long_break(today, days)
    centre_id = _chosen_centre(identity)
    colleagues = _colleagues(identity, centre_id)
    assignee = _chosen(colleagues)
    rows = []
    if coming is not None:
        rows = list_to_visit_before(
            db.session, identity, coming, today=today, days=days, assignee=assignee, centre_id=centre_id
        )
    page = render_template(
        "calendars/before_break.html", coming=coming, length=length_of(coming) if coming else 0, rows=rows, today=today,
        colleagues=colleagues, assignee=assignee, centre_id=centre_id,
        centres=list_centres(db.session, identity) if identity.role is Role.DISTRICT else [],
    )  # fmt: skip
    shown = [row.line.id for row in rows]
    audit.record_list(db.session, Action.LIST, shown, subject="before-break", actor=identity, now=now)
    return page


def _colleagues(identity: Identity, centre_id: int | None) -> list[Account]:
    """Whose list may be looked at: that of everybody of a supervisor's centre, or of the centre a 시군구 chose."""
    if identity.role is Role.DISTRICT and centre_id is not None:
        return list(list_colleagues(db.session, frozenset({centre_id}), Role.NURSE, Role.WORKER, Role.SUPERVISOR))
    if identity.role is not Role.SUPERVISOR:
        return []
    return list(list_colleagues(db.session, identity.centre_ids, Role.NURSE, Role.WORKER, Role.SUPERVISOR))


def _chosen(colleagues: list[Account]) -> Account | None:
    wanted = request.args.get("assignee", type=int)
    found = next((person for person in colleagues if person.id == wanted), None)
    if wanted is not None and found is None and colleagues:
        raise NotFound
    return found


def _chosen_centre(identity: Identity) -> int | None:
    wanted = request.args.get("centre", type=int)
    if wanted is not None and wanted not in identity.centre_ids:
        raise NotFound
    return wanted
