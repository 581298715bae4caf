"""취소: a visit that was begun and did not take place, recorded from the head of the visit form."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.households.models import Household
from app.visits import queries, service
from app.visits.forms import CancellingForm
from app.visits.models import PlannedVisit, VisitDraft
from app.visits.rules.cancelling import PlanAnswer
from app.visits.views.blueprint import blueprint, household_from_url
from app.visits.views.drafts import begun, typed_values
from app.visits.views.entering import purpose_of, writes_health
from app.visits.views.setting_out import leave
from app.web.security import current_identity, requires

_MEASURED = re.compile(r"m\d+-(systolic|pulse|temperature|spo2|glucose|weight)")


@blueprint.route("/households/<int:household_id>/visits/cancel", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT, household_from_url, records=Action.VIEW)
def cancel_begun_visit(household: Household) -> Any:
    """Why it did not take place; the notes from the spot come along from the form that was begun."""
    identity, now = current_identity(), clock.now()
    draft = _draft(household, identity)
    form = _form(draft, now)
    plans = service.plans_of_day(db.session, household.id, form.occurred_on.data or clock.korean_date(now), identity)
    if form.validate_on_submit() and _logged(form, household, draft, identity, now):
        leave(household, form, identity, now)
        flash("방문 취소를 기록했습니다. 접촉으로 세지 않습니다.", "ok")
        return redirect(_next(form, household, plans))
    page = {"household": household, "form": form, "draft": draft, "plans": plans, "measured": _has_measured(draft)}
    return make_response(render_template("visits/cancel.html", **page), form.status)


def _draft(household: Household, identity: Identity) -> VisitDraft | None:
    """The form that was begun: the one whose id is sent, else the newest."""
    if request.method != "POST":
        return begun(identity, household, "visit")
    try:
        draft_id = UUID(request.form.get("visit_id", ""))
    except ValueError:
        return None
    draft = queries.find_draft(db.session, identity, draft_id)
    return draft if draft is not None and draft.household_id == household.id else None


def _form(draft: VisitDraft | None, now: datetime) -> CancellingForm:
    local = clock.korean_time(now)
    return CancellingForm(
        data={
            "visit_id": str(draft.id if draft else new_id()),
            "typed_at": (draft.started_at if draft else now).isoformat(),
            "occurred_on": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "field_notes": _typed(draft, "field_notes"),
            "plan": PlanAnswer.KEEP.value,
        }
    )


def _typed(draft: VisitDraft | None, name: str) -> str:
    text = draft.body.get(name, "") if draft else ""
    return text if isinstance(text, str) else ""


def _has_measured(draft: VisitDraft | None) -> bool:
    """Whether somebody was measured on the form that was begun: then somebody was met."""
    return any(value for name, value in (draft.body if draft else {}).items() if _MEASURED.fullmatch(name))


def _logged(
    form: CancellingForm, household: Household, draft: VisitDraft | None, identity: Identity, now: datetime
) -> bool:
    visit_id, typed_at = typed_values(form, now)
    names = ("welfare_note", "nursing_note") if writes_health(identity, household) else ("welfare_note",)
    written = {name: _typed(draft, name) for name in names}
    details = form.to_details(visit_id, household.id, purpose_of(identity), **written)
    try:
        return form.carries_out(
            lambda: service.log_cancelled(
                db.session, household, details, plan=form.answer, typed_at=typed_at, actor=identity, now=now
            )
        )
    finally:
        form.show_all(getattr(form.broken, "problems", ()))


def _next(form: CancellingForm, household: Household, plans: list[PlannedVisit]) -> str:
    """Where the plan is moved, when that was the answer; else the household."""
    if form.answer is PlanAnswer.MOVE and plans:
        return url_for("visits.move_visit", planned_id=plans[0].id)
    return url_for("timelines.household", household_id=household.id)
