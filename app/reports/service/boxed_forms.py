"""Official forms about one row of some slice: which facts go on each. Every one of them is also printed blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import ApprovalKind
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.plans.models import Referral
from app.plans.rules import ReferralState
from app.plans.service import blocks_of
from app.reports import facts as gather
from app.reports.rules import Facts, Letterhead, ReportCode
from app.reports.rules.boxed import FormWishes
from app.reports.service.requests import PrintRequest, form_subject_of

FormGatherer = Callable[[Session, Identity, Any, Letterhead, FormWishes], Facts]

FORMS: Mapping[ReportCode, FormGatherer] = {
    ReportCode.COUNSELLING_SHEET: gather.gather_counselling_sheet,
    ReportCode.NEEDS_SHEET: gather.gather_needs_sheet,
    ReportCode.MINUTES_SHEET: gather.gather_minutes_sheet,
    ReportCode.PLAN_SHEET: gather.gather_plan_sheet,
    ReportCode.REFERRAL_SHEET: gather.gather_referral_sheet,
    ReportCode.CLOSURE_SHEET: gather.gather_closure_sheet,
    ReportCode.AFTERCARE_SHEET: gather.gather_aftercare_sheet,
    ReportCode.CONSENT_SHEET: gather.gather_consent_sheet,
}
"""The facts of a row the caller has loaded within the scope of whoever prints, or with None those of a blank form."""


def gather_form(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    """The facts of one form.

    Raises:
        RuleBroken: nothing is named that the form is about, a referral that must not leave the office, or a case
            whose closure nobody has asked for.
    """
    if request.about is None and not request.is_blank:
        raise RuleBroken("FORM_NEEDED", "무엇을 출력할지 골라 주세요.")
    if isinstance(request.about, Referral):
        _refuse_blocked(session, request.about, now)
    if isinstance(request.about, Case):
        _refuse_open(request.code, request.about)
    return FORMS[request.code](session, actor, request.about, head, FormWishes(form_subject_of(request), request.empty))


def _refuse_open(code: ReportCode, case: Case) -> None:
    """A closure is reviewed once it was asked for; aftercare follows a closure."""
    is_asked = any(row.kind is ApprovalKind.CLOSURE for row in case.approvals)
    if case.closed_on is None and (code is ReportCode.AFTERCARE_SHEET or not is_asked):
        raise RuleBroken("NOT_CLOSED", "종결하거나 종결 결재를 올린 뒤에 출력할 수 있습니다.")


def _refuse_blocked(session: Session, row: Referral, now: datetime) -> None:
    """A referral that may not be sent must not leave the office on paper either."""
    if row.sent_on is not None:
        return
    if row.state is ReferralState.ENDED:
        raise RuleBroken("ENDED", "보내지 않고 그만둔 의뢰입니다.")
    blocks = blocks_of(session, row, on=korean_date(now))
    if blocks:
        raise RuleBroken("BLOCKED", " ".join(block.label for block in blocks))
