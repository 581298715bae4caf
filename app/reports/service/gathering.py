"""Which facts belong to which paper, and what a request must name for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.core.errors import NotFound, RuleBroken
from app.reports import facts as gather
from app.reports.rules import Facts, Letterhead, Masking, ReportCode, SheetWishes
from app.reports.service.boxed_forms import FORMS, gather_form
from app.reports.service.requests import PrintRequest, assignee_of, counted_subject_of, period_of, round_of, scope_of


def _case_report(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    if request.household is None:
        raise RuleBroken("HOUSEHOLD_NEEDED", "어느 가구의 보고서인지 골라 주세요.", field="household_id")
    return gather.gather_case_report(session, actor, request.household, head, now=now)


def _caseload(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    return gather.gather_caseload(session, actor, assignee_of(request), head, now=now)


def _schedule(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    return gather.gather_schedule(session, actor, assignee_of(request), head, now=now)


def _entry_sheet(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    if request.household is None:
        raise RuleBroken("HOUSEHOLD_NEEDED", "어느 가구의 요청서인지 골라 주세요.", field="household_id")
    if request.ground is None or not request.ground.words.strip():
        raise RuleBroken("GROUND_NEEDED", "무슨 근거로 요청하는지 골라서 적어 주세요.", field="ground_words")
    return gather.gather_entry_sheet(session, actor, request.household, request.ground, head, now=now)


def _incidents(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    first_on, last_on = period_of(request)
    return gather.gather_incident_report(session, actor, request.centres, head, first_on=first_on, last_on=last_on)


def _phone_tree(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    return gather.gather_phone_tree(session, request.centres[0], head, now=now)


def _protection(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    if request.task is None or not can(actor, Permission.SEE_PROTECTION, request.task):
        raise NotFound
    return gather.gather_protection_report(session, request.task, head, now=now)


def _visit_sheets(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    wishes = request.wishes or SheetWishes()
    if not request.visits and not wishes.blanks:
        raise RuleBroken("VISITS_NEEDED", "출력할 방문을 하나 이상 골라 주세요.", field="visits")
    pictures = request.pictures if wishes.with_photos and request.masking is Masking.FULL else None
    return gather.gather_visit_sheets(session, actor, request.visits, wishes, head, pictures=pictures)


def _round(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    keys = [centre.id for centre in request.centres]
    subject = counted_subject_of(request)
    return gather.gather_round_report(session, actor, round_of(request), keys, head, subject=subject, now=now)


def _cases(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    subject = counted_subject_of(request)
    return gather.gather_case_figures(session, actor, scope_of(request), head, subject=subject)


def _needs(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    subject = counted_subject_of(request)
    return gather.gather_needs_figures(session, actor, scope_of(request), head, subject=subject)


GATHER: dict[ReportCode, Callable[[Session, PrintRequest, Letterhead, Identity, datetime], Facts]] = {
    ReportCode.CASE_REPORT: _case_report,
    ReportCode.CASELOAD: _caseload,
    ReportCode.SCHEDULE: _schedule,
    ReportCode.ENTRY_SHEET: _entry_sheet,
    ReportCode.INCIDENTS: _incidents,
    ReportCode.ROUND: _round,
    ReportCode.CASES: _cases,
    ReportCode.NEEDS: _needs,
    ReportCode.PHONE_TREE: _phone_tree,
    ReportCode.PROTECTION: _protection,
    ReportCode.VISIT_SHEET: _visit_sheets,
    **dict.fromkeys(FORMS, gather_form),
}
