"""The people of a household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.core.errors import StaleRecord
from app.core.text import format_phone
from app.extensions import db
from app.households import service
from app.households.forms import MemberForm
from app.households.models import Household, Member
from app.households.rules import age_on
from app.households.service import Overtaken
from app.households.views.blueprint import blueprint, done, household_from_url, member_from_url, page_with_form
from app.households.views.editing import settle
from app.web.security import current_identity, requires


@blueprint.get("/households/<int:household_id>/members")
@requires(Permission.EDIT_HOUSEHOLD, household_from_url, records=Action.VIEW)
def list_members(household: Household) -> Any:
    """Everybody of the household, those who left as well."""
    today = clock.today()
    said = {member.id: _said(member, today) for member in household.members}
    return render_template("households/members.html", household=household, said=said)


def _said(member: Member, today: date) -> str:
    """Age, sex, birth and phone of a member on one line, as far as they are known."""
    age = age_on(today, birth_on=member.birth_on, birth_year=member.birth_year)
    year = f"{member.birth_year}년생" if member.birth_year else ""
    parts = (
        f"{age}세" if age is not None else "", member.sex.label if member.sex else "",
        member.birth_on.isoformat() if member.birth_on else year, format_phone(member.phone),
    )  # fmt: skip
    return " · ".join(part for part in parts if part) or "나이와 연락처를 모릅니다"


@blueprint.route("/households/<int:household_id>/members/new", methods=["GET", "POST"])
@requires(Permission.EDIT_HOUSEHOLD, household_from_url, records=Action.VIEW)
def add_member(household: Household) -> Any:
    """One more person."""
    form = MemberForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.add_member(db.session, household, form.to_details(), actor=current_identity(), now=clock.now())
    ):
        return done("가구원을 추가했습니다.", "households.list_members", household_id=household.id)
    return page_with_form("households/add_member.html", form, household=household)


@blueprint.route("/households/<int:household_id>/members/<int:member_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_HOUSEHOLD, member_from_url, records=Action.VIEW)
def edit_member(member: Member) -> Any:
    """What is known of one person."""
    now = clock.now()
    form = MemberForm.of(member, now)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.edit_member(
            db.session, member, form.to_details(), version=form.opened_version, actor=current_identity(), now=now
        )
    ):
        text = "저장했습니다." if form.outcome else "바뀐 것이 없어 그대로 두었습니다."
        return done(text, "households.list_members", household_id=member.household_id)
    overtaken: Sequence[Overtaken] = ()
    if isinstance(form.broken, StaleRecord):
        overtaken = service.overtaken_in_member(db.session, member, form.to_details(), since=form.opened)
        settle(form, member, overtaken)
    return page_with_form(
        "households/edit_member.html", form, household=member.household, member=member, overtaken=overtaken
    )
