"""The page of a record: what was written, by whom, at which of its three times, and everything kept beside it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.attachments.queries import list_of_visit
from app.audit.rules import Action
from app.extensions import db
from app.visits import queries
from app.visits.models import Visit
from app.visits.service.signed_texts import states_of_signatures
from app.visits.views.blueprint import blueprint, visit_from_url
from app.web.security import current_identity, requires


@blueprint.get("/visits/<uuid:visit_id>")
@requires(Permission.VIEW_HOUSEHOLD, visit_from_url, records=Action.VIEW)
def show_visit(visit: Visit) -> Any:
    """One record with its three times, its vitals and its corrections."""
    identity = current_identity()
    return render_template("visits/show.html", **_page(visit, identity))


def _page(visit: Visit, identity: Identity) -> dict[str, Any]:
    """What the sections in `templates/visits/show/` are drawn from; a section's own names are added here."""
    attachments = list_of_visit(db.session, identity, visit.household_id, visit.id)
    colleagues = queries.list_companions(db.session, identity, visit.household.centre_id)
    return {
        "visit": visit,
        "household": visit.household,
        "reads_health": can(identity, Permission.READ_NURSING_NOTE, visit),
        "may_correct": can(identity, Permission.CORRECT_VISIT, visit),
        "companions": [person for person in colleagues if person.id in visit.companion_ids],
        "attachments": attachments,
        "signature_states": states_of_signatures(visit, attachments),
    }
