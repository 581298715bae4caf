"""군 분류: the proposal line by line, and the nurse's decision; the list of people to look at again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.care_groups import queries, service
from app.care_groups.forms import GroupForm
from app.care_groups.rules import Proposal
from app.care_groups.views.blueprint import OwnCentre, blueprint, member_from_url, own_centre
from app.core import clock
from app.extensions import db
from app.follow_ups.queries import engine_rule, get_rule_in_force
from app.follow_ups.rules import CareGroup
from app.follow_ups.rules.descriptions import rule_in_words
from app.households.models import Member
from app.web.security import current_identity, requires

MOST_LISTED = 100


@blueprint.route("/households/<int:household_id>/members/<int:member_id>/care-group", methods=["GET", "POST"])
@requires(Permission.REGISTER, member_from_url, records=Action.VIEW)
def decide(member: Member) -> Any:
    """Decide a member's group: the proposed one with one tap, or another with a reason."""
    identity, now = current_identity(), clock.now()
    form = _form(member, identity, now)
    is_sound = form.validate_on_submit()
    proposal = service.proposal_for(
        db.session, member, said=frozenset(form.said.data or ()), today=clock.korean_date(now)
    )
    chosen = _chosen(form) if is_sound else None
    if chosen is not None and form.carries_out(
        lambda: service.decide_group(db.session, member, form.to_details(chosen), actor=identity, now=now)
    ):
        flash(f"{member.name} 님을 {chosen.label}으로 정했습니다. 다음 방문일을 확인해 주세요.", "ok")
        return redirect(url_for("timelines.household", household_id=member.household_id, _anchor="dues"))
    return make_response(_page(member, form, proposal, clock.korean_date(now)), form.status)


def _form(member: Member, identity: Identity, now: datetime) -> GroupForm:
    today = clock.korean_date(now)
    last = queries.last_decision(db.session, member.id)
    form = GroupForm(data={"from_on": today, "last_id": str(last.id if last else 0)})
    form.offer(queries.table_in_force(db.session, identity.district_id, on=today).asked)
    return form


def _chosen(form: GroupForm) -> CareGroup | None:
    """The group of the one-tap button, or the one picked below; None when only the proposal was asked for again."""
    if "again" in request.form:
        return None
    accepted = request.form.get("accept", "")
    if accepted in {group.value for group in CareGroup}:
        return CareGroup(accepted)
    if form.chosen is None:
        form.group.errors = [*form.group.errors, "군을 골라 주세요."]
    return form.chosen


def _page(member: Member, form: GroupForm, proposal: Proposal, today: date) -> str:
    spells = queries.list_spells(db.session, member.household_id).get(member.id, [])
    district_id = current_identity().district_id
    return render_template(
        "care_groups/decide.html", member=member, household=member.household, form=form, proposal=proposal,
        spells=spells, standing=queries.standing_spell(spells, today=today), today=today,
        table=queries.table_in_force(db.session, district_id, on=today), rhythms=rhythms(district_id, today=today),
        CareGroup=CareGroup,
    )  # fmt: skip


def rhythms(district_id: int, *, today: date) -> dict[str, str]:
    """How often each group is visited today, by its code: «3개월에 8회»."""
    rules = {
        group: get_rule_in_force(db.session, group.rule_code, district_id=district_id, on=today) for group in CareGroup
    }
    return {group.value: rule_in_words(engine_rule(row)).asks for group, row in rules.items()}


@blueprint.get("/care-groups/review")
@requires(Permission.REGISTER, own_centre)
def reviews(_centre: OwnCentre) -> Any:
    """People whose group should be looked at again."""
    identity, today = current_identity(), clock.today()
    mine = request.args.get("whose") != "all"
    lines = queries.list_reviews(db.session, identity, today=today, mine=mine)
    shown = lines[:MOST_LISTED]
    household_ids = [line.member.household_id for line in shown]
    audit.record_list(
        db.session, Action.LIST, household_ids, subject="care-group-reviews", actor=identity, now=clock.now()
    )
    return render_template(
        "care_groups/reviews.html", lines=shown, total=len(lines), mine=mine, causes=list(queries.Cause), today=today
    )
