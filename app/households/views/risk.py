"""Risk, judged by a person, with the reason."""

from __future__ import annotations

from typing import Any

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.households import queries, service
from app.households.forms import RiskForm
from app.households.models import Household
from app.households.rules import Risk
from app.households.views.blueprint import blueprint, done, household_from_url, page_with_form
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/risk", methods=["GET", "POST"])
@requires(Permission.EDIT_HOUSEHOLD, household_from_url, records=Action.VIEW)
def judge_risk(household: Household) -> Any:
    """The level, why, and what was judged before."""
    form = RiskForm(data={"risk": household.risk.value})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.judge_risk(
            db.session,
            household,
            Risk(form.risk.data),
            reason=form.reason.data,
            actor=current_identity(),
            now=clock.now(),
        )
    ):
        return done("위험도를 정했습니다.", "timelines.household", household_id=household.id)
    changes = queries.list_risk_changes(db.session, household.id)
    return page_with_form("households/risk.html", form, household=household, changes=changes)
