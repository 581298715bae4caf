"""What is known of a household, changed. Two people at one form: both texts are shown and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.core.errors import StaleRecord
from app.extensions import db
from app.households import service
from app.households.forms import EditForm, MemberForm
from app.households.models import Household, Member
from app.households.service import Overtaken
from app.households.views.blueprint import blueprint, done, household_from_url, page_with_form
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_HOUSEHOLD, household_from_url, records=Action.VIEW)
def edit_household(household: Household) -> Any:
    """Where they live, how to reach them, what they live on."""
    identity, now = current_identity(), clock.now()
    form = EditForm.of(household, now)
    if form.validate_on_submit():
        details = form.details_for(household.centre_id)
        if form.carries_out(
            lambda: service.edit_household(
                db.session, household, details, version=form.opened_version, actor=identity, now=now
            )
        ):
            text = "저장했습니다." if form.outcome else "바뀐 것이 없어 그대로 두었습니다."
            return done(text, "timelines.household", household_id=household.id)
    overtaken: Sequence[Overtaken] = ()
    if isinstance(form.broken, StaleRecord):
        details = form.details_for(household.centre_id)
        overtaken = service.overtaken_in_household(db.session, household, details, since=form.opened)
        settle(form, household, overtaken)
    return page_with_form("households/edit.html", form, household=household, overtaken=overtaken)


def settle(form: EditForm | MemberForm, subject: Household | Member, overtaken: Sequence[Overtaken]) -> None:
    """Let fields nobody touched here show the new value, keep what was typed, and let the form be sent again."""
    household = subject if isinstance(subject, Household) else subject.household
    for row in (household, subject):
        db.session.refresh(row)
    for field in overtaken:
        if not field.is_conflict:
            form.take(field.name, subject)  # type: ignore[arg-type]  # each form belongs to its own subject
    form.open_again(household.version, clock.now())
