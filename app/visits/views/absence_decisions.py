"""팀장 판단: all that is known of a household that nobody reaches, and what the supervisor decides about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.follow_ups import queries as follow_ups
from app.follow_ups import service
from app.follow_ups.forms import AbsenceDecisionForm
from app.follow_ups.models import AbsenceDecision
from app.follow_ups.rules import AbsenceAnswer, AbsenceVerdict, LadderAction, next_words
from app.households.models import Household
from app.households.rules import age_on, strictest
from app.visits.queries.absences import list_unreached
from app.visits.views.blueprint import blueprint, household_from_url
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/absence-decision", methods=["GET", "POST"])
@requires(Permission.DECIDE_ABSENCE, household_from_url, records=Action.VIEW)
def decide_absence(household: Household) -> Any:
    """What is known on one screen, and the choice; decided once, however often it is sent."""
    now = clock.now()
    form = AbsenceDecisionForm()
    if form.validate_on_submit() and form.carries_out(lambda: _decide(form, household, now)):
        _say(form.outcome)
        return redirect(url_for("visits.decide_absence", household_id=household.id))
    today = clock.korean_date(now)
    answer = follow_ups.absence_step(db.session, household, today=today) if household.is_active else None
    decisions = follow_ups.list_decisions(db.session, household.id)
    newest_id = decisions[0].id if decisions else 0
    form.show_row(
        first_try_on=answer.first_try_on if answer else None, tries=answer.tries if answer else 0, newest_id=newest_id
    )
    page = render_template("visits/absence_decision.html", form=form, **_page(household, answer, decisions, today))
    return make_response(page, form.status)


def _decide(form: AbsenceDecisionForm, household: Household, now: datetime) -> service.Decided:
    first_try_on, tries, newest_id = form.seen
    details = service.DecisionDetails(
        AbsenceVerdict(form.verdict.data), form.reason.data, first_try_on, tries, newest_id, form.until_on.data
    )
    return service.decide_absence(db.session, household, details, actor=current_identity(), now=now)


def _say(outcome: service.Decided) -> None:
    if outcome.is_new:
        flash("판단을 남기고 담당자에게 알렸습니다.", "ok")
    else:
        by, at = outcome.decision.by.title, clock.korean_time(outcome.decision.at)
        flash(f"{by}님이 {at:%H:%M}에 먼저 판단했습니다. 새로 남기지 않았습니다. 아래를 확인해 주세요.", "info")


def _page(household: Household, answer: AbsenceAnswer | None, decisions: Any, today: date) -> dict[str, Any]:
    flags = [flag for flag in household.flags if flag.is_standing]
    present = [member for member in household.members if member.is_present]
    return {
        "household": household,
        "answer": answer,
        "is_asked": answer is not None and answer.action is LadderAction.SUPERVISOR_DECIDES,
        "standing": _standing(answer, decisions),
        "unreached": list_unreached(db.session, household.id, today=today),
        "members": present,
        "ages": {m.id: age_on(today, birth_on=m.birth_on, birth_year=m.birth_year) for m in present},
        "flags": flags,
        "rule": strictest([flag.rule for flag in flags]),
        "next_words": next_words,
        "today": today,
    }


def _standing(answer: AbsenceAnswer | None, decisions: Any) -> AbsenceDecision | None:
    """The decision that holds for the present tries."""
    return decisions[0] if answer is not None and answer.ruling is not None else None
