"""Official forms: of a first talk, a plan, a referral, a closure and its aftercare; and each of them blank."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.cases.models import Case, Counselling
from app.cases.queries import get_case, get_counselling
from app.core import clock
from app.extensions import db
from app.plans.models import Plan, Referral
from app.plans.queries import get_plan, get_referral
from app.reports import service
from app.reports.forms import BlankFormForm, OfficialForm
from app.reports.rules import EmptyWord, Masking, Purpose, ReportCode
from app.reports.views.blueprint import blueprint, centres_of_blank, drawn, limit_masking
from app.web.security import current_identity, requires


def counselling_from_url(session: Session, identity: Identity, *, counselling_id: UUID) -> Counselling:
    """The first talk of the URL, or 404."""
    return get_counselling(session, identity, counselling_id)


def plan_from_url(session: Session, identity: Identity, *, plan_id: int) -> Plan:
    """The version of the URL, or 404."""
    return get_plan(session, identity, plan_id)


def referral_from_url(session: Session, identity: Identity, *, referral_id: int) -> Referral:
    """The referral of the URL, or 404."""
    return get_referral(session, identity, referral_id)


def case_from_url(session: Session, identity: Identity, *, case_id: int) -> Case:
    """The case of the URL, or 404."""
    return get_case(session, identity, case_id)


@blueprint.route("/counselling/<uuid:counselling_id>/form", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, counselling_from_url, records=Action.VIEW)
def choose_counselling_form(row: Counselling) -> Any:
    """초기상담지 of one first talk."""
    back = {"url": url_for("cases.show_counselling", counselling_id=row.id), "label": "초기상담"}
    return choose_form(ReportCode.COUNSELLING_SHEET, row, back=back)


@blueprint.route("/plans/<int:plan_id>/form", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, plan_from_url, records=Action.VIEW)
def choose_plan_form(plan: Plan) -> Any:
    """서비스 제공계획 및 점검표 of one version."""
    back = {"url": url_for("plans.show", plan_id=plan.id), "label": f"서비스 제공계획 {plan.number}판"}
    return choose_form(ReportCode.PLAN_SHEET, plan, back=back)


@blueprint.route("/referrals/<int:referral_id>/form", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, referral_from_url, records=Action.VIEW)
def choose_referral_form(row: Referral) -> Any:
    """의뢰서 of one referral, with the sheet to reply on."""
    back = {"url": url_for("plans.show_referral", referral_id=row.id), "label": "의뢰"}
    return choose_form(ReportCode.REFERRAL_SHEET, row, back=back)


@blueprint.route("/cases/<int:case_id>/closure-form", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, case_from_url, records=Action.VIEW)
def choose_closure_form(case: Case) -> Any:
    """종결심사서 of one case."""
    return choose_form(ReportCode.CLOSURE_SHEET, case, back=_to_case(case))


@blueprint.route("/cases/<int:case_id>/aftercare-form", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, case_from_url, records=Action.VIEW)
def choose_aftercare_form(case: Case) -> Any:
    """사후관리 점검표 of one case that was closed."""
    return choose_form(ReportCode.AFTERCARE_SHEET, case, back=_to_case(case))


def _to_case(case: Case) -> dict[str, str]:
    return {"url": url_for("cases.show", case_id=case.id), "label": "사례"}


def choose_form(code: ReportCode, about: Any, *, back: dict[str, str]) -> Any:
    """The page on which somebody chooses how the form of a household's row is printed, or the form itself."""
    identity = current_identity()
    form = OfficialForm()
    form.without_statistics()
    limit_masking(form, identity)
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            code, Masking(form.masking.data), Purpose(form.purpose.data), household=about.household, about=about,
            empty=EmptyWord(form.empty.data),
        )  # fmt: skip
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now())):
            return drawn(*form.outcome)
    page = render_template("reports/choose_form.html", form=form, household=about.household, code=code, back=back)
    return make_response(page, form.status)


@blueprint.post("/reports/blank")
@requires(Permission.PRINT_REPORT)
def print_blank_form() -> Any:
    """An official form with nothing on it; it stands on the register as every paper does."""
    identity = current_identity()
    form = BlankFormForm()
    form.offer(service.FORMS)
    if not form.validate_on_submit():
        flash("서식을 골라 주세요.", "warn")
        return redirect(url_for("reports.choose"))
    wanted = service.PrintRequest(
        ReportCode(form.blank.data), Masking.STATISTICS, Purpose.DUTY, centres=centres_of_blank(identity), is_blank=True
    )
    return drawn(*service.print_report(db.session, wanted, actor=identity, now=clock.now()))
