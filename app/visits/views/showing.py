"""The page of a record: what was written, by whom, at which of its three times, and everything kept beside it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.assessments.queries import list_of_visit as assessed_at
from app.attachments.queries import list_of_visit
from app.audit.rules import Action
from app.care.queries import list_done
from app.core import clock
from app.extensions import db
from app.follow_ups.models import TermRow
from app.follow_ups.queries import list_dues, list_terms
from app.follow_ups.rules import Profession, Purpose
from app.visits.models import Visit
from app.visits.queries.body_mass import body_masses
from app.visits.queries.second_notes import is_open_for, list_people
from app.visits.service.signed_texts import states_of_signatures
from app.visits.views.blueprint import blueprint, visit_from_url
from app.visits.views.national import national_cards
from app.web.security import current_identity, requires


@blueprint.get("/visits/<uuid:visit_id>")
@requires(Permission.VIEW_HOUSEHOLD, visit_from_url, records=Action.VIEW)
def show_visit(visit: Visit) -> Any:
    """One record with its three times, its vitals and its corrections."""
    identity = current_identity()
    return render_template("visits/show.html", **_page(visit, identity))


def _page(visit: Visit, identity: Identity) -> dict[str, Any]:
    """What the sections in `templates/visits/show/` are drawn from; a section's own names are added here."""
    people = list_people(db.session, visit.companion_ids)
    attachments = list_of_visit(db.session, identity, visit.household_id, visit.id)
    reads_health = can(identity, Permission.READ_NURSING_NOTE, visit)
    return {
        "visit": visit,
        "household": visit.household,
        "reads_health": reads_health,
        "care": list_done(db.session, [visit.id], reads_health=reads_health)[visit.id],
        "may_correct": can(identity, Permission.CORRECT_VISIT, visit),
        "body_masses": body_masses(db.session, visit.readings, until=visit.occurred_on) if reads_health else {},
        "companions": [each for each in people if each.id != visit.second_by_id],
        "may_void": can(identity, Permission.VOID_VISIT, visit),
        "is_asked": can(identity, Permission.WRITE_SECOND_NOTE, visit) and is_open_for(visit, identity.role),
        "awaited": [each for each in people if is_open_for(visit, each.role)],
        "filled": _filled(visit) if visit.purpose is Purpose.JOINT and visit.counts else (),
        "second_promise": _second_promise(visit),
        "attachments": attachments,
        "national": national_cards(visit, identity),
        "assessed": assessed_at(db.session, visit.household, visit.id, identity),
        "signature_states": states_of_signatures(visit, attachments),
    }


def _filled(visit: Visit) -> tuple[Profession, ...]:
    """The professions that had something to do here and have nothing left of the day of this visit or before."""
    dues = [due for due in list_dues(db.session, visit.household, today=clock.today()) if due.ladder_step is None]
    left = {due.profession for due in dues if due.due_on is not None and due.due_on <= visit.occurred_on}
    return tuple(each for each in Profession if each in {due.profession for due in dues} - left)


def _second_promise(visit: Visit) -> TermRow | None:
    """What the colleague promised at a joint visit."""
    if visit.second_received_at is None:
        return None
    terms = list_terms(db.session, visit.household_id)
    made = ((term.set_by_id, term.set_at) for term in terms)
    promises = zip(terms, made, strict=True)
    return next((term for term, by in promises if by == (visit.second_by_id, visit.second_received_at)), None)
