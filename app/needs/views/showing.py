"""The surveys of a household with first and latest beside each other; one survey; taking it back and restoring it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.cases import queries as cases
from app.cases.rules import LIVE, CaseStage
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.needs import queries, service
from app.needs.forms import TakeBackForm
from app.needs.models import NeedsAssessment
from app.needs.rules import Chart, Comparison, NeedLevel, lay_out
from app.needs.views.blueprint import blueprint, household_from_url, survey_from_url
from app.web.security import current_identity, requires

WIDE, NARROW, LETTER = 700.0, 330.0, 15.0
"""Pixels in which the drawing is laid out for a desk and for a phone."""


@blueprint.get("/households/<int:household_id>/needs")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def of_household(household: Household) -> Any:
    """Every survey of a household, those taken back as well; and how the domains went."""
    rows = queries.list_assessments(db.session, household.id, with_voided=True)
    found = queries.comparison(db.session, household.id, who=current_identity())
    return render_template(
        "needs/of_household.html", household=household, rows=rows, found=found, charts=charts_of(found),
        latest=next((row for row in rows if row.voided_at is None), None), today=clock.today(),
        works=can(current_identity(), Permission.WORK_CASE, household), worst=_worst_words(rows),
        has_talks=bool(cases.list_counselling(db.session, household.id)),
        case=cases.standing_case(db.session, household.id),
    )  # fmt: skip


@blueprint.get("/needs/<uuid:survey_id>")
@requires(Permission.VIEW_HOUSEHOLD, survey_from_url, records=Action.VIEW)
def show(row: NeedsAssessment) -> Any:
    """One survey by the form it was asked with, what it proposed, and how the domains went up to it."""
    identity, household = current_identity(), row.household
    case = cases.get_case(db.session, identity, row.case_id) if row.case_id else None
    until = row.assessed_on
    found = None if row.voided_at else queries.comparison(db.session, household.id, until=until, who=identity)
    return render_template(
        "needs/show.html", row=row, household=household, case=case, instrument=queries.read(row.form),
        by_item={each.item: each for each in row.found}, found=found, charts=charts_of(found), form=TakeBackForm(),
        reads_health=queries.reads_health(row, identity), works=can(identity, Permission.WORK_CASE, household),
        takes_back=service.may_take_back(row, identity), levels=list(NeedLevel), today=clock.today(),
        is_newest=_is_newest(row), is_undecided=case is not None and case.stage in LIVE and case.case_class is None,
        waits_for_conference=case is not None and case.stage is CaseStage.ASSESSMENT,
    )  # fmt: skip


def charts_of(found: Comparison | None) -> tuple[Chart, Chart] | None:
    """The drawing for a wide page and for a narrow one."""
    if found is None:
        return None
    return lay_out(found, width=WIDE, size=LETTER), lay_out(found, width=NARROW, size=LETTER, is_stacked=True)


def _is_newest(row: NeedsAssessment) -> bool:
    newest = queries.latest_assessment(db.session, row.household_id)
    return newest is not None and newest.id == row.id


def _worst_words(rows: Any) -> dict[Any, str]:
    """What each survey found that is needed, the gravest first, by its id."""
    words = {}
    for row in rows:
        with_health = queries.reads_health(row, current_identity())
        found = [need for need in queries.needs_of(row, with_health=with_health) if need.level.is_needed]
        needed = sorted(found, key=lambda need: -need.level.severity)
        none = "‘필요’ 이상 없음" if with_health else "건강 외에 ‘필요’ 이상 없음"
        words[row.id] = ", ".join(f"{need.label} {need.level.label}" for need in needed) or none
    return words


@blueprint.post("/needs/<uuid:survey_id>/void")
@requires(Permission.WORK_CASE, survey_from_url)
def void(row: NeedsAssessment) -> Any:
    """Take a survey back; the news says how to take that back."""
    form = TakeBackForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.void_needs(
            db.session, row, because=form.because.data or "", actor=current_identity(), now=clock.now()
        )
    ):
        undo = url_for("needs.restore", survey_id=row.id)
        text = "조사를 취소했습니다. 기록에는 남고 세지는 않습니다."
        flash({"text": text, "undo_url": undo, "version": ""}, "ok")  # type: ignore[arg-type]
        return redirect(url_for("needs.of_household", household_id=row.household_id))
    flash(" ".join([*form.form_errors, *form.because.errors]) or "취소하지 못했습니다.", "danger")
    return redirect(url_for("needs.show", survey_id=row.id))


@blueprint.post("/needs/<uuid:survey_id>/restore")
@requires(Permission.WORK_CASE, survey_from_url)
def restore(row: NeedsAssessment) -> Any:
    """Let a survey count again."""
    form = TakeBackForm()
    if form.carries_out(lambda: service.restore_needs(db.session, row, actor=current_identity(), now=clock.now())):
        flash("조사를 되돌렸습니다.", "ok")
    else:
        flash(" ".join(form.form_errors), "danger")
    return redirect(url_for("needs.show", survey_id=row.id))
