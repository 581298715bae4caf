"""결재: what waits for the supervisor, one request as it stood when asked, yes or back with words."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.cases import queries, service
from app.cases.forms import VerdictForm
from app.cases.models import Approval
from app.cases.rules import Verdict
from app.cases.views.blueprint import approval_from_url, blueprint
from app.core import clock
from app.core.errors import NotAllowed, RuleBroken
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.get("/cases/approvals")
@requires(Permission.SEE_CASES)
def approvals() -> Any:
    """What waits, the longest first, and what was decided lately."""
    identity, now = current_identity(), clock.now()
    waiting, decided = queries.list_waiting(db.session, identity), queries.list_decided(db.session, identity)
    audit.record_list(
        db.session, Action.LIST, [row.household_id for row in (*waiting, *decided)], subject="approvals", actor=identity,
        now=now,
    )  # fmt: skip
    return render_template("cases/approvals.html", waiting=waiting, decided=decided, today=clock.korean_date(now))


@blueprint.route("/cases/approvals/<int:approval_id>", methods=["GET", "POST"])
@requires(Permission.SEE_CASES, approval_from_url, records=Action.VIEW)
def approval(row: Approval) -> Any:
    """One request as it stood when it was asked; the supervisor decides."""
    identity, now = current_identity(), clock.now()
    decides = can(identity, Permission.APPROVE_CASE, row)
    if request.method == "POST" and not decides:
        raise NotAllowed
    form = VerdictForm()
    if form.validate_on_submit() and form.carries_out(lambda: _decide(row, form)):
        flash("승인했습니다." if row.verdict is Verdict.APPROVED else "돌려보냈습니다.", "ok")
        return redirect(url_for("cases.approvals"))
    page = render_template(
        "cases/approval.html", row=row, case=row.case, household=row.case.household, form=form, decides=decides,
        is_own=row.asked_by_id == identity.account_id, today=clock.korean_date(now), Verdict=Verdict,
    )  # fmt: skip
    return make_response(page, form.status)


def _decide(row: Approval, form: VerdictForm) -> Approval:
    verdict = form.chosen
    if verdict is None:
        raise RuleBroken("NO_VERDICT", "승인과 돌려보냄 가운데 고르세요.", field="words")
    return service.decide_approval(
        db.session, row, verdict, words=form.words.data or "", actor=current_identity(), now=clock.now()
    )


@blueprint.post("/cases/approvals/<int:approval_id>/withdraw")
@requires(Permission.WORK_CASE, approval_from_url)
def withdraw_approval(row: Approval) -> Any:
    """The asker takes a request back before it was decided."""
    identity = current_identity()
    if row.asked_by_id != identity.account_id:
        raise NotAllowed
    try:
        service.withdraw_approval(db.session, row, actor=identity, now=clock.now())
    except RuleBroken as broken:
        flash(broken.text, "warn")
    else:
        flash("결재 요청을 거두어들였습니다.", "ok")
    return redirect(url_for("cases.show", case_id=row.case_id))
