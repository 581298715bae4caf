"""The medicines of a household's people: for who may read health; a nurse keeps the list."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.audit.rules import Action
from app.care import queries, service
from app.care.forms import EndMedicineForm, MedicineForm
from app.care.models import Medicine
from app.care.views.blueprint import (
    blueprint,
    household_from_url,
    household_of_medicine,
    household_of_member,
    medicine_of,
)
from app.core import clock
from app.extensions import db
from app.households.models import Household, Member
from app.web.security import current_identity, requires


@blueprint.get("/households/<int:household_id>/medicines")
@requires(Permission.READ_NURSING_NOTE, household_from_url, records=Action.VIEW)
def list_medicines(household: Household) -> Any:
    """Everybody's medicines as they are taken, when they were confirmed, what ended, and what was checked."""
    listed = queries.list_medicines(db.session, household.id)
    members = [member for member in household.members if member.is_present or member.id in listed]
    return render_template(
        "care/medicines.html", household=household, members=members, listed=listed, today=clock.today(),
        checks=queries.list_checks(db.session, household.id),
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/members/<int:member_id>/medicines/new", methods=["GET", "POST"])
@requires(Permission.KEEP_MEDICINES, household_of_member, records=Action.VIEW)
def add_medicine(household: Household) -> Any:
    """Put a medicine on somebody's list."""
    member, now, form = _member(household), clock.now(), MedicineForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.add_medicine(
            db.session, member, form.to_details(), on=clock.korean_date(now), actor=current_identity(), now=now
        )
    ):
        return _done(household, "약을 목록에 올렸습니다.")
    page = render_template("care/medicine.html", household=household, member=member, form=form, medicine=None)
    return make_response(page, form.status)


@blueprint.post("/households/<int:household_id>/members/<int:member_id>/medicines/confirm")
@requires(Permission.KEEP_MEDICINES, household_of_member)
def confirm_medicines(household: Household) -> Any:
    """«그대로 복용 중», apart from a visit."""
    member, now = _member(household), clock.now()
    service.confirm_medicines(db.session, member, on=clock.korean_date(now), actor=current_identity(), now=now)
    return _done(household, f"{member.name} 님의 약을 그대로라고 확인했습니다.")


def _member(household: Household) -> Member:
    return next(each for each in household.members if each.id == (request.view_args or {})["member_id"])


@blueprint.route("/households/<int:household_id>/medicines/<int:medicine_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_MEDICINES, household_of_medicine, records=Action.VIEW)
def change_medicine(household: Household) -> Any:
    """Say how a medicine is taken now; the line before stays in the history."""
    medicine, now = _medicine(household), clock.now()
    names = ("name", "dose", "how", "prescribed_by", "since_on")
    form = MedicineForm(data={name: getattr(medicine, name) for name in names})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_medicine(
            db.session, medicine, form.to_details(), because=form.because.data or "", on=clock.korean_date(now),
            actor=current_identity(), now=now,
        )
    ):  # fmt: skip
        return _done(household, "약을 바꾸었습니다. 앞의 내용은 이력에 남았습니다.")
    page = render_template(
        "care/medicine.html", household=household, member=medicine.member, form=form, medicine=medicine
    )
    return make_response(page, form.status)


@blueprint.route("/households/<int:household_id>/medicines/<int:medicine_id>/end", methods=["GET", "POST"])
@requires(Permission.KEEP_MEDICINES, household_of_medicine, records=Action.VIEW)
def end_medicine(household: Household) -> Any:
    """A medicine is taken no longer."""
    medicine, now = _medicine(household), clock.now()
    form = EndMedicineForm.beginning(clock.korean_date(now))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.end_medicine(
            db.session, medicine, because=form.because.data, on=form.on.data, actor=current_identity(), now=now
        )
    ):
        return _done(household, "약을 목록에서 내렸습니다. 이력에 남았습니다.")
    page = render_template("care/end_medicine.html", household=household, medicine=medicine, form=form)
    return make_response(page, form.status)


def _medicine(household: Household) -> Medicine:
    return medicine_of(db.session, current_identity(), household, (request.view_args or {})["medicine_id"])


def _done(household: Household, said: str) -> Any:
    flash(said, "ok")
    return redirect(url_for("care.list_medicines", household_id=household.id))
