"""The household's page, and closing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.assessments.queries import list_results, series_of
from app.attachments.queries import count_photos
from app.audit.rules import Action
from app.care.queries import count_medicines, list_problems
from app.care_groups.queries import list_registrations
from app.cases.queries import list_cases_of
from app.core import clock
from app.discoveries.queries import discovered_times
from app.extensions import db
from app.follow_ups.queries import absence_step, groups_in, list_dues, list_terms
from app.follow_ups.rules import in_order
from app.households.forms import LeavingForm
from app.households.models import Household, Member
from app.households.queries import get_household, get_member
from app.households.rules import Benefit, ClosureReason, age_on, strictest
from app.plans.queries.lines import lines_of
from app.safety.queries import list_of_household, list_protection
from app.timelines import queries, service
from app.timelines.forms import CloseForm
from app.timelines.rules import EventKind
from app.visits.models import Visit
from app.visits.queries import VisitRecord, find_open_draft, standing_plans
from app.visits.queries.second_notes import list_jointly_seen
from app.web.security import current_identity, requires

blueprint = Blueprint("timelines", __name__)
MOST_NAMED = 2
"""How many of the newest results the household's card names."""


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


@blueprint.get("/households/<int:household_id>")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def household(household: Household) -> Any:
    """Safety first, then what is due and why, who and where, and what happened."""
    identity, today = current_identity(), clock.today()
    reads_health = can(identity, Permission.READ_NURSING_NOTE, household)
    terms = list_terms(db.session, household.id)
    flags = [flag for flag in household.flags if flag.is_standing]
    incidents = list_of_household(db.session, identity, household.id)
    reviews = can(identity, Permission.ALLOW_ALONE, household)
    problems = list_problems(db.session, identity, household)
    results = list_results(db.session, household, identity)
    registrations = list_registrations(db.session, household.id)
    cases = list_cases_of(db.session, household.id)
    told = queries.Told(terms, incidents, problems, results, registrations, cases)
    return render_template(
        "timelines/household.html",
        household=household,
        members=household.members,
        ages={m.id: age_on(today, birth_on=m.birth_on, birth_year=m.birth_year) for m in household.members},
        groups=groups_in(terms, today=today),
        flags=flags,
        rule=strictest([flag.rule for flag in flags]),
        dues=in_order(list_dues(db.session, household, today=today)),
        is_jointly_seen=household.id in list_jointly_seen(db.session, [household.id]),
        absence=absence_step(db.session, household, today=today) if household.absences_in_row else None,
        discovered=discovered_times(db.session, household.id),
        **_line(household, told, reads_health=reads_health),
        plans=standing_plans(db.session, [household.id], first_on=today).get(household.id, []),
        protection=list_protection(db.session, identity, household_id=household.id, open_only=True),
        incident_count=len(incidents),
        unreviewed=[each for each in incidents if each.flags_reviewed_at is None] if reviews else [],
        draft=find_open_draft(db.session, identity, household.id, "visit"),
        **_kept(household, problems, results, registrations, reads_health=reads_health),
        **_worked(household, cases, today=today),
    )


def _line(household: Household, told: queries.Told, *, reads_health: bool) -> dict[str, Any]:
    """The page of the line of time that the address asks for."""
    kind, start = _chosen_kind(), max(request.args.get("after", 0, type=int), 0)
    line = queries.read_line(db.session, household, reads_health=reads_health, kind=kind, start=start, told=told)
    return {"line": line, "start": start, "kind": kind, "kinds": list(EventKind)}


def _worked(household: Household, cases: Any, *, today: date) -> dict[str, Any]:
    """How the household's cases, plans and emergency aid stand today."""
    return {
        "cases": cases,
        "today": today,
        **lines_of(db.session, household, today=today),
    }


def _kept(
    household: Household, problems: Any, results: Any, registrations: Any, *, reads_health: bool
) -> dict[str, Any]:
    """How the other things kept about a household stand, each in a few words."""
    return {
        "photo_count": count_photos(db.session, household.id, only_health=None if reads_health else False),
        "problem_count": sum(line.is_open for line in problems),
        "medicine_count": count_medicines(db.session, household.id) if reads_health else None,
        "newest": [series.latest for series in series_of(results)][:MOST_NAMED],
        "result_count": len(results),
        "registered": [row for row in registrations if row.discharged_on is None],
    }


@blueprint.app_template_filter()
def benefit_words(values: list[str]) -> str:
    """«생계급여, 의료급여» from stored values."""
    return ", ".join(Benefit(value).label for value in values)


@blueprint.app_template_filter()
def visit_text(visit: Visit | VisitRecord, reads_health: bool) -> str:
    """A visit in one short paragraph."""
    return queries.visit_text(visit, reads_health=reads_health)


def _chosen_kind() -> EventKind | None:
    wanted = request.args.get("kind", "")
    return EventKind(wanted) if wanted in {kind.value for kind in EventKind} else None


@blueprint.route("/households/<int:household_id>/close", methods=["GET", "POST"])
@requires(Permission.CLOSE_HOUSEHOLD, household_from_url, records=Action.VIEW)
def close_household(household: Household) -> Any:
    """Stop looking after a household."""
    form = CloseForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.close_household(
            db.session,
            household,
            ClosureReason(form.reason.data),
            note=form.note.data or "",
            actor=current_identity(),
            now=clock.now(),
        )
    ):
        flash("가구를 종료했습니다. 가구 화면에서 다시 관리로 되돌릴 수 있습니다.", "ok")
        return redirect(url_for("timelines.household", household_id=household.id))
    return make_response(render_template("timelines/close.html", household=household, form=form), form.status)


@blueprint.post("/households/<int:household_id>/reopen")
@requires(Permission.CLOSE_HOUSEHOLD, household_from_url)
def reopen_household(household: Household) -> Any:
    """Take a closure back."""
    service.reopen_household(db.session, household, actor=current_identity(), now=clock.now())
    flash("다시 관리합니다. 기한을 새로 계산했습니다.", "ok")
    return redirect(url_for("timelines.household", household_id=household.id))


def member_from_url(session: Session, identity: Identity, *, household_id: int, member_id: int) -> Member:
    """The member of the URL, or 404."""
    return get_member(session, identity, household_id, member_id)


@blueprint.route("/households/<int:household_id>/members/<int:member_id>/leave", methods=["GET", "POST"])
@requires(Permission.EDIT_HOUSEHOLD, member_from_url, records=Action.VIEW)
def member_left(member: Member) -> Any:
    """Somebody moved out, died, or founded a household of their own."""
    now = clock.now()
    form = LeavingForm.beginning(clock.korean_date(now))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.member_left(
            db.session, member, on=form.on.data, because=form.to_reason(), actor=current_identity(), now=now
        )
    ):
        flash("가구원에서 제외했습니다. 이 사람의 기한도 사라졌습니다.", "ok")
        return redirect(url_for("households.list_members", household_id=member.household_id))
    page = render_template("timelines/member_left.html", form=form, household=member.household, member=member)
    return make_response(page, form.status)


@blueprint.post("/households/<int:household_id>/members/<int:member_id>/return")
@requires(Permission.EDIT_HOUSEHOLD, member_from_url)
def member_returned(member: Member) -> Any:
    """Take back that somebody left."""
    service.member_returned(db.session, member, actor=current_identity(), now=clock.now())
    flash("다시 가구원으로 되돌렸습니다.", "ok")
    return redirect(url_for("households.list_members", household_id=member.household_id))
