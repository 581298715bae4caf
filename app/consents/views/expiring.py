"""동의 만료: consents that run out or have just run out, by centre and worker."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app.access.permissions import Permission, Role
from app.accounts.queries import list_centres, list_colleagues
from app.audit import service as audit
from app.audit.rules import Action
from app.consents import queries
from app.consents.queries import ExpiringFilter
from app.consents.rules import SOON
from app.consents.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.web.paging import asked_key
from app.web.security import current_identity, requires


@blueprint.get("/consents/expiring")
@requires(Permission.SEE_CASES)
def expiring() -> Any:
    """Whom to ask again soon; what ran out of late stands on top."""
    identity, now = current_identity(), clock.now()
    asked = request.args.get("days", "")
    days = next((each for each in SOON if str(each) == asked), SOON[0])
    wanted = ExpiringFilter(days, asked_key("centre_id"), asked_key("worker_id"))
    rows = queries.list_expiring(db.session, identity, wanted, today=clock.korean_date(now))
    page = render_template(
        "consents/expiring.html", rows=rows, wanted=wanted, soon=SOON, centres=list_centres(db.session, identity),
        workers=list_colleagues(db.session, identity.centre_ids, Role.WORKER),
    )  # fmt: skip
    ids = sorted({row.consent.household_id for row in rows})
    if ids:
        audit.record_list(db.session, Action.LIST, ids, subject="consents", actor=identity, now=now)
    return page
