"""Safety flags: what to beware of before anybody rings the bell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.households import service
from app.households.forms import EndFlagForm, FlagForm
from app.households.models import Household, SafetyFlag
from app.households.rules import is_review_due, strictest
from app.households.views.blueprint import blueprint, done, flag_from_url, household_from_url, page_with_form
from app.web.security import current_identity, requires

REVIEW_AFTER = timedelta(days=182)
"""Proposed: half a year. A person decides."""


@blueprint.route("/households/<int:household_id>/flags", methods=["GET", "POST"])
@requires(Permission.EDIT_HOUSEHOLD, household_from_url, records=Action.VIEW)
def flags(household: Household) -> Any:
    """The flags that stand, a form to put up another, and those that were taken down."""
    now = clock.now()
    today = clock.korean_date(now)
    form = FlagForm(data={"review_on": today + REVIEW_AFTER})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.raise_flag(db.session, household, form.to_details(), actor=current_identity(), now=now)
    ):
        return done("안전 표시를 올렸습니다.", "households.flags", household_id=household.id)
    standing = [flag for flag in household.flags if flag.is_standing]
    return page_with_form(
        "households/flags.html", form, household=household, standing=standing,
        rule=strictest([flag.rule for flag in standing]), ended=[flag for flag in household.flags if not flag.is_standing],
        review_due={flag.id for flag in standing if is_review_due(flag.review_on, today=today)},
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/flags/<int:flag_id>/end", methods=["GET", "POST"])
@requires(Permission.EDIT_HOUSEHOLD, flag_from_url, records=Action.VIEW)
def end_flag(flag: SafetyFlag) -> Any:
    """Take a flag down, with the reason."""
    form = EndFlagForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.end_flag(db.session, flag, because=form.because.data, actor=current_identity(), now=clock.now())
    ):
        return done("안전 표시를 내렸습니다.", "households.flags", household_id=flag.household_id)
    return page_with_form("households/end_flag.html", form, household=flag.household, flag=flag)
