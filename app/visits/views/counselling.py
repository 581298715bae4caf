"""초기상담, written where drafts are kept: from nothing, or from a visit with what it says filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.cases import queries as cases
from app.cases.forms import CounsellingForm
from app.cases.models import Counselling
from app.cases.rules import CounsellingWay
from app.cases.service import record_counselling
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotFound
from app.extensions import db
from app.follow_ups.rules import ContactMode
from app.households.models import Household
from app.visits import queries
from app.visits.models import Visit, VisitDraft
from app.visits.service.drafts import drop_draft
from app.visits.views.blueprint import blueprint, household_from_url
from app.visits.views.drafts import begun, draft_values, stored_version, typed_values
from app.web.security import current_identity, requires

WAYS = {
    ContactMode.FACE: CounsellingWay.VISIT,
    ContactMode.OFFICE: CounsellingWay.OFFICE,
    ContactMode.CALL: CounsellingWay.CALL,
}


@blueprint.route("/households/<int:household_id>/counselling", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, household_from_url, records=Action.VIEW)
def counsel(household: Household) -> Any:
    """Write a first talk; `?visit=` takes over what that record says."""
    identity, now = current_identity(), clock.now()
    draft = begun(identity, household, "counselling") if request.method == "GET" else None
    visit = _visit(household, identity, _asked())
    form = _form(household, visit, draft, identity, now)
    if form.validate_on_submit() and form.carries_out(lambda: _kept(household, form, identity, now)):
        flash("초기상담을 적었습니다.", "ok")
        return redirect(_onward(form.outcome))
    page = render_template(
        "visits/counselling.html", household=household, form=form, draft=draft, visit=visit,
        draft_version=draft.version if draft else stored_version(identity, form, now),
        reads_health=True,
    )  # fmt: skip
    return make_response(page, form.status)


def _kept(household: Household, form: CounsellingForm, identity: Identity, now: datetime) -> Counselling:
    counselling_id, _typed_at = typed_values(form, now)
    visit = _visit(household, identity, form.from_visit.data or "")
    row = record_counselling(
        db.session, household, counselling_id, form.to_details(), visit_id=visit.id if visit else None, actor=identity,
        now=now,
    )  # fmt: skip
    drop_draft(db.session, counselling_id)
    return row


def _form(
    household: Household, visit: Visit | None, draft: VisitDraft | None, identity: Identity, now: datetime
) -> CounsellingForm:
    values: dict[str, Any] = {
        "visit_id": str(new_id()),
        "typed_at": now.isoformat(),
        "counselled_on": clock.korean_date(now),
    }
    live = cases.live_case(db.session, household.id)
    values |= {"route": live.route if live else "", "way": CounsellingWay.VISIT.value}
    if visit is not None:
        values |= _told_by(visit, reads_health=can(identity, Permission.READ_NURSING_NOTE, household))
    return CounsellingForm(draft_values(draft), data=values) if draft else CounsellingForm(data=values)


def _told_by(visit: Visit, *, reads_health: bool) -> dict[str, Any]:
    """What a record of a visit says, at the places of a first talk."""
    promised = f"{visit.promised_on.isoformat()} 다시 방문. {visit.promise_note}".strip() if visit.promised_on else ""
    health = [visit.shared_line, visit.nursing_note if reads_health else ""]
    return {
        "from_visit": str(visit.id), "counselled_on": visit.occurred_on, "complaint": visit.welfare_note,
        "way": WAYS.get(visit.mode, CounsellingWay.VISIT).value, "measures": promised,
        "with_whom": ", ".join(each.member.name for each in visit.attendances),
        "health": "\n".join(part for part in health if part.strip()),
    }  # fmt: skip


def _asked() -> str:
    return request.args.get("visit", "") if request.method == "GET" else request.form.get("from_visit", "")


def _visit(household: Household, identity: Identity, asked: str) -> Visit | None:
    """The record a talk is taken from; one of another household, or none, is none."""
    try:
        visit = queries.get_visit(db.session, identity, UUID(asked))
    except (ValueError, NotFound):
        return None
    return visit if visit.household_id == household.id and visit.voided_at is None else None


def _onward(row: Counselling) -> str:
    if row.case_id is not None:
        return url_for("cases.show", case_id=row.case_id)
    return url_for("cases.of_household", household_id=row.household_id)
