"""What somebody decides about a case: its class, a linkage, its closure, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.audit.rules import Action
from app.cases import queries, service
from app.cases.forms import ClassForm, ClosureForm, StepForm
from app.cases.models import Case
from app.cases.rules import CaseClass, CaseStage, Needed
from app.cases.rules.closed import closed_already
from app.cases.views.blueprint import blueprint, case_from_url
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.route("/cases/<int:case_id>/class", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, case_from_url, records=Action.VIEW)
def classify(case: Case) -> Any:
    """구분·선정: a class and why."""
    now = clock.now()
    proposed = case.case_class or case.proposed_class
    values = {"on": clock.korean_date(now), "version": str(case.version), "case_class": proposed and proposed.value}
    form = ClassForm(data=values)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.classify(
            db.session, case, form.to_details(), version=form.opened_version, actor=current_identity(), now=now
        )
    ):
        flash(f"구분을 정했습니다: {CaseClass(form.case_class.data).label}. 다음 기한을 확인해 주세요.", "ok")
        return _back(case)
    page = render_template("cases/classify.html", case=case, household=case.household, form=form)
    return make_response(page, form.status)


@blueprint.route("/cases/<int:case_id>/link", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, case_from_url, records=Action.VIEW)
def link(case: Case) -> Any:
    """서비스연계: which services were linked; one check follows."""
    now = clock.now()
    form = _step_form(case, now)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.move(
            db.session, case, CaseStage.SERVICE, on=form.on.data, because=form.because.data or "",
            shown={Needed.LINKED} if (form.because.data or "").strip() else set(), version=form.opened_version,
            actor=current_identity(), now=now,
        )
    ):  # fmt: skip
        flash("연계를 적었습니다. 연계한 뒤 한 번 점검합니다.", "ok")
        return _back(case)
    words = {
        "title": "서비스 연계",
        "submit": "연계 저장",
        "lead": "무엇을 어디에 연계했는지 적으면, 점검 기한이 시작됩니다.",
    }
    return _step_page(case, form, words, hint="예: 긴급복지 생계지원, 가람종합복지관 밑반찬")


@blueprint.route("/cases/<int:case_id>/close", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, case_from_url, records=Action.VIEW)
def close(case: Case) -> Any:
    """종결: ask the supervisor; one that was not selected ends with words alone, one that is closed says so."""
    now, closed = clock.now(), closed_already(case.stage, case.closed_on)
    if closed is not None:
        flash(closed, "info")
        return _back(case)
    if case.case_class is CaseClass.NOT_SELECTED:
        return _end_unselected(case, now)
    today = clock.korean_date(now)
    form = ClosureForm(data={"on": today, "version": str(case.version)})
    reasons = queries.closure_reasons(db.session, case.household.centre.district_id, on=today)
    form.offer(reasons.offered)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.ask_closure(
            db.session, case, form.to_details(), version=form.opened_version, actor=current_identity(), now=now
        )
    ):
        flash("종결 결재를 올렸습니다. 팀장이 승인하면 종결됩니다.", "ok")
        return _back(case)
    sent_back = next((row for row in reversed(case.approvals) if row.verdict), None)
    page = render_template(
        "cases/close.html", case=case, household=case.household, form=form, reasons=reasons.offered, sent_back=sent_back
    )
    return make_response(page, form.status)


def _end_unselected(case: Case, now: datetime) -> Any:
    form = _step_form(case, now)
    if _is_ended(service.end_unselected, case, form, now):
        flash("미선정으로 끝냈습니다.", "ok")
        return _back(case)
    words = {
        "title": "미선정으로 끝내기",
        "submit": "끝내기",
        "lead": "사후관리 없이 끝납니다. 나중에 다시 접수할 수 있습니다.",
    }
    return _step_page(case, form, words, hint="어떻게 안내했는지, 왜 선정하지 않는지")


@blueprint.route("/cases/<int:case_id>/end", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, case_from_url, records=Action.VIEW)
def end(case: Case) -> Any:
    """End a closed case, after its aftercare or before with a reason."""
    now = clock.now()
    form = _step_form(case, now)
    is_done = queries.is_done(db.session, case, "AFTERCARE", today=clock.korean_date(now))
    if _is_ended(service.end_case, case, form, now):
        flash("사례를 끝냈습니다.", "ok")
        return _back(case)
    lead = "사후관리 횟수를 채웠습니다." if is_done else "아직 끝나지 않은 확인이 있으면, 왜 먼저 끝내는지 적어 주세요."
    return _step_page(case, form, {"title": "사례 끝내기", "submit": "끝내기", "lead": lead}, hint="")


def _is_ended(end: Callable[..., Any], case: Case, form: StepForm, now: datetime) -> bool:
    """Whether what was sent ended the case; what stands against it stays on the form."""
    return form.validate_on_submit() and form.carries_out(
        lambda: end(
            db.session, case, on=form.on.data, because=form.because.data or "", version=form.opened_version,
            actor=current_identity(), now=now,
        )
    )  # fmt: skip


def _step_form(case: Case, now: datetime) -> StepForm:
    return StepForm(data={"on": clock.korean_date(now), "version": str(case.version)})


def _step_page(case: Case, form: StepForm, words: dict[str, str], *, hint: str) -> Any:
    page = render_template("cases/step.html", case=case, household=case.household, form=form, words=words, hint=hint)
    return make_response(page, form.status)


def _back(case: Case) -> Any:
    return redirect(url_for("cases.show", case_id=case.id))
