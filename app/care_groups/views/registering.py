"""What is kept of a household's groups and registrations; registering, discharging (퇴록)."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.care_groups import queries, service
from app.care_groups.forms import DischargeForm, RegistrationForm
from app.care_groups.models import Registration
from app.care_groups.rules import CONSEQUENCES, Programme
from app.care_groups.views.blueprint import blueprint, household_from_url, member_from_url, registration_from_url
from app.core import clock
from app.extensions import db
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import RuleKind
from app.households.models import Household, Member
from app.web.security import current_identity, requires


@blueprint.get("/households/<int:household_id>/care-groups")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def list_groups(household: Household) -> Any:
    """Each member's registrations and groups, with why; the readings only for those who may read health."""
    today = clock.today()
    registrations = queries.list_registrations(db.session, household.id)
    spells = queries.list_spells(db.session, household.id)
    return render_template(
        "care_groups/list.html", household=household, registrations=registrations, spells=spells, today=today,
        standing={member_id: queries.standing_spell(each, today=today) for member_id, each in spells.items()},
        reads_health=can(current_identity(), Permission.READ_NURSING_NOTE, household),
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/members/<int:member_id>/register", methods=["GET", "POST"])
@requires(Permission.REGISTER, member_from_url, records=Action.VIEW)
def register(member: Member) -> Any:
    """Register a member in a programme; being in another one asks for a reason."""
    now = clock.now()
    standing = queries.standing_registrations(db.session, [member.id])
    taken = {each.programme for each in standing}
    free = next((each for each in Programme if each not in taken), Programme.VISITING_HEALTH)
    form = RegistrationForm(data={"registered_on": clock.korean_date(now), "programme": free.value})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.register(db.session, member, form.to_details(), actor=current_identity(), now=now)
    ):
        row: Registration = form.outcome
        flash(f"{member.name} 님을 {row.programme.label}에 등록했습니다.", "ok")
        return _after_registering(row)
    earlier = [
        each for each in queries.list_registrations(db.session, member.household_id) if each.member_id == member.id
    ]
    page = render_template(
        "care_groups/register.html", member=member, household=member.household, form=form, standing=standing,
        earlier=[each for each in earlier if each.discharged_on],
    )  # fmt: skip
    return make_response(page, form.status)


def _after_registering(row: Registration) -> Any:
    """On to the group, where the programme sets one and the person has none yet."""
    spells = queries.list_spells(db.session, row.household_id).get(row.member_id, [])
    if row.programme.sets_groups and queries.standing_spell(spells, today=clock.today()) is None:
        return redirect(url_for("care_groups.decide", household_id=row.household_id, member_id=row.member_id))
    return redirect(url_for("care_groups.list_groups", household_id=row.household_id))


@blueprint.route(
    "/households/<int:household_id>/registrations/<int:registration_id>/discharge", methods=["GET", "POST"]
)
@requires(Permission.REGISTER, registration_from_url, records=Action.VIEW)
def discharge(row: Registration) -> Any:
    """End a registration; what ends with it and what stays is said before."""
    now = clock.now()
    form = DischargeForm(data={"on": clock.korean_date(now)})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.discharge(db.session, row, form.to_details(), actor=current_identity(), now=now)
    ):
        return _discharged(row, ended=form.outcome)
    today = clock.korean_date(now)
    spells = queries.list_spells(db.session, row.household_id).get(row.member_id, [])
    page = render_template(
        "care_groups/discharge.html", row=row, household=row.household, form=form, consequences=CONSEQUENCES,
        spell=queries.standing_spell(spells, today=today), promises=_promises(row.household), today=today,
    )  # fmt: skip
    return make_response(page, form.status)


def _promises(household: Household) -> list[Any]:
    """What was promised at this door and is still open."""
    return [due for due in list_dues(db.session, household, today=clock.today()) if due.kind is RuleKind.ONCE]


def _discharged(row: Registration, *, ended: int) -> Any:
    ends = " 군의 방문 기한도 끝났습니다." if ended else ""
    flash(f"{row.member.name} 님을 {row.programme.label}에서 퇴록했습니다.{ends}", "ok")
    if promises := _promises(row.household):
        flash(f"약속한 방문이 {len(promises)}건 남아 있습니다. 지킬지, 넘길지 정해 주세요.", "warn")
    if row.discharge_reason is not None:
        flash(CONSEQUENCES[row.discharge_reason].advice, "info")
    return redirect(url_for("care_groups.list_groups", household_id=row.household_id))
