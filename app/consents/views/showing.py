"""The consents of one household, and one of them with the words that were agreed to."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.consents import queries, service
from app.consents.models import Consent
from app.consents.views.blueprint import blueprint, consent_from_url, household_from_url
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.web.security import current_identity, requires


@blueprint.get("/households/<int:household_id>/consents")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def of_household(household: Household) -> Any:
    """Every consent of a household: those that hold first, then what ended."""
    today = clock.today()
    rows = queries.list_of_household(db.session, household.id)
    return render_template(
        "consents/of_household.html", household=household, today=today,
        standing=[row for row in rows if row.facts.holds(today) or (row.waits_for_signature and not row.withdrawn_on)],
        ended=[row for row in rows if not row.facts.holds(today) and (row.withdrawn_on or not row.waits_for_signature)],
        keeps=can(current_identity(), Permission.KEEP_CONSENT, household),
        basis=household.health_basis_on(today),
        is_health_unconsented=queries.is_health_unconsented(db.session, household, on=today),
    )  # fmt: skip


@blueprint.get("/consents/<int:consent_id>")
@requires(Permission.VIEW_HOUSEHOLD, consent_from_url, records=Action.VIEW)
def show(consent: Consent) -> Any:
    """One consent: who, what, towards whom, until when, and by which words."""
    return render_template(
        "consents/show.html", row=consent, household=consent.household, text=service.text_of(consent),
        today=clock.today(), keeps=can(current_identity(), Permission.KEEP_CONSENT, consent),
    )  # fmt: skip
